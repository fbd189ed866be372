"""Reminders: what is due on a day, at which level, and what of it somebody has not been sent yet.

The question is never “is it exactly so many days before?” but “does this level hold, and was it sent?”: a
day on which nothing ran loses nothing, and a day on which it ran twice sends nothing twice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import OPEN, Cell, Status
from core.domain.hazards import Case
from core.domain.labels import Labelled
from core.domain.measures import Measure, State
from core.domain.obligations import Rule
from core.domain.sentences import days_phrase, month_and_day, title_of, what_is_missing
from core.domain.texts import shorten

_DESCRIPTION = 40


class Level(Labelled):
    """How pressing a thing has become; a thing bears the gravest level that holds."""

    SOON = "soon", "临近到期"
    LAST = "last", "期限将至"
    MISSED = "missed", "逾期未完成"
    HAZARD_SOON = "hazard_soon", "隐患整改临期"
    HAZARD_LATE = "hazard_late", "隐患整改逾期"
    REPLY_SOON = "reply_soon", "督办回复临期"
    REPLY_LATE = "reply_late", "督办逾期未回复"


_LADDERS: tuple[tuple[Level, ...], ...] = (
    (Level.SOON, Level.LAST, Level.MISSED),
    (Level.HAZARD_SOON, Level.HAZARD_LATE),
    (Level.REPLY_SOON, Level.REPLY_LATE),
)
"""Each kind of thing climbs its own, the mildest first."""
GRAVEST_FIRST: tuple[Level, ...] = (
    *(Level.MISSED, Level.HAZARD_LATE, Level.REPLY_LATE),
    *(Level.LAST, Level.SOON, Level.HAZARD_SOON, Level.REPLY_SOON),
)
"""The order of a digest."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a unit is to be reminded of; with another date to meet it is another thing."""

    unit: str
    reference: str
    level: Level
    said: str

    @property
    def key(self) -> tuple[str, str]:
        """What the ledger of what was sent knows it by."""
        return self.reference, self.level.value


Sent = Mapping[str, Collection[str]]
"""A recipient's ledger: by reference, the levels that were sent."""


def unsent(things: Iterable[Thing], sent: Sent) -> list[Thing]:
    """What has not been sent at its level, nor at a graver one: what was late once is not soon due again."""
    return [
        each
        for each in things
        if not set(_from(each.level)) & {str(level) for level in sent.get(each.reference, ())}
    ]


def _from(level: Level) -> Iterator[str]:
    """The level itself and all above it."""
    ladder = next(each for each in _LADDERS if level in each)
    return (each.value for each in ladder[ladder.index(level) :])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which levels are sent, and how many days before a date 期限将至 begins."""

    levels: frozenset[Level] = frozenset(Level)
    last_days: int = 3


def due_things(
    cells: Iterable[Cell], cases: Iterable[Case], measures: Iterable[Measure], day: date, wanted: Wanted
) -> list[Thing]:
    """Everything that calls for a reminder on a day, in the order of what was given."""
    return [
        *(thing for cell in cells for thing in _of_cell(cell, wanted)),
        *(thing for case in cases for thing in _of_case(case, day, wanted)),
        *(thing for measure in measures for thing in _of_measure(measure, day, wanted)),
    ]


def _of_cell(cell: Cell, wanted: Wanted) -> Iterator[Thing]:
    held = {
        Level.SOON: cell.status == Status.DUE_SOON,
        Level.LAST: cell.status in OPEN
        and (cell.days_left or 0) <= wanted.last_days
        and cell.days_left is not None,
        Level.MISSED: cell.status == Status.MISSED,
    }
    level = _gravest(held, wanted)
    if level:
        said = f"{title_of(cell)}：{what_is_missing(cell)}"
        yield Thing(cell.unit.code, _reference(cell), level, said)


def _reference(cell: Cell) -> str:
    """A follow-up is a new thing for each report that is missing, though its cell lasts all year."""
    again = f"#{cell.done}" if cell.obligation.rule == Rule.FOLLOWUP else ""
    return f"cell:{'/'.join(cell.key)}{again}"


def _of_case(case: Case, day: date, wanted: Wanted) -> Iterator[Thing]:
    left, due, hazard = case.days_left(day), case.course.due, case.hazard
    if left is None or due is None:
        return
    level = _gravest({Level.HAZARD_SOON: 0 <= left <= wanted.last_days, Level.HAZARD_LATE: left < 0}, wanted)
    if level:
        problem = shorten(hazard.description, _DESCRIPTION)
        what = f"{hazard.level.label}隐患 {hazard.code} {hazard.place}：{problem}"
        said = f"{what}，整改期限 {month_and_day(due)}，{_how_long(left)}。"
        yield Thing(case.responsible, f"hazard:{hazard.code}@{due}", level, said)


def _of_measure(measure: Measure, day: date, wanted: Wanted) -> Iterator[Thing]:
    if measure.reply_by is None or measure.state != State.WAITING:
        return
    left = (measure.reply_by - day).days
    level = _gravest({Level.REPLY_SOON: 0 <= left <= wanted.last_days, Level.REPLY_LATE: left < 0}, wanted)
    if level:
        by = month_and_day(measure.reply_by)
        said = f"{measure.rung.label} {measure.label}，回复期限 {by}，{_how_long(left)}，尚未回复。"
        yield Thing(measure.unit, f"measure:{measure.measure_id}", level, said)


def _how_long(left: int) -> str:
    return f"已逾期 {-left} 天" if left < 0 else days_phrase(left)


def _gravest(held: Mapping[Level, bool], wanted: Wanted) -> Level | None:
    """The gravest level that holds, of those that are sent; they come the mildest first."""
    holding = [level for level, holds in held.items() if holds and level in wanted.levels]
    return holding[-1] if holding else None


def by_unit(things: Iterable[Thing], order: Sequence[str]) -> dict[str, list[Thing]]:
    """Things by unit, units in their own order."""
    grouped: dict[str, list[Thing]] = {code: [] for code in order}
    for each in things:
        grouped.setdefault(each.unit, []).append(each)
    return {unit: owed for unit, owed in grouped.items() if owed}
