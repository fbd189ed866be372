"""The status engine: units, counted facts and the catalogue in, cells out (docs/status-rules.md)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile

from core.domain.catalogue import Catalogue
from core.domain.cells import FULFILLED, Cell, Status
from core.domain.facts import Facts, FollowUp, Report
from core.domain.obligations import Obligation, Rule
from core.domain.periods import Period
from core.domain.units import Leader, Unit
from core.domain.zones import Zone


@dataclass(frozen=True, slots=True)
class Exemption:
    """The office freed a unit from an obligation for one period, with a reason."""

    unit: str
    obligation: str
    period: str
    reason: str

    @property
    def key(self) -> tuple[str, str, str]:
        """The natural key: unit, obligation and period, the cell's own."""
        return self.unit, self.obligation, self.period


@dataclass(frozen=True, slots=True)
class Roll:
    """Who there is: units in their own order, the leaders' rosters, the zones, the exemptions."""

    units: Sequence[Unit]
    leaders: Sequence[Leader] = ()
    zones: Sequence[Zone] = ()
    exemptions: Sequence[Exemption] = ()


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a rule finds; `days_left` is cleared by the caller where the cell is not open."""

    required: int | None
    done: int
    status: Status
    days_left: int | None = None
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Bench:
    """Everything a rule may look at."""

    catalogue: Catalogue
    facts: Facts
    as_of: date
    leaders: dict[str, list[Leader]] = field(default_factory=dict)
    zones: dict[str, list[Zone]] = field(default_factory=dict)
    exempt: frozenset[tuple[str, str, str]] = frozenset()


def evaluate(catalogue: Catalogue, roll: Roll, facts: Facts, as_of: date) -> list[Cell]:
    """Judge every cell: units in their own order, obligations in the catalogue's, periods by date."""
    bench = _bench(catalogue, roll, facts, as_of)
    return [cell for unit in roll.units for cell in _cells_of(bench, unit)]


def _bench(catalogue: Catalogue, roll: Roll, facts: Facts, as_of: date) -> _Bench:
    bench = _Bench(
        catalogue, facts, as_of, exempt=frozenset((e.unit, e.obligation, e.period) for e in roll.exemptions)
    )
    for leader in roll.leaders:
        bench.leaders.setdefault(leader.unit, []).append(leader)
    for zone in roll.zones:
        bench.zones.setdefault(zone.locality, []).append(zone)
    return bench


def _cells_of(bench: _Bench, unit: Unit) -> Iterator[Cell]:
    for obligation in bench.catalogue.owed_by(unit):
        for period in obligation.periods(bench.catalogue.year):
            if unit.active_during(period):
                yield _cell(bench, unit, obligation, period)


