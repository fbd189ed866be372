"""The page of functional zones without a browser: its forms say what is wrong and keep what was typed."""

from collections.abc import Mapping
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR
from core.domain.cells import Status
from core.domain.zone_standing import AreaState, ZoneStanding
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.services.zoning import zone_story
from core.store.engine import Store
from tests.city_examples import journal
from tests.page_examples import open_page, texts

DAY = date(2025, 6, 19)
QUESTION = Question(2025, DAY)


def zone_page(url: str, role: str, code: str, area: str = "") -> AppTest:
    address: Mapping[str, str] = {"zone": code, "as_of": str(DAY), **({"area": area} if area else {})}
    return open_page(url, "zones", role, address)


def standing(store: Store, code: str) -> ZoneStanding:
    return zone_story(store, OPERATOR, code, QUESTION).standing


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def field(page: AppTest, kind: str, label: str) -> object:
    return next(each for each in page.get(kind) if each.label.startswith(label))


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def test_the_demonstration_shows_what_waits_what_was_returned_and_what_has_no_plan(
    demonstration: Store,
) -> None:
    states = {code: [each.state for each in standing(demonstration, code).areas] for code in ("Z03", "Z09")}
    assert states["Z03"][-1] == AreaState.ASSESSED
    assert states["Z09"][-1] == AreaState.RETURNED
    assert standing(demonstration, "Z11").plan is None
    assert any(each.late(DAY) for each in standing(demonstration, "Z10").areas)
    assert all(standing(demonstration, "Z05").areas[place].evidence for place in range(5))


def test_the_board_says_what_blocks_each_zone(demonstration_url: str) -> None:
    shown = texts(open_page(demonstration_url, "zones", "office", {"as_of": str(DAY)}))
    for words in ("待验收", "已退回", "县市区已达到要求"):
        assert words in shown


def test_a_plan_without_words_is_refused_beside_the_field_and_its_days_stay(
    demonstration_url: str, demonstration: Store
) -> None:
    page, before = zone_page(demonstration_url, "locality", "Z04"), journal(demonstration)
    field(page, "text_area", "“一区一策”方案").set_value("")  # type: ignore[attr-defined]
    field(page, "date_input", "信息化建设计划完成").set_value(date(2025, 11, 28))  # type: ignore[attr-defined]
    page = press(page, "保存方案")
    assert "请填写“一区一策”方案。" in texts(page)
    kept = field(page, "date_input", "信息化建设计划完成")
    assert kept.value == date(2025, 11, 28)  # type: ignore[attr-defined]
    assert journal(demonstration) == before


def test_a_plan_is_kept_and_the_earlier_one_stays_in_the_history(
    demonstration_url: str, demonstration: Store
) -> None:
    page = zone_page(demonstration_url, "locality", "Z04")
    field(page, "text_area", "“一区一策”方案").set_value("新方案：逐企建档，一月一评。")  # type: ignore[attr-defined]
    page = press(page, "保存方案")
    assert "方案已保存" in texts(page)
    story = zone_story(demonstration, OPERATOR, "Z04", Question(2025, date(2026, 12, 31)))
    assert [each.content[:4] for each in story.dossier.plans][-1] == "新方案："
    assert len(story.dossier.plans) == 2


def test_more_points_than_an_item_bears_are_refused_with_the_number_typed(
    demonstration_url: str, demonstration: Store
) -> None:
    page, before = zone_page(demonstration_url, "locality", "Z04", "support"), journal(demonstration)
    field(page, "text_input", "第 1 条得分").set_value("31")  # type: ignore[attr-defined]
    page = press(page, "保存清单")
    assert "得分应在 0 至 30 之间" in texts(page)
    assert field(page, "text_input", "第 1 条得分").value == "31"  # type: ignore[attr-defined]
    assert journal(demonstration) == before


def test_an_area_that_is_not_ready_cannot_be_handed_in(demonstration_url: str, demonstration: Store) -> None:
    before = journal(demonstration)
    page = press(zone_page(demonstration_url, "locality", "Z04", "enforcement"), "确认提交自评")
    assert "条清单未落实，不能提交自评" in texts(page)
    assert journal(demonstration) == before


def test_the_office_accepts_the_fifth_area_and_the_county_has_reached_its_number(
    demonstration_url: str, demonstration: Store
) -> None:
    page = press(zone_page(demonstration_url, "office", "Z03", "digital"), "确认验收通过")
    assert "已验收通过" in texts(page)
    assert standing(demonstration, "Z03").complete
    cells = cells_for(demonstration, OPERATOR, QUESTION, "L02")
    cell = next(each for each in cells if each.obligation.code == "locality.zone")
    assert (cell.done, cell.status) == (1, Status.MET)


