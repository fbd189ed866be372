"""After: a report is owed once the "four ones" are done, and missed when the year ends without it."""

import pytest

from core.domain.obligations import Rule
from core.domain.periods import Cadence
from core.domain.records import Record
from core.domain.status import Exemption
from core.domain.units import UnitKind
from tests.domain_examples import (
    COMMITTEE,
    COUNTY,
    DISTRICT,
    LED_COMMITTEE,
    catalogue_of,
    day,
    judge,
    obligation,
    records_on,
)

CODE, EVENT = "committee.four.report", "executive_meeting_report"
ONES = ("four_training", "four_assistance", "four_supervision", "four_education")


def four_ones(dates: str) -> list[Record]:
    """The four ones held on these days, in their order; a dot leaves one out."""
    return [
        Record(COMMITTEE.code, event, day(on))
        for event, on in zip(ONES, dates.split(), strict=False)
        if on != "."
    ]


ALL = "2025-03-01 2025-04-01 2025-05-01 2025-06-01"


@pytest.mark.parametrize(
    ("as_of", "ones", "reported", "expected"),
    [
        ("2024-12-31", "", "", "not_started 0/1"),
        ("2025-01-01", "", "", "not_started 0/1"),
        ("2025-02-28", "", "", "not_started 0/1"),
        # owed from the day the last of the four is done
        ("2025-05-31", ALL, "", "not_started 0/1"),
        ("2025-06-01", ALL, "", "due_soon 0/1, 213 left"),
        ("2025-10-31", ALL, "", "due_soon 0/1, 61 left"),
        ("2025-11-01", ALL, "", "due_soon 0/1, 60 left"),
        ("2025-12-30", ALL, "", "due_soon 0/1, 1 left"),
        ("2025-12-31", ALL, "", "due_soon 0/1, 0 left"),
        ("2026-01-01", ALL, "", "missed 0/1"),
        ("2025-01-01", "2025-01-01 2025-01-01 2025-01-01 2025-01-01", "", "due_soon 0/1, 364 left"),
        ("2025-12-31", "2025-12-31 2025-12-31 2025-12-31 2025-12-31", "", "due_soon 0/1, 0 left"),
        # one of the four left out
        ("2025-12-31", ". 2025-04-01 2025-05-01 2025-06-01", "", "not_started 0/1"),
        ("2025-12-31", "2025-03-01 . 2025-05-01 2025-06-01", "", "not_started 0/1"),
        ("2025-12-31", "2025-03-01 2025-04-01 . 2025-06-01", "", "not_started 0/1"),
        ("2025-12-31", "2025-03-01 2025-04-01 2025-05-01 .", "", "not_started 0/1"),
        ("2025-12-31", "2024-12-31 2025-04-01 2025-05-01 2025-06-01", "", "not_started 0/1"),
        # after the year's end it is missed, whether it was ever owed or not
        ("2026-01-01", "", "", "missed 0/1"),
        ("2026-01-01", "2025-03-01 2025-04-01 2025-05-01 .", "", "missed 0/1"),
        ("2026-01-01", "2025-03-01 2025-04-01 2025-05-01 2026-01-01", "", "missed 0/1"),
        # reported
        ("2025-06-30", ALL, "2025-06-30", "met 1/1 on 2025-06-30"),
        ("2025-06-29", ALL, "2025-06-30", "due_soon 0/1, 185 left"),
        ("2025-12-31", ALL, "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2026-01-01", ALL, "2025-12-31", "met 1/1 on 2025-12-31"),
        ("2026-01-01", ALL, "2026-01-01", "missed 0/1"),
        ("2025-12-31", ALL, "2025-06-30 2025-06-15 2025-12-01", "met 3/1 on 2025-06-15"),
        # reported before it was owed
        ("2025-02-28", "", "2025-02-28", "met 1/1 on 2025-02-28"),
        ("2025-02-27", "", "2025-02-28", "not_started 0/1"),
        ("2025-12-31", ALL, "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2026-06-01", "", "2025-01-01", "met 1/1 on 2025-01-01"),
        ("2025-01-01", "", "2024-12-31", "not_started 0/1"),
    ],
)
def test_the_report_is_owed_once_the_four_ones_are_done(
    as_of: str, ones: str, reported: str, expected: str
) -> None:
    records = four_ones(ones) + records_on(COMMITTEE, EVENT, reported)
    assert judge(COMMITTEE, CODE, as_of, records) == {"2025": expected}


