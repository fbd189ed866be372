"""Where a replay stops: week by week, up to the last day there is."""

from datetime import date

import pytest

from core.domain.replays import nearest_stop, next_stop, replay_days


def test_a_replay_stops_on_sundays_and_on_the_last_day() -> None:
    days = replay_days(2025, date(2025, 1, 15))
    assert days == (date(2025, 1, 5), date(2025, 1, 12), date(2025, 1, 15))


def test_after_the_year_it_ends_with_the_year() -> None:
    days = replay_days(2025, date(2026, 3, 1))
    assert (len(days), days[-2], days[-1]) == (53, date(2025, 12, 28), date(2025, 12, 31))


@pytest.mark.parametrize("last", [date(2024, 6, 1), date(2025, 1, 1)])
def test_a_year_that_has_hardly_begun_has_its_first_day(last: date) -> None:
    assert replay_days(2025, last) == (date(2025, 1, 1),)


def test_a_last_day_that_is_a_sunday_comes_once() -> None:
    assert replay_days(2025, date(2025, 1, 12)) == (date(2025, 1, 5), date(2025, 1, 12))


def test_any_day_leads_to_the_stop_before_it_and_on_to_the_next() -> None:
    days = replay_days(2025, date(2025, 1, 15))
    assert nearest_stop(days, date(2025, 1, 14)) == date(2025, 1, 12)
    assert nearest_stop(days, date(2024, 1, 1)) == date(2025, 1, 5)
    assert next_stop(days, date(2025, 1, 12)) == date(2025, 1, 15)
    assert next_stop(days, date(2025, 1, 15)) is None
