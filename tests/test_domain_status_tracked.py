"""Tracked: counted in each period and never judged."""

import pytest

from tests.domain_examples import COMMITTEE, COUNTY, DEPARTMENT, LED_COMMITTEE, judge, records_on


@pytest.mark.parametrize(
    ("period", "as_of", "held", "expected"),
    [
        ("2025Q1", "2024-12-31", "", "not_started 0/-"),
        ("2025Q1", "2024-12-31", "2024-12-31", "not_started 0/-"),
        ("2025Q1", "2025-01-01", "", "tracked 0/-"),
        ("2025Q1", "2025-01-01", "2025-01-01", "tracked 1/-"),
        ("2025Q1", "2025-02-28", "2025-02-28 2025-03-01", "tracked 1/-"),
        ("2025Q1", "2025-03-31", "2025-01-01 2025-02-28 2025-03-31", "tracked 3/-"),
        ("2025Q1", "2025-04-01", "2025-03-31 2025-04-01", "tracked 1/-"),
        ("2025Q1", "2025-04-01", "", "tracked 0/-"),
        ("2025Q1", "2026-01-01", "", "tracked 0/-"),
        ("2025Q2", "2025-03-31", "2025-03-31", "not_started 0/-"),
        ("2025Q2", "2025-04-01", "2025-03-31 2025-04-01", "tracked 1/-"),
        ("2025Q3", "2025-06-30", "", "not_started 0/-"),
        ("2025Q3", "2025-09-30", "2025-09-30 2025-09-30", "tracked 2/-"),
        ("2025Q4", "2025-12-31", "2025-12-31", "tracked 1/-"),
        ("2025Q4", "2026-01-01", "2025-12-31 2026-01-01", "tracked 1/-"),
    ],
)
def test_a_quarter_is_counted_from_its_first_day(period: str, as_of: str, held: str, expected: str) -> None:
    records = records_on(COMMITTEE, "risk_consultation", held)
    assert judge(COMMITTEE, "committee.risk_consultation", as_of, records)[period] == expected


@pytest.mark.parametrize(
    ("as_of", "held", "expected"),
    [
        ("2024-12-31", "", "not_started 0/-"),
        ("2025-01-01", "2025-01-01", "tracked 1/-"),
        ("2025-12-31", "2025-01-01 2025-06-30 2025-12-31", "tracked 3/-"),
        ("2026-01-01", "2025-12-31 2026-01-01", "tracked 1/-"),
        ("2026-01-01", "", "tracked 0/-"),
    ],
)
def test_a_year_is_counted_as_a_whole(as_of: str, held: str, expected: str) -> None:
    matters = records_on(DEPARTMENT, "one_matter", held)
    assert judge(DEPARTMENT, "department.one_matter", as_of, matters) == {"2025": expected}
    services = records_on(COUNTY, "third_party_service", held)
    assert judge(COUNTY, "locality.third_party", as_of, services) == {"2025": expected}


def test_another_units_records_are_not_counted_here() -> None:
    records = records_on(LED_COMMITTEE, "risk_consultation", "2025-01-01")
    assert judge(COMMITTEE, "committee.risk_consultation", "2025-03-31", records)["2025Q1"] == "tracked 0/-"
