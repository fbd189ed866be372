"""台账, one record: correcting it with a reason, what is wrong beside its field, and the draft of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
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


def somebody_first(store: Store, record: Record) -> None:
    found = find_current(store, OFFICE, record.record_id)
    assert found
    changed = replace(record, note="别人先改了", reported_on=date(2025, 4, 1))
    correct_record(store, OFFICE, found[1], changed, "补报送日期", today=date(2025, 12, 31), now=NOW)


def too_late(url: str, store: Store) -> tuple[AppTest, Record]:
    record = a_meeting(store)
    page = opened(url, record)
    somebody_first(store, record)
    fill(page, "标题", "迟到的更正")
    fill(page, "更正原因", "标题写错")
    return press(page, "保存更正"), record


def test_who_was_too_late_keeps_what_was_typed_and_sees_what_the_first_changed(
    demonstration_url: str, demonstration: Store
) -> None:
    page, record = too_late(demonstration_url, demonstration)
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    assert found[0].title == record.title
    assert [each.value for each in page.text_input if each.label == "标题"] == ["迟到的更正"]
    told = texts(page)
    assert "您打开之后，周明远于" in told
    assert "（原因：补报送日期）" in told
    for each in ("别人先改了", "2025-04-01"):
        assert each in told
    assert "保存更正" not in [each.label for each in page.button]


@pytest.mark.parametrize(
    ("choice", "note"), [("保留对方的改动，加上我的", "别人先改了"), ("全部以我填写的为准", "")]
)
def test_the_second_chooses_to_keep_what_the_first_changed_or_to_go_over_it(
    demonstration_url: str, demonstration: Store, choice: str, note: str
) -> None:
    page, record = too_late(demonstration_url, demonstration)
    page = press(page, choice)
    assert "已更正" in page.success[0].value
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    assert (found[0].title, found[0].note) == ("迟到的更正", note or record.note)
    assert (found[0].reported_on == date(2025, 4, 1)) == bool(note)


def test_a_third_who_comes_between_is_shown_too(demonstration_url: str, demonstration: Store) -> None:
    page, record = too_late(demonstration_url, demonstration)
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    third = replace(found[0], note="又有人改了")
    correct_record(demonstration, OFFICE, found[1], third, "再改", today=date(2025, 12, 31), now=NOW)
    page = press(page, "保留对方的改动，加上我的")
    assert "又有人改了" in texts(page)
    page = press(page, "保留对方的改动，加上我的")
    found = find_current(demonstration, OFFICE, record.record_id)
    assert found
    assert (found[0].title, found[0].note) == ("迟到的更正", "又有人改了")
