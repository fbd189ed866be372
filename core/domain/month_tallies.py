"""One unit's records of one event in one month, counted: kept beside the records, and read in their place.

A month is as fine as any rule's period. What a rule asks of the days inside of it is the day of the n-th
record, the first day of a leader, the latest report and where its run of full ones began, and what has been
reported up since when; so reading gives the first days one by one and the rest in one sum, and costs the
same whether the month holds ten records or ten thousand.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from core.domain.facts import FollowUp, Report, Tally, Visit

BRIEF = 6
"""How many records of a month its brief counts tell the days of; rules that ask more read the whole."""
_LAST = 31


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of one record."""

    occurred_on: date
    led: bool
    leader: str
    reported_on: date | None
    measure: str
    record_id: int
    value: int
    total: int


@dataclass(frozen=True, slots=True)
class MonthTally:
    """One month's counts as texts: `plain` and `led` by day, `visits` by leader, `reports`, `reported` up.

    The brief ones say what is left of a month that is over, however much it holds.
    """

    plain: str
    led: str
    visits: str
    reports: str
    reported: str
    plain_brief: str
    led_brief: str
    reports_brief: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a kept month belongs, and up to which of its days it is asked."""

    unit: str
    event: str
    month: date
    as_of: date

    @property
    def until(self) -> int:
        """The last day asked; 31 where the month is over."""
        over = (self.month.year, self.month.month) < (self.as_of.year, self.as_of.month)
        return 31 if over else self.as_of.day

    def day(self, number: int) -> date:
        """A day of this month."""
        return _day_of(self.month, number)


@dataclass(slots=True)
class _Count:
    plain: Counter[int] = field(default_factory=Counter)
    led: Counter[int] = field(default_factory=Counter)
    visits: dict[str, int] = field(default_factory=dict)
    reports: defaultdict[str, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    reported: Counter[tuple[int, str]] = field(default_factory=Counter)


@lru_cache(maxsize=1024)
def _day_of(month: date, number: int) -> date:
    return month.replace(day=number)


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def tally_of(records: Iterable[Counted]) -> MonthTally:
    """Count one month's records, in whatever order they come."""
    count = _Count()
    for record in records:
        _add(count, record)
    reports = {
        measure: [days[day] for day in sorted(days)] for measure, days in sorted(count.reports.items())
    }
    reported = [[day, on, number] for (day, on), number in sorted(count.reported.items())]
    plain, led = _by_day(count.plain), _by_day(count.led)
    return MonthTally(
        _text(plain),
        _text(led),
        _text(dict(sorted(count.visits.items()))),
        _text(reports),
        _text(reported),
        _text([each for pair in _first_days(plain, _LAST, BRIEF) for each in pair]),
        _text([each for pair in _first_days(led, _LAST, BRIEF) for each in pair]),
        _text({measure: list(_telling(days)) for measure, days in reports.items()}),
    )


def _add(count: _Count, record: Counted) -> None:
    day = record.occurred_on.day
    (count.led if record.led else count.plain)[day] += 1
    if record.leader:
        count.visits[record.leader] = count.visits.get(record.leader, 0) | 1 << day
    reports = count.reports[record.measure]
    if day not in reports or reports[day][1] < record.record_id:
        reports[day] = [day, record.record_id, record.value, record.total]
    if record.reported_on:
        count.reported[day, record.reported_on.isoformat()] += 1


def _by_day(counts: Mapping[int, int]) -> list[int]:
    return [number for pair in sorted(counts.items()) for number in pair]


def _text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def tallies_in(sheet: Sheet, plain: str, led: str, enough: int) -> Iterator[Tally]:
    """The month's counts: the days up to the `enough`-th record one by one, what follows in one sum."""
    for text, flag in ((plain, False), (led, True)):
        if text != "[]":
            for day, count in _first_days(json.loads(text), sheet.until, enough):
                yield Tally(sheet.unit, sheet.event, sheet.day(day), flag, count)


def _first_days(flat: list[int], until: int, enough: int) -> Iterator[tuple[int, int]]:
    seen = 0
    for place in range(0, len(flat), 2):
        day, count = flat[place], flat[place + 1]
        if day > until:
            return
        if seen >= enough:
            yield day, sum(n for d, n in zip(flat[place::2], flat[place + 1 :: 2], strict=True) if d <= until)
            return
        seen += count
        yield day, count


def visits_in(sheet: Sheet, visits: str) -> Iterator[Visit]:
    """Each leader's first day in the month."""
    until = sheet.until
    for leader, days in json.loads(visits).items():
        first = (days & -days).bit_length() - 1
        if first <= until:
            yield Visit(sheet.unit, sheet.event, leader, sheet.day(first))


def reports_in(sheet: Sheet, reports: str) -> Iterator[Report]:
    """Those of the month's reports on which anything hangs: the last, and where its run of full ones began.

    A report that was not full goes before the run, where there was one: it says that the run began there.
    """
    until = sheet.until
    for measure, days in json.loads(reports).items():
        for day, number, value, total in _deciding([each for each in days if each[0] <= until]):
            yield Report(sheet.unit, sheet.event, measure, sheet.day(day), number, value, total)


def _deciding(days: Sequence[list[int]]) -> Sequence[list[int]]:
    start = len(days)
    while start and days[start - 1][2] >= days[start - 1][3] > 0:
        start -= 1
    run = days[start:]
    before = days[max(start - 1, 0) : start]
    return [*before, *(run if len(run) < 2 else (run[0], run[-1]))]  # noqa: PLR2004 - a first and a last


def _telling(days: Sequence[list[int]]) -> Iterator[list[int]]:
    """The reports that are the last, or turn from full to not full or back."""
    before: bool | None = None
    for place, each in enumerate(days, start=1):
        full = each[2] >= each[3] > 0
        if full != before or place == len(days):
            yield each
        before = full


def follow_ups_in(sheet: Sheet, plain: str, led: str, reported: str) -> Iterator[FollowUp]:
    """What was reported up by the as-of date, in one sum, and what was not, from its first day on."""
    held: Counter[int] = Counter()
    for flat in (json.loads(plain), json.loads(led)):
        held.update({day: n for day, n in zip(flat[::2], flat[1::2], strict=True) if day <= sheet.until})
    told = [each for each in json.loads(reported) if each[0] <= sheet.until]
    done = [each for each in told if each[1] <= sheet.as_of.isoformat()]
    held_open = held - Counter(_sum_by_day(done))
    if done:
        last = date.fromisoformat(max(on for _, on, _ in done))
        count = sum(number for *_, number in done)
        yield FollowUp(sheet.unit, sheet.event, sheet.day(min(day for day, *_ in done)), last, count)
    if held_open:
        yield FollowUp(sheet.unit, sheet.event, sheet.day(min(held_open)), None, held_open.total())


def _sum_by_day(done: Iterable[tuple[int, str, int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for day, _, number in done:
        counts[day] += number
    return counts
