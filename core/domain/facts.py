"""What the rules need to know of the records, already counted: by SQL in the store, from records in tests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.domain.catalogue import Catalogue
from core.domain.obligations import Rule
from core.domain.records import Record


@dataclass(frozen=True, slots=True)
class Tally:
    """`count` records of one unit and event on one day; `led` = led by the first director."""

    unit: str
    event: str
    occurred_on: date
    led: bool
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One reported level; of two on one day the one with the higher `record_id` was entered later."""

    unit: str
    event: str
    measure: str
    occurred_on: date
    record_id: int
    value: int
    total: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A leader did something of this event on this day."""

    unit: str
    event: str
    leader: str
    occurred_on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`count` records of this event and day that were reported up on `reported_on`, or not yet (None)."""

    unit: str
    event: str
    occurred_on: date
    reported_on: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Derived:
    """What a register says of one coverage in one span of days, in place of whatever was reported in it."""

    unit: str
    event: str
    measure: str
    since: date
    until: date
    reports: tuple[Report, ...]


_T = TypeVar("_T", Tally, Visit, FollowUp)


class Facts:
    """The counted records of one year up to one as-of date, indexed by unit and event."""

    def __init__(
        self,
        tallies: Iterable[Tally] = (),
        reports: Iterable[Report] = (),
        visits: Iterable[Visit] = (),
        follow_ups: Iterable[FollowUp] = (),
    ) -> None:
        """Index each kind; the order of what comes in does not matter."""
        self._tallies = _by_unit_and_event(tallies)
        self._reports = _latest_of_each_day(reports)
        self._visits = _by_unit_and_event(visits)
        self._follow_ups = _by_unit_and_event(follow_ups)

    def with_derived(self, derived: Iterable[Derived]) -> "Facts":
        """The same facts, but for spans of days in which a register speaks in place of what was reported."""
        changed, kept = Facts(), dict(self._reports)
        for each in derived:
            key = (each.unit, each.event, each.measure)
            beside = [one for one in kept.get(key, ()) if not each.since <= one.occurred_on <= each.until]
            kept[key] = sorted([*beside, *each.reports], key=lambda one: one.occurred_on)
        changed._reports = kept
        changed._tallies, changed._visits, changed._follow_ups = self._tallies, self._visits, self._follow_ups
        return changed

    def tallies(self, unit: str, event: str) -> Sequence[Tally]:
        """The unit's counts of one event, by day."""
        return self._tallies.get((unit, event), ())

    def reports(self, unit: str, event: str, measure: str = "") -> Sequence[Report]:
        """The unit's reports by day, one a day: the one entered last."""
        return self._reports.get((unit, event, measure), ())

    def visits(self, unit: str, event: str) -> Sequence[Visit]:
        """What the unit's leaders did, by day."""
        return self._visits.get((unit, event), ())

    def follow_ups(self, unit: str, event: str) -> Sequence[FollowUp]:
        """What was, or was not, reported up, by day."""
        return self._follow_ups.get((unit, event), ())


def events_by_rule(catalogue: Catalogue, *rules: Rule) -> frozenset[str]:
    """The events that obligations of these rules count."""
    owed = (each for each in catalogue.obligations if each.rule in rules)
    return frozenset(event for each in owed for event in each.events)


COUNTED = (Rule.QUOTA, Rule.DEADLINE, Rule.AFTER, Rule.TRACKED)
REPORTED = (Rule.THRESHOLD, Rule.COVERAGE)


def facts_from(records: Iterable[Record], catalogue: Catalogue, as_of: date) -> Facts:
    """Count plain records as the store does: only those of the catalogue's year, up to the as-of date."""
    kept = [each for each in records if each.occurred_on.year == catalogue.year and each.occurred_on <= as_of]
    reported = events_by_rule(catalogue, *REPORTED)
    return Facts(
        [Tally(r.unit, r.event, r.occurred_on, r.led_by_first_director, 1) for r in kept],
        [
            Report(r.unit, r.event, r.measure, r.occurred_on, r.record_id, r.value or 0, r.total or 0)
            for r in kept
            if r.event in reported
        ],
        [Visit(r.unit, r.event, r.leader, r.occurred_on) for r in kept if r.leader],
        [FollowUp(r.unit, r.event, r.occurred_on, r.reported_on, 1) for r in kept],
    )


def _by_unit_and_event(things: Iterable[_T]) -> Mapping[tuple[str, str], list[_T]]:
    grouped: defaultdict[tuple[str, str], list[_T]] = defaultdict(list)
    for thing in sorted(things, key=lambda each: each.occurred_on):
        grouped[thing.unit, thing.event].append(thing)
    return grouped


def _latest_of_each_day(reports: Iterable[Report]) -> Mapping[tuple[str, str, str], list[Report]]:
    grouped: defaultdict[tuple[str, str, str], dict[date, Report]] = defaultdict(dict)
    for each in sorted(reports, key=lambda report: (report.occurred_on, report.record_id)):
        grouped[each.unit, each.event, each.measure][each.occurred_on] = each
    return {key: list(by_day.values()) for key, by_day in grouped.items()}
