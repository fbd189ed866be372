"""Threshold: the latest report against the level asked for, three people or, with heavier duty, five."""

from dataclasses import replace

import pytest

from tests.domain_examples import COMMITTEE, HEAVY_COMMITTEE, judge, reports

CODE, EVENT = "committee.staff", "staffing_report"


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        ("2024-12-31", "", "not_started 0/3"),
        ("2024-12-31", "2024-12-31 4", "not_started 0/3"),
        ("2025-01-01", "", "unreported 0/3"),
        ("2025-01-01", "2024-12-31 4", "unreported 0/3"),
        ("2025-01-01", "2025-01-01 3", "met 3/3 on 2025-01-01"),
        ("2025-01-01", "2025-01-02 3", "unreported 0/3"),
        ("2025-02-28", "2025-02-28 2", "short 2/3"),
        ("2025-02-28", "2025-02-28 0", "short 0/3"),
        ("2025-02-28", "2025-02-28 4", "met 4/3 on 2025-02-28"),
        ("2025-06-30", "2025-01-10 2 2025-05-10 3", "met 3/3 on 2025-05-10"),
        ("2025-06-30", "2025-01-10 3 2025-05-10 2", "short 2/3"),
        ("2025-05-09", "2025-01-10 3 2025-05-10 2", "met 3/3 on 2025-01-10"),
        ("2025-06-30", "2025-05-10 2 2025-01-10 3", "short 2/3"),
        ("2025-06-30", "2025-01-10 3 2025-05-10 5", "met 5/3 on 2025-05-10"),
        ("2025-12-31", "", "unreported 0/3"),
        ("2025-12-31", "2025-12-31 3", "met 3/3 on 2025-12-31"),
        ("2026-01-01", "", "unreported 0/3"),
        ("2026-01-01", "2025-12-31 2", "short 2/3"),
        ("2026-01-01", "2025-12-31 2 2026-01-01 3", "short 2/3"),
    ],
)
def test_the_latest_report_of_the_year_so_far_decides(as_of: str, reported: str, expected: str) -> None:
    assert judge(COMMITTEE, CODE, as_of, reports(COMMITTEE, EVENT, reported)) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        ("2024-12-31", "", "not_started 0/5"),
        ("2025-01-01", "", "unreported 0/5"),
        ("2025-06-30", "2025-05-10 3", "short 3/5"),
        ("2025-06-30", "2025-05-10 4", "short 4/5"),
        ("2025-06-30", "2025-05-10 5", "met 5/5 on 2025-05-10"),
        ("2025-06-30", "2025-05-10 6", "met 6/5 on 2025-05-10"),
        ("2026-01-01", "2025-05-10 4", "short 4/5"),
    ],
)
def test_heavier_duty_asks_for_five(as_of: str, reported: str, expected: str) -> None:
    records = reports(HEAVY_COMMITTEE, EVENT, reported)
    assert judge(HEAVY_COMMITTEE, CODE, as_of, records) == {"2025": expected}


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ("2025-05-10 2 2025-05-10 3", "met 3/3 on 2025-05-10"),
        ("2025-05-10 3 2025-05-10 2", "short 2/3"),
        ("2025-05-10 3 2025-05-10 2 2025-05-10 4", "met 4/3 on 2025-05-10"),
        ("2025-05-10 3 2025-05-09 2", "met 3/3 on 2025-05-10"),
    ],
)
def test_of_two_reports_on_one_day_the_one_entered_later_counts(reported: str, expected: str) -> None:
    records = reports(COMMITTEE, EVENT, reported)
    assert judge(COMMITTEE, CODE, "2025-06-30", records) == {"2025": expected}
    assert judge(COMMITTEE, CODE, "2025-06-30", reversed(records)) == {"2025": expected}


def test_another_committees_report_says_nothing() -> None:
    records = reports(HEAVY_COMMITTEE, EVENT, "2025-05-10 9")
    assert judge(COMMITTEE, CODE, "2025-06-30", records) == {"2025": "unreported 0/3"}


def test_the_mark_of_heavier_duty_alone_turns_met_into_short() -> None:
    records = reports(COMMITTEE, EVENT, "2025-05-10 4")
    marked = replace(COMMITTEE, heavy_duty=True)
    assert judge(COMMITTEE, CODE, "2025-06-30", records) == {"2025": "met 4/3 on 2025-05-10"}
    assert judge(marked, CODE, "2025-06-30", records) == {"2025": "short 4/5"}
