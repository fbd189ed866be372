"""Working days: our holiday table against an independent library, and counting over holidays."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from core.domain.working_days import HOLIDAYS, add_working_days, is_working, working_days_after


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_year_is_as_the_library_says(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in days if is_working(day) != chinese_calendar.is_workday(day)] == []


def test_a_holiday_is_named_once_and_in_order() -> None:
    assert all(first <= last for _, first, last in HOLIDAYS)
    assert [first for _, first, _ in HOLIDAYS] == sorted(first for _, first, _ in HOLIDAYS)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 6, 18), 0, date(2025, 6, 18)),
        (date(2025, 6, 18), 3, date(2025, 6, 23)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 1, 27), 1, date(2025, 2, 5)),
        (date(2027, 1, 1), 1, date(2027, 1, 4)),
    ],
)
def test_working_days_are_added_over_weekends_holidays_and_made_up_days(
    day: date, count: int, expected: date
) -> None:
    assert add_working_days(day, count) == expected
    assert working_days_after(day, expected) == count


def test_there_are_no_working_days_backwards() -> None:
    assert working_days_after(date(2025, 6, 18), date(2025, 6, 1)) == 0
