"""Zone: a functional zone counts once all five areas are accepted, on the day of the last."""

import pytest

from core.domain.units import Unit, UnitKind
from core.domain.zones import Area, Zone
from tests.domain_examples import COUNTY, DISTRICT, judge, open_day

IN_MARCH = "2025-03-01 2025-03-02 2025-03-03 2025-03-04 2025-03-05"


def zone(accepted: str, *, locality: str = COUNTY.code, code: str = "z1") -> Zone:
    """Make a zone from its five acceptance dates, a dot where there is none yet."""
    return Zone(code, locality, "高新区", tuple(open_day(each) for each in accepted.split()))


@pytest.mark.parametrize(
    ("as_of", "accepted", "expected"),
    [
        ("2024-12-31", ". . . . .", "not_started 0/1"),
        ("2025-01-01", ". . . . .", "pending 0/1, 180 left"),
        ("2025-03-04", IN_MARCH, "pending 0/1, 118 left"),
        ("2025-03-05", IN_MARCH, "met 1/1 on 2025-03-05"),
        ("2025-05-30", ". . . . .", "pending 0/1, 31 left"),
        ("2025-05-31", ". . . . .", "due_soon 0/1, 30 left"),
        ("2025-06-30", ". . . . .", "due_soon 0/1, 0 left"),
        ("2025-06-30", "2025-06-30 2025-01-01 2025-01-01 2025-01-01 2025-01-01", "met 1/1 on 2025-06-30"),
        ("2025-06-30", "2025-01-01 2025-01-01 2025-01-01 2025-01-01 2025-07-01", "due_soon 0/1, 0 left"),
        ("2025-07-01", ". . . . .", "missed 0/1"),
        (
            "2025-07-01",
            "2025-01-01 2025-01-01 2025-01-01 2025-01-01 2025-07-01",
            "met_late 1/1 on 2025-07-01",
        ),
        ("2025-07-01", "2025-01-01 2025-01-01 2025-01-01 2025-01-01 2025-07-02", "missed 0/1"),
        ("2026-03-01", IN_MARCH, "met 1/1 on 2025-03-05"),
        ("2026-03-01", ". . . . .", "missed 0/1"),
    ],
)
def test_a_zone_is_standardised_on_the_latest_of_its_five_days(
    as_of: str, accepted: str, expected: str
) -> None:
    assert judge(COUNTY, "locality.zone", as_of, zones=[zone(accepted)]) == {"2025": expected}


@pytest.mark.parametrize("area", list(Area))
def test_one_area_without_acceptance_keeps_the_zone_open(area: Area) -> None:
    days = IN_MARCH.split()
    days[list(Area).index(area)] = "."
    seen = judge(COUNTY, "locality.zone", "2025-06-30", zones=[zone(" ".join(days))])
    assert seen == {"2025": "due_soon 0/1, 0 left"}


@pytest.mark.parametrize("area", list(Area))
def test_whichever_area_comes_last_gives_the_day(area: Area) -> None:
    days = IN_MARCH.split()
    days[list(Area).index(area)] = "2025-07-15"
    seen = judge(COUNTY, "locality.zone", "2025-12-31", zones=[zone(" ".join(days))])
    assert seen == {"2025": "met_late 1/1 on 2025-07-15"}


def test_the_first_of_two_zones_completes_and_both_are_counted() -> None:
    second = zone("2025-02-01 2025-02-01 2025-02-01 2025-02-01 2025-02-02", code="z2")
    assert judge(COUNTY, "locality.zone", "2025-06-01", zones=[zone(IN_MARCH), second]) == {
        "2025": "met 2/1 on 2025-02-02"
    }


def test_areas_of_two_zones_do_not_add_up_to_one() -> None:
    halves = [zone("2025-02-01 2025-02-01 2025-02-01 . ."), zone(". . . 2025-02-01 2025-02-02", code="z2")]
    assert judge(COUNTY, "locality.zone", "2025-07-01", zones=halves) == {"2025": "missed 0/1"}


def test_zones_of_another_locality_do_not_count() -> None:
    other = zone(IN_MARCH, locality=DISTRICT.code)
    assert judge(COUNTY, "locality.zone", "2025-07-01", zones=[other]) == {"2025": "missed 0/1"}


def test_a_county_without_zones_is_judged_all_the_same() -> None:
    assert judge(COUNTY, "locality.zone", "2025-06-30") == {"2025": "due_soon 0/1, 0 left"}


def test_only_counties_have_the_cell() -> None:
    seen = judge(DISTRICT, "locality.zone", "2025-07-01", zones=[zone(IN_MARCH, locality=DISTRICT.code)])
    assert seen == {}
    marked = Unit("l2", UnitKind.LOCALITY, "泰山景区", county=True)
    seen = judge(marked, "locality.zone", "2025-07-01", zones=[zone(IN_MARCH, locality="l2")])
    assert seen == {"2025": "met 1/1 on 2025-03-05"}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2024-12-31", "not_started 0/1"), ("2025-01-01", "met 1/1 on 2024-11-05")],
)
def test_a_zone_standardised_before_the_year_need_not_be_done_again(as_of: str, expected: str) -> None:
    earlier = zone("2024-11-01 2024-11-02 2024-11-03 2024-11-04 2024-11-05")
    assert judge(COUNTY, "locality.zone", as_of, zones=[earlier]) == {"2025": expected}


def test_a_zone_finished_after_the_year_counts_as_late() -> None:
    later = zone("2025-11-01 2025-11-02 2025-11-03 2025-11-04 2026-01-05")
    assert judge(COUNTY, "locality.zone", "2026-01-04", zones=[later]) == {"2025": "missed 0/1"}
    assert judge(COUNTY, "locality.zone", "2026-01-05", zones=[later]) == {
        "2025": "met_late 1/1 on 2026-01-05"
    }


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [(". . . . .", None), ("2025-01-01 . . . .", None), (IN_MARCH, "2025-03-05")],
)
def test_a_zone_knows_its_own_day_of_completion(accepted: str, expected: str | None) -> None:
    assert zone(accepted).completed_on == (open_day(expected) if expected else None)
