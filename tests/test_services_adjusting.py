"""The office's settings: what is its own, what the notice sets, the effect before saving, and past views."""

from datetime import date

import pytest

from core.domain.adjustments import Adjustment
from core.domain.records import Record
from core.errors import ConflictError, InputError, NotFoundError
from core.services.adjusting import (
    Press,
    adjust,
    grace_setting,
    preview_adjustment,
    preview_grace_days,
    preview_heavy_duty,
    set_grace_days,
    set_heavy_duty,
    settings_of,
    unit_seen,
)
from core.services.explaining import explain
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.new_years import begin_year, drafts_of, publish, revise_head
from core.services.scoreboard import cells_for
from core.store.catalogues import adjustments
from core.store.engine import Store
from tests.city_examples import CLERK, NOW, OFFICE, TODAY, cell_of, enter, journal, local

COVERT, MEETING = "committee.covert_check", "committee.meeting"
SETTLED = date(2025, 7, 1)
LATER = local("2025-07-02 09:00")


def setting(year: int = 2025, code: str = COVERT, **numbers: object) -> Adjustment:
    return Adjustment(year, code, **numbers)  # type: ignore[arg-type]


def save(store: Store, wanted: Adjustment, operation: str = "one", seen: int = 0) -> str:
    return adjust(store, OFFICE, wanted, Press(operation, seen), as_of=TODAY, now=NOW).told


def test_a_required_number_of_the_office_moves_cells_and_is_told_before_and_after(city: Store) -> None:
    before = cells_for(city, OFFICE, Question(2025, SETTLED))
    told = preview_adjustment(city, OFFICE, setting(required=2), as_of=SETTLED, now=NOW)
    assert cells_for(city, OFFICE, Question(2025, SETTLED)) == before
    assert [(s.before.status, s.after.status) for s in told.shifts if s.cell.key[0] == "C1"][1:2] == [
        ("met", "missed")
    ]
    assert "1 格由已完成变为未完成" in told.told
    saved = adjust(city, OFFICE, setting(required=2), Press("one"), as_of=SETTLED, now=NOW)
    assert saved == told
    assert cell_of(city, "C1", COVERT, "2025Q2", as_of=SETTLED).fraction == "1/2"


def test_days_of_warning_decide_from_when_a_cell_is_due_soon(town: Store) -> None:
    assert cell_of(town, "C1", MEETING, "2025Q2").status == "due_soon"
    save(town, setting(code=MEETING, warn_days=5))
    assert cell_of(town, "C1", MEETING, "2025Q2").status == "pending"


def test_a_plenary_counts_as_a_working_meeting_only_where_the_office_says_so(city: Store) -> None:
    enter(city, Record("C1", "plenary_meeting", date(2025, 6, 10), "全体会议", led_by_first_director=True))
    assert cell_of(city, "C1", MEETING, "2025Q2").status == "due_soon"
    told = save(city, setting(code=MEETING, also=("plenary_meeting",)))
    assert "1 格由临近到期变为已完成" in told
    assert cell_of(city, "C1", MEETING, "2025Q2").completed_on == date(2025, 6, 10)
    story = explain(city, OFFICE, Question(2025, TODAY), "C1", MEETING, "2025Q2")
    assert [each.title for each in story.records] == ["全体会议"]
    assert story.adjusted == "“全体成员会议”一并计入（原不计入）"


def test_the_story_of_a_cell_says_what_the_office_set_and_what_it_was(town: Store) -> None:
    save(town, setting(required=2, warn_days=20))
    story = explain(town, OFFICE, Question(2025, TODAY), "C1", COVERT, "2025Q2")
    assert story.adjusted == "要求数设为 2（原为 1）；提前提醒设为 20 天（原为 15 天）"


@pytest.mark.parametrize(
    ("wanted", "field", "reason"),
    [
        (setting(required=0), "required", "要求数须大于 0"),
        (setting(required=1000), "required", "不能大于"),
        (setting(warn_days=-1), "warn_days", "不能小于 0"),
        (setting(warn_days=91), "warn_days", "不能超过 90 天"),
        (setting(code=MEETING, required=2), "required", "由通知规定"),
        (setting(code="committee.staff", warn_days=3), "warn_days", "没有期限"),
        (setting(code=MEETING, also=("covert_check",)), "also", "不能一并计入"),
        (setting(required=1), "", "没有改动"),
        (setting(code="committee.rules", warn_days=60), "warn_days", "不能超过 59 天"),
    ],
)
def test_what_makes_a_rule_impossible_or_is_the_notices_own_is_refused(
    town: Store, wanted: Adjustment, field: str, reason: str
) -> None:
    before = journal(town)
    with pytest.raises(InputError, match=reason) as refused:
        save(town, wanted)
    assert refused.value.field == field
    with pytest.raises(InputError, match=reason):
        preview_adjustment(town, OFFICE, wanted, as_of=TODAY, now=NOW)
    assert journal(town) == before


def test_an_obligation_that_is_not_there_cannot_be_set(town: Store) -> None:
    with pytest.raises(NotFoundError):
        save(town, setting(code="committee.unknown", required=2))


