"""The measures of the demonstration year: true on their day, on the ladder, and with life in them."""

from datetime import date

import pytest

from core.auth import KEEPER, OPERATOR
from core.domain.measures import ItemKind, Measure, Rung, State
from core.domain.proposals import cell_item
from core.services.exporting import export_csv
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.proposing import cell_named, measures_for, proposals_for
from core.services.scoreboard import cells_for
from core.services.verifying import verify
from core.store.engine import Store, open_store
from tests.city_examples import AUDITOR, take_in
from tests.conftest import sqlite_url

SHOWN, AFTER = date(2025, 6, 19), date(2026, 3, 1)


@pytest.fixture
def measures(demonstration: Store) -> list[Measure]:
    return measures_for(demonstration, OPERATOR, Question(2025, AFTER))


def test_behind_every_measure_stands_what_was_missed_on_its_day(
    demonstration: Store, measures: list[Measure]
) -> None:
    for measure in measures:
        cells = cells_for(demonstration, OPERATOR, Question(2025, measure.issued_on), measure.unit)
        told = [each for each in measure.items if each.kind == ItemKind.CELL]
        assert told == [cell_item(cell_named(cells, each.reference)) for each in told]
        assert all(each.standing.startswith("未完成") for each in told)
    assert len(measures) > 40


def test_numbers_run_without_a_gap_in_each_year(measures: list[Measure]) -> None:
    for year in (2025, 2026):
        numbers = sorted(each.number for each in measures if each.issued_on.year == year)
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_a_measure_goes_one_step_beyond_the_one_it_was_raised_from(measures: list[Measure]) -> None:
    known = {each.measure_id: each for each in measures}
    raised = [(known[each.raised_from], each) for each in measures if each.raised_from]
    assert raised
    order = list(Rung)
    for before, after in raised:
        assert (before.unit, before.state) == (after.unit, State.RAISED)
        assert order.index(after.rung) == order.index(before.rung) + 1
    assert {each.rung for each in measures} >= {Rung.REMIND, Rung.LETTER, Rung.TALK, Rung.BULLETIN}


def test_on_the_demonstration_date_some_are_answered_some_settled_some_awaited(demonstration: Store) -> None:
    then = measures_for(demonstration, OPERATOR, Question(2025, SHOWN))
    assert {each.state for each in then} == set(State)
    assert proposals_for(demonstration, OPERATOR, Question(2025, SHOWN))


def test_each_is_in_the_journal_with_its_number(demonstration: Store, measures: list[Measure]) -> None:
    _, count = read_journal(demonstration, AUDITOR, "发出督办")
    assert count == len(measures)
    line = read_journal(demonstration, AUDITOR, "发出督办", limit=count)[0][-1]
    assert line.subject.endswith("安委办督〔2025〕1号")
    assert verify(demonstration, KEEPER) == []


def test_the_whole_city_moves_to_another_database_with_its_measures(
    demonstration: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kinds = ("units", "leaders", "zones", "records", "hazards", "actions")
    files = {kind: export_csv(demonstration, OPERATOR, kind) for kind in kinds}
    other = open_store(sqlite_url(tmp_path_factory.mktemp("moved") / "anze.db"))
    take_in(other, files, today=AFTER)
    assert export_csv(other, OPERATOR, "actions") == files["actions"]
    assert verify(other, KEEPER) == []
    other.close()
