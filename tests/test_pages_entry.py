"""录入: what the form asks, what it refuses, what it keeps, and that nothing typed is lost on the way."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from core.auth import Actor, Role
from core.domain.records import Record, RecordSearch
from core.services.drafting import Typed, drop_draft, find_draft, keep_draft
from core.services.recording import find_records, record_history
from core.store.engine import Store
from tests.page_examples import open_page, texts

CLERK = Actor("committee", "孟庆林", Role.COMMITTEE, "C06")
OTHER = Actor("clerk-c07", "别人", Role.COMMITTEE, "C06")
NOW = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)
MEETING = {"event": "committee_meeting"}
FORM = "entry:C06:committee_meeting"


def field(page: AppTest, label: str) -> object:
    every = [*page.text_input, *page.text_area, *page.date_input, *page.selectbox, *page.checkbox]
    return next(each for each in every if each.label.startswith(label))


def labels(page: AppTest) -> list[str]:
    every = [*page.text_input, *page.text_area, *page.date_input, *page.selectbox, *page.checkbox]
    return [each.label for each in every if each.label not in ("演示日期", "单位", "事项（可输入文字查找）")]


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def meetings(store: Store) -> list[Record]:
    """The committee's meetings, the one entered last first."""
    search = RecordSearch(frozenset({"C06"}), frozenset({"committee_meeting"}))
    return sorted(find_records(store, CLERK, search)[0], key=lambda each: -each.record_id)


def test_a_meeting_is_asked_for_its_title_its_day_and_a_note_only(demonstration_url: str) -> None:
    assert sorted(labels(open_page(demonstration_url, "entry", "committee", MEETING))) == [
        "备注（可不填）",
        "日期",
        "标题",
    ]


@pytest.mark.parametrize(
    ("role", "event", "wanted"),
    [
        ("committee", "director_inspection", {"带队领导（可不填）", "由第一主任主持或带队"}),
        ("committee", "staffing_report", {"数值（人数）"}),
        ("locality", "leader_inspection", {"带队领导"}),
        ("locality", "nine_ones_report", {"指标", "数值（已完成的个数）", "总数"}),
    ],
)
def test_an_event_is_asked_for_what_it_needs_beside_that(
    demonstration_url: str, role: str, event: str, wanted: set[str]
) -> None:
    asked = set(labels(open_page(demonstration_url, "entry", role, {"event": event})))
    assert wanted <= asked
    assert len(asked) <= 3 + len(wanted) + (event == "director_inspection")


def test_the_page_opens_at_what_is_most_urgent_and_names_what_is_owed(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "entry", "committee")
    owed = [each.label for each in page.button if "剩" in each.label]
    assert page.selectbox[0].value == "committee_meeting"
    assert "专委会工作会议" in owed[0]
    assert "0/1，剩 11 天" in owed[0].replace("\\", "")


def test_an_entry_beside_the_form_opens_its_form(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "entry", "committee")
    next(each for each in page.button if "全体成员会议" in each.label).click().run()
    assert page.selectbox[0].value == "plenary_meeting"
    assert page.query_params["event"] in ("plenary_meeting", ["plenary_meeting"])
    assert "全体成员会议" in field(page, "标题").value  # type: ignore[attr-defined]


def test_an_inspection_not_reported_leads_to_its_record_and_not_to_another_entry(
    demonstration_url: str,
) -> None:
    page = open_page(demonstration_url, "entry", "committee")
    assert "records?for_unit=C06&amp;for_event=director_inspection" in texts(page)
    assert not [each for each in page.button if "第一主任检查" in each.label]


def test_saving_says_what_it_did_to_the_quota_and_offers_another(
    demonstration_url: str, demonstration: Store
) -> None:
    before = len(meetings(demonstration))
    page = press(open_page(demonstration_url, "entry", "committee", MEETING), "保存")
    assert "第二季度 工作会议 1/1 ✓" in texts(page)
    assert len(meetings(demonstration)) == before + 1
    page = press(page, "再录一条")
    assert field(page, "标题").value.endswith("工作会议")  # type: ignore[attr-defined]


