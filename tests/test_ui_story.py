"""One cell's story as a person reads it."""

from dataclasses import replace
from datetime import date

from core.domain.cells import Status
from core.domain.stories import CellStory, CountedRecord
from core.ui.cell_detail import steps_markup
from core.ui.story_markup import story_markup
from tests.ui_examples import cell_of

CELL = cell_of("committee.covert_check", Status.DUE_SOON, "0/1", left=11)
RECORD = CountedRecord(
    7, date(2025, 4, 3), "检查<b>企业</b>", "李某", date(2025, 4, 20), "王某", True, "184/200"
)
BEFORE = cell_of("committee.covert_check", Status.MET, "1/1", period="2025Q1")
STORY = CellStory(CELL, (RECORD,), (BEFORE, CELL))


def test_it_quotes_the_notice_with_its_clause() -> None:
    told = story_markup(STORY)
    assert "<blockquote>“建立安全生产监管执法部门牵头" in told
    assert "通知「二（二）4」" in told


def test_a_number_that_the_office_set_says_so() -> None:
    assert "办公室设定" in story_markup(STORY)
    meeting = cell_of("committee.meeting", Status.DUE_SOON, "0/1", left=11)
    assert "办公室设定" not in story_markup(CellStory(meeting))


def test_it_says_what_is_asked_and_what_is_missing() -> None:
    told = story_markup(STORY)
    assert "不少于 1 次" in told
    assert "本季度还差 1 次，剩 11 天。" in told


def test_a_record_bears_its_date_who_entered_it_and_the_backfill_mark() -> None:
    told = story_markup(STORY)
    for part in ("2025-04-03", "李某", "184/200", "王某", "2025-04-20", "补录"):
        assert part in told


def test_what_was_typed_into_a_record_stays_text() -> None:
    assert "检查&lt;b&gt;企业" in story_markup(STORY)


def test_a_cell_without_records_says_so() -> None:
    assert "没有计入的记录" in story_markup(CellStory(CELL))


def test_the_year_shows_each_period_and_marks_this_one() -> None:
    told = story_markup(STORY)
    assert told.count("<li data-unit=") == 2
    assert told.count('aria-current="true"') == 1


def test_a_single_period_has_no_course_over_the_year() -> None:
    assert "全年各期" not in story_markup(replace(STORY, history=(CELL,)))


def test_leaders_who_have_not_been_out_are_named() -> None:
    assert "张某、赵某" in story_markup(replace(STORY, outstanding=("张某", "赵某")))


def test_an_exemption_bears_its_reason() -> None:
    exempt = cell_of("committee.meeting", Status.EXEMPT, "0/1")
    assert "理由：机构改革" in story_markup(CellStory(exempt, reason="机构改革"))


def test_only_who_may_enter_finds_the_way_to_the_form() -> None:
    assert steps_markup(STORY) == ""
    assert 'href="entry?unit=c2&amp;event=covert_check"' in steps_markup(replace(STORY, may_enter=True))


def test_only_who_may_urge_finds_the_way_to_the_letter() -> None:
    told = steps_markup(replace(STORY, may_urge=True))
    assert "发督促函" in told
    assert 'href="supervision?unit=c2&amp;obligation=committee.covert_check&amp;period=2025Q2"' in told
    assert "录入" not in told
