"""Coverage: the latest report of so many out of so many; full, or not yet, or no longer."""

import pytest

from tests.domain_examples import COUNTY, DISTRICT, judge, reports

EVENT = "nine_ones_report"


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        ("2024-12-31", "", "not_started 0/-"),
        ("2024-12-31", "2024-12-31 9/9", "not_started 0/-"),
        ("2025-01-01", "", "pending 0/-, 58 left"),
        ("2025-01-01", "2024-12-31 9/9", "pending 0/-, 58 left"),
        ("2025-01-01", "2025-01-01 9/9", "met 9/9 on 2025-01-01"),
        ("2025-01-20", "2025-01-20 3/9", "pending 3/9, 39 left"),
        ("2025-02-12", "2025-01-20 3/9", "pending 3/9, 16 left"),
        ("2025-02-13", "2025-01-20 3/9", "due_soon 3/9, 15 left"),
        ("2025-02-27", "2025-02-28 9/9", "due_soon 0/-, 1 left"),
        ("2025-02-28", "", "due_soon 0/-, 0 left"),
        ("2025-02-28", "2025-01-20 3/9", "due_soon 3/9, 0 left"),
        ("2025-02-28", "2025-02-28 9/9", "met 9/9 on 2025-02-28"),
        ("2025-03-01", "", "missed 0/-"),
        ("2025-03-01", "2025-01-20 3/9", "missed 3/9"),
        ("2025-03-01", "2025-02-28 9/9", "met 9/9 on 2025-02-28"),
        ("2025-03-01", "2025-03-01 9/9", "met_late 9/9 on 2025-03-01"),
        ("2025-12-31", "2025-12-31 9/9", "met_late 9/9 on 2025-12-31"),
        ("2026-01-01", "2025-12-31 8/9", "missed 8/9"),
        ("2026-01-01", "2025-12-31 8/9 2026-01-01 9/9", "missed 8/9"),
        # more than all is full; nothing out of nothing is not
        ("2025-02-01", "2025-02-01 10/9", "met 10/9 on 2025-02-01"),
        ("2025-02-01", "2025-02-01 0/0", "pending 0/0, 27 left"),
        ("2025-03-01", "2025-02-01 0/0", "missed 0/0"),
        ("2025-03-01", "2025-02-01 5/0", "missed 5/0"),
        ("2025-03-01", "2025-02-01 0/9", "missed 0/9"),
    ],
)
def test_what_must_be_full_by_a_due_date(as_of: str, reported: str, expected: str) -> None:
    records = reports(COUNTY, EVENT, reported, measure="duty_list")
    assert judge(COUNTY, "enterprise.duty_list", as_of, records) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        # an unbroken run: the first full report is the day
        ("2025-06-30", "2025-02-10 9/9 2025-03-10 9/9 2025-04-10 10/10", "met 10/10 on 2025-02-10"),
        ("2025-06-30", "2025-02-28 9/9 2025-04-10 9/9", "met 9/9 on 2025-02-28"),
        ("2025-06-30", "2025-03-01 9/9 2025-04-10 9/9", "met_late 9/9 on 2025-03-01"),
        ("2025-06-30", "2025-04-10 10/10 2025-02-10 9/9 2025-03-10 9/9", "met 10/10 on 2025-02-10"),
        # not yet full before it
        ("2025-06-30", "2025-01-10 8/9 2025-02-10 9/9", "met 9/9 on 2025-02-10"),
        # broken, and not mended
        ("2025-02-20", "2025-02-10 9/9 2025-02-20 9/10", "due_soon 9/10, 8 left"),
        ("2025-06-30", "2025-02-10 9/9 2025-04-10 9/10", "missed 9/10"),
        ("2025-04-09", "2025-02-10 9/9 2025-04-10 9/10", "met 9/9 on 2025-02-10"),
        # broken and mended: the new run counts from its own first day
        ("2025-02-28", "2025-01-10 9/9 2025-02-01 9/10 2025-02-10 10/10", "met 10/10 on 2025-02-10"),
        ("2025-06-30", "2025-02-10 9/9 2025-04-10 9/10 2025-05-10 10/10", "met_late 10/10 on 2025-05-10"),
        (
            "2025-06-30",
            "2025-02-10 9/9 2025-04-10 9/10 2025-05-10 10/10 2025-06-10 11/11",
            "met_late 11/11 on 2025-05-10",
        ),
        ("2025-06-30", "2025-02-10 9/9 2025-04-10 0/0 2025-05-10 10/10", "met_late 10/10 on 2025-05-10"),
        # of two on one day the later entered counts, the other does not exist for the run either
        ("2025-06-30", "2025-02-10 9/9 2025-02-10 8/9", "missed 8/9"),
        ("2025-06-30", "2025-02-10 8/9 2025-02-10 9/9", "met 9/9 on 2025-02-10"),
        ("2025-06-30", "2025-02-10 9/9 2025-04-10 8/9 2025-04-10 9/9", "met 9/9 on 2025-02-10"),
        ("2025-06-30", "2025-02-10 9/9 2025-04-10 9/9 2025-04-10 8/9", "missed 8/9"),
        (
            "2025-06-30",
            "2025-02-10 9/9 2025-04-10 9/9 2025-04-10 8/9 2025-05-10 9/9",
            "met_late 9/9 on 2025-05-10",
        ),
    ],
)
def test_the_unbroken_run_of_full_reports_decides_what_was_in_time(
    as_of: str, reported: str, expected: str
) -> None:
    records = reports(COUNTY, EVENT, reported, measure="duty_list")
    assert judge(COUNTY, "enterprise.duty_list", as_of, records) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-01-15", "pending 0/-, 16 left"),
        ("2025-01-16", "due_soon 0/-, 15 left"),
        ("2025-01-31", "due_soon 0/-, 0 left"),
        ("2025-02-01", "missed 0/-"),
    ],
)
def test_the_record_of_duties_is_due_by_the_end_of_january(as_of: str, expected: str) -> None:
    assert judge(COUNTY, "enterprise.log", as_of) == {"2025": expected}