@pytest.mark.parametrize(("score", "said"), [("101", "0 至 100"), ("很好", "整数"), ("", "验收得分")])
def test_a_score_that_cannot_be_is_refused_and_nothing_is_accepted(
    demonstration_url: str, demonstration: Store, score: str, said: str
) -> None:
    page, before = zone_page(demonstration_url, "office", "Z03", "digital"), journal(demonstration)
    field(page, "text_input", "验收得分").set_value(score)  # type: ignore[attr-defined]
    page = press(page, "确认验收通过")
    assert said in texts(page)
    assert journal(demonstration) == before


def test_a_return_needs_a_note_and_the_note_stands_where_the_locality_reads_it(
    demonstration_url: str, demonstration: Store
) -> None:
    page, before = zone_page(demonstration_url, "office", "Z03", "digital"), journal(demonstration)
    page = press(page, "确认退回")
    assert "退回须写明原因和要求。" in texts(page)
    assert journal(demonstration) == before
    field(page, "text_area", "退回原因").set_value("缺少平台接入清单")  # type: ignore[attr-defined]
    press(page, "确认退回")
    shown = texts(zone_page(demonstration_url, "locality", "Z03", "digital"))
    assert "信息化建设被退回：缺少平台接入清单" in shown


def test_who_judges_in_a_second_tab_learns_that_it_was_done(
    demonstration_url: str, demonstration: Store
) -> None:
    one, other = (zone_page(demonstration_url, "office", "Z03", "digital") for _ in range(2))
    press(one, "确认验收通过")
    after = journal(demonstration)
    field(other, "text_area", "退回原因").set_value("缺少平台接入清单")  # type: ignore[attr-defined]
    assert "没有保存" in texts(press(other, "确认退回"))
    assert journal(demonstration) == after


def test_a_locality_has_no_form_for_what_is_the_offices_nor_for_another_localitys_zone(
    demonstration_url: str,
) -> None:
    own = zone_page(demonstration_url, "locality", "Z03", "digital")
    assert "确认验收通过" not in labels(own)
    assert "保存方案" in labels(own)
    other = zone_page(demonstration_url, "locality", "Z01", "duty")
    assert not {"保存方案", "保存清单", "确认提交自评"} & set(labels(other))


def test_who_filled_in_the_checklist_goes_on_with_the_zones_other_forms_in_the_same_tab(
    demonstration_url: str,
) -> None:
    page = zone_page(demonstration_url, "locality", "Z04", "enforcement")
    field(page, "selectbox", "1. ").set_value("推进中")  # type: ignore[attr-defined]
    page = press(page, "保存清单")
    assert "条清单。" in texts(page)
    said = texts(press(page, "确认提交自评"))
    assert "条清单未落实，不能提交自评" in said
    assert "您查看之后" not in said


def test_the_office_adds_an_item_to_a_checklist_and_a_wrong_number_is_refused_beside_it(
    demonstration_url: str, demonstration: Store
) -> None:
    address = {"view": "checklists", "as_of": str(DAY)}
    page, before = open_page(demonstration_url, "zones", "office", address), journal(demonstration)
    field(page, "text_input", "分值").set_value("很多")  # type: ignore[attr-defined]
    field(page, "text_area", "清单内容").set_value("落实夜间值守")  # type: ignore[attr-defined]
    page = press(page, "保存清单条目")
    assert "整数" in texts(page)
    assert field(page, "text_area", "清单内容").value == "落实夜间值守"  # type: ignore[attr-defined]
    assert journal(demonstration) == before
    field(page, "text_input", "分值").set_value("5")  # type: ignore[attr-defined]
    page = press(page, "保存清单条目")
    assert "清单已保存。" in texts(page)
    marks = standing(demonstration, "Z04").areas[0].marks
    assert [(item.content, item.points) for item, _ in marks][-1] == ("落实夜间值守", 5)


def test_the_overview_tells_of_zones_and_chains_and_leads_to_them(demonstration_url: str) -> None:
    shown = texts(open_page(demonstration_url, "overview", "office", {"as_of": str(DAY)}))
    assert "五项建设已验收 48/75" in shown
    assert 'href="zones?as_of=2025-06-19"' in shown
    assert 'href="departments?as_of=2025-06-19&amp;view=one_matter"' in shown
    assert "功能区与“一件事”" not in texts(open_page(demonstration_url, "overview", "committee"))
