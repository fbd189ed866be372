"""Deadlines of one unit for a calendar: obligations, hazards to rectify, measures to reply to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from core.domain.cells import FULFILLED, OPEN, Cell, Status
from core.domain.hazards import Case, Stage
from core.domain.labels import Labelled
from core.domain.measures import Measure, State
from core.domain.obligations import Rule
from core.domain.sentences import last_day, title_of, what_is_missing, what_is_required

NEAR_DAYS = 3
"""Days before a hazard's or a reply's date at which a calendar rings; obligations have their own."""
_DATED = frozenset({Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.ROSTER})
_WAITING = frozenset({Stage.FOUND, Stage.RECTIFYING})


class Standing(Labelled):
    """How a deadline stands: what is finished stays in the calendar, marked."""

    OPEN = "open", "待完成"
    DONE = "done", "已完成"
    MISSED = "missed", "未完成"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day by which something is owed; `uid` stays the same whatever becomes of it."""

    uid: str
    category: str
    title: str
    day: date
    standing: Standing
    told: tuple[str, ...]
    warn_days: int


def deadlines_of_cells(cells: Iterable[Cell]) -> Iterator[Deadline]:
    """The cells that have a last day; what is exempted, only counted or undated has none."""
    for cell in cells:
        if is_dated(cell):
            yield _of_cell(cell)


def is_dated(cell: Cell) -> bool:
    """Tell whether the cell must be met by a day that is known beforehand."""
    if cell.status in (Status.EXEMPT, Status.TRACKED):
        return False
    rule, obligation = cell.obligation.rule, cell.obligation
    if rule == Rule.COVERAGE:
        return bool(obligation.due or obligation.cadence)
    if rule == Rule.AFTER:
        return cell.status != Status.NOT_STARTED
    return rule in _DATED


def _of_cell(cell: Cell) -> Deadline:
    obligation = cell.obligation
    told = (
        what_is_required(cell),
        what_is_missing(cell),
        f"依据：{obligation.clause}“{obligation.quote}”（{obligation.basis.label}）",
    )
    return Deadline(
        ".".join(cell.key),
        "责任落实",
        title_of(cell),
        last_day(cell),
        _standing_of(cell),
        told,
        obligation.warn_days,
    )


def _standing_of(cell: Cell) -> Standing:
    if cell.status in FULFILLED:
        return Standing.DONE
    waits = cell.status in OPEN or cell.status == Status.NOT_STARTED
    return Standing.OPEN if waits else Standing.MISSED


def deadlines_of_hazards(cases: Iterable[Case], unit: str, as_of: date) -> Iterator[Deadline]:
    """The hazards that the unit must rectify by a day."""
    for case in cases:
        if case.responsible == unit and case.course.due:
            hazard, due = case.hazard, case.course.due
            late = Standing.MISSED if due < as_of else Standing.OPEN
            yield Deadline(
                f"hazard.{hazard.code}",
                "隐患整改",
                f"隐患整改 {hazard.code}",
                due,
                late if case.course.stage in _WAITING else Standing.DONE,
                (f"{hazard.level.label}隐患，目前{case.course.stage.label}。", hazard.place),
                NEAR_DAYS,
            )


def deadlines_of_measures(measures: Iterable[Measure], unit: str, as_of: date) -> Iterator[Deadline]:
    """The measures that the unit must reply to by a day."""
    for measure in measures:
        if measure.unit == unit and measure.reply_by:
            waits = measure.state == State.WAITING
            late = Standing.MISSED if measure.late(as_of) else Standing.OPEN
            yield Deadline(
                f"measure.{measure.measure_id}",
                "督办回复",
                f"回复{measure.rung.label} {measure.label}",
                measure.reply_by,
                late if waits else Standing.DONE,
                (f"{measure.issued_on} 发出，目前{measure.state.label}。",),
                NEAR_DAYS,
            )
