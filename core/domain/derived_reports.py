"""Reports that a register makes by itself: value of total on each day on which one of them changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core.domain.facts import Derived, Report
from core.domain.staffing import Town, TownStaff

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many things that hold from a day to a day, both inclusive; None is open."""

    since: date | None
    until: date | None
    count: int = 1

    def within(self, since: date | None, until: date | None) -> "Stretch":
        """The part of it that lies within other bounds; it may be empty."""
        starts = [each for each in (self.since, since) if each]
        ends = [each for each in (self.until, until) if each]
        return Stretch(max(starts, default=None), min(ends, default=None), self.count)


@dataclass(frozen=True, slots=True)
class Subject:
    """Which coverage of which unit is derived, and from which day to which."""

    unit: str
    event: str
    measure: str
    since: date
    until: date


def derived_of(
    subject: Subject, whole: Iterable[Stretch], covered: Iterable[Stretch], as_of: date
) -> Derived | None:
    """Count what there is and what is covered, day by day; None where nothing was covered up to the day.

    A register speaks of a coverage once it holds a first thing done of it: an empty one says nothing.
    """
    last = min(subject.until, as_of)
    totals, values = _steps(whole, subject.since, last), _steps(covered, subject.since, last)
    if not values:
        return None
    found = list(_running(totals, values))
    reports = (
        Report(subject.unit, subject.event, subject.measure, day, 0, value, total)
        for day, value, total in found
    )
    return Derived(subject.unit, subject.event, subject.measure, subject.since, subject.until, tuple(reports))


def _steps(stretches: Iterable[Stretch], first: date, last: date) -> dict[date, int]:
    """By how much the count goes up or down on which days."""
    steps: defaultdict[date, int] = defaultdict(int)
    for each in stretches:
        since = max(each.since or first, first)
        if since > last or (each.until and each.until < since):
            continue
        steps[since] += each.count
        if each.until and each.until < last:
            steps[each.until + ONE_DAY] -= each.count
    return steps


def _running(totals: dict[date, int], values: dict[date, int]) -> Iterator[tuple[date, int, int]]:
    """Value and total on each day that changed one of them, from the first day with a value."""
    begun, value, total, told = min(values), 0, 0, (-1, -1)
    for day in sorted({*totals, *values}):
        value, total = value + values.get(day, 0), total + totals.get(day, 0)
        if day >= begun and (value, total) != told:
            told = (value, total)
            yield day, value, total


def staffed_of(town: Town, counts: Iterable[TownStaff]) -> Iterator[Stretch]:
    """When a town had people enough: from a count that says so until the next count."""
    ordered = sorted(counts, key=lambda each: each.counted_on)
    for each, following in pairwise([*ordered, None]):
        if each and each.staff >= town.required:
            until = following.counted_on - ONE_DAY if following else None
            yield Stretch(each.counted_on, until).within(town.active_from, town.active_until)
