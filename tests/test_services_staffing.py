"""Towns, their people, special inspectors and insurance by industry."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from core.auth import Actor
from core.domain.staffing import Inspectors, Town, TownStaff
from core.errors import ConflictError, DuplicateError, ForbiddenError, InputError
from core.services.judging import Question
from core.services.staffing import (
    WantedTown,
    count_inspectors,
    count_town,
    keep_town,
    staffing_board,
    towns_table,
)
from core.store.engine import Store
from tests.city_examples import CLERK, LOCAL_CLERK, NOW, OFFICE, TODAY, cell_of
from tests.register_examples import take_in_register

QUESTION = Question(2025, TODAY)
_OPERATIONS = count(1)


@pytest.fixture
def registered(city: Store) -> Store:
    take_in_register(city)
    return city


def count_people(store: Store, town: str, day: str, staff: int, actor: Actor = LOCAL_CLERK) -> TownStaff:
    counted = TownStaff(town, date.fromisoformat(day), staff)
    operation = f"count-{next(_OPERATIONS)}"
    return count_town(store, actor, counted, operation, today=TODAY, now=NOW)


def test_towns_are_told_one_by_one_with_what_they_need(registered: Store) -> None:
    lines = {line.town.name: line for line in staffing_board(registered, OFFICE, QUESTION).towns}
    assert (lines["石横镇"].town.required, lines["石横镇"].enough) == (5, True)
    assert (lines["潮泉镇"].town.required, lines["潮泉镇"].enough) == (3, True)
    april = staffing_board(registered, OFFICE, Question(2025, date(2025, 4, 1)))
    assert [line.enough for line in april.towns] == [False, True]


def test_a_new_count_changes_the_localitys_cell(registered: Store) -> None:
    count_people(registered, "T2", "2025-06-18", 2)
    cell = cell_of(registered, "L1", "locality.town_staff", "2025")
    assert (cell.fraction, cell.status.value) == ("1/2", "short")
    count_people(registered, "T2", "2025-06-18", 3)
    assert cell_of(registered, "L1", "locality.town_staff", "2025").fraction == "2/2"


def test_a_town_is_added_once_and_changed_by_whoever_read_it_last(registered: Store) -> None:
    town = keep_town(registered, LOCAL_CLERK, WantedTown(Town("", "L1", "桃园镇"), "a"), now=NOW)
    assert town.code == "L1-T01"
    assert cell_of(registered, "L1", "locality.town_staff", "2025").fraction == "2/3"
    with pytest.raises(DuplicateError, match="已经登记"):
        keep_town(registered, LOCAL_CLERK, WantedTown(Town("", "L1", "桃园镇"), "b"), now=NOW)
    heavy = replace(town, heavy_duty=True)
    assert keep_town(registered, LOCAL_CLERK, WantedTown(heavy, "c", town), now=NOW).required == 5
    with pytest.raises(ConflictError):
        keep_town(registered, OFFICE, WantedTown(replace(town, name="新名"), "d", town), now=NOW)


def test_a_town_that_is_gone_is_not_asked_after_its_day(registered: Store) -> None:
    count_people(registered, "T2", "2025-06-18", 1)
    town = next(
        line.town for line in staffing_board(registered, OFFICE, QUESTION).towns if line.town.code == "T2"
    )
    gone = replace(town, active_until=date(2025, 6, 18))
    keep_town(registered, LOCAL_CLERK, WantedTown(gone, "gone", town), now=NOW)
    assert cell_of(registered, "L1", "locality.town_staff", "2025").fraction == "1/1"


def test_other_localities_and_bad_counts_are_refused(registered: Store) -> None:
    with pytest.raises(ForbiddenError):
        keep_town(registered, LOCAL_CLERK, WantedTown(Town("", "L2", "某镇"), "x"), now=NOW)
    with pytest.raises(ForbiddenError):
        count_people(registered, "T1", "2025-06-18", 3, CLERK)
    with pytest.raises(InputError, match="晚于今天"):
        count_people(registered, "T1", "2025-06-20", 3)


def test_inspectors_are_counts_of_a_day_and_the_newest_is_shown(registered: Store) -> None:
    fresh = Inspectors("L1", date(2025, 6, 1), 7, 11)
    count_inspectors(registered, LOCAL_CLERK, fresh, "i", today=TODAY, now=NOW)
    assert staffing_board(registered, OFFICE, QUESTION).inspectors["L1"] == fresh
    may = staffing_board(registered, OFFICE, Question(2025, date(2025, 5, 1)))
    assert (may.inspectors["L1"].full_time, may.inspectors["L1"].part_time) == (6, 12)


def test_insurance_is_told_by_industry_to_whom_the_register_is(registered: Store) -> None:
    rows = {row.name: row.whole for row in staffing_board(registered, OFFICE, QUESTION).insurance}
    assert (rows["矿山"].done, rows["矿山"].total) == (1, 1)
    assert len(rows) == 8
    lapsed = staffing_board(registered, OFFICE, Question(2025, date(2025, 6, 5)))
    assert lapsed.insurance[0].whole.done == 0
    assert staffing_board(registered, CLERK, QUESTION).insurance == ()


def test_the_table_to_take_away_names_each_town(registered: Store) -> None:
    table = towns_table(staffing_board(registered, OFFICE, QUESTION))
    assert [line[1] for line in table.lines] == ["石横镇", "潮泉镇"]
    assert [line[-1] for line in table.lines] == ["达标", "达标"]
