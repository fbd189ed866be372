"""Summaries: what one unit still lacks, in one sentence at the top of its page."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.domain.cells import OPEN, WANTING, Cell, Status
from core.domain.obligations import Rule
from core.domain.sentences import current_name, days_left_clause, last_day, month_and_day

NOTHING_MISSING = "各项任务均已按要求落实，目前没有临期和未完成事项。"
_NAMED_AT_MOST = 4
_UNITS = {Rule.QUOTA: "次", Rule.FOLLOWUP: "次", Rule.ROSTER: "人", Rule.ZONE: "个", Rule.THRESHOLD: "人"}


def summary_of(cells: Iterable[Cell], as_of: date) -> str:
    """Say what one unit still lacks, nearest first: 本季度还差：第一主任检查 1 次，剩 11 天.

    What can still be done comes first, grouped by its last day; then what was missed, falls short or was
    not reported. Where nothing presses, the nearest open work is named.
    """
    known = list(cells)
    parts = [_open_part(group, as_of) for group in _urgent(known)]
    parts += [_lacking(known, status) for status in (Status.MISSED, Status.SHORT, Status.UNREPORTED)]
    return "；".join(filter(None, parts)) + "。" if any(parts) else NOTHING_MISSING


def _urgent(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Open cells grouped by what they are called together: the groups that press, or else the nearest one."""
    groups: dict[tuple[int, str], list[Cell]] = {}
    for cell in cells:
        if cell.status in OPEN and cell.days_left is not None:
            groups.setdefault((cell.days_left, _heading(cell)), []).append(cell)
    ordered = [groups[key] for key in sorted(groups, key=lambda key: key[0])]
    pressing = [group for group in ordered if any(cell.status == Status.DUE_SOON for cell in group)]
    wanting = any(cell.status in WANTING for cell in cells)
    return pressing or ([] if wanting else ordered[:1])


def _heading(cell: Cell) -> str:
    if cell.obligation.cadence:
        return f"{current_name(cell.period)}还差"
    return f"{month_and_day(last_day(cell))}前还差" if cell.obligation.due else "还差"


def _open_part(group: Sequence[Cell], as_of: date) -> str:
    """One group: 本季度还差：工作会议 1 次、第一主任检查 1 次，剩 11 天."""
    year = "" if group[0].period.year == as_of.year else f"{group[0].period.year}年"
    amounts = _listed([_amount(cell) for cell in group])
    return f"{year}{_heading(group[0])}：{amounts}{days_left_clause(group[0])}"


def _amount(cell: Cell) -> str:
    short, unit = cell.obligation.short, _UNITS.get(cell.obligation.rule)
    return f"{short} {cell.missing} {unit}" if unit and cell.missing else short


def _lacking(cells: Sequence[Cell], status: Status) -> str:
    names = [_dated_name(cell) for cell in cells if cell.status == status]
    return f"{status.label}：{_listed(names)}" if names else ""


def _dated_name(cell: Cell) -> str:
    short = cell.obligation.short
    return f"{cell.period.short_label}{short}" if cell.obligation.cadence else short


def _listed(names: Sequence[str]) -> str:
    """The first few by name, the rest as a count."""
    if len(names) <= _NAMED_AT_MOST:
        return "、".join(names)
    return f"{'、'.join(names[: _NAMED_AT_MOST - 1])}等 {len(names)} 项"