@pytest.mark.parametrize(
    ("period", "as_of", "reported", "expected"),
    [
        ("2025Q1", "2024-12-31", "", "not_started 0/-"),
        ("2025Q1", "2025-01-01", "", "pending 0/-, 89 left"),
        ("2025Q1", "2025-02-28", "2025-02-28 9/9", "met 9/9 on 2025-02-28"),
        ("2025Q1", "2025-03-15", "2025-02-28 8/9", "pending 8/9, 16 left"),
        ("2025Q1", "2025-03-16", "2025-02-28 8/9", "due_soon 8/9, 15 left"),
        ("2025Q1", "2025-03-31", "", "due_soon 0/-, 0 left"),
        ("2025Q1", "2025-03-31", "2025-03-31 9/9", "met 9/9 on 2025-03-31"),
        ("2025Q1", "2025-04-01", "", "missed 0/-"),
        ("2025Q1", "2025-04-01", "2025-02-28 8/9", "missed 8/9"),
        # each quarter by its own reports
        ("2025Q1", "2025-04-01", "2025-02-28 8/9 2025-04-01 9/9", "missed 8/9"),
        ("2025Q1", "2025-06-30", "2025-02-28 9/9 2025-04-01 8/9", "met 9/9 on 2025-02-28"),
        ("2025Q2", "2025-03-31", "2025-02-28 9/9", "not_started 0/-"),
        ("2025Q2", "2025-04-01", "2025-03-31 9/9", "pending 0/-, 90 left"),
        ("2025Q2", "2025-04-01", "2025-03-31 9/9 2025-04-01 9/9", "met 9/9 on 2025-04-01"),
        ("2025Q2", "2025-07-01", "2025-05-01 9/9 2025-06-30 8/9", "missed 8/9"),
        ("2025Q2", "2025-06-30", "2025-05-01 9/9 2025-06-30 8/9", "due_soon 8/9, 0 left"),
        ("2025Q2", "2025-06-29", "2025-05-01 9/9 2025-06-30 8/9", "met 9/9 on 2025-05-01"),
        ("2025Q2", "2025-07-01", "2025-05-01 9/9 2025-06-01 8/9 2025-06-30 9/9", "met 9/9 on 2025-06-30"),
        ("2025Q4", "2025-12-31", "2025-12-31 9/9", "met 9/9 on 2025-12-31"),
        ("2025Q4", "2026-01-01", "2026-01-01 9/9", "missed 0/-"),
    ],
)
def test_a_quarters_coverage_is_never_late_only_met_or_missed(
    period: str, as_of: str, reported: str, expected: str
) -> None:
    records = reports(COUNTY, EVENT, reported, measure="warning")
    assert judge(COUNTY, "enterprise.warning", as_of, records)[period] == expected


