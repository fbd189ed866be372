"""The status rules a second time, written from docs/status-rules.md alone, slowly and without the engine.

Every cell is judged on its own from the plain records, with no index and nothing counted beforehand. What it
shares with the program are the things themselves (units, records, obligations), never a rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from core.domain.obligations import Obligation
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.domain.zones import Zone

FIRSTS = {
    "month": {f"M{month:02d}": month for month in range(1, 13)},
    "quarter": {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10},
    "half": {"H1": 1, "H2": 7},
    "year": {"": 1},
}
ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    """One cell, as plain values."""

    unit: str
    obligation: str
    period: str
    required: int | None
    done: int
    status: str
    days_left: int | None
    completed_on: date | None


class Span(NamedTuple):
    """A period: its name, its first and its last day."""

    code: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class Said(NamedTuple):
    """What a rule says of a cell."""

    required: int | None
    done: int
    status: str
    days_left: int | None = None
    completed_on: date | None = None


@dataclass
class World:
    """Everything there is."""

    year: int
    obligations: Sequence[Obligation]
    units: Sequence[Unit]
    as_of: date
    records: Sequence[Record] = ()
    leaders: Sequence[Leader] = ()
    zones: Sequence[Zone] = ()
    exempt: frozenset[tuple[str, str, str]] = field(default=frozenset())

    def existing(self) -> list[Record]:
        """The records of the year that exist by the as-of date."""
        return [r for r in self.records if r.occurred_on.year == self.year and r.occurred_on <= self.as_of]


def judge_all(world: World) -> list[Row]:
    """Judge every cell."""
    return [
        judge(world, unit, obligation, span)
        for unit in world.units
        for obligation in world.obligations
        if addressed(obligation, unit)
        for span in spans(obligation, world.year)
        if ever_active(unit, span)
    ]


def addressed(obligation: Obligation, unit: Unit) -> bool:
    if obligation.county_only and not unit.county:
        return False
    return obligation.subject == unit.kind


def spans(obligation: Obligation, year: int) -> list[Span]:
    cadence = "year" if obligation.cadence is None else str(obligation.cadence)
    firsts = [(suffix, date(year, month, 1)) for suffix, month in FIRSTS[cadence].items()]
    nexts = [first for _, first in firsts[1:]] + [date(year + 1, 1, 1)]
    return [
        Span(f"{year}{suffix}", first, following - ONE_DAY)
        for (suffix, first), following in zip(firsts, nexts, strict=True)
    ]


def ever_active(unit: Unit, span: Span) -> bool:
    if unit.active_from is None and unit.active_until is None:
        return True
    days = (span.first + number * ONE_DAY for number in range((span.last - span.first).days + 1))
    return any(in_force(unit.active_from, unit.active_until, day) for day in days)


def in_force(first: date | None, last: date | None, day: date) -> bool:
    begun, ended = first is None or first <= day, last is not None and last < day
    return begun and not ended


def judge(world: World, unit: Unit, obligation: Obligation, span: Span) -> Row:
    said = BY_KIND[str(obligation.rule)](world, unit, obligation, span)
    status = said.status
    if (unit.code, obligation.code, span.code) in world.exempt:
        status = "exempt"
    left = said.days_left if status in ("pending", "due_soon") else None
    return Row(
        unit.code, obligation.code, span.code, said.required, said.done, status, left, said.completed_on
    )


def counted(world: World, unit: Unit, obligation: Obligation, span: Span) -> list[date]:
    """The days of the records that count, one a record, by date."""
    whose = {unit.code}
    if obligation.with_lead_unit and unit.lead_unit:
        whose.add(unit.lead_unit)
    found = [
        r for r in world.existing() if r.unit in whose and r.event in (obligation.event, *obligation.also)
    ]
    if obligation.led_by_first_director:
        found = [r for r in found if r.led_by_first_director]
    return sorted(r.occurred_on for r in found if span.holds(r.occurred_on))


def still_open(last_day: date, as_of: date, warn_days: int) -> tuple[str, int | None]:
    if as_of > last_day:
        return "missed", None
    left = (last_day - as_of).days
    return ("due_soon" if left <= warn_days else "pending"), left


def quota(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    required = obligation.required
    assert required is not None
    if span.first > world.as_of:
        return Said(required, 0, "not_started")
    days = counted(world, unit, obligation, span)
    if len(days) >= required:
        return Said(required, len(days), "met", None, days[required - 1])
    return Said(required, len(days), *still_open(span.last, world.as_of, obligation.warn_days))


def tracked(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    if span.first > world.as_of:
        return Said(None, 0, "not_started")
    return Said(None, len(counted(world, unit, obligation, span)), "tracked")


def deadline(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    return by_due_date(world, obligation, span, counted(world, unit, obligation, span))


def zone(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    finished = []
    for each in world.zones:
        accepted = [day for day in each.accepted if day is not None and day <= world.as_of]
        if each.locality == unit.code and len(accepted) == 5:
            finished.append(max(accepted))
    return by_due_date(world, obligation, span, sorted(finished))


def by_due_date(world: World, obligation: Obligation, span: Span, days: list[date]) -> Said:
    required, due = obligation.required, obligation.due
    assert required is not None
    assert due is not None
    if span.first > world.as_of:
        return Said(required, 0, "not_started")
    if len(days) < required:
        return Said(required, len(days), *still_open(due, world.as_of, obligation.warn_days))
    nth = days[required - 1]
    return Said(required, len(days), "met" if nth <= due else "met_late", None, nth)


def reports_by_day(world: World, unit: Unit, obligation: Obligation) -> list[tuple[date, int, int]]:
    """Day, value and total of the reports; of two on one day only the one entered later."""
    mine = [r for r in world.existing() if r.unit == unit.code and r.event == obligation.event]
    mine = [r for r in mine if r.measure == obligation.measure]
    standing = []
    for each in mine:
        rivals = [r for r in mine if r.occurred_on == each.occurred_on]
        if all(r.record_id <= each.record_id for r in rivals):
            standing.append((each.occurred_on, each.value or 0, each.total or 0))
    return sorted(standing)


def threshold(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    required = obligation.required
    if unit.heavy_duty and obligation.required_heavy is not None:
        required = obligation.required_heavy
    assert required is not None
    if span.first > world.as_of:
        return Said(required, 0, "not_started")
    reports = reports_by_day(world, unit, obligation)
    if not reports:
        return Said(required, 0, "unreported")
    day, value, _ = reports[-1]
    return Said(required, value, "met", None, day) if value >= required else Said(required, value, "short")


def followup(world: World, unit: Unit, obligation: Obligation, _span: Span) -> Said:
    held = [r for r in world.existing() if r.unit == unit.code and r.event == obligation.event]
    told = [r.reported_on for r in held if r.reported_on is not None and r.reported_on <= world.as_of]
    waiting = [r.occurred_on for r in held if r.reported_on is None or r.reported_on > world.as_of]
    if not held:
        return Said(0, 0, "not_started")
    if not waiting:
        return Said(len(held), len(told), "met", None, max(told))
    longest = max((world.as_of - day).days for day in waiting)
    status = "missed" if longest > obligation.warn_days else "pending"
    return Said(len(held), len(told), status, obligation.warn_days - longest)


def roster(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    if span.first > world.as_of:
        return Said(None, 0, "not_started")
    day = min(span.last, world.as_of)
    names = {
        each.name
        for each in world.leaders
        if each.unit == unit.code and in_force(each.starts, each.until, day)
    }
    if not names:
        return Said(0, 0, "unreported")
    firsts = []
    for name in names:
        own = [
            r.occurred_on
            for r in world.existing()
            if (r.unit, r.event, r.leader) == (unit.code, obligation.event, name)
            and span.holds(r.occurred_on)
        ]
        if own:
            firsts.append(min(own))
    if len(firsts) == len(names):
        return Said(len(names), len(names), "met", None, max(firsts))
    return Said(len(names), len(firsts), *still_open(span.last, world.as_of, obligation.warn_days))


def coverage(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    if span.first > world.as_of:
        return Said(None, 0, "not_started")
    reports = [each for each in reports_by_day(world, unit, obligation) if span.holds(each[0])]
    required, done = (reports[-1][2], reports[-1][1]) if reports else (None, 0)
    run_began = None
    for day, value, total in reports:
        full = value >= total > 0
        run_began = (run_began or day) if full else None
    if run_began is not None:
        late = obligation.due is not None and run_began > obligation.due
        return Said(required, done, "met_late" if late else "met", None, run_began)
    if obligation.due is not None:
        return Said(required, done, *still_open(obligation.due, world.as_of, obligation.warn_days))
    if obligation.cadence is not None:
        return Said(required, done, *still_open(span.last, world.as_of, obligation.warn_days))
    return Said(required, done, "short" if reports else "unreported")


def after(world: World, unit: Unit, obligation: Obligation, span: Span) -> Said:
    days = counted(world, unit, obligation, span)
    if days:
        return Said(1, len(days), "met", None, days[0])
    if world.as_of > span.last:
        return Said(1, 0, "missed")
    named = [each for each in world.obligations if each.code in obligation.after and addressed(each, unit)]
    states: Iterable[str] = (
        judge(world, unit, each, part).status
        for each in named
        for part in spans(each, world.year)
        if ever_active(unit, part)
    )
    owed = world.as_of >= span.first and all(state in ("met", "met_late", "exempt") for state in states)
    return Said(1, 0, "due_soon", (span.last - world.as_of).days) if owed else Said(1, 0, "not_started")


BY_KIND = {
    "quota": quota,
    "deadline": deadline,
    "zone": zone,
    "threshold": threshold,
    "followup": followup,
    "roster": roster,
    "coverage": coverage,
    "after": after,
    "tracked": tracked,
}
