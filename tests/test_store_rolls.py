"""Units, leaders and zones in versions, and the facts counted from records."""

from collections.abc import Iterable
from datetime import date, datetime

import pytest

from core.domain.catalogue import catalogues
from core.domain.facts import facts_from
from core.domain.status import Roll, evaluate
from core.domain.units import Leader, Unit, UnitKind
from core.domain.zones import Zone
from core.store.counting import read_facts
from core.store.engine import Store
from core.store.records import all_records
from core.store.rolls import add_things, end_things, leaders, read_roll, units, zones
from tests.city_examples import NOW, enter, local, meeting, take_in

FIRE = Unit(
    "C2",
    UnitKind.COMMITTEE,
    "消防专委会",
    "T",
    county=False,
    heavy_duty=True,
    lead_unit="D1",
    sort_no=2,
    active_from=date(2025, 2, 1),
    active_until=date(2025, 11, 30),
)
OFFICE = Unit("T", UnitKind.CITY, "安委办", sort_no=1)
HEAD = Leader("C2", "赵一鸣", "第一主任", date(2025, 1, 1), date(2025, 6, 30))
PARK = Zone("Z1", "L1", "产业园", (date(2025, 2, 1), None, date(2025, 3, 1), None, None))


def put(store: Store, *things: Unit | Leader | Zone, now: datetime = NOW) -> None:
    with store.unit_of_work("某人", now) as work:
        add_things(work, work.change("import"), things)
        work.commit()


def renew(store: Store, things: Iterable[Unit | Leader | Zone], now: datetime) -> None:
    with store.unit_of_work("某人", now) as work:
        change = work.change("import")
        end_things(work, change, things)
        add_things(work, change, things)
        work.commit()


def test_everybody_comes_back_as_put_in_units_in_their_own_order(store: Store) -> None:
    put(store, FIRE, OFFICE, HEAD, PARK)
    with store.reading() as reader:
        assert read_roll(reader) == Roll([OFFICE, FIRE], [HEAD], [PARK], [])


def test_a_past_view_shows_people_as_they_were_then(store: Store) -> None:
    put(store, FIRE, HEAD, PARK, now=local("2025-02-01 09:00"))
    renamed = Unit("C2", UnitKind.COMMITTEE, "消防安全专委会", sort_no=2)
    gone = Leader("C2", "赵一鸣", "第一主任", until=date(2025, 3, 31))
    renew(store, [renamed, gone], local("2025-04-01 09:00"))
    with store.reading(local("2025-03-01 09:00")) as reader:
        assert (units(reader), leaders(reader), zones(reader)) == ([FIRE], [HEAD], [PARK])
    with store.reading() as reader:
        assert (units(reader), leaders(reader), zones(reader)) == ([renamed], [gone], [PARK])


@pytest.mark.parametrize("day", ["2024-12-31", "2025-02-28", "2025-04-10", "2025-06-19", "2026-05-01"])
def test_the_database_counts_what_a_naive_count_of_all_records_finds(store: Store, day: str) -> None:
    take_in(store)
    enter(store, meeting("2025-02-03"))
    enter(store, meeting("2025-02-03", "当天第二次"), sure=True)
    catalogue, as_of = catalogues()[2025], date.fromisoformat(day)
    with store.reading() as reader:
        roll, records = read_roll(reader), all_records(reader)
        counted = read_facts(reader, catalogue, as_of)
    naive = facts_from(records, catalogue, as_of)
    assert evaluate(catalogue, roll, counted, as_of) == evaluate(catalogue, roll, naive, as_of)


@pytest.mark.parametrize("day", ["2025-01-31", "2025-02-28", "2025-06-19", "2025-12-31", "2026-02-01"])
def test_in_the_demonstration_too_the_database_counts_what_a_naive_count_finds(
    demonstration: Store, day: str
) -> None:
    catalogue, as_of = catalogues()[2025], date.fromisoformat(day)
    with demonstration.reading() as reader:
        roll, records = read_roll(reader), all_records(reader)
        counted = read_facts(reader, catalogue, as_of)
    naive = facts_from(records, catalogue, as_of)
    assert evaluate(catalogue, roll, counted, as_of) == evaluate(catalogue, roll, naive, as_of)
