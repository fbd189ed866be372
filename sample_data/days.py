"""The working year 2025: its quarters and halves, its holidays, and days picked in it as an office would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dice import Dice

ONE_DAY = timedelta(days=1)
WEEKEND = 5

HOLIDAY_SPANS = (
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
)
# Weekend days that the State Council's calendar made working days in exchange for the long holidays.
MADE_UP = frozenset(
    {
        date(2025, 1, 26),
        date(2025, 2, 8),
        date(2025, 4, 27),
        date(2025, 9, 28),
        date(2025, 10, 11),
        date(2026, 1, 4),
    }
)
EVE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days with a name, both ends included."""

    name: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """The span as a title says it: 第二季度, 上半年, 全年."""
        return SPAN_WORDS[self.name]

    def days(self) -> list[date]:
        """Every day of the span."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


# The first working days of January stay free: the notice was issued on 3 January.
QUARTERS = (
    Span("2025Q1", date(2025, 1, 6), date(2025, 3, 31)),
    Span("2025Q2", date(2025, 4, 1), date(2025, 6, 30)),
    Span("2025Q3", date(2025, 7, 1), date(2025, 9, 30)),
    Span("2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
)
HALVES = (
    Span("2025H1", date(2025, 1, 6), date(2025, 6, 30)),
    Span("2025H2", date(2025, 7, 1), date(2025, 12, 31)),
)
YEAR = Span("2025", date(2025, 1, 6), date(2025, 12, 31))
SPAN_WORDS = {
    "2025Q1": "第一季度",
    "2025Q2": "第二季度",
    "2025Q3": "第三季度",
    "2025Q4": "第四季度",
    "2025H1": "上半年",
    "2025H2": "下半年",
    "2025": "全年",
}


def is_holiday(day: date) -> bool:
    """Whether the day lies in a public holiday."""
    return any(first <= day <= last for first, last in HOLIDAY_SPANS)


def is_working(day: date) -> bool:
    """Whether offices are open on the day."""
    return day in MADE_UP or (day.weekday() < WEEKEND and not is_holiday(day))


def is_eve(day: date) -> bool:
    """Whether a holiday of more than one day begins within the next three days."""
    return any(first < last and 0 < (first - day).days <= EVE_DAYS for first, last in HOLIDAY_SPANS)


def next_working(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working(day):
        day += ONE_DAY
    return day


def _early(place: float) -> float:
    return (1.05 - place) ** 2


def _even(place: float) -> float:
    return 1.0 if place < 1 else 0.5


def _last(place: float) -> float:
    """Nearly everything in the last twelfth: the last week of a quarter, the last fortnight of a half."""
    return 1.0 if place > 1 - 1 / 12 else 0.03


RHYTHMS: dict[str, Callable[[float], float]] = {"early": _early, "even": _even, "last": _last}


def _office_weight(day: date, *, festive: bool) -> float:
    if is_holiday(day):
        return 0.04 if festive else 0.005
    if festive and is_eve(day):
        return 5.0
    return 1.0 if is_working(day) else 0.08


def pick_days(dice: Dice, span: Span, count: int, rhythm: str, *, festive: bool = False) -> list[date]:
    """So many different days of the span in order; `festive` work gathers on the days before holidays."""
    days = span.days()
    shape = RHYTHMS[rhythm]
    weights = [
        shape(place / len(days)) * _office_weight(day, festive=festive)
        for place, day in enumerate(days, start=1)
    ]
    chosen: set[date] = set()
    while len(chosen) < min(count, len(days)):
        chosen.add(dice.weighted(days, weights))
    return sorted(chosen)