def test_another_committees_four_ones_and_report_do_not_count() -> None:
    assert judge(LED_COMMITTEE, CODE, "2025-12-31", four_ones(ALL)) == {"2025": "not_started 0/1"}
    reported = records_on(COMMITTEE, EVENT, "2025-06-30")
    assert judge(LED_COMMITTEE, CODE, "2026-01-01", reported) == {"2025": "missed 0/1"}


def test_an_exempted_one_does_not_hold_the_report_back() -> None:
    three = four_ones("2025-03-01 2025-04-01 2025-05-01 .")
    freed = [Exemption(COMMITTEE.code, "committee.four.education", "2025", "本行业无企业")]
    seen = judge(COMMITTEE, CODE, "2025-12-01", three, exemptions=freed)
    assert seen == {"2025": "due_soon 0/1, 30 left"}


def test_an_exempted_one_of_another_committee_does_hold_it_back() -> None:
    three = four_ones("2025-03-01 2025-04-01 2025-05-01 .")
    freed = [Exemption(LED_COMMITTEE.code, "committee.four.education", "2025", "本行业无企业")]
    seen = judge(COMMITTEE, CODE, "2025-12-01", three, exemptions=freed)
    assert seen == {"2025": "not_started 0/1"}


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected"),
    [
        ("2025-03-31", "", "not_started 0/1"),
        ("2025-03-31", "2025-02-28", "due_soon 0/1, 275 left"),
        ("2025-03-31", "2025-03-31", "due_soon 0/1, 275 left"),
        ("2025-03-30", "2025-03-31", "not_started 0/1"),
    ],
)
def test_what_was_fulfilled_late_is_fulfilled(as_of: str, done_on: str, expected: str) -> None:
    first = obligation(Rule.DEADLINE, code="first", event="first", cadence=None, due=day("2025-02-28"))
    then = obligation(Rule.AFTER, cadence=Cadence.YEAR, after=("first",))
    records = records_on(COMMITTEE, "first", done_on)
    seen = judge(COMMITTEE, "made.up", as_of, records, catalogue=catalogue_of(first, then))
    assert seen == {"2025": expected}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("2025-01-15 2025-04-15 2025-07-15", "not_started 0/1"),
        ("2025-01-15 2025-04-15 2025-07-15 2025-10-15", "due_soon 0/1, 31 left"),
        ("2025-01-15 2025-01-16 2025-01-17 2025-01-18", "not_started 0/1"),
    ],
)
def test_what_is_owed_each_quarter_must_be_met_in_every_quarter(held: str, expected: str) -> None:
    quarterly = obligation(Rule.QUOTA, code="first", event="first")
    then = obligation(Rule.AFTER, cadence=Cadence.YEAR, after=("first",))
    records = records_on(COMMITTEE, "first", held)
    seen = judge(COMMITTEE, "made.up", "2025-11-30", records, catalogue=catalogue_of(quarterly, then))
    assert seen == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-12-31", "not_started 0/1"),
        ("2025-01-01", "due_soon 0/1, 364 left"),
        ("2026-01-01", "missed 0/1"),
    ],
)
def test_with_all_four_exempted_the_report_is_owed_from_the_years_first_day(
    as_of: str, expected: str
) -> None:
    codes = [f"committee.four.{one}" for one in ("training", "assistance", "supervision", "education")]
    freed = [Exemption(COMMITTEE.code, code, "2025", "本行业无企业") for code in codes]
    assert judge(COMMITTEE, CODE, as_of, exemptions=freed) == {"2025": expected}


def test_what_the_unit_does_not_owe_holds_nothing_back() -> None:
    first = obligation(Rule.QUOTA, code="first", event="first", subject=UnitKind.LOCALITY, county_only=True)
    then = obligation(Rule.AFTER, subject=UnitKind.LOCALITY, cadence=Cadence.YEAR, after=("first",))
    catalogue = catalogue_of(first, then)
    assert judge(DISTRICT, "made.up", "2025-12-31", catalogue=catalogue) == {"2025": "due_soon 0/1, 0 left"}
    assert judge(COUNTY, "made.up", "2025-12-31", catalogue=catalogue) == {"2025": "not_started 0/1"}
