"""Who is due which step of the ladder, and why: proposed by the rules, issued by nobody but the office."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.cells import Cell, Status
from core.domain.hazards import Case
from core.domain.measures import Item, ItemKind, Measure, Rung, State, Tread
from core.domain.obligations import Rule
from core.domain.sentences import last_day, standing_of, title_of, what_is_missing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one item calls for the step."""

    item: Item
    said: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One unit and one step, with every item behind it; `before` is the newest measure it goes beyond."""

    unit: str
    rung: Rung
    reasons: tuple[Reason, ...]
    before: Measure | None = None


def cell_item(cell: Cell) -> Item:
    """A cell as a measure keeps it."""
    _, obligation, period = cell.key
    title = f"{cell.period.year}年{title_of(cell)}"
    told = cell.status.label if cell.obligation.rule == Rule.COVERAGE else standing_of(cell)
    standing = f"{told}，{what_is_missing(cell)}"
    return Item(ItemKind.CELL, f"{obligation}/{period}", title, standing, last_day(cell))


def hazard_item(case: Case, day: date) -> Item:
    """A hazard as a measure keeps it."""
    hazard, due = case.hazard, case.course.due or case.hazard.found_on
    title = f"{hazard.code} {hazard.place}：{hazard.description}"
    late = f"，逾期 {(day - due).days} 天" if day > due else ""
    return Item(ItemKind.HAZARD, hazard.code, title, f"{case.course.stage.label}{late}", due)


def overdue_items(cells: Iterable[Cell], cases: Iterable[Case], day: date) -> dict[str, list[Item]]:
    """By unit, what is missed and what is overdue; units in the cells' order."""
    items: defaultdict[str, list[Item]] = defaultdict(list)
    for cell in cells:
        if cell.status == Status.MISSED:
            items[cell.unit.code].append(cell_item(cell))
    for case in cases:
        if case.overdue(day):
            items[case.responsible].append(hazard_item(case, day))
    return dict(items)


def propose(
    items: dict[str, list[Item]], measures: Sequence[Measure], ladder: Sequence[Tread], day: date
) -> list[Proposal]:
    """The steps that are due on a day, the gravest first within each unit."""
    proposals = []
    for unit, owed in items.items():
        own = [measure for measure in measures if measure.unit == unit]
        proposals += _for_unit(unit, owed, own, ladder, day)
    return proposals


def _for_unit(
    unit: str, items: Sequence[Item], measures: Sequence[Measure], ladder: Sequence[Tread], day: date
) -> list[Proposal]:
    reasons: defaultdict[Rung, list[tuple[Reason, Measure | None]]] = defaultdict(list)
    for item in items:
        before = _newest(item, measures)
        tread = _next(before, ladder)
        if tread and not _settled(item, measures) and _is_due(item, before, tread, day):
            reasons[tread.rung].append((Reason(item, _why(item, before, day)), before))
    gravest_first = sorted(reasons, key=list(Rung).index, reverse=True)
    return [_proposal(unit, rung, reasons[rung]) for rung in gravest_first]


def _proposal(unit: str, rung: Rung, told: Sequence[tuple[Reason, Measure | None]]) -> Proposal:
    oldest_first = sorted(told, key=lambda pair: pair[0].item.fell_due)
    befores = [before for _, before in told if before]
    newest = max(befores, key=lambda measure: measure.measure_id, default=None)
    return Proposal(unit, rung, tuple(reason for reason, _ in oldest_first), newest)


def _concerning(item: Item, measures: Iterable[Measure]) -> list[Measure]:
    return [each for each in measures if any(kept.key == item.key for kept in each.items)]


def _newest(item: Item, measures: Iterable[Measure]) -> Measure | None:
    """The gravest measure so far that names the item, the newest of several."""
    order = list(Rung)
    return max(
        _concerning(item, measures),
        key=lambda measure: (order.index(measure.rung), measure.issued_on),
        default=None,
    )


def _settled(item: Item, measures: Iterable[Measure]) -> bool:
    """What the office once settled is not proposed again: a missed period stays missed for ever."""
    return any(each.state == State.SETTLED for each in _concerning(item, measures))


def _next(before: Measure | None, ladder: Sequence[Tread]) -> Tread | None:
    """The next rung in use; None at the top."""
    order = list(Rung)
    reached = order.index(before.rung) if before else -1
    return next((tread for tread in ladder if order.index(tread.rung) > reached), None)


def _is_due(item: Item, before: Measure | None, tread: Tread, day: date) -> bool:
    """A measure whose reply is still awaited in time calls for nothing further."""
    if before and before.state == State.WAITING and before.reply_by and before.reply_by >= day:
        return False
    since = before.issued_on if before else item.fell_due
    return (day - since).days >= tread.days


def _why(item: Item, before: Measure | None, day: date) -> str:
    late = f"逾期 {(day - item.fell_due).days} 天"
    if before is None:
        return f"{late}，尚未督办"
    silent = "，期满未回复" if before.late(day) else ""
    return f"{late}，{before.issued_on} 已{before.rung.label}（{before.label}）{silent}，仍未解决"
