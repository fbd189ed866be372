"""Quota: so many records in each period, judged on and around every bound of it."""

import pytest

from core.domain.obligations import Rule
from core.domain.periods import Cadence
from core.domain.records import Record
from core.domain.units import Unit, UnitKind
from tests.domain_examples import (
    CITY,
    COMMITTEE,
    DEPARTMENT,
    LED_COMMITTEE,
    catalogue_of,
    day,
    judge,
    obligation,
    records_on,
)

QUARTER = "committee.meeting", "committee_meeting"
HALF = "committee.joint_enforcement", "joint_enforcement"
YEAR = "committee.four.training", "four_training"


@pytest.mark.parametrize(
    ("period", "as_of", "held", "expected"),
    [
        # before the year
        ("2025Q1", "2024-12-31", "", "not_started 0/1"),
        ("2025Q1", "2024-12-31", "2025-01-01", "not_started 0/1"),
        ("2025Q1", "2024-12-31", "2024-12-31", "not_started 0/1"),
        # first quarter: warned from 16 March, open until 31 March
        ("2025Q1", "2025-01-01", "", "pending 0/1, 89 left"),
        ("2025Q1", "2025-01-01", "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2025Q1", "2025-02-28", "", "pending 0/1, 31 left"),
        ("2025Q1", "2025-02-28", "2025-02-28", "met 1/1 on 2025-02-28"),
        ("2025Q1", "2025-02-28", "2025-03-01", "pending 0/1, 31 left"),
        ("2025Q1", "2025-03-15", "", "pending 0/1, 16 left"),
        ("2025Q1", "2025-03-16", "", "due_soon 0/1, 15 left"),
        ("2025Q1", "2025-03-30", "2025-03-31", "due_soon 0/1, 1 left"),
        ("2025Q1", "2025-03-31", "", "due_soon 0/1, 0 left"),
        ("2025Q1", "2025-03-31", "2025-03-31", "met 1/1 on 2025-03-31"),
        ("2025Q1", "2025-04-01", "", "missed 0/1"),
        ("2025Q1", "2025-04-01", "2025-03-31", "met 1/1 on 2025-03-31"),
        ("2025Q1", "2025-04-01", "2025-04-01", "missed 0/1"),
        ("2025Q1", "2025-04-01", "2024-12-31", "missed 0/1"),
        ("2025Q1", "2026-05-01", "", "missed 0/1"),
        # second quarter
        ("2025Q2", "2025-03-31", "2025-03-31", "not_started 0/1"),
        ("2025Q2", "2025-04-01", "2025-03-31", "pending 0/1, 90 left"),
        ("2025Q2", "2025-04-01", "2025-04-01", "met 1/1 on 2025-04-01"),
        ("2025Q2", "2025-06-14", "", "pending 0/1, 16 left"),
        ("2025Q2", "2025-06-15", "", "due_soon 0/1, 15 left"),
        ("2025Q2", "2025-06-30", "", "due_soon 0/1, 0 left"),
        ("2025Q2", "2025-07-01", "2025-06-30", "met 1/1 on 2025-06-30"),
        ("2025Q2", "2025-07-01", "2025-07-01", "missed 0/1"),
        # third quarter
        ("2025Q3", "2025-06-30", "", "not_started 0/1"),
        ("2025Q3", "2025-07-01", "2025-07-01", "met 1/1 on 2025-07-01"),
        ("2025Q3", "2025-09-14", "", "pending 0/1, 16 left"),
        ("2025Q3", "2025-09-15", "", "due_soon 0/1, 15 left"),
        ("2025Q3", "2025-09-30", "", "due_soon 0/1, 0 left"),
        ("2025Q3", "2025-10-01", "2025-09-30", "met 1/1 on 2025-09-30"),
        ("2025Q3", "2025-10-01", "", "missed 0/1"),
        # fourth quarter and the turn of the year
        ("2025Q4", "2025-09-30", "", "not_started 0/1"),
        ("2025Q4", "2025-10-01", "", "pending 0/1, 91 left"),
        ("2025Q4", "2025-12-15", "", "pending 0/1, 16 left"),
        ("2025Q4", "2025-12-16", "", "due_soon 0/1, 15 left"),
        ("2025Q4", "2025-12-31", "", "due_soon 0/1, 0 left"),
        ("2025Q4", "2025-12-31", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2025Q4", "2026-01-01", "", "missed 0/1"),
        ("2025Q4", "2026-01-01", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2025Q4", "2026-01-01", "2026-01-01", "missed 0/1"),
        # more than is asked for: the first completes it, all are counted
        ("2025Q1", "2025-03-31", "2025-02-28 2025-01-15 2025-03-31", "met 3/1 on 2025-01-15"),
        ("2025Q1", "2025-02-27", "2025-02-28 2025-01-15 2025-03-31", "met 1/1 on 2025-01-15"),
        ("2025Q1", "2025-03-31", "2025-02-28 2025-02-28", "met 2/1 on 2025-02-28"),
    ],
)
def test_a_quarter_is_open_through_its_last_day_and_missed_on_the_next(
    period: str, as_of: str, held: str, expected: str
) -> None:
    code, event = QUARTER
    assert judge(COMMITTEE, code, as_of, records_on(COMMITTEE, event, held))[period] == expected


@pytest.mark.parametrize(
    ("period", "as_of", "held", "expected"),
    [
        ("2025H1", "2024-12-31", "", "not_started 0/1"),
        ("2025H1", "2025-01-01", "", "pending 0/1, 180 left"),
        ("2025H1", "2025-01-01", "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2025H1", "2025-02-28", "", "pending 0/1, 122 left"),
        ("2025H1", "2025-03-31", "2025-04-01", "pending 0/1, 91 left"),
        ("2025H1", "2025-04-01", "2025-04-01", "met 1/1 on 2025-04-01"),
        ("2025H1", "2025-05-30", "", "pending 0/1, 31 left"),
        ("2025H1", "2025-05-31", "", "due_soon 0/1, 30 left"),
        ("2025H1", "2025-06-30", "", "due_soon 0/1, 0 left"),
        ("2025H1", "2025-06-30", "2025-06-30", "met 1/1 on 2025-06-30"),
        ("2025H1", "2025-07-01", "", "missed 0/1"),
        ("2025H1", "2025-07-01", "2025-07-01", "missed 0/1"),
        ("2025H1", "2025-07-01", "2025-06-30", "met 1/1 on 2025-06-30"),
        ("2025H2", "2025-06-30", "", "not_started 0/1"),
        ("2025H2", "2025-07-01", "2025-06-30", "pending 0/1, 183 left"),
        ("2025H2", "2025-07-01", "2025-07-01", "met 1/1 on 2025-07-01"),
        ("2025H2", "2025-11-30", "", "pending 0/1, 31 left"),
        ("2025H2", "2025-12-01", "", "due_soon 0/1, 30 left"),
        ("2025H2", "2025-12-31", "", "due_soon 0/1, 0 left"),
        ("2025H2", "2025-12-31", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2025H2", "2026-01-01", "", "missed 0/1"),
        ("2025H2", "2026-01-01", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2025H2", "2027-01-01", "2026-07-01", "missed 0/1"),
    ],
)
def test_a_half_year_ends_on_the_last_of_june_and_of_december(
    period: str, as_of: str, held: str, expected: str
) -> None:
    code, event = HALF
    assert judge(COMMITTEE, code, as_of, records_on(COMMITTEE, event, held))[period] == expected


@pytest.mark.parametrize(
    ("as_of", "held", "expected"),
    [
        ("2024-12-31", "", "not_started 0/1"),
        ("2025-01-01", "", "pending 0/1, 364 left"),
        ("2025-01-01", "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2025-11-01", "", "due_soon 0/1, 60 left"),
        ("2025-10-31", "", "pending 0/1, 61 left"),
        ("2025-12-31", "", "due_soon 0/1, 0 left"),
        ("2025-12-31", "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2026-01-01", "", "missed 0/1"),
        ("2026-01-01", "2026-01-01", "missed 0/1"),
        ("2026-01-01", "2024-12-31 2025-12-31", "met 1/1 on 2025-12-31"),
    ],
)
def test_a_yearly_quota_has_the_whole_year(as_of: str, held: str, expected: str) -> None:
    code, event = YEAR
    assert judge(COMMITTEE, code, as_of, records_on(COMMITTEE, event, held)) == {"2025": expected}


MONTHLY = catalogue_of(obligation(Rule.QUOTA, cadence=Cadence.MONTH, required=2, warn_days=3))
LEAP = catalogue_of(obligation(Rule.QUOTA, cadence=Cadence.MONTH, required=2, warn_days=3), year=2024)


@pytest.mark.parametrize(
    ("as_of", "held", "expected"),
    [
        ("2025-01-31", "2025-01-31", "not_started 0/2"),
        ("2025-02-01", "2025-01-31 2025-02-01", "pending 1/2, 27 left"),
        ("2025-02-24", "2025-02-01", "pending 1/2, 4 left"),
        ("2025-02-25", "2025-02-01", "due_soon 1/2, 3 left"),
        ("2025-02-28", "2025-02-01", "due_soon 1/2, 0 left"),
        ("2025-02-28", "2025-02-28 2025-02-01", "met 2/2 on 2025-02-28"),
        ("2025-02-28", "2025-02-28 2025-02-03 2025-02-01", "met 3/2 on 2025-02-03"),
        ("2025-02-28", "2025-02-10 2025-02-10", "met 2/2 on 2025-02-10"),
        ("2025-03-01", "2025-02-01 2025-03-01", "missed 1/2"),
    ],
)
def test_a_count_of_two_is_completed_by_the_second_record_by_date(
    as_of: str, held: str, expected: str
) -> None:
    records = records_on(COMMITTEE, "made_up", held)
    assert judge(COMMITTEE, "made.up", as_of, records, catalogue=MONTHLY)["2025M02"] == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-02-25", "pending 1/2, 4 left"),
        ("2024-02-26", "due_soon 1/2, 3 left"),
        ("2024-02-28", "due_soon 1/2, 1 left"),
        ("2024-02-29", "met 2/2 on 2024-02-29"),
        ("2024-03-01", "met 2/2 on 2024-02-29"),
    ],
)
def test_february_of_a_leap_year_has_one_day_more(as_of: str, expected: str) -> None:
    records = records_on(COMMITTEE, "made_up", "2024-02-01 2024-02-29")
    assert judge(COMMITTEE, "made.up", as_of, records, catalogue=LEAP)["2024M02"] == expected


@pytest.mark.parametrize(
    ("code", "event", "period"),
    [
        ("committee.plenary", "plenary_meeting", "2025H1"),
        ("committee.director_inspection", "director_inspection", "2025Q2"),
    ],
)
def test_only_what_the_first_director_led_counts_where_the_notice_says_so(
    code: str, event: str, period: str
) -> None:
    by_deputies = records_on(COMMITTEE, event, "2025-04-01 2025-04-02")
    led = records_on(COMMITTEE, event, "2025-04-20", led=True)
    assert judge(COMMITTEE, code, "2025-06-30", by_deputies)[period] == "due_soon 0/1, 0 left"
    assert judge(COMMITTEE, code, "2025-06-30", by_deputies + led)[period] == "met 1/1 on 2025-04-20"


def test_a_meeting_counts_whoever_led_it_where_the_notice_does_not_ask() -> None:
    led = records_on(COMMITTEE, "committee_meeting", "2025-04-20", led=True)
    assert judge(COMMITTEE, "committee.meeting", "2025-06-30", led)["2025Q2"] == "met 1/1 on 2025-04-20"


def test_records_of_other_units_and_other_events_do_not_count() -> None:
    others = records_on(LED_COMMITTEE, "committee_meeting", "2025-01-05")
    others += records_on(COMMITTEE, "joint_enforcement", "2025-01-05")
    assert judge(COMMITTEE, "committee.meeting", "2025-04-01", others)["2025Q1"] == "missed 0/1"


@pytest.mark.parametrize(
    ("own", "lead", "expected"),
    [
        ("", "", "missed 0/1"),
        ("2025-03-31", "", "met 1/1 on 2025-03-31"),
        ("", "2025-03-31", "met 1/1 on 2025-03-31"),
        ("", "2025-04-01", "missed 0/1"),
        ("2025-03-01", "2025-02-01", "met 2/1 on 2025-02-01"),
        ("2025-02-01", "2025-03-01", "met 2/1 on 2025-02-01"),
        ("2025-02-01", "2025-02-01", "met 2/1 on 2025-02-01"),
    ],
)
def test_covert_checks_of_the_lead_department_count_for_its_committee(
    own: str, lead: str, expected: str
) -> None:
    records = records_on(LED_COMMITTEE, "covert_check", own) + records_on(DEPARTMENT, "covert_check", lead)
    assert judge(LED_COMMITTEE, "committee.covert_check", "2025-04-02", records)["2025Q1"] == expected


def test_without_a_lead_department_only_the_committees_own_covert_checks_count() -> None:
    records = records_on(DEPARTMENT, "covert_check", "2025-03-31")
    assert judge(COMMITTEE, "committee.covert_check", "2025-04-01", records)["2025Q1"] == "missed 0/1"


def test_a_committee_that_names_itself_as_lead_is_not_counted_twice() -> None:
    own = Unit("c9", UnitKind.COMMITTEE, "专委会", lead_unit="c9")
    records = records_on(own, "covert_check", "2025-03-31")
    assert judge(own, "committee.covert_check", "2025-04-01", records)["2025Q1"] == "met 1/1 on 2025-03-31"


def test_a_committees_covert_checks_do_not_count_for_its_lead_department() -> None:
    records = records_on(LED_COMMITTEE, "covert_check", "2025-03-31")
    assert judge(DEPARTMENT, "department.covert_check", "2025-04-01", records)["2025Q1"] == "missed 0/1"


def test_other_events_of_the_lead_department_do_not_count_for_the_committee() -> None:
    records = records_on(DEPARTMENT, "committee_meeting", "2025-03-31")
    assert judge(LED_COMMITTEE, "committee.meeting", "2025-04-01", records)["2025Q1"] == "missed 0/1"


def test_the_city_owes_an_exchange_meeting_each_half_year() -> None:
    records = [Record("city", "wage_exchange_meeting", day("2025-06-30"))]
    assert judge(CITY, "city.wage_exchange", "2025-12-01", records) == {
        "2025H1": "met 1/1 on 2025-06-30",
        "2025H2": "due_soon 0/1, 30 left",
    }
