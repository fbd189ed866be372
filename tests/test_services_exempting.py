"""Exemptions: shown, left out of rates, granted once, lifted with a reason, and known only from their day."""

import pytest

from core.domain.cells import Status, rates_of
from core.errors import ConflictError, InputError, NotFoundError
from core.services.exempting import Wish, exempt, exemptions_of, lift, preview_exemption, preview_lifting
from core.services.explaining import explain
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY, cell_of, journal, local

QUESTION = Question(2025, TODAY)
MEETING = "committee.meeting"


def wish(unit: str = "C2", *periods: str, obligation: str = MEETING, reason: str = "专委会重组") -> Wish:
    return Wish(unit, obligation, periods or ("2025Q1",), reason)


def grant(store: Store, wanted: Wish, operation: str = "one") -> str:
    return exempt(store, OFFICE, wanted, QUESTION, operation, now=NOW).told


def test_an_exempted_cell_is_shown_and_left_out_of_the_rates(city: Store) -> None:
    before = rates_of(cells_for(city, OFFICE, QUESTION, "C2"))
    told = preview_exemption(city, OFFICE, wish(), QUESTION, now=NOW)
    assert told.told == "1 格由未完成变为已豁免。"
    assert exempt(city, OFFICE, wish(), QUESTION, "one", now=NOW) == told
    assert cell_of(city, "C2", MEETING, "2025Q1").status == Status.EXEMPT
    assert rates_of(cells_for(city, OFFICE, QUESTION, "C2")).settled == before.settled - 1
    assert explain(city, OFFICE, QUESTION, "C2", MEETING, "2025Q1").reason == "专委会重组"


def test_several_periods_are_one_change(town: Store) -> None:
    count = len(journal(town))
    grant(town, wish("C2", "2025Q1", "2025Q2"))
    assert len(journal(town)) == count + 1
    assert {each.exemption.period for each in exemptions_of(town, OFFICE, 2025)} == {"2025Q1", "2025Q2"}
    assert exemptions_of(town, OFFICE, 2026) == []


@pytest.mark.parametrize(
    ("wanted", "error", "reason"),
    [
        (wish(reason="  "), InputError, "请填写原因"),
        (wish("C2", "2025H1"), InputError, "请选择豁免的周期"),
        (wish("C2", "2026Q1"), InputError, "请选择豁免的周期"),
        (Wish("C2", MEETING, (), "无"), InputError, "请选择豁免的周期"),
        (wish(obligation="locality.plan"), InputError, "没有这一事项"),
        (wish("X9"), NotFoundError, "X9"),
    ],
)
def test_what_cannot_be_exempted_is_refused_and_nothing_is_written(
    town: Store, wanted: Wish, error: type[Exception], reason: str
) -> None:
    before = journal(town)
    with pytest.raises(error, match=reason):
        grant(town, wanted)
    assert journal(town) == before


def test_a_press_twice_exempts_once_and_another_person_is_told_of_it(town: Store) -> None:
    grant(town, wish())
    assert grant(town, wish()) == "此前已保存，没有重复保存。"
    with pytest.raises(ConflictError, match="2025Q1 已由office豁免，理由：专委会重组"):
        grant(town, wish("C2", "2025Q1", "2025Q2"), "two")
    assert len(exemptions_of(town, OFFICE, 2025)) == 1


def test_a_lifted_exemption_is_blamed_again_but_a_past_view_still_knows_it(city: Store) -> None:
    grant(city, wish())
    number = exemptions_of(city, OFFICE, 2025)[0].standing.version_id
    assert preview_lifting(city, OFFICE, number, QUESTION, now=NOW).told == "1 格由已豁免变为未完成。"
    later = local("2025-06-25 09:00")
    with pytest.raises(InputError, match="原因"):
        lift(city, OFFICE, number, "", QUESTION, "lift", now=later)
    lift(city, OFFICE, number, "已恢复运行", QUESTION, "lift", now=later)
    assert lift(city, OFFICE, number, "已恢复运行", QUESTION, "lift", now=later).again
    assert cell_of(city, "C2", MEETING, "2025Q1").status == Status.MISSED
    then = cell_of(city, "C2", MEETING, "2025Q1", known_at=local("2025-06-20 09:00"))
    assert then.status == Status.EXEMPT
    with pytest.raises(ConflictError, match="已被取消"):
        lift(city, OFFICE, number, "再次", QUESTION, "again", now=later)


def test_the_journal_names_unit_obligation_and_reason(town: Store) -> None:
    grant(town, wish())
    line = read_journal(town, OFFICE)[0][0]
    assert (line.action, line.subject, line.reason) == ("豁免", "消防专委会 专委会工作会议", "专委会重组")
