"""What a setting changes: cells before and after, told in one sentence and listed cell by cell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.cells import Cell


@dataclass(frozen=True, slots=True)
class Shift:
    """One cell before and after; None where there is no such cell."""

    before: Cell | None
    after: Cell | None

    @property
    def cell(self) -> Cell:
        """The cell as it will be, or as it was where it goes."""
        cell = self.after or self.before
        if cell is None:
            raise ValueError("a shift has a cell on one side at least")
        return cell

    @property
    def told(self) -> str:
        """From what to what, in words: 由未完成变为已完成; 要求改变."""
        if self.before is None:
            return f"新增（{self.cell.status.label}）"
        if self.after is None:
            return f"不再考核（原{self.cell.status.label}）"
        if self.before.status != self.after.status:
            return f"由{self.before.status.label}变为{self.after.status.label}"
        return "状态不变，要求或计数改变"


def shifts_between(before: Iterable[Cell], after: Iterable[Cell]) -> tuple[Shift, ...]:
    """The cells that differ, in the order of what comes after, then those that go."""
    was = {cell.key: cell for cell in before}
    new = {cell.key: cell for cell in after}
    changed = [Shift(was.get(key), cell) for key, cell in new.items() if _differs(was.get(key), cell)]
    return (*changed, *(Shift(cell, None) for key, cell in was.items() if key not in new))


def _differs(before: Cell | None, after: Cell) -> bool:
    return before is None or _standing(before) != _standing(after)


def _standing(cell: Cell) -> tuple[object, ...]:
    return cell.status, cell.required, cell.done, cell.completed_on


def told_shifts(shifts: Sequence[Shift]) -> str:
    """The effect in one sentence: 12 格由未完成变为已完成；3 格由进行中变为临近到期。."""
    if not shifts:
        return "截至这一天，各格状态均无变化。"
    counts = Counter(shift.told for shift in shifts)
    return "；".join(f"{count} 格{told}" for told, count in counts.most_common()) + "。"