@pytest.mark.parametrize(
    ("period", "as_of", "reported", "expected"),
    [
        ("2025H1", "2025-05-30", "", "pending 0/-, 31 left"),
        ("2025H1", "2025-05-31", "", "due_soon 0/-, 30 left"),
        ("2025H1", "2025-06-30", "2025-06-30 4/4", "met 4/4 on 2025-06-30"),
        ("2025H1", "2025-07-01", "2025-07-01 4/4", "missed 0/-"),
        ("2025H2", "2025-06-30", "2025-06-30 4/4", "not_started 0/-"),
        ("2025H2", "2025-07-01", "2025-06-30 4/4 2025-07-01 3/4", "pending 3/4, 183 left"),
        ("2025H2", "2025-12-31", "2025-07-01 4/4", "met 4/4 on 2025-07-01"),
        ("2025H2", "2026-01-01", "2025-07-01 3/4", "missed 3/4"),
    ],
)
@pytest.mark.parametrize("measure", ["review", "pledge"])
def test_a_half_years_coverage(measure: str, period: str, as_of: str, reported: str, expected: str) -> None:
    records = reports(COUNTY, EVENT, reported, measure=measure)
    assert judge(COUNTY, f"enterprise.{measure}", as_of, records)[period] == expected


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        ("2025-01-01", "", "pending 0/-, 364 left"),
        ("2025-10-31", "2025-03-01 3/4", "pending 3/4, 61 left"),
        ("2025-11-01", "2025-03-01 3/4", "due_soon 3/4, 60 left"),
        ("2025-12-31", "2025-12-31 4/4", "met 4/4 on 2025-12-31"),
        ("2026-01-01", "", "missed 0/-"),
    ],
)
@pytest.mark.parametrize("measure", ["training", "merit", "assessment"])
def test_a_years_coverage(measure: str, as_of: str, reported: str, expected: str) -> None:
    records = reports(COUNTY, EVENT, reported, measure=measure)
    assert judge(COUNTY, f"enterprise.{measure}", as_of, records) == {"2025": expected}


@pytest.mark.parametrize(
    ("as_of", "reported", "expected"),
    [
        ("2024-12-31", "", "not_started 0/-"),
        ("2025-01-01", "", "unreported 0/-"),
        ("2025-02-28", "2025-02-28 5/5", "met 5/5 on 2025-02-28"),
        ("2025-02-28", "2025-02-28 4/5", "short 4/5"),
        ("2025-02-28", "2025-02-28 0/0", "short 0/0"),
        ("2025-02-28", "2025-03-01 5/5", "unreported 0/-"),
        ("2025-06-30", "2025-02-28 5/5 2025-05-01 5/6", "short 5/6"),
        ("2025-06-30", "2025-02-28 5/5 2025-05-01 6/6", "met 6/6 on 2025-02-28"),
        ("2025-12-31", "2025-12-31 5/5", "met 5/5 on 2025-12-31"),
        ("2026-01-01", "", "unreported 0/-"),
        ("2026-01-01", "2025-02-28 4/5 2026-01-01 5/5", "short 4/5"),
        ("2026-01-01", "2025-02-28 5/5", "met 5/5 on 2025-02-28"),
    ],
)
@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("locality.town_staff", "town_staffing_report"),
        ("locality.liability_insurance", "insurance_report"),
    ],
)
def test_without_due_date_and_period_it_is_short_or_unreported_never_missed(
    code: str, event: str, as_of: str, reported: str, expected: str
) -> None:
    assert judge(COUNTY, code, as_of, reports(COUNTY, event, reported)) == {"2025": expected}


def test_each_of_the_nine_ones_is_read_from_its_own_measure() -> None:
    records = reports(COUNTY, EVENT, "2025-01-20 9/9", measure="log")
    assert judge(COUNTY, "enterprise.log", "2025-02-01", records) == {"2025": "met 9/9 on 2025-01-20"}
    assert judge(COUNTY, "enterprise.duty_list", "2025-03-01", records) == {"2025": "missed 0/-"}


def test_another_localitys_report_says_nothing() -> None:
    records = reports(DISTRICT, EVENT, "2025-01-20 9/9", measure="log")
    assert judge(COUNTY, "enterprise.log", "2025-02-01", records) == {"2025": "missed 0/-"}


def test_the_order_of_import_does_not_matter_to_the_run() -> None:
    table = "2025-02-10 9/9 2025-04-10 9/10 2025-05-10 10/10 2025-06-10 11/11"
    records = reports(COUNTY, EVENT, table, measure="duty_list")
    shuffled = [records[index] for index in (2, 0, 3, 1)]
    seen = judge(COUNTY, "enterprise.duty_list", "2025-07-01", shuffled)
    assert seen == {"2025": "met_late 11/11 on 2025-05-10"}