def _cell(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> Cell:
    found = _RULES[obligation.rule](bench, unit, obligation, period)
    status = found.status
    if (unit.code, obligation.code, period.code) in bench.exempt:
        status = Status.EXEMPT
    left = found.days_left if status in (Status.PENDING, Status.DUE_SOON) else None
    return Cell(unit, obligation, period, found.required, found.done, status, left, found.completed_on)


def _open_or_missed(last_day: date, as_of: date, warn_days: int) -> tuple[Status, int]:
    """Judge what is not reached: the last day itself is still open, with 0 days left."""
    left = (last_day - as_of).days
    if left < 0:
        return Status.MISSED, left
    return (Status.DUE_SOON if left <= warn_days else Status.PENDING), left


def _days(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> list[tuple[date, int]]:
    """Days and counts of what the obligation counts in the period, by date."""
    codes, first, last = [unit.code], period.start, period.end
    if obligation.with_lead_unit and unit.lead_unit and unit.lead_unit != unit.code:
        codes.append(unit.lead_unit)
    return sorted(
        (tally.occurred_on, tally.count)
        for code in codes
        for event in obligation.events
        for tally in bench.facts.tallies(code, event)
        if first <= tally.occurred_on <= last and (tally.led or not obligation.led_by_first_director)
    )


def _nth_day(days: Iterable[tuple[date, int]], nth: int) -> date | None:
    """The day on which the n-th record happened."""
    reached = 0
    for day, count in days:
        reached += count
        if reached >= nth:
            return day
    return None


def _quota(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    required = obligation.required_of(unit) or 0
    if bench.as_of < period.start:
        return _Verdict(required, 0, Status.NOT_STARTED)
    days = _days(bench, unit, obligation, period)
    done, reached = sum(count for _, count in days), _nth_day(days, required)
    if reached:
        return _Verdict(required, done, Status.MET, completed_on=reached)
    return _Verdict(required, done, *_open_or_missed(period.end, bench.as_of, obligation.warn_days))


def _tracked(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    if bench.as_of < period.start:
        return _Verdict(None, 0, Status.NOT_STARTED)
    done = sum(count for _, count in _days(bench, unit, obligation, period))
    return _Verdict(None, done, Status.TRACKED)


def _deadline(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    return _by_due_date(bench, unit, obligation, period, _days(bench, unit, obligation, period))


def _zone(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    completed = (zone.completed_on for zone in bench.zones.get(unit.code, ()))
    days = sorted((day, 1) for day in completed if day and day <= bench.as_of)
    return _by_due_date(bench, unit, obligation, period, days)


def _by_due_date(
    bench: _Bench, unit: Unit, obligation: Obligation, period: Period, days: list[tuple[date, int]]
) -> _Verdict:
    required, due = obligation.required_of(unit) or 0, obligation.due or period.end
    if bench.as_of < period.start:
        return _Verdict(required, 0, Status.NOT_STARTED)
    done, reached = sum(count for _, count in days), _nth_day(days, required)
    if reached:
        status = Status.MET if reached <= due else Status.MET_LATE
        return _Verdict(required, done, status, completed_on=reached)
    return _Verdict(required, done, *_open_or_missed(due, bench.as_of, obligation.warn_days))


def _threshold(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    required = obligation.required_of(unit) or 0
    if bench.as_of < period.start:
        return _Verdict(required, 0, Status.NOT_STARTED)
    reports = bench.facts.reports(unit.code, obligation.event, obligation.measure)
    if not reports:
        return _Verdict(required, 0, Status.UNREPORTED)
    latest = reports[-1]
    if latest.value >= required:
        return _Verdict(required, latest.value, Status.MET, completed_on=latest.occurred_on)
    return _Verdict(required, latest.value, Status.SHORT)


def _followup(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    held = [
        each for each in bench.facts.follow_ups(unit.code, obligation.event) if each.occurred_on in period
    ]
    open_ones = [each for each in held if not _reported(each, bench.as_of)]
    required = sum(each.count for each in held)
    done = required - sum(each.count for each in open_ones)
    if not held:
        return _Verdict(0, 0, Status.NOT_STARTED)
    if not open_ones:
        last = max(each.reported_on for each in held if each.reported_on)
        return _Verdict(required, done, Status.MET, completed_on=last)
    last_day = open_ones[0].occurred_on + timedelta(days=obligation.warn_days)
    left = (last_day - bench.as_of).days
    return _Verdict(required, done, Status.MISSED if left < 0 else Status.PENDING, left)


def _reported(each: FollowUp, as_of: date) -> bool:
    return each.reported_on is not None and each.reported_on <= as_of


def _roster(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    if bench.as_of < period.start:
        return _Verdict(None, 0, Status.NOT_STARTED)
    day = min(period.end, bench.as_of)
    names = {leader.name for leader in bench.leaders.get(unit.code, ()) if leader.active_on(day)}
    if not names:
        return _Verdict(0, 0, Status.UNREPORTED)
    firsts: dict[str, date] = {}
    for visit in bench.facts.visits(unit.code, obligation.event):
        if visit.leader in names and visit.occurred_on in period:
            firsts.setdefault(visit.leader, visit.occurred_on)
    if len(firsts) == len(names):
        return _Verdict(len(names), len(firsts), Status.MET, completed_on=max(firsts.values()))
    verdict = _open_or_missed(period.end, bench.as_of, obligation.warn_days)
    return _Verdict(len(names), len(firsts), *verdict)


def _coverage(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    if bench.as_of < period.start:
        return _Verdict(None, 0, Status.NOT_STARTED)
    every = bench.facts.reports(unit.code, obligation.event, obligation.measure)
    first, last = period.start, period.end
    reports = [report for report in every if first <= report.occurred_on <= last]
    required, done = (reports[-1].total, reports[-1].value) if reports else (None, 0)
    began = _full_since(reports)
    if began:
        late = obligation.due is not None and began > obligation.due
        return _Verdict(required, done, Status.MET_LATE if late else Status.MET, completed_on=began)
    last_day = obligation.due or (period.end if obligation.cadence else None)
    if last_day is None:
        return _Verdict(required, done, Status.SHORT if reports else Status.UNREPORTED)
    return _Verdict(required, done, *_open_or_missed(last_day, bench.as_of, obligation.warn_days))


def _full_since(reports: Sequence[Report]) -> date | None:
    """The first day of the unbroken run of full reports that reaches up to the latest one."""
    run = list(takewhile(lambda report: report.value >= report.total > 0, reversed(reports)))
    return run[-1].occurred_on if run else None


def _after(bench: _Bench, unit: Unit, obligation: Obligation, period: Period) -> _Verdict:
    required = obligation.required or 1
    days = _days(bench, unit, obligation, period)
    done, reached = sum(count for _, count in days), _nth_day(days, required)
    if reached:
        return _Verdict(required, done, Status.MET, completed_on=reached)
    if bench.as_of > period.end:
        return _Verdict(required, done, Status.MISSED)
    if bench.as_of >= period.start and _all_met(bench, unit, obligation.after):
        return _Verdict(required, done, Status.DUE_SOON, period.days_left(bench.as_of))
    return _Verdict(required, done, Status.NOT_STARTED)


def _all_met(bench: _Bench, unit: Unit, codes: Iterable[str]) -> bool:
    """Tell whether every named obligation that the unit owes is met, or exempted, in each of its periods."""
    named = [each for each in bench.catalogue.owed_by(unit) if each.code in set(codes)]
    return all(
        _cell(bench, unit, each, period).status in FULFILLED | {Status.EXEMPT}
        for each in named
        for period in each.periods(bench.catalogue.year)
        if unit.active_during(period)
    )


_RULES: dict[Rule, Callable[[_Bench, Unit, Obligation, Period], _Verdict]] = {
    Rule.QUOTA: _quota,
    Rule.DEADLINE: _deadline,
    Rule.ZONE: _zone,
    Rule.THRESHOLD: _threshold,
    Rule.FOLLOWUP: _followup,
    Rule.ROSTER: _roster,
    Rule.COVERAGE: _coverage,
    Rule.AFTER: _after,
    Rule.TRACKED: _tracked,
}
