"""Working days by the State Council's holiday calendars, which also turn some weekend days into working days.

A year whose calendar is not published yet has only its weekends.
"""

from datetime import date, timedelta

_WEEKEND = 5
HOLIDAYS: tuple[tuple[str, date, date], ...] = (
    ("元旦", date(2025, 1, 1), date(2025, 1, 1)),
    ("春节", date(2025, 1, 28), date(2025, 2, 4)),
    ("清明节", date(2025, 4, 4), date(2025, 4, 6)),
    ("劳动节", date(2025, 5, 1), date(2025, 5, 5)),
    ("端午节", date(2025, 5, 31), date(2025, 6, 2)),
    ("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)),
    ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
    ("春节", date(2026, 2, 15), date(2026, 2, 23)),
    ("清明节", date(2026, 4, 4), date(2026, 4, 6)),
    ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
    ("端午节", date(2026, 6, 19), date(2026, 6, 21)),
    ("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
    ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
)
"""Name, first and last day of every public holiday."""
MADE_UP = frozenset(
    {
        *(date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)),
        *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9)),
        *(date(2026, 9, 20), date(2026, 10, 10)),
    }
)
"""Weekend days on which offices are open in exchange for the long holidays."""
_OFF = frozenset(
    first + timedelta(days=place) for _, first, last in HOLIDAYS for place in range((last - first).days + 1)
)


def is_working(day: date) -> bool:
    """Tell whether offices are open that day."""
    return day in MADE_UP or (day.weekday() < _WEEKEND and day not in _OFF)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after a day; the day itself does not count, and is the answer for 0."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def working_days_after(day: date, until: date) -> int:
    """How many working days lie after `day` up to and with `until`; 0 where it lies before."""
    span = range((until - day).days)
    return sum(is_working(day + timedelta(days=place + 1)) for place in span)
