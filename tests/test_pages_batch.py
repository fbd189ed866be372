"""批量录入 and 批量处理: many records at once, all or nothing, with what is wrong beside them."""

from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from core.auth import Actor, Role
from core.domain.records import Record, RecordSearch
from core.services.drafting import find_draft
from core.services.recording import find_current, find_records
from core.store.engine import Store
from tests.page_examples import open_page, texts

CLERK = Actor("committee", "孟庆林", Role.COMMITTEE, "C06")
OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")
BATCH = {"way": "batch"}
GOOD = {"事项": "会商研判", "日期": "2025年4月21日", "标题": "春防会商"}
OTHER = {"事项": "行业专题培训", "日期": "2025/4/22", "标题": "培训班", "备注": "=1+1"}


def type_in(page: AppTest, *rows: Mapping[str, str]) -> AppTest:
    """Put rows into the table, as its editor reports them."""
    state = page.session_state["batch_entry"]
    key = f"batch_{state.operation}_{state.drawing}"
    page.session_state[key] = {
        "edited_rows": {number: dict(row) for number, row in enumerate(rows)},
        "added_rows": [],
        "deleted_rows": [],
    }
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if label in each.label).click().run()


def titled(store: Store, title: str) -> list[Record]:
    return find_records(store, OFFICE, RecordSearch(words=title))[0]


def test_a_table_is_kept_and_says_what_it_did(demonstration_url: str, demonstration: Store) -> None:
    page = type_in(open_page(demonstration_url, "entry", "committee", BATCH), GOOD, OTHER)
    page = press(page, "全部保存（2 条）")
    assert not page.exception
    assert "已保存：2 条" in texts(page)
    assert "消防专委会 第二季度 会商研判" in texts(page)
    assert [(each.unit, str(each.occurred_on)) for each in titled(demonstration, "春防会商")] == [
        ("C06", "2025-04-21")
    ]
    assert titled(demonstration, "培训班")[0].note == "=1+1"
    assert find_draft(demonstration, CLERK, "batch") is None


def test_wrong_cells_are_named_by_row_and_column_and_nothing_is_kept(
    demonstration_url: str, demonstration: Store
) -> None:
    wrong = OTHER | {"日期": "六月", "数值": "三"}
    page = press(type_in(open_page(demonstration_url, "entry", "committee", BATCH), GOOD, wrong), "全部保存")
    shown = texts(page)
    assert "一条也没有保存" in shown
    assert "<td>第2行</td><td>日期</td>" in shown
    assert "<td>第2行</td><td>数值</td>" in shown
    assert titled(demonstration, "春防会商") == []
    assert page.session_state["batch_entry"].rows[1]["occurred_on"] == "六月"


def test_the_pickers_above_hold_for_rows_that_do_not_say_otherwise(
    demonstration_url: str, demonstration: Store
) -> None:
    page = open_page(demonstration_url, "entry", "office", BATCH)
    page.selectbox[0].select("C06").run()
    page.selectbox[1].select("four_training").run()
    page = type_in(
        page, {"标题": "只写标题", "日期": "2025-05-06"}, GOOD | {"单位": "C05", "标题": "另有所指"}
    )
    page = press(page, "全部保存")
    assert [(each.unit, each.event) for each in titled(demonstration, "只写标题")] == [
        ("C06", "four_training")
    ]
    assert [(each.unit, each.event) for each in titled(demonstration, "另有所指")] == [
        ("C05", "risk_consultation")
    ]


def test_likely_duplicates_are_flagged_and_kept_at_one_more_press(
    demonstration_url: str, demonstration: Store
) -> None:
    page = type_in(
        open_page(demonstration_url, "entry", "committee", BATCH), GOOD, GOOD | {"标题": "当天第二次会商"}
    )
    page = press(page, "全部保存")
    assert "可能重复" in texts(page)
    assert titled(demonstration, "当天第二次会商") == []
    page = press(page, "仍然保存（2 条）")
    assert len(titled(demonstration, "当天第二次会商")) == 1


