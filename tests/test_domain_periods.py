"""Periods: their names, their bounds, and the day on which each begins and ends."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.periods import Cadence, Period, parse_period, period_holding, period_nearest, periods_of
from tests.domain_examples import day

NAMES = [
    ("2025Q1", "2025-01-01", "2025-03-31", "第一季度"),
    ("2025Q2", "2025-04-01", "2025-06-30", "第二季度"),
    ("2025Q3", "2025-07-01", "2025-09-30", "第三季度"),
    ("2025Q4", "2025-10-01", "2025-12-31", "第四季度"),
    ("2025H1", "2025-01-01", "2025-06-30", "上半年"),
    ("2025H2", "2025-07-01", "2025-12-31", "下半年"),
    ("2025", "2025-01-01", "2025-12-31", "全年"),
    ("2025M01", "2025-01-01", "2025-01-31", "1月"),
    ("2025M02", "2025-02-01", "2025-02-28", "2月"),
    ("2024M02", "2024-02-01", "2024-02-29", "2月"),
    ("2025M04", "2025-04-01", "2025-04-30", "4月"),
    ("2025M12", "2025-12-01", "2025-12-31", "12月"),
]


@pytest.mark.parametrize(("code", "first", "last", "label"), NAMES)
def test_a_period_is_found_by_its_name_and_knows_its_bounds(
    code: str, first: str, last: str, label: str
) -> None:
    period = parse_period(code)
    assert period is not None
    assert (period.code, period.start, period.end) == (code, day(first), day(last))
    assert (period.short_label, period.label) == (label, f"{code[:4]}年{label}")


@pytest.mark.parametrize(("code", "first", "last", "label"), NAMES)
def test_both_bounds_belong_to_the_period_and_their_neighbours_do_not(
    code: str, first: str, last: str, label: str
) -> None:
    period, one = parse_period(code), timedelta(days=1)
    assert period is not None, label
    assert day(first) in period
    assert day(last) in period
    assert day(first) - one not in period
    assert day(last) + one not in period


@pytest.mark.parametrize(
    "code",
    [
        "", "25Q1", "2025Q0", "2025Q5", "2025H0", "2025H3", "2025M00", "2025M13", "2025M3", "2025Q01",
        "2025q1", "2025Y", "2025Y1", "2025Q", "Q1", " 2025", "2025Q1\n", "２０２５Q1", "2025-Q1", "0000",
    ],
)  # fmt: skip
def test_what_names_no_period_is_none(code: str) -> None:
    assert parse_period(code) is None


@pytest.mark.parametrize(
    ("cadence", "codes"),
    [
        (Cadence.YEAR, "2025"),
        (Cadence.HALF, "2025H1 2025H2"),
        (Cadence.QUARTER, "2025Q1 2025Q2 2025Q3 2025Q4"),
        (
            Cadence.MONTH,
            "2025M01 2025M02 2025M03 2025M04 2025M05 2025M06 2025M07 2025M08 2025M09 2025M10 2025M11 2025M12",
        ),
    ],
)
def test_a_year_has_these_periods_by_date(cadence: Cadence, codes: str) -> None:
    assert [each.code for each in periods_of(cadence, 2025)] == codes.split()


@pytest.mark.parametrize(
    ("cadence", "on", "code"),
    [
        (Cadence.QUARTER, "2024-12-31", "2025Q1"),
        (Cadence.QUARTER, "2025-01-01", "2025Q1"),
        (Cadence.QUARTER, "2025-03-31", "2025Q1"),
        (Cadence.QUARTER, "2025-04-01", "2025Q2"),
        (Cadence.QUARTER, "2025-12-31", "2025Q4"),
        (Cadence.QUARTER, "2026-01-01", "2025Q4"),
        (Cadence.HALF, "2023-07-01", "2025H1"),
        (Cadence.HALF, "2025-06-30", "2025H1"),
        (Cadence.HALF, "2025-07-01", "2025H2"),
        (Cadence.HALF, "2026-01-01", "2025H2"),
        (Cadence.MONTH, "2025-02-28", "2025M02"),
        (Cadence.MONTH, "2025-03-01", "2025M03"),
        (Cadence.MONTH, "2030-05-05", "2025M12"),
        (Cadence.YEAR, "2019-05-05", "2025"),
        (Cadence.YEAR, "2026-01-01", "2025"),
    ],
)
def test_a_board_shows_the_period_of_the_day_or_the_nearest_of_the_year(
    cadence: Cadence, on: str, code: str
) -> None:
    assert period_nearest(cadence, 2025, day(on)).code == code


@pytest.mark.parametrize(
    ("code", "on", "left"),
    [
        ("2025Q1", "2025-03-31", 0),
        ("2025Q1", "2025-03-30", 1),
        ("2025Q1", "2025-04-01", -1),
        ("2025Q1", "2025-01-01", 89),
        ("2024Q1", "2024-01-01", 90),
        ("2025H1", "2025-01-01", 180),
        ("2025", "2025-01-01", 364),
        ("2025", "2025-12-31", 0),
    ],
)
def test_no_days_are_left_on_the_last_day(code: str, on: str, left: int) -> None:
    period = parse_period(code)
    assert period is not None
    assert period.days_left(day(on)) == left


@given(st.sampled_from(Cadence), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_exactly_one_period_of_a_cadence(cadence: Cadence, on: date) -> None:
    holding = [each for each in periods_of(cadence, on.year) if on in each]
    assert holding == [period_holding(cadence, on)] == [period_nearest(cadence, on.year, on)]


@given(st.sampled_from(Cadence), st.integers(1900, 2199))
def test_the_periods_of_a_year_leave_no_gap(cadence: Cadence, year: int) -> None:
    periods = periods_of(cadence, year)
    assert len(periods) == cadence.per_year
    assert (periods[0].start, periods[-1].end) == (date(year, 1, 1), date(year, 12, 31))
    for earlier, later in pairwise(periods):
        assert later.start - earlier.end == timedelta(days=1)


@given(st.sampled_from(Cadence), st.integers(1000, 9999), st.integers(0, 11))
def test_a_period_is_found_again_by_its_name(cadence: Cadence, year: int, number: int) -> None:
    period = Period(cadence, year, number % cadence.per_year + 1)
    assert parse_period(period.code) == period


def test_a_cadence_is_found_by_code_or_by_its_chinese_word() -> None:
    assert Cadence.of("quarter") == Cadence.of("每季度") == Cadence.QUARTER
    assert Cadence.parse("每旬") is None
    with pytest.raises(ValueError, match="“每旬”不在可选值之内"):
        Cadence.of("每旬")
