"""系统管理 of the office: settings with their effect, exemptions, a new year; forms keep what was typed."""

from dataclasses import replace
from datetime import date

from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.services.catalogues import catalogues_now
from core.services.exempting import exemptions_of
from core.services.judging import Question
from core.services.keeping_units import Closing, unit_list
from core.services.new_years import drafts_of
from core.services.scoreboard import cells_for
from core.store.engine import Store
from core.store.rolls import add_things, end_things
from tests.conftest import FOUNDED_AT
from tests.page_examples import open_page, texts

COVERT = "committee.covert_check"


def desk(url: str, section: str, role: str = "office") -> AppTest:
    page = open_page(url, "admin", role, {"section": section})
    assert not page.exception
    return page


def select(page: AppTest, label: str, value: object) -> AppTest:
    return next(each for each in page.selectbox if each.label == label).set_value(value).run()


def write(page: AppTest, label: str, value: str) -> AppTest:
    return next(each for each in page.text_input if each.label == label).set_value(value).run()


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def required(store: Store) -> set[int | None]:
    cells = cells_for(store, OPERATOR, Question(2025, date(2025, 6, 19)))
    return {cell.required for cell in cells if cell.obligation.code == COVERT}


def test_a_setting_shows_its_effect_before_it_is_saved(demonstration_url: str, demonstration: Store) -> None:
    page = select(desk(demonstration_url, "catalogue"), "选择要调整的事项", COVERT)
    assert "保存后的影响" not in texts(page)
    page = write(page, "要求数（次）", "2")
    assert "1 格由已完成变为临近到期" in texts(page)
    assert required(demonstration) == {1}
    page = press(page, "保存设置")
    assert "的设置已保存。" in texts(page)
    assert "要求数设为 2（原为 1）" in texts(page)
    assert required(demonstration) == {2}


def test_a_setting_that_is_refused_says_why_and_keeps_what_was_typed(
    demonstration_url: str, demonstration: Store
) -> None:
    page = select(desk(demonstration_url, "catalogue"), "选择要调整的事项", COVERT)
    page = press(write(page, "要求数（次）", "0"), "保存设置")
    assert "要求数须大于 0" in texts(page)
    assert next(each for each in page.text_input if each.label == "要求数（次）").value == "0"
    page = press(write(page, "提前提醒天数", "-3"), "保存设置")
    assert "不能小于 0" in texts(page)
    assert required(demonstration) == {1}


def test_what_the_notice_sets_is_shown_as_fixed_with_its_words(demonstration_url: str) -> None:
    page = select(desk(demonstration_url, "catalogue"), "选择要调整的事项", "committee.meeting")
    assert "每季度至少召开1次专委会工作会议" in texts(page)
    assert "要求和期限由通知规定，不能调整" in texts(page)
    assert "要求数（次）" not in [each.label for each in page.text_input]


def test_grace_days_and_heavy_duty_say_what_they_do(demonstration_url: str) -> None:
    page = write(desk(demonstration_url, "catalogue"), "超过几天录入标为补录", "30")
    assert "标为补录的记录由" in texts(page)
    page = press(page, "保存宽限天数")
    assert "补录宽限天数已保存" in texts(page)
    page = select(page, "单位", "C03")
    assert "保存后的影响" in texts(page)


def test_a_unit_is_exempted_and_the_exemption_lifted(demonstration_url: str, demonstration: Store) -> None:
    page = select(desk(demonstration_url, "exemptions"), "单位", "C06")
    page = select(page, "事项", "committee.director_inspection")
    page = press(page, "豁免")
    assert "请选择豁免的周期" in texts(page)
    page.multiselect[0].set_value(["2025Q1"])
    page = write(page, "理由", "机构改革")
    assert "格由未完成变为已豁免" in texts(page)
    page = press(page, "豁免")
    assert exemptions_of(demonstration, OPERATOR, 2025)[0].exemption.reason == "机构改革"
    held = exemptions_of(demonstration, OPERATOR, 2025)[0].standing.version_id
    page = write(select(page, "豁免", held), "取消的理由", "改革完成")
    page = press(page, "取消豁免")
    assert "已取消豁免" in texts(page)
    assert held not in [each.standing.version_id for each in exemptions_of(demonstration, OPERATOR, 2025)]


def test_a_year_is_copied_changed_and_published_in_the_page(
    demonstration_url: str, demonstration: Store
) -> None:
    page = press(desk(demonstration_url, "years"), "建立草稿")
    assert "2026年目录草稿已建立" in texts(page)
    page = press(page, "发布")
    assert "请先填写通知文号和标题" in texts(page)
    page = press(write(page, "文号", "泰安发〔2026〕1号"), "保存通知")
    page = select(page, "事项", COVERT)
    page = press(write(page, "要求数", "2"), "保存事项")
    assert "要求数 1 → 2" in texts(page)
    page = press(page, "发布")
    assert "2026年目录已发布" in texts(page)
    held = catalogues_now(demonstration)[2026].obligation(COVERT)
    assert held
    assert held.required == 2
    board = open_page(demonstration_url, "committees", "office", {"year": "2026", "as_of": "2026-02-01"})
    assert not board.exception
    assert next(each for each in board.selectbox if each.label == "年度").value == 2026


