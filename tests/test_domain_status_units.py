"""Which cells there are: a unit's kind, its active dates, exemptions, and the order of the cells."""

from dataclasses import replace

import pytest

from core.domain.cells import Status
from core.domain.facts import Facts
from core.domain.status import Exemption, Roll, evaluate
from core.domain.units import Leader, Unit, UnitKind
from tests.domain_examples import (
    CITY,
    COMMITTEE,
    COUNTY,
    DEPARTMENT,
    DISTRICT,
    NOTICE,
    day,
    judge,
    open_day,
    records_on,
    reports,
)


@pytest.mark.parametrize(
    ("active_from", "active_until", "periods"),
    [
        (".", ".", "2025Q1 2025Q2 2025Q3 2025Q4"),
        ("2025-01-01", "2025-12-31", "2025Q1 2025Q2 2025Q3 2025Q4"),
        ("2025-03-31", ".", "2025Q1 2025Q2 2025Q3 2025Q4"),
        ("2025-04-01", ".", "2025Q2 2025Q3 2025Q4"),
        (".", "2025-07-01", "2025Q1 2025Q2 2025Q3"),
        (".", "2025-06-30", "2025Q1 2025Q2"),
        ("2025-06-30", "2025-07-01", "2025Q2 2025Q3"),
        ("2025-05-05", "2025-05-05", "2025Q2"),
        (".", "2024-12-31", ""),
        (".", "2025-01-01", "2025Q1"),
        ("2025-12-31", ".", "2025Q4"),
        ("2026-01-01", ".", ""),
        ("2025-05-06", "2025-05-05", ""),
    ],
)
def test_a_period_in_which_the_unit_was_not_active_for_a_day_has_no_cell(
    active_from: str, active_until: str, periods: str
) -> None:
    unit = replace(COMMITTEE, active_from=open_day(active_from), active_until=open_day(active_until))
    assert list(judge(unit, "committee.meeting", "2025-12-31")) == periods.split()


@pytest.mark.parametrize(
    ("active_from", "active_until", "halves", "years"),
    [
        ("2025-07-01", ".", "2025H2", "2025"),
        (".", "2025-06-30", "2025H1", "2025"),
        ("2025-12-31", ".", "2025H2", "2025"),
        ("2026-01-01", ".", "", ""),
    ],
)
def test_half_years_and_years_follow_the_same_rule(
    active_from: str, active_until: str, halves: str, years: str
) -> None:
    unit = replace(COMMITTEE, active_from=open_day(active_from), active_until=open_day(active_until))
    assert list(judge(unit, "committee.plenary", "2025-12-31")) == halves.split()
    for code in ("committee.four.training", "committee.rules", "committee.staff", "committee.four.report"):
        assert list(judge(unit, code, "2025-12-31")) == years.split()


def test_one_day_of_activity_is_judged_like_a_whole_period() -> None:
    unit = replace(COMMITTEE, active_until=day("2025-04-01"))
    seen = judge(unit, "committee.meeting", "2025-07-01", records_on(unit, "committee_meeting", "2025-06-30"))
    assert seen == {"2025Q1": "missed 0/1", "2025Q2": "met 1/1 on 2025-06-30"}


def test_a_unit_that_begins_after_a_due_date_has_missed_it_unless_the_office_exempts_it() -> None:
    unit = replace(COMMITTEE, active_from=day("2025-09-01"))
    assert judge(unit, "committee.rules", "2025-09-01") == {"2025": "missed 0/1"}
    freed = [Exemption(unit.code, "committee.rules", "2025", "九月成立")]
    assert judge(unit, "committee.rules", "2025-09-01", exemptions=freed) == {"2025": "exempt 0/1"}


@pytest.mark.parametrize(
    ("first", "last", "on", "active"),
    [
        (".", ".", "2025-05-05", True),
        ("2025-05-05", ".", "2025-05-05", True),
        ("2025-05-06", ".", "2025-05-05", False),
        (".", "2025-05-05", "2025-05-05", True),
        (".", "2025-05-04", "2025-05-05", False),
    ],
)
def test_both_bounds_of_an_active_time_are_inclusive(first: str, last: str, on: str, active: bool) -> None:  # noqa: FBT001
    unit = Unit("u", UnitKind.CITY, "市", active_from=open_day(first), active_until=open_day(last))
    leader = Leader("u", "甲", starts=open_day(first), until=open_day(last))
    assert unit.active_on(day(on)) == leader.active_on(day(on)) == active


MARCH = "2025-03-10"


@pytest.mark.parametrize(
    ("held", "as_of", "expected"),
    [
        ("", "2024-12-31", "exempt 0/1"),
        ("", "2025-01-01", "exempt 0/1"),
        ("", "2025-03-31", "exempt 0/1"),
        ("", "2025-04-01", "exempt 0/1"),
        ("", "2026-04-01", "exempt 0/1"),
        (MARCH, "2025-04-01", f"exempt 1/1 on {MARCH}"),
    ],
)
def test_an_exempted_period_is_exempt_whatever_was_done(held: str, as_of: str, expected: str) -> None:
    freed = [Exemption(COMMITTEE.code, "committee.meeting", "2025Q1", "机构调整")]
    records = records_on(COMMITTEE, "committee_meeting", held)
    assert judge(COMMITTEE, "committee.meeting", as_of, records, exemptions=freed)["2025Q1"] == expected


