"""What the wall lists: what is overdue and what falls due, by item, by unit and by day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import PRESSING, Cell, Status
from core.domain.obligations import Obligation
from core.domain.sentences import last_day, mark_of
from core.domain.units import UnitKind
from core.domain.wall_boards import short_name

_ORDER = (UnitKind.CITY, UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation, due on one day, and who has it still to do.

    `days` are those left, or past due; 0 past due where a rule counts from each event and not from one day.
    """

    what: str
    when: str
    day: date
    days: int
    units: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How much presses on one unit; `other` is short or unreported."""

    unit: str
    name: str
    missed: int
    other: int
    soon: int


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which something falls due, and how many open items do."""

    day: date
    days_left: int
    count: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """Everything that presses, over the whole year."""

    missed: tuple[Line, ...]
    soon: tuple[Line, ...]
    units: tuple[tuple[str, tuple[UnitCount, ...]], ...]
    due_days: tuple[DueDay, ...]
    counts: Counter[Status]
    longest: int


def pressing_of(cells: Iterable[Cell], as_of: date) -> Pressing:
    """Gather what is missed, short, unreported or due soon; the longest overdue and the nearest due first."""
    pressed = [each for each in cells if each.status in PRESSING]
    missed = _lines([each for each in pressed if each.status == Status.MISSED], as_of)
    soon = [each for each in pressed if each.status == Status.DUE_SOON]
    return Pressing(
        missed,
        _lines(soon, as_of),
        _by_unit(pressed),
        _due_days(soon, as_of),
        Counter(each.status for each in pressed),
        max((line.days for line in missed), default=0),
    )


def _lines(cells: Sequence[Cell], as_of: date) -> tuple[Line, ...]:
    """One line for each obligation and last day, since many units mostly share it."""
    groups: dict[tuple[date, str, str], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((_last(cell, as_of), cell.obligation.code, cell.period.code), []).append(cell)
    ordered = sorted(groups.items(), key=lambda item: item[0][0])
    return tuple(_line(day, group, as_of) for (day, _, _), group in ordered)


def _last(cell: Cell, as_of: date) -> date:
    """The last day, by the days left where the rule counts them itself (a report due after each check)."""
    if cell.days_left is None:
        return min(last_day(cell), as_of)
    return date.fromordinal(as_of.toordinal() + cell.days_left)


def _line(day: date, group: Sequence[Cell], as_of: date) -> Line:
    first = group[0]
    names = tuple(short_name(cell.unit) + _figure(cell) for cell in group)
    return Line(first.obligation.short, _when(first), day, abs((as_of - day).days), names, len(group))


def _figure(cell: Cell) -> str:
    """What is done of more than one: 岱岳区 7/9人; nothing where it is simply missing."""
    return f" {mark_of(cell)}" if (cell.required or 0) > 1 else ""


def _when(cell: Cell) -> str:
    obligation: Obligation = cell.obligation
    return cell.period.short_label if obligation.cadence else obligation.head


def _by_unit(cells: Sequence[Cell]) -> tuple[tuple[str, tuple[UnitCount, ...]], ...]:
    kinds = [kind for kind in _ORDER if any(cell.unit.kind == kind for cell in cells)]
    return tuple((kind.label, _counts(each for each in cells if each.unit.kind == kind)) for kind in kinds)


def _counts(cells: Iterable[Cell]) -> tuple[UnitCount, ...]:
    by_unit: dict[tuple[int, str, str], Counter[Status]] = {}
    for cell in cells:
        key = (cell.unit.sort_no, cell.unit.code, short_name(cell.unit))
        by_unit.setdefault(key, Counter())[cell.status] += 1
    return tuple(
        UnitCount(
            code,
            name,
            count[Status.MISSED],
            count[Status.SHORT] + count[Status.UNREPORTED],
            count[Status.DUE_SOON],
        )
        for (_, code, name), count in sorted(by_unit.items())
    )


def _due_days(soon: Sequence[Cell], as_of: date) -> tuple[DueDay, ...]:
    counts = Counter((_last(each, as_of), each.days_left or 0) for each in soon)
    return tuple(DueDay(day, left, count) for (day, left), count in sorted(counts.items()))
