"""A year turned week by week: the days on which a replay stops."""

from datetime import date, timedelta

_WEEK = timedelta(days=7)


def replay_days(year: int, last: date) -> tuple[date, ...]:
    """Every Sunday of the year up to `last`, and `last` itself, or the year's end where that comes first.

    A year that has not begun by `last` has its first day only.
    """
    start, end = date(year, 1, 1), min(last, date(year, 12, 31))
    if end <= start:
        return (start,)
    sunday = start + timedelta(days=6 - start.weekday())
    days = [sunday + _WEEK * number for number in range(54)]
    return (*(day for day in days if day < end), end)


def nearest_stop(days: tuple[date, ...], wanted: date) -> date:
    """The last stop up to the wanted day, else the first."""
    return max((day for day in days if day <= wanted), default=days[0])


def next_stop(days: tuple[date, ...], day: date) -> date | None:
    """The stop after this one; None at the end."""
    return next((each for each in days if each > day), None)