def test_an_exemption_frees_one_unit_from_one_obligation_for_one_period() -> None:
    freed = [Exemption(COMMITTEE.code, "committee.meeting", "2025Q1", "机构调整")]
    other = replace(COMMITTEE, code="c9")
    roll = Roll([COMMITTEE, other], exemptions=freed)
    cells = evaluate(NOTICE, roll, Facts(), day("2025-12-31"))
    assert [cell.key for cell in cells if cell.status == Status.EXEMPT] == [
        ("c1", "committee.meeting", "2025Q1")
    ]


@pytest.mark.parametrize(
    ("unit", "code", "period"),
    [
        (COMMITTEE, "committee.meeting", "2025Q3"),
        (COMMITTEE, "committee.plenary", "2025H2"),
        (COMMITTEE, "committee.rules", "2025"),
        (COMMITTEE, "committee.inspection_reported", "2025"),
        (COMMITTEE, "committee.staff", "2025"),
        (COMMITTEE, "committee.four.report", "2025"),
        (COMMITTEE, "committee.risk_consultation", "2025Q1"),
        (COUNTY, "locality.zone", "2025"),
        (COUNTY, "locality.leader_inspection", "2025Q2"),
        (COUNTY, "locality.town_staff", "2025"),
        (COUNTY, "enterprise.log", "2025"),
        (COUNTY, "enterprise.warning", "2025Q4"),
        (CITY, "city.wage_exchange", "2025H1"),
    ],
)
@pytest.mark.parametrize("as_of", ["2024-12-31", "2025-02-28", "2025-06-19", "2026-01-01"])
def test_every_rule_can_be_exempted(unit: Unit, code: str, period: str, as_of: str) -> None:
    freed = [Exemption(unit.code, code, period, "经批准")]
    seen = judge(unit, code, as_of, exemptions=freed)[period]
    assert seen.startswith("exempt ")
    assert "left" not in seen


def test_an_exemption_for_what_does_not_exist_changes_nothing() -> None:
    freed = [Exemption("nobody", "committee.meeting", "2025Q1", "经批准"), Exemption("c1", "x", "2025", "无")]
    with_them = evaluate(NOTICE, Roll([COMMITTEE], exemptions=freed), Facts(), day("2025-05-05"))
    assert with_them == evaluate(NOTICE, Roll([COMMITTEE]), Facts(), day("2025-05-05"))


def test_cells_come_by_unit_then_by_obligation_then_by_period() -> None:
    units = [DEPARTMENT, COUNTY, CITY, DISTRICT, COMMITTEE]
    cells = evaluate(NOTICE, Roll(units), Facts(), day("2025-05-05"))
    places = {each.code: number for number, each in enumerate(NOTICE.obligations)}
    keys = [(units.index(cell.unit), places[cell.obligation.code], cell.period.start) for cell in cells]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("unit", "number"),
    [
        (CITY, 2),
        (COMMITTEE, 4 * 4 + 2 * 2 + 9),
        (DEPARTMENT, 4 + 2 * 2 + 3),
        (COUNTY, 6 * 4 + 3 * 2 + 14),
        (DISTRICT, 42),
    ],
)
def test_a_unit_has_a_cell_for_every_obligation_and_period(unit: Unit, number: int) -> None:
    expected = sum(len(each.periods(2025)) for each in NOTICE.owed_by(unit))
    cells = evaluate(NOTICE, Roll([unit]), Facts(), day("2025-05-05"))
    assert len(cells) == expected == number


def test_nobody_on_the_roll_means_no_cells() -> None:
    assert evaluate(NOTICE, Roll([]), Facts(), day("2025-05-05")) == []


def test_after_the_year_nothing_is_open() -> None:
    units = [COMMITTEE, DEPARTMENT, COUNTY, DISTRICT, CITY]
    for cell in evaluate(NOTICE, Roll(units), Facts(), day("2026-01-01")):
        # No inspection was held, so there is nothing to follow up, and what is only counted stays so.
        still = cell.obligation.code == "committee.inspection_reported"
        assert cell.status not in (Status.PENDING, Status.DUE_SOON)
        assert (cell.status == Status.NOT_STARTED) == still


def test_before_the_year_nothing_has_begun() -> None:
    units = [COMMITTEE, DEPARTMENT, COUNTY, DISTRICT, CITY]
    records = reports(COMMITTEE, "staffing_report", "2024-12-31 5")
    assert records
    cells = evaluate(NOTICE, Roll(units), Facts(), day("2024-12-31"))
    assert {cell.status for cell in cells} == {Status.NOT_STARTED}
    assert {cell.done for cell in cells} == {0}