def test_an_obligation_is_added_to_a_draft(demonstration_url: str, demonstration: Store) -> None:
    page = press(desk(demonstration_url, "years"), "建立草稿")
    page = select(page, "事项", "")
    page = press(page, "保存事项")
    assert "请选择统计的事项" in texts(page)
    for label, value in (
        ("标题", "隧道安全专项检查"),
        ("简称（看板表头）", "隧道检查"),
        ("条款", "二（一）6"),
    ):
        page = write(page, label, value)
    page = write(page, "没有合适的统计事项时，填写新名称", "隧道检查")
    page.text_area[0].set_value("每季度开展1次隧道安全专项检查").run()
    page = press(page, "保存事项")
    assert "现有 46 项" in texts(page)
    added = drafts_of(demonstration, OPERATOR)[0].catalogue.obligations
    assert "隧道安全专项检查" in [each.title for each in added]


def test_only_the_office_sees_these_sections(demonstration_url: str) -> None:
    for role in ("admin", "auditor"):
        page = desk(demonstration_url, "catalogue", role)
        assert "事项设置" not in texts(page)


def test_a_unit_is_added_and_a_faulty_one_keeps_what_was_typed(
    demonstration_url: str, demonstration: Store
) -> None:
    page = desk(demonstration_url, "units")
    page = press(write(page, "名称", "低空经济专委会"), "保存单位")
    assert "不能为空" in texts(page)
    assert next(each for each in page.text_input if each.label == "名称").value == "低空经济专委会"
    page = press(write(page, "编码（保存后不能改）", "C15"), "保存单位")
    assert "单位已保存" in texts(page)
    cells = cells_for(demonstration, OPERATOR, Question(2025, date(2025, 6, 19)), "C15")
    assert {cell.unit.name for cell in cells} == {"低空经济专委会"}


def test_a_unit_with_open_hazards_is_not_closed_in_the_page(demonstration_url: str) -> None:
    page = select(desk(demonstration_url, "units"), "要停用的单位", "L03")
    page = press(write(page, "原因", "区划调整"), "停用")
    assert "处隐患未销号（" in texts(page)
    assert next(each for each in page.text_input if each.label == "原因").value == "区划调整"


def test_leaders_and_members_are_kept_in_the_page(demonstration_url: str) -> None:
    page = select(desk(demonstration_url, "leaders"), "单位", "L01")
    page = press(write(page, "姓名", "严立行"), "保存领导")
    assert "领导名单已保存" in texts(page)
    assert "严立行" in texts(page)
    page = select(desk(demonstration_url, "members"), "专委会", "C14")
    page = press(write(page, "责任科室", "安全科"), "保存成员单位")
    assert "请选择或填写成员单位" in texts(page)
    page = press(write(page, "不在系统中的单位，填写全称", "市气象局"), "保存成员单位")
    assert "成员单位已保存" in texts(page)
    assert "市气象局" in texts(page)


def test_of_two_tabs_the_later_is_told_who_was_first_and_keeps_what_was_typed(
    demonstration_url: str, demonstration: Store
) -> None:
    late = write(
        select(desk(demonstration_url, "catalogue"), "选择要调整的事项", COVERT), "要求数（次）", "3"
    )
    first = select(desk(demonstration_url, "catalogue"), "选择要调整的事项", COVERT)
    press(write(first, "要求数（次）", "2"), "保存设置")
    late = press(late, "保存设置")
    assert "周明远于" in texts(late)
    assert "调整过这项设置，本次没有保存" in texts(late)
    assert next(each for each in late.text_input if each.label == "要求数（次）").value == "3"
    assert required(demonstration) == {2}
    late = press(late, "保存设置")
    assert "的设置已保存" in texts(late)
    assert required(demonstration) == {3}


def test_a_unit_that_was_merged_leads_to_the_one_that_goes_on(
    demonstration_url: str, demonstration: Store
) -> None:
    every = unit_list(demonstration, OPERATOR)
    closing = Closing("C14", date(2025, 6, 30), "职责并入", "C13")
    with demonstration.unit_of_work("测试", FOUNDED_AT) as work:
        change = work.change("unit.merged", "C14")
        end_things(work, change, [every["C14"][0]])
        merged = replace(every["C14"][0], active_until=closing.last_day, successor=closing.successor)
        add_things(work, change, [merged])
        work.commit()
    shown = open_page(demonstration_url, "committees", "office", {"unit": "C13"})
    assert "含并入的" in texts(shown)
    assert "电力能源专委会" in texts(shown)
    gone = open_page(demonstration_url, "committees", "office", {"unit": "C14"})
    assert "2025-06-30 停用" in texts(gone)
    assert "此前的记录仍在本页" in texts(gone)
