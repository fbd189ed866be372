"""企业“九个一”: what each role is shown, and what a press leaves behind."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.services.enterprise_stories import enterprise_story, spot_checks
from core.services.enterprises import register_board
from core.services.judging import Question
from core.services.staffing import staffing_board
from core.store.engine import Store
from tests.page_examples import open_page, texts

SHOWN = date(2025, 6, 19)
QUESTION = Question(2025, SHOWN)
ONE = "L02-0008"


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def field(page: AppTest, kind: str, label: str) -> object:
    return next(each for each in page.get(kind) if each.label == label)


@pytest.mark.parametrize("role", ["office", "locality", "leader"])
def test_coverage_stands_beside_the_register_for_whoever_sees_localities(
    demonstration_url: str, demonstration: Store, role: str
) -> None:
    page = open_page(demonstration_url, "enterprises", role)
    assert not page.exception
    board = register_board(demonstration, OPERATOR, QUESTION)
    assert f"岱岳区，企业 {board.enterprises} 家，其中高危 {board.high_risk} 家" in texts(page).replace(
        "</span>", ""
    )


def test_a_committee_sees_the_offices_and_nothing_of_enterprises(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "enterprises", "committee", {"enterprise": ONE, "view": "list"})
    assert not page.exception
    assert "专委会办公室" in texts(page)
    assert "企业名册" not in texts(page)
    assert "属地监管力量" not in texts(page)


@pytest.mark.parametrize("view", ["list", "checks", "staffing", "nonsense"])
@pytest.mark.parametrize("role", ["office", "locality", "leader", "committee"])
def test_every_view_opens_for_every_role_that_may(demonstration_url: str, role: str, view: str) -> None:
    page = open_page(demonstration_url, "enterprises", role, {"view": view})
    assert not page.exception
    assert not page.error


def test_the_list_is_narrowed_by_its_address(demonstration_url: str) -> None:
    whole = texts(open_page(demonstration_url, "enterprises", "office", {"view": "list"}))
    address = {"view": "list", "industry": "mining", "risk": "1", "words": "石料"}
    narrowed = texts(open_page(demonstration_url, "enterprises", "office", address))
    assert "共 412 家" in whole
    assert "共 3 家" in narrowed
    nothing = {"view": "list", "words": "没有这样的企业"}
    assert "没有符合条件的企业" in texts(open_page(demonstration_url, "enterprises", "office", nothing))


def test_enterprises_with_differences_are_found(demonstration_url: str, demonstration: Store) -> None:
    differing = [each for each in spot_checks(demonstration, OPERATOR, QUESTION) if each.differences]
    found = len({each.enterprise.code for each in differing})
    assert found > 3
    page = open_page(demonstration_url, "enterprises", "office", {"view": "list", "gap": "1"})
    assert f"共 {found} 家" in texts(page)


def test_another_localitys_enterprise_is_not_shown_by_its_address(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "enterprises", "office", {"enterprise": "L01-0001"})
    assert "您无权查看" in page.error[0].value


def test_a_locality_marks_a_duty_done(demonstration_url: str, demonstration: Store) -> None:
    page = open_page(demonstration_url, "enterprises", "locality", {"enterprise": ONE})
    field(page, "multiselect", "完成事项（可多选）").set_value(["assessment", "six_drill"])  # type: ignore[attr-defined]
    page = press(page, "登记完成")
    assert "已登记 2 项" in page.success[0].value
    story = enterprise_story(demonstration, OPERATOR, QUESTION, ONE)
    assert SHOWN in next(each.days for each in story.nine if each.duty.value == "assessment")
    page = press(page, "登记完成")
    assert "请至少选择一项" in texts(page)


def test_a_visit_is_recorded_and_told_with_its_difference(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "enterprises", "office", {"enterprise": ONE})
    field(page, "multiselect", "查实未落实").set_value(["duty_list"])  # type: ignore[attr-defined]
    page = press(page, "登记检查")
    assert "已登记督查" in page.success[0].value
    assert "一责 已报未落实" in texts(page)


def test_a_likely_double_is_asked_about_and_kept_at_the_second_press(
    demonstration_url: str, demonstration: Store
) -> None:
    name = enterprise_story(demonstration, OPERATOR, QUESTION, ONE).enterprise.name.removesuffix("（示例）")
    page = open_page(demonstration_url, "enterprises", "locality", {"view": "list"})
    field(page, "text_input", "企业名称").set_value(name)  # type: ignore[attr-defined]
    form = [each for each in page.selectbox if str(each.key).startswith("enterprise:")]
    next(each for each in form if each.label == "行业").set_value("mining")
    page = press(page, "保存企业")
    assert "名称相近" in texts(page)
    page = press(page, "保存企业")
    assert "已保存 L02" in page.success[0].value


def test_leaders_see_and_write_nothing(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "enterprises", "leader", {"enterprise": ONE})
    labels = {button.label for button in page.button}
    assert not labels & {"登记完成", "登记检查", "保存更正", "取消登记"}


def test_a_past_day_is_for_looking_only(demonstration_url: str) -> None:
    address = {"enterprise": ONE, "as_of": "2025-04-20"}
    page = open_page(demonstration_url, "enterprises", "office", address)
    assert "登记完成" not in {button.label for button in page.button}


def test_towns_are_shown_and_counted(demonstration_url: str, demonstration: Store) -> None:
    page = open_page(demonstration_url, "enterprises", "locality", {"view": "staffing"})
    assert "岱岳区各乡镇（街道）" in texts(page)
    field(page, "selectbox", "乡镇（街道）").set_value("L02-T03")  # type: ignore[attr-defined]
    field(page, "text_input", "在编监管人数").set_value("7")  # type: ignore[attr-defined]
    page = next(b for b in page.button if b.label == "保存" and "town_staff:" in str(b.key)).click().run()
    assert "已登记在编 7 人" in page.success[0].value
    board = staffing_board(demonstration, OPERATOR, QUESTION)
    counted = next(line.count for line in board.towns if line.town.code == "L02-T03")
    assert counted is not None
    assert counted.staff == 7


def test_a_number_that_is_none_is_said_beside_its_field(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "enterprises", "locality", {"view": "staffing"})
    field(page, "selectbox", "乡镇（街道）").set_value("L02-T03")  # type: ignore[attr-defined]
    field(page, "text_input", "在编监管人数").set_value("七")  # type: ignore[attr-defined]
    page = next(b for b in page.button if b.label == "保存" and "town_staff:" in str(b.key)).click().run()
    assert "应为不小于 0 的整数" in texts(page)
    assert field(page, "text_input", "在编监管人数").value == "七"  # type: ignore[attr-defined]


def test_a_cell_of_the_register_tells_the_registers_days(demonstration_url: str) -> None:
    cell = {"unit": "L02", "obligation": "enterprise.warning", "period": "2025Q2"}
    page = open_page(demonstration_url, "enterprises", "office", cell)
    assert not page.exception
    assert not page.error
