"""督办 and 暗查暗访: what each role is offered, and what a press leaves behind."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.domain.measures import Rung
from core.services.checking_covertly import check_book
from core.services.judging import Question
from core.services.proposing import items_of, measures_for, proposals_for
from core.services.supervising import Draft, issue_measure
from core.store.engine import Store
from tests.city_examples import NOW
from tests.page_examples import open_page, texts

SHOWN = date(2025, 6, 19)
QUESTION = Question(2025, SHOWN)


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def issued(store: Store, unit: str = "C06") -> str:
    """Issue a reminder for all that a unit has missed; the measure's id."""
    items = tuple(item.key for item in items_of(store, OPERATOR, QUESTION, unit))
    draft = Draft(unit, Rung.REMIND, "请落实。", items, date(2025, 6, 29), "issued")
    return str(issue_measure(store, OPERATOR, draft, today=SHOWN, now=NOW).measure_id)


def test_the_office_is_shown_as_many_proposals_as_there_are(
    demonstration_url: str, demonstration: Store
) -> None:
    count = len(proposals_for(demonstration, OPERATOR, QUESTION))
    page = open_page(demonstration_url, "supervision", "office")
    assert [each.label for each in page.expander if "建议" in each.label] == [f"查看 {count} 条建议"]


@pytest.mark.parametrize("role", ["committee", "locality", "leader"])
def test_nobody_else_is_shown_proposals_or_the_form(demonstration_url: str, role: str) -> None:
    page = open_page(demonstration_url, "supervision", role, {"unit": "C06", "rung": "letter"})
    assert not page.exception
    assert "建议督办" not in texts(page)
    assert "发出" not in [button.label for button in page.button]


def test_the_cell_of_the_address_is_the_one_that_is_urged(
    demonstration_url: str, demonstration: Store
) -> None:
    cell = {"unit": "C06", "obligation": "committee.director_inspection", "period": "2025Q1"}
    page = open_page(demonstration_url, "supervision", "office", cell)
    assert page.multiselect[0].value == ["committee.director_inspection/2025Q1"]
    number = len(measures_for(demonstration, OPERATOR, QUESTION)) + 1
    page = press(page, "发出")
    assert "（督促函）" in "".join(each.value for each in page.success)
    kept = measures_for(demonstration, OPERATOR, QUESTION)[0]
    assert len(measures_for(demonstration, OPERATOR, QUESTION)) == number
    assert (kept.unit, kept.rung, len(kept.items)) == ("C06", Rung.LETTER, 1)


def test_a_measure_without_items_is_refused_and_the_text_stays(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "supervision", "office", {"unit": "C06", "rung": "remind"})
    page.multiselect[0].set_value([])
    page.text_area[0].set_value("自拟的内容")
    page = press(page, "发出")
    assert "请至少选择一个逾期事项或隐患" in texts(page)
    assert page.text_area[0].value == "自拟的内容"


def test_the_unit_replies_and_the_office_may_settle_or_raise(
    demonstration_url: str, demonstration: Store
) -> None:
    address = {"measure": issued(demonstration)}
    own = [b.label for b in open_page(demonstration_url, "supervision", "committee", address).button]
    office = [b.label for b in open_page(demonstration_url, "supervision", "office", address).button]
    leader = [b.label for b in open_page(demonstration_url, "supervision", "leader", address).button]
    assert "确认回复" in own
    assert not {"确认办结", "升级为督促函"} & set(own)
    assert {"确认回复", "确认办结", "升级为督促函"} <= set(office)
    assert not {"确认回复", "确认办结"} & set(leader)


def test_a_measure_of_another_unit_is_not_shown_by_its_address(
    demonstration_url: str, demonstration: Store
) -> None:
    page = open_page(demonstration_url, "supervision", "locality", {"measure": issued(demonstration)})
    assert "您无权查看" in page.error[0].value


def test_nothing_is_issued_on_a_past_day(demonstration_url: str) -> None:
    address = {"unit": "C06", "rung": "letter", "as_of": "2025-04-20"}
    page = open_page(demonstration_url, "supervision", "office", address)
    assert "正在查看过去的日期" in texts(page)


def test_the_quarters_covert_checks_are_counted_and_listed(
    demonstration_url: str, demonstration: Store
) -> None:
    checks = check_book(demonstration, OPERATOR, QUESTION).checks
    day = checks[0].record.occurred_on
    page = open_page(demonstration_url, "covert_checks", "office", {"day": day.isoformat()})
    same = [check for check in checks if check.record.occurred_on == day]
    found = sum(len(check.cases) for check in same)
    assert f"共 {len(same)} 次，发现隐患 {found} 处" in texts(page)


@pytest.mark.parametrize("address", [{"quarter": "x"}, {"day": "<b>"}, {"of": "X"}, {"view": "y"}])
def test_an_address_that_cannot_be_read_does_no_harm(demonstration_url: str, address: dict[str, str]) -> None:
    assert not open_page(demonstration_url, "covert_checks", "office", address).exception


def test_key_periods_are_shown_as_advice_and_set_by_the_office_alone(demonstration_url: str) -> None:
    office = open_page(demonstration_url, "covert_checks", "office", {"view": "periods"})
    leader = open_page(demonstration_url, "covert_checks", "leader", {"view": "periods"})
    for page in (office, leader):
        assert "重点时段只作提示，不设次数、不算未完成" in texts(page)
        assert "春节" in texts(page)
    assert [each.label for each in office.expander] == ["调整重点时段"]
    assert not leader.expander
