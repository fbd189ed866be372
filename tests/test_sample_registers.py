"""The demonstration's registers: the reports of the same localities come true, with lifelike gaps."""

from datetime import date

import pytest

from core.auth import OPERATOR
from core.domain.catalogue import catalogues
from core.domain.enterprises import Duty, EnterpriseSearch
from core.domain.obligations import Rule
from core.domain.records import RecordSearch
from core.services.enterprise_stories import spot_checks
from core.services.enterprises import find_enterprises, register_board
from core.services.judging import Question
from core.services.recording import find_records
from core.services.staffing import staffing_board
from core.services.tables import read_folder
from core.store.deriving import derived_reports
from core.store.engine import Store
from tests.city_examples import take_in
from tests.test_sample_data import FOLDER

SHOWN, END = Question(2025, date(2025, 6, 19)), Question(2025, date(2025, 12, 31))
COUNTED = frozenset({"nine_ones_report", "insurance_report", "town_staffing_report"})


def test_one_locality_keeps_a_register_of_some_hundred_enterprises(demonstration: Store) -> None:
    board = register_board(demonstration, OPERATOR, SHOWN)
    assert (board.localities, board.enterprises, board.high_risk) == (("L02",), 412, 92)
    everywhere = [row.name for row in board.by_industry if all(s.done == s.total for s in row.shares)]
    assert len(everywhere) < len(board.by_industry) / 4


def test_on_the_day_of_each_report_the_register_says_the_same(demonstration: Store) -> None:
    notice = catalogues()[2025]
    periods = {each.measure: each for each in notice.obligations if each.rule == Rule.COVERAGE}
    search = RecordSearch(frozenset({"L02"}), COUNTED)
    records, _ = find_records(demonstration, OPERATOR, search, 200)
    assert len(records) > 30
    with demonstration.reading() as reader:
        for record in records:
            period = periods[record.measure].period_at(2025, record.occurred_on)
            derived = derived_reports(reader, notice, record.occurred_on)
            own = next(
                each
                for each in derived
                if (each.unit, each.event, each.measure) == ("L02", record.event, record.measure)
                and each.since == period.start
            )
            told = (own.reports[-1].value, own.reports[-1].total)
            late = periods[record.measure].due is not None and record.total != told[1]
            assert late or told == (record.value, record.total), record


def test_visits_found_some_things_that_were_not_as_reported(demonstration: Store) -> None:
    checks = spot_checks(demonstration, OPERATOR, END)
    differing = [each for each in checks if each.differences]
    assert 50 <= len(checks) <= 64
    assert 0.1 < len(differing) / len(checks) < 0.5
    assert len({each.check.visit for each in checks}) == 4


def test_every_county_has_its_towns_and_every_locality_its_inspectors(demonstration: Store) -> None:
    board = staffing_board(demonstration, OPERATOR, SHOWN)
    towns = [line.town.locality for line in board.towns]
    assert [towns.count(f"L0{n}") for n in range(1, 7)] == [8, 18, 21, 14, 13, 14]
    assert len(board.inspectors) == 9
    assert {line.enough for line in board.towns} == {True, False}
    assert any(0 < row.whole.done < row.whole.total for row in board.insurance)


def test_every_name_says_that_it_is_an_example_and_none_is_nearly_another(lite_store: Store) -> None:
    tables = {table.form.kind: table for table in read_folder(FOLDER)}
    files = {kind: (FOLDER / f"{kind}.csv").read_text(encoding="utf-8") for kind in ("units", "enterprises")}
    plan = take_in(lite_store, files, today=date(2026, 1, 20))
    assert plan.warnings == []
    assert all("（示例）" in cells[1] for _, cells in tables["enterprises"].rows)


@pytest.mark.parametrize("lacking", ["assessment", "training"])
def test_some_enterprises_lack_something(demonstration: Store, lacking: str) -> None:
    search = EnterpriseSearch(lacking=(Duty.of(lacking), (date(2025, 1, 1), date(2025, 12, 31))))
    assert 0 < find_enterprises(demonstration, OPERATOR, SHOWN, search, 1)[1] < 412
