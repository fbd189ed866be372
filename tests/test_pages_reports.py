"""通报报告: the bulletin's words, issuing it once, papers about a unit, and what each role is offered."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import OPERATOR, Actor, Role
from core.domain.documents import Document
from core.services.drafting import Typed, keep_draft
from core.services.issuing import documents_for
from core.store.engine import Store
from tests.page_examples import open_page, texts
from tests.test_pages_supervision import press

OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")


def kept(store: Store) -> list[Document]:
    return documents_for(store, OPERATOR)


def words(page: AppTest, label: str) -> str:
    return str(next(area for area in page.text_area if area.label == label).value)


def write(page: AppTest, label: str, text: str) -> None:
    next(area for area in page.text_area if area.label == label).set_value(text)


def test_edited_words_are_previewed_and_issued_with_the_numbers_as_data(
    demonstration_url: str, demonstration: Store
) -> None:
    page = open_page(demonstration_url, "reports", "office")
    write(page, "总体情况", "本季度完成率 {完成率}，总体平稳。")
    page = press(page, "按修改预览")
    assert "本季度完成率 92.9%，总体平稳。" in texts(page)
    page = press(page, "发出并存档")
    assert page.success[0].value.startswith("已发出并存档：关于2025年第二季度")
    assert [each.words["overall"] for each in kept(demonstration)] == ["本季度完成率 {完成率}，总体平稳。"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("完成率 95%", "比率由系统计算"),
        ("{没有的数据}", "没有“{没有的数据}”这个数据"),
        ("长" * 2001, "每段最多 2000 个字，现有 2001 个字。"),
    ],
)
def test_words_that_cannot_be_filled_are_told_and_stay_as_typed(
    demonstration_url: str, text: str, said: str
) -> None:
    page = open_page(demonstration_url, "reports", "office")
    write(page, "总体情况", text)
    page = press(page, "按修改预览")
    assert said in texts(page)
    assert words(page, "总体情况") == text
    assert page.expander[0].proto.expanded


def test_the_words_go_back_to_what_they_were(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "reports", "office")
    before = words(page, "总体情况")
    write(page, "总体情况", "另写的话。")
    page = press(press(page, "按修改预览"), "恢复原文")
    assert words(page, "总体情况") == before
    assert "另写的话。" not in texts(page)


def test_words_that_were_typed_and_not_previewed_are_never_lost_by_issuing(
    demonstration_url: str, demonstration: Store
) -> None:
    typed = Typed("bulletin:2025Q2", "elsewhere", 1, {"overall": "还没有预览的话。"})
    keep_draft(demonstration, OFFICE, typed, now=datetime.now(UTC))
    page = open_page(demonstration_url, "reports", "office")
    assert words(page, "总体情况") == "还没有预览的话。"
    page = press(page, "发出并存档")
    assert "有改过的文字还没有预览，没有发出" in texts(page)
    assert kept(demonstration) == []
    assert words(page, "总体情况") == "还没有预览的话。"
    page = press(press(page, "按修改预览"), "发出并存档")
    assert [each.words["overall"] for each in kept(demonstration)] == ["还没有预览的话。"]


def test_each_press_for_a_new_bulletin_issues_one_and_the_list_shows_them(
    demonstration_url: str, demonstration: Store
) -> None:
    page = open_page(demonstration_url, "reports", "office")
    press(press(page, "发出并存档"), "发出并存档")
    documents = kept(demonstration)
    page = open_page(demonstration_url, "reports", "office", {"section": "issued"})
    shown = texts(page)
    assert f"共 {len(documents)} 份" in shown
    assert len(documents) == 2
    for document in documents:
        assert document.title in shown
        assert document.sha256[:12] in shown
    assert "重新生成的文件与存档逐字节一致。" in texts(press(page, "按原始数据重新生成并核对"))


def test_a_quarter_that_has_not_begun_is_not_offered_by_any_address(demonstration_url: str) -> None:
    address = {"as_of": "2025-01-01", "quarter": "2025Q4"}
    page = open_page(demonstration_url, "reports", "office", address)
    assert page.selectbox[0].options == ["2025年第一季度"]
    assert page.selectbox[0].value == "2025Q1"
    assert "关于2025年第一季度" in texts(page)


def test_without_libreoffice_the_page_says_so_in_place_of_the_button(
    demonstration_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", "/gone/office")
    for section in ("bulletin", "units"):
        page = open_page(demonstration_url, "reports", "office", {"section": section})
        labels = [each.proto.label for each in page.get("download_button")]
        assert labels
        assert not [label for label in labels if "PDF" in label]
        assert "环境变量 SOFFICE 指定的程序不存在或不能运行" in texts(page)


@pytest.mark.parametrize(("role", "unit"), [("committee", "消防专委会"), ("locality", "岱岳区")])
def test_a_clerk_takes_away_papers_of_the_own_unit_and_issues_none(
    demonstration_url: str, role: str, unit: str
) -> None:
    page = open_page(demonstration_url, "reports", role)
    assert f"{unit}履职情况" in texts(page)
    assert "季度通报" not in str(page.get("button_group"))
    assert "发出并存档" not in [button.label for button in page.button]


def test_a_unit_of_the_address_that_is_none_falls_back_on_the_own(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "reports", "committee", {"section": "units", "unit": "X99"})
    assert not page.exception
    assert "消防专委会履职情况" in texts(page)


def test_a_unit_with_nothing_due_is_told_so_in_words(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "reports", "office", {"section": "units", "unit": "T00"})
    assert "本期还没有到期应完成的事项。" in texts(page)
    assert "完成率 —" not in texts(page)