def test_undo_voids_as_entered_by_mistake_and_gives_the_content_back(
    demonstration_url: str, demonstration: Store
) -> None:
    page = open_page(demonstration_url, "entry", "committee", MEETING)
    field(page, "标题").set_value("打错了的会议")  # type: ignore[attr-defined]
    page = press(page, "保存")
    number = meetings(demonstration)[0].record_id
    page = press(page, "撤销")
    last = record_history(demonstration, CLERK, number)[-1]
    assert (last.ended_action, last.ended_reason) == ("record.voided", "误录")
    assert field(page, "标题").value == "打错了的会议"  # type: ignore[attr-defined]
    assert not page.exception


def test_a_likely_duplicate_is_shown_with_the_record_that_stands_and_saved_at_one_more_press(
    demonstration_url: str, demonstration: Store
) -> None:
    page = press(open_page(demonstration_url, "entry", "committee", MEETING), "保存")
    before = meetings(demonstration)
    page = press(page, "再录一条")
    field(page, "标题").set_value("当天另一次会议")  # type: ignore[attr-defined]
    page = press(page, "保存")
    assert len(meetings(demonstration)) == len(before)
    assert f"records?record={before[0].record_id}" in texts(page)
    page = press(page, "仍然保存")
    assert "已保存" in texts(page)
    assert len(meetings(demonstration)) == len(before) + 1


def test_who_changes_the_content_is_asked_again(demonstration_url: str, demonstration: Store) -> None:
    page = press(open_page(demonstration_url, "entry", "committee", MEETING), "保存")
    before = len(meetings(demonstration))
    page = press(page, "再录一条")
    field(page, "标题").set_value("另一次")  # type: ignore[attr-defined]
    page = press(page, "保存")
    field(page, "标题").set_value("又一次")  # type: ignore[attr-defined]
    page = press(page, "仍然保存")
    assert len(meetings(demonstration)) == before
    assert "请核对是否重复" in texts(page)


def test_every_fault_stands_in_the_form_and_what_was_typed_stays(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "entry", "locality", {"event": "nine_ones_report"})
    field(page, "标题").set_value("统计")  # type: ignore[attr-defined]
    field(page, "数值").set_value("九")  # type: ignore[attr-defined]
    page = press(page, "保存")
    assert "“九”应为不小于 0 的整数。" in texts(page)
    field(page, "数值").set_value("9")  # type: ignore[attr-defined]
    page = press(page, "保存")
    assert "请填写指标" in texts(page)
    assert "请填写总数" in texts(page)
    assert field(page, "标题").value == "统计"  # type: ignore[attr-defined]
    assert field(page, "数值").value == "9"  # type: ignore[attr-defined]


def test_a_title_too_long_is_counted_and_not_cut(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "entry", "committee", MEETING)
    field(page, "标题").set_value("长" * 1001)  # type: ignore[attr-defined]
    page = press(page, "保存")
    assert "最多 1000 个字，现有 1001 个字" in texts(page)
    assert len(field(page, "标题").value) == 1001  # type: ignore[attr-defined]


def keep(store: Store, actor: Actor = CLERK, **fields: str) -> None:
    keep_draft(store, actor, Typed(FORM, "a", 1, fields), now=NOW)


def test_a_draft_is_back_when_the_form_is_opened_and_says_so(
    demonstration_url: str, demonstration: Store
) -> None:
    keep(demonstration, title="没写完", occurred_on="2025-06-10", note="一\n二")
    page = open_page(demonstration_url, "entry", "committee", MEETING)
    assert field(page, "标题").value == "没写完"  # type: ignore[attr-defined]
    assert str(field(page, "日期").value) == "2025-06-10"  # type: ignore[attr-defined]
    assert field(page, "备注").value == "一\n二"  # type: ignore[attr-defined]
    assert "已恢复 06月19日 10:00 未保存的草稿" in texts(page)


