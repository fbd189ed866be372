"""Deadline: so many records by a due date; afterwards missed, or fulfilled late."""

import pytest

from core.domain.obligations import Rule
from core.domain.units import Unit
from tests.domain_examples import (
    COMMITTEE,
    COUNTY,
    DEPARTMENT,
    DISTRICT,
    catalogue_of,
    day,
    judge,
    obligation,
    records_on,
)


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected"),
    [
        ("2024-12-31", "", "not_started 0/1"),
        ("2024-12-31", "2025-01-02", "not_started 0/1"),
        ("2024-12-31", "2024-12-30", "not_started 0/1"),
        ("2025-01-01", "", "pending 0/1, 58 left"),
        ("2025-01-01", "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2025-01-01", "2024-12-31", "pending 0/1, 58 left"),
        ("2025-02-12", "", "pending 0/1, 16 left"),
        ("2025-02-13", "", "due_soon 0/1, 15 left"),
        ("2025-02-14", "", "due_soon 0/1, 14 left"),
        ("2025-02-27", "2025-02-28", "due_soon 0/1, 1 left"),
        ("2025-02-28", "", "due_soon 0/1, 0 left"),
        ("2025-02-28", "2025-02-28", "met 1/1 on 2025-02-28"),
        ("2025-02-28", "2025-03-01", "due_soon 0/1, 0 left"),
        ("2025-03-01", "", "missed 0/1"),
        ("2025-03-01", "2025-02-28", "met 1/1 on 2025-02-28"),
        ("2025-03-01", "2025-03-01", "met_late 1/1 on 2025-03-01"),
        ("2025-03-01", "2025-03-02", "missed 0/1"),
        ("2025-12-31", "2025-12-31", "met_late 1/1 on 2025-12-31"),
        ("2026-01-01", "2025-12-31", "met_late 1/1 on 2025-12-31"),
        ("2026-01-01", "2026-01-01", "missed 0/1"),
        ("2026-06-30", "2026-01-01", "missed 0/1"),
        ("2025-06-01", "2025-03-05 2025-02-20", "met 2/1 on 2025-02-20"),
        ("2025-06-01", "2025-05-05 2025-03-20", "met_late 2/1 on 2025-03-20"),
    ],
)
@pytest.mark.parametrize(
    ("unit", "code", "event"),
    [
        (COMMITTEE, "committee.rules", "rules_revised"),
        (DEPARTMENT, "department.duty_list", "duty_list_revised"),
        (DISTRICT, "locality.mechanism", "rules_revised"),
    ],
)
def test_what_is_due_by_the_end_of_february(
    unit: Unit, code: str, event: str, as_of: str, done_on: str, expected: str
) -> None:
    assert judge(unit, code, as_of, records_on(unit, event, done_on)) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected"),
    [
        ("2025-11-30", "", "pending 0/1, 31 left"),
        ("2025-12-01", "", "due_soon 0/1, 30 left"),
        ("2025-12-31", "", "due_soon 0/1, 0 left"),
        ("2025-12-31", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2026-01-01", "", "missed 0/1"),
        # only records of the catalogue's year count, so what is due on its last day is never late
        ("2026-02-01", "2026-01-01", "missed 0/1"),
        ("2026-01-01", "2025-12-31", "met 1/1 on 2025-12-31"),
    ],
)
def test_what_is_due_on_the_years_last_day_is_met_or_missed_but_never_late(
    as_of: str, done_on: str, expected: str
) -> None:
    records = records_on(COUNTY, "implementation_plan", done_on)
    assert judge(COUNTY, "locality.plan", as_of, records) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected"),
    [
        ("2025-05-30", "", "pending 0/1, 31 left"),
        ("2025-05-31", "", "due_soon 0/1, 30 left"),
        ("2025-06-30", "2025-06-30", "met 1/1 on 2025-06-30"),
        ("2025-07-01", "2025-07-01", "met_late 1/1 on 2025-07-01"),
        ("2025-07-01", "", "missed 0/1"),
    ],
)
def test_counties_sum_up_their_experience_by_the_end_of_june(as_of: str, done_on: str, expected: str) -> None:
    records = records_on(COUNTY, "experience_summary", done_on)
    assert judge(COUNTY, "locality.zone_experience", as_of, records) == {"2025": expected}


def test_a_locality_that_is_no_county_owes_no_experience_and_has_no_cell_for_it() -> None:
    records = records_on(DISTRICT, "experience_summary", "2025-06-30")
    assert judge(DISTRICT, "locality.zone_experience", "2025-07-01", records) == {}


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected"),
    [
        ("2025-05-15", "2025-05-01", "due_soon 1/2, 0 left"),
        ("2025-05-15", "2025-05-15 2025-05-01", "met 2/2 on 2025-05-15"),
        ("2025-05-16", "2025-05-16 2025-05-01", "met_late 2/2 on 2025-05-16"),
        ("2025-05-16", "2025-05-20 2025-05-01", "missed 1/2"),
        ("2025-06-01", "2025-05-20 2025-05-01 2025-05-02", "met 3/2 on 2025-05-02"),
    ],
)
def test_of_two_records_due_the_second_decides_whether_it_was_in_time(
    as_of: str, done_on: str, expected: str
) -> None:
    twice = obligation(Rule.DEADLINE, cadence=None, required=2, due=day("2025-05-15"))
    records = records_on(COMMITTEE, "made_up", done_on)
    seen = judge(COMMITTEE, "made.up", as_of, records, catalogue=catalogue_of(twice))
    assert seen == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-05-14", "pending 0/1, 1 left"),
        ("2025-05-15", "due_soon 0/1, 0 left"),
        ("2025-05-16", "missed 0/1"),
    ],
)
def test_without_days_of_warning_only_the_last_day_warns(as_of: str, expected: str) -> None:
    unwarned = obligation(Rule.DEADLINE, cadence=None, due=day("2025-05-15"), warn_days=0)
    assert judge(COMMITTEE, "made.up", as_of, catalogue=catalogue_of(unwarned)) == {"2025": expected}
