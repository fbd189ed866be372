"""Several cities in one database: each person's own first, and the cells of one city at a time."""

from datetime import UTC, date, datetime

import pytest

from core.auth import Actor, Role, Scope
from core.domain.units import Unit, UnitKind, city_of_each
from core.services.checking_covertly import check_book
from core.services.cities import cities_seen
from core.services.hazards import cases_within
from core.services.judging import Question
from core.services.proposing import measures_for, proposals_for
from core.services.recording import just_entered
from core.services.scoreboard import cells_for
from core.services.zoning import zone_board
from core.store.engine import Store
from tests.city_examples import CLERK, LEADER, OFFICE, TODAY, take_in
from tests.page_examples import open_page

SECOND = """code,kind,name,parent,county,heavy_duty,lead_unit,order
J,city,济宁市安委会办公室,,0,0,,11
JC1,committee,济宁危化品专委会,J,0,0,,12
JL1,locality,曲阜市,J,1,0,,13
JX,locality,曲阜经济开发区,JL1,0,0,,14
"""
NEIGHBOUR = Actor("neighbour", "邻市", Role.OFFICE, "J")


@pytest.fixture
def province(store: Store) -> Store:
    take_in(store)
    take_in(store, {"units": SECOND})
    return store


def units_of(store: Store, actor: Actor, city: str) -> set[str]:
    return {cell.unit.code for cell in cells_for(store, actor, Question(2025, TODAY, city=city))}


def test_a_unit_belongs_to_the_city_above_it_through_any_unit_between() -> None:
    city, county = Unit("J", UnitKind.CITY, "市"), Unit("L", UnitKind.LOCALITY, "县", "J")
    town, stray = Unit("X", UnitKind.LOCALITY, "开发区", "L"), Unit("S", UnitKind.LOCALITY, "孤", "?")
    ring = [Unit("A", UnitKind.LOCALITY, "甲", "B"), Unit("B", UnitKind.LOCALITY, "乙", "A")]
    found = city_of_each([city, county, town, stray, *ring])
    assert found == dict.fromkeys(("J", "L", "X", "S", "A", "B"), "J")


def test_one_city_has_nothing_to_choose_two_have_and_each_office_has_its_own(province: Store) -> None:
    cities = cities_seen(province, OFFICE)
    assert dict(cities.names) == {"T": "泰安市安委会办公室", "J": "济宁市安委会办公室"}
    assert (cities.home, cities_seen(province, NEIGHBOUR).home) == ("T", "J")
    assert cities_seen(province, LEADER).are_several


def test_the_cells_of_one_city_are_those_of_its_units_and_nobody_elses(province: Store) -> None:
    own, other = units_of(province, OFFICE, "T"), units_of(province, OFFICE, "J")
    assert other == {"J", "JC1", "JL1", "JX"}
    assert own & other == set()
    assert own | other == units_of(province, OFFICE, "")


def test_a_city_widens_nothing_that_a_person_may_see(province: Store) -> None:
    assert units_of(province, CLERK, "J") == {"JC1"}
    assert units_of(province, CLERK, "T") == {"C1", "C2"}


def test_hazards_measures_zones_checks_and_what_was_entered_are_those_of_the_city_asked_for(
    demonstration: Store,
) -> None:
    day = date(2025, 6, 19)
    take_in(demonstration, {"units": SECOND}, now=datetime(2026, 2, 2, 9, tzinfo=UTC))
    for city, some in (("T00", True), ("J", False), ("", True)):
        question = Question(2025, day, city=city)
        assert bool(measures_for(demonstration, OFFICE, question)) is some
        assert bool(check_book(demonstration, OFFICE, question).checks) is some
        assert bool(zone_board(demonstration, OFFICE, question).zones) is some
        assert bool(just_entered(demonstration, OFFICE, day, city=city)) is some
        with demonstration.reading() as reader:
            assert bool(cases_within(reader, Scope(everything=True), "", day, city)) is some


def test_what_is_proposed_concerns_the_city_asked_for(demonstration: Store) -> None:
    take_in(demonstration, {"units": SECOND}, now=datetime(2026, 2, 2, 9, tzinfo=UTC))
    question = Question(2025, date(2025, 6, 19), city="J")
    proposed = {each.unit for each in proposals_for(demonstration, OFFICE, question)}
    assert proposed <= {"J", "JC1", "JL1", "JX"}
    assert proposed


def test_a_page_shows_the_city_of_its_address_and_lets_another_be_chosen(
    demonstration_url: str, demonstration: Store
) -> None:
    take_in(demonstration, {"units": SECOND}, now=datetime(2026, 2, 2, 9, tzinfo=UTC))
    for name in ("localities", "hazards", "covert_checks", "zones", "supervision", "records"):
        page = open_page(demonstration_url, name, "office", {"as_of": "2025-06-19"})
        choice = next(each for each in page.selectbox if each.label == "城市")
        assert choice.value == "T00", name
        choice.select("J").run()
        assert page.query_params["city"] in ("J", ["J"]), name
        assert not page.exception, name