def test_nobody_sees_somebody_elses_draft(demonstration_url: str, demonstration: Store) -> None:
    keep(demonstration, OTHER, title="别人的草稿")
    page = open_page(demonstration_url, "entry", "committee", MEETING)
    assert field(page, "标题").value != "别人的草稿"  # type: ignore[attr-defined]


def test_a_draft_goes_when_it_is_saved(demonstration_url: str, demonstration: Store) -> None:
    keep(demonstration, title="没写完")
    page = press(open_page(demonstration_url, "entry", "committee", MEETING), "保存")
    assert meetings(demonstration)[0].title == "没写完"
    assert find_draft(demonstration, CLERK, FORM) is None
    assert field(press(page, "再录一条"), "标题").value != "没写完"  # type: ignore[attr-defined]


def test_a_draft_goes_when_it_is_discarded(demonstration_url: str, demonstration: Store) -> None:
    keep(demonstration, title="没写完")
    page = press(open_page(demonstration_url, "entry", "committee", MEETING), "放弃草稿")
    assert find_draft(demonstration, CLERK, FORM) is None
    assert field(page, "标题").value != "没写完"  # type: ignore[attr-defined]


def test_a_draft_outlives_a_refusal(demonstration_url: str, demonstration: Store) -> None:
    keep(demonstration, title="长" * 1001)
    press(open_page(demonstration_url, "entry", "committee", MEETING), "保存")
    found = find_draft(demonstration, CLERK, FORM)
    assert found is not None


@pytest.mark.parametrize("day", ["", "昨天", "2024-01-01", "2031-01-01"])
def test_a_draft_with_a_day_that_cannot_be_leaves_the_rest_of_it_in_place(
    demonstration_url: str, demonstration: Store, day: str
) -> None:
    keep(demonstration, title="没写完", occurred_on=day, unknown="x")
    page = open_page(demonstration_url, "entry", "committee", MEETING)
    assert not page.exception
    assert field(page, "标题").value == "没写完"  # type: ignore[attr-defined]


def test_a_chosen_leader_is_in_the_draft_by_name(demonstration_url: str, demonstration: Store) -> None:
    page = open_page(demonstration_url, "entry", "locality", {"event": "leader_inspection"})
    choice = field(page, "带队领导")
    label = choice.options[1]  # type: ignore[attr-defined]
    locality = Actor("locality", "宋雅琴", Role.LOCALITY, "L02")
    typed = Typed("entry:L02:leader_inspection", "a", 1, {"leader": label})
    keep_draft(demonstration, locality, typed, now=NOW)
    page = open_page(demonstration_url, "entry", "locality", {"event": "leader_inspection"})
    assert label.startswith(field(page, "带队领导").value)  # type: ignore[attr-defined]
    drop_draft(demonstration, locality, typed.form, "a", now=NOW)


@pytest.mark.parametrize("address", [{"event": "nonsense"}, {"event": "standing_meeting"}, {"unit": "C01"}])
def test_an_address_that_cannot_be_is_said_and_another_form_opened(
    demonstration_url: str, address: dict[str, str]
) -> None:
    page = open_page(demonstration_url, "entry", "committee", address)
    assert "网址中的" in page.warning[0].value
    assert field(page, "标题").value  # type: ignore[attr-defined]


def test_the_office_chooses_the_unit_and_its_events_follow(demonstration_url: str) -> None:
    page = open_page(demonstration_url, "entry", "office", {"unit": "L02"})
    assert page.selectbox[0].value == "L02"
    page.selectbox[0].select("C06").run()
    assert page.query_params["unit"] in ("C06", ["C06"])
    assert "committee_meeting" in page.selectbox[1].options or page.selectbox[1].value == "committee_meeting"