def test_what_was_typed_into_the_table_is_back_in_a_new_tab(
    demonstration_url: str, demonstration: Store
) -> None:
    type_in(open_page(demonstration_url, "entry", "committee", BATCH), GOOD, OTHER)
    page = open_page(demonstration_url, "entry", "committee", BATCH)
    assert page.session_state["batch_entry"].rows[1]["title"] == "培训班"
    assert [each for each in page.button if each.label == "全部保存（2 条）"]
    other = open_page(demonstration_url, "entry", "office", BATCH)
    assert not any(other.session_state["batch_entry"].rows[0].values())
    press(page, "放弃草稿")
    assert find_draft(demonstration, CLERK, "batch") is None


def test_a_table_is_taken_back_as_a_whole_and_its_content_stays(
    demonstration_url: str, demonstration: Store
) -> None:
    page = type_in(open_page(demonstration_url, "entry", "committee", BATCH), GOOD, OTHER)
    page = press(page, "全部保存")
    number = titled(demonstration, "春防会商")[0].record_id
    page = press(page, "撤销这一批")
    assert find_current(demonstration, OFFICE, number) is None
    assert page.session_state["batch_entry"].rows[0]["title"] == "春防会商"


def tick(page: AppTest, *places: int) -> AppTest:
    number = page.session_state["bulk_desk"].round
    page.session_state[f"bulk_table_{number}"] = {
        "selection": {"rows": list(places), "columns": [], "cells": []}
    }
    return page.run()


def ledger(url: str, role: str) -> AppTest:
    address = {"bulk": "1", "for_unit": "C06", "for_event": "committee_meeting"}
    return open_page(url, "records", role, address)


def meetings(store: Store) -> int:
    return find_records(store, OFFICE, RecordSearch(frozenset({"C06"}), frozenset({"committee_meeting"})))[1]


def test_ticked_records_are_previewed_and_voided_with_one_reason(
    demonstration_url: str, demonstration: Store
) -> None:
    before = meetings(demonstration)
    page = tick(ledger(demonstration_url, "office"), 0)
    assert "作废 1 条" in texts(page)
    page = press(page, "确认作废 1 条")
    assert "请填写原因" in page.error[0].value
    assert meetings(demonstration) == before
    page = tick(page, 0)
    page.text_input(key="bulk_reason").set_value("重复录入")
    page = press(page, "确认作废 1 条")
    assert "已作废 1 条" in page.success[0].value
    assert meetings(demonstration) == before - 1


def test_ticked_records_are_given_to_another_unit_by_the_office_only(
    demonstration_url: str, demonstration: Store
) -> None:
    before = meetings(demonstration)
    page = tick(ledger(demonstration_url, "office"), 0)
    page.get("button_group")[0].set_value("改派到其他单位").run()
    next(each for each in page.selectbox if each.label == "改派到").select("C07").run()
    assert "改为" in texts(page)
    page.text_input(key="bulk_reason").set_value("录错单位")
    page = press(page, "确认改派 1 条")
    assert meetings(demonstration) == before - 1
    clerk = tick(ledger(demonstration_url, "committee"), 0)
    assert not [each for each in clerk.selectbox if each.label == "改派到"]


def test_a_unit_that_may_not_record_the_event_stops_the_bulk(demonstration_url: str) -> None:
    page = tick(ledger(demonstration_url, "office"), 0)
    page.get("button_group")[0].set_value("改派到其他单位").run()
    next(each for each in page.selectbox if each.label == "改派到").select("L02").run()
    assert "不是属地的事项" in texts(page)
    assert next(each for each in page.button if "确认改派" in each.label).disabled


def test_who_corrects_nothing_is_not_offered_it(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "records", "leader", {"bulk": "1"})
    assert not [each for each in page.button if "批量" in each.label]
    assert not page.dataframe
