"""台账, one record: correcting it with a reason, what is wrong beside its field, and the draft of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from streamlit.testing.v1 import AppTest

from core.auth import Actor, Role
from core.domain.records import Record, RecordSearch
from core.services.drafting import Typed, find_draft, keep_draft
from core.services.recording import correct_record, find_current, find_records
from core.store.engine import Store
from tests.page_examples import open_page, texts

OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")
NOW = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)


def a_meeting(store: Store) -> Record:
    search = RecordSearch(frozenset({"C06"}), frozenset({"committee_meeting"}))
    return find_records(store, OFFICE, search)[0][-1]


def opened(url: str, record: Record) -> AppTest:
    return open_page(url, "records", "office", {"record": str(record.record_id)})


def fill(page: AppTest, label: str, text: str) -> None:
    next(each for each in (*page.text_input, *page.text_area) if each.label == label).set_value(text)


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def test_a_correction_is_kept_with_its_reason(demonstration_url: str, demonstration: Store) -> None:
    record = a_meeting(demonstration)
    page = opened(demonstration_url, record)
    fill(page, "标题", "改正后的标题")
    fill(page, "更正原因", "标题写错")
    page = press(page, "保存更正")
    assert "已更正" in page.success[0].value
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    assert found[0].title == "改正后的标题"


def test_what_is_wrong_stands_in_the_form_and_what_was_typed_stays(
    demonstration_url: str, demonstration: Store
) -> None:
    page = opened(demonstration_url, a_meeting(demonstration))
    fill(page, "标题", "改正后的标题")
    fill(page, "数值", "三")
    page = press(page, "保存更正")
    assert "“三”应为不小于 0 的整数。" in texts(page)
    fill(page, "数值", "")
    page = press(page, "保存更正")
    assert "请填写原因。" in texts(page)
    assert [each.value for each in page.text_input if each.label == "标题"] == ["改正后的标题"]


def test_the_draft_of_a_correction_is_back_and_goes_when_it_is_saved(
    demonstration_url: str, demonstration: Store
) -> None:
    record = a_meeting(demonstration)
    form = f"correct:{record.record_id}"
    keep_draft(demonstration, OFFICE, Typed(form, "a", 1, {"title": "没写完的更正"}), now=NOW)
    page = opened(demonstration_url, record)
    assert "未保存的草稿" in texts(page)
    fill(page, "更正原因", "标题写错")
    press(page, "保存更正")
    assert find_draft(demonstration, OFFICE, form) is None
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    assert found[0].title == "没写完的更正"


def test_who_was_too_late_keeps_what_was_typed(demonstration_url: str, demonstration: Store) -> None:
    record = a_meeting(demonstration)
    page = opened(demonstration_url, record)
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    changed = replace(record, note="别人先改了")
    correct_record(demonstration, OFFICE, found[1], changed, "先改", today=date(2025, 12, 31), now=NOW)
    fill(page, "标题", "迟到的更正")
    fill(page, "更正原因", "标题写错")
    page = press(page, "保存更正")
    assert "刚刚被别人更正过" in texts(page)
    assert [each.value for each in page.text_input if each.label == "标题"] == ["迟到的更正"]