def test_a_press_twice_is_one_change_and_a_second_person_is_told_who_was_first(town: Store) -> None:
    save(town, setting(required=2))
    count = len(journal(town))
    assert save(town, setting(required=2)) == "此前已保存，没有重复保存。"
    with pytest.raises(ConflictError, match="office于06月19日 10:00调整过这项设置"):
        save(town, setting(required=3), "two", seen=0)
    assert len(journal(town)) == count
    seen = next(each for each in settings_of(town, OFFICE, 2025) if each.plain.code == COVERT)
    save(town, setting(required=3), "three", seen.standing.version_id)
    assert cell_of(town, "C1", COVERT, "2025Q2").required == 3


def test_an_emptied_setting_is_as_in_the_catalogue_again(town: Store) -> None:
    save(town, setting(required=2))
    seen = next(each for each in settings_of(town, OFFICE, 2025) if each.plain.code == COVERT)
    assert seen.told == "要求数设为 2（原为 1）"
    save(town, setting(), "two", seen.standing.version_id)
    again = next(each for each in settings_of(town, OFFICE, 2025) if each.plain.code == COVERT)
    assert (again.told, again.now.required) == ("", 1)


def test_what_a_copied_year_lets_count_can_be_taken_back_there(town: Store) -> None:
    save(town, setting(code=MEETING, also=("plenary_meeting",)))
    begin_year(town, OFFICE, 2026, 2025, "begin", now=NOW)
    for operation, step in (("head", revise_head), ("publish", publish)):
        press = Press(operation, drafts_of(town, OFFICE)[0].standing.version_id)
        head = (("泰安发〔2026〕1号", "通知", ""),) if step is revise_head else ()
        step(town, OFFICE, 2026, *head, press, now=NOW)  # type: ignore[operator]
    save(town, setting(2026, MEETING, also=()), "off")
    held = next(each for each in settings_of(town, OFFICE, 2026) if each.plain.code == MEETING)
    assert (held.plain.also, held.now.also) == (("plenary_meeting",), ())
    assert held.told == "“全体成员会议”不再计入（原一并计入）"
    with town.reading() as reader:
        assert len(adjustments(reader)) == 2


def test_a_past_view_knows_only_the_settings_of_its_time(city: Store) -> None:
    adjust(city, OFFICE, setting(required=2), Press("one"), as_of=TODAY, now=LATER)
    then = cell_of(city, "C1", COVERT, "2025Q2", known_at=local("2025-06-30 12:00"))
    assert (then.required, cell_of(city, "C1", COVERT, "2025Q2").required) == (1, 2)


def test_settings_of_one_database_do_not_show_in_another(town: Store, demonstration: Store) -> None:
    save(town, setting(required=2))
    held = next(each for each in settings_of(demonstration, OFFICE, 2025) if each.plain.code == COVERT)
    assert held.now.required == 1


def test_grace_days_say_how_many_records_they_mark_and_are_kept_once(town: Store) -> None:
    before = grace_setting(town, OFFICE)
    assert (before.days, before.marked) == (5, 5)
    assert preview_grace_days(town, OFFICE, 60) == 3
    set_grace_days(town, OFFICE, 60, Press("grace"), now=NOW)
    set_grace_days(town, OFFICE, 60, Press("grace"), now=NOW)
    after = grace_setting(town, OFFICE)
    assert (after.days, after.marked) == (60, 3)
    with pytest.raises(InputError, match="0 至 90"):
        set_grace_days(town, OFFICE, 91, Press("more"), now=NOW)
    with pytest.raises(ConflictError, match="补录宽限天数"):
        set_grace_days(town, OFFICE, 3, Press("late"), now=NOW)


def test_heavy_duty_asks_for_five_and_shows_it_first(town: Store) -> None:
    enter(town, Record("C1", "staffing_report", date(2025, 5, 6), "专职力量", value=4), actor=CLERK)
    question = Question(2025, TODAY)
    told = preview_heavy_duty(town, OFFICE, "C1", heavy=True, question=question, now=NOW)
    assert told.told == "1 格由已完成变为未达标。"
    press = Press("heavy", unit_seen(town, OFFICE, "C1"))
    assert set_heavy_duty(town, OFFICE, "C1", press, heavy=True, question=question, now=NOW) == told
    assert cell_of(town, "C1", "committee.staff", "2025").fraction == "4/5"
    stale = Press("again", press.seen)
    with pytest.raises(ConflictError, match="这个单位"):
        set_heavy_duty(town, OFFICE, "C1", stale, heavy=False, question=question, now=NOW)


def test_the_journal_tells_a_setting_in_chinese(town: Store) -> None:
    save(town, setting(code=MEETING, warn_days=20, also=("plenary_meeting",)))
    line = read_journal(town, OFFICE)[0][0]
    assert (line.action, line.subject) == ("调整事项设置", "2025年 专委会工作会议")
    assert line.content == "提前提醒天数：15 → 20；一并计入：— → 全体成员会议"
