"""A new year: copied into a draft, changed, published everywhere; old years stay as they were."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.adjustments import Adjustment
from core.domain.catalogue import Catalogue, catalogues, read_catalogue
from core.domain.catalogue_drafts import free_obligation_code, with_event
from core.domain.catalogue_texts import catalogue_text
from core.domain.records import Record
from core.errors import ConflictError, InputError
from core.services.adjusting import Press, adjust
from core.services.catalogues import catalogues_now
from core.services.exporting_workbooks import event_names
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.looking_up import look_up
from core.services.new_years import (
    YearDraft,
    begin_year,
    discard_draft,
    drafts_of,
    export_catalogue,
    import_catalogue,
    publish,
    remove_obligation,
    revise_head,
    revise_obligation,
    withdraw,
)
from core.services.scoreboard import cells_for
from core.services.walling import wall_picture
from core.store.catalogues import Stage
from core.store.engine import Store
from tests.city_examples import NOW, OFFICE, TODAY, enter, journal, local, record_lines, take_in

HEAD = ("泰安发〔2026〕1号", "关于2026年的通知", "巩固提升")
NEXT = local("2026-02-01 09:00")


def draft(store: Store, year: int = 2026) -> YearDraft:
    return next(each for each in drafts_of(store, OFFICE) if each.catalogue.year == year)


def press(store: Store, operation: str, year: int = 2026) -> Press:
    return Press(operation, draft(store, year).standing.version_id)


def begun(store: Store) -> Catalogue:
    return begin_year(store, OFFICE, 2026, 2025, "begin", now=NOW)


def published(store: Store) -> None:
    begun(store)
    revise_head(store, OFFICE, 2026, HEAD, press(store, "head"), now=NOW)
    publish(store, OFFICE, 2026, press(store, "publish"), now=NOW)


def test_a_copy_moves_the_days_and_leaves_the_number_open(town: Store) -> None:
    made = begun(town)
    rules = made.obligation("committee.rules")
    assert rules
    assert rules.due == date(2026, 2, 28)
    assert (made.number, made.title.count("2026")) == ("", 1)
    assert len(made.obligations) == len(catalogues()[2025].obligations)
    assert draft(town).stage == Stage.DRAFT
    assert set(catalogues_now(town)) == {2025}


def test_a_published_year_holds_everywhere_and_the_old_one_stays(city: Store) -> None:
    old = cells_for(city, OFFICE, Question(2025, TODAY))
    published(city)
    question = Question(2026, date(2026, 2, 1))
    assert {cell.period.year for cell in cells_for(city, OFFICE, question)} == {2026}
    assert cells_for(city, OFFICE, Question(2025, TODAY)) == old
    enter(city, Record("C1", "committee_meeting", date(2026, 1, 20), "一季度"), now=NEXT)
    row = record_lines("C1,committee_meeting,2026-01-22,第二次会议,,,,,,,")
    assert take_in(city, {"records": row}, today=date(2026, 2, 1), now=NEXT).added
    met = [
        cell
        for cell in cells_for(city, OFFICE, question, "C1")
        if cell.obligation.event == "committee_meeting"
    ]
    assert (met[0].period.code, met[0].fraction) == ("2026Q1", "2/1")
    assert wall_picture(city, OFFICE, date(2026, 2, 1)).period.code == "2026Q1"


def test_before_it_was_published_a_past_view_knows_no_such_year(city: Store) -> None:
    published(city)
    with pytest.raises(InputError, match="没有 2026 年的事项目录"):
        cells_for(city, OFFICE, Question(2026, TODAY, local("2025-06-01 09:00")))


def test_an_added_obligation_with_an_event_of_its_own_is_asked_of_its_units(town: Store) -> None:
    begun(town)
    held = draft(town).catalogue
    base, event = with_event(held, "隧道专项检查")
    known = held.obligation("department.covert_check")
    assert known
    code = free_obligation_code(base, known.subject)
    wanted = replace(known, code=code, title="隧道专项检查", short="隧道检查", event=event, required=3)
    revise_obligation(town, OFFICE, wanted, base, press(town, "add"), now=NOW)
    revise_head(town, OFFICE, 2026, HEAD, press(town, "head"), now=NOW)
    publish(town, OFFICE, 2026, press(town, "publish"), now=NOW)
    cells = cells_for(town, OFFICE, Question(2026, date(2026, 2, 1)), "D1")
    assert [cell.required for cell in cells if cell.obligation.code == code] == [3] * 4
    assert look_up(town, OFFICE).names.events[event] == "隧道专项检查"
    with town.reading() as reader:
        assert "隧道专项检查" in event_names(reader)


def test_the_draft_says_what_differs_from_the_year_before(town: Store) -> None:
    begun(town)
    assert draft(town).differences == ()
    known = draft(town).catalogue.obligation("locality.zone")
    assert known
    wanted = replace(known, due=date(2026, 9, 30), required=2)
    revise_obligation(town, OFFICE, wanted, draft(town).catalogue, press(town, "due"), now=NOW)
    remove_obligation(town, OFFICE, 2026, "city.wage_exchange", press(town, "out"), now=NOW)
    assert draft(town).differences == (
        ("完成1-2个功能区规范化建设（县市区）", "期限 2026-06-30 → 2026-09-30；要求数 1 → 2"),
        ("企业安全绩效工资经验交流会议", "取消"),
    )


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"due": date(2025, 9, 30)}, "due", "期限不在本年度"),
        ({"due": None}, "due", "缺少期限"),
        ({"required": 0}, "required", "要求数须大于 0"),
        ({"warn_days": -1}, "warn_days", "不能小于 0"),
        ({"warn_days": 300}, "warn_days", "不能超过"),
        ({"title": ""}, "title", "请填写标题"),
        ({"short": "一二三四五六七八九十一二三"}, "short", "最多 12 个字"),
    ],
)
def test_what_makes_a_rule_impossible_is_refused_beside_its_field(
    town: Store, changes: dict[str, object], field: str, reason: str
) -> None:
    begun(town)
    held, stands = draft(town).catalogue, journal(town)
    known = held.obligation("locality.zone")
    assert known
    with pytest.raises(InputError, match=reason) as refused:
        revise_obligation(
            town,
            OFFICE,
            replace(known, **changes),
            held,
            press(town, "bad"),
            now=NOW,  # type: ignore[arg-type]
        )
    assert refused.value.field == field
    assert journal(town) == stands


def test_what_another_one_waits_for_cannot_be_taken_out(town: Store) -> None:
    begun(town)
    with pytest.raises(InputError, match="以它为前提"):
        remove_obligation(town, OFFICE, 2026, "committee.four.training", press(town, "out"), now=NOW)


def test_without_a_number_nothing_is_published(town: Store) -> None:
    begun(town)
    with pytest.raises(InputError, match="文号"):
        publish(town, OFFICE, 2026, press(town, "publish"), now=NOW)
    assert set(catalogues_now(town)) == {2025}


def test_a_press_twice_counts_once_and_a_stale_one_is_refused(town: Store) -> None:
    begun(town)
    begun(town)
    stale = press(town, "late")
    revise_head(town, OFFICE, 2026, HEAD, press(town, "head"), now=NOW)
    with pytest.raises(ConflictError, match="2026 年的目录"):
        remove_obligation(town, OFFICE, 2026, "city.wage_exchange", stale, now=NOW)
    with pytest.raises(ConflictError, match="已经建立"):
        begin_year(town, OFFICE, 2026, 2025, "another", now=NOW)
    with pytest.raises(InputError, match="已经发布"):
        begin_year(town, OFFICE, 2025, 2025, "again", now=NOW)


def test_a_published_year_is_taken_back_only_while_nothing_is_entered_for_it(town: Store) -> None:
    published(town)
    withdraw(town, OFFICE, 2026, press(town, "back"), now=NOW)
    assert set(catalogues_now(town)) == {2025}
    publish(town, OFFICE, 2026, press(town, "again"), now=NOW)
    enter(town, Record("C1", "committee_meeting", date(2026, 1, 20), "一季度"), now=NEXT)
    with pytest.raises(InputError, match="已录入 1 条记录"):
        withdraw(town, OFFICE, 2026, press(town, "back2"), now=NEXT)


def test_the_journal_tells_the_years_in_chinese(town: Store) -> None:
    published(town)
    lines = read_journal(town, OFFICE)[0][:3]
    assert [(each.action, each.subject, each.content) for each in lines] == [
        ("发布年度目录", "2026年", "后 内容：已发布"),
        ("修改年度目录草稿", "2026年 通知文号和标题", f"后 内容：{HEAD[0]} {HEAD[1]}"),
        ("建立年度目录草稿", "2026年", "后 内容：由 2025 年复制，45 个事项"),
    ]


def test_a_draft_that_is_discarded_can_be_begun_anew(town: Store) -> None:
    begun(town)
    discard_draft(town, OFFICE, 2026, press(town, "away"), now=NOW)
    assert drafts_of(town, OFFICE) == []
    begin_year(town, OFFICE, 2026, 2025, "anew", now=NOW)
    assert draft(town).catalogue.year == 2026


def test_a_file_gives_back_what_was_given_out_with_the_settings(town: Store) -> None:
    wanted = Adjustment(2025, "committee.covert_check", required=2)
    adjust(town, OFFICE, wanted, Press("set"), as_of=TODAY, now=NOW)
    text = export_catalogue(town, OFFICE, 2025)
    assert import_catalogue(town, OFFICE, text, now=NOW) is False
    moved = text.replace("year = 2025\n", "year = 2027\n").replace("due = 2025", "due = 2027")
    assert import_catalogue(town, OFFICE, moved, now=NOW, dry_run=True)
    assert set(catalogues_now(town)) == {2025}
    assert import_catalogue(town, OFFICE, moved, now=NOW)
    held = catalogues_now(town)[2027].obligation("committee.covert_check")
    assert held
    assert held.required == 2
    with pytest.raises(InputError, match="内容不同"):
        import_catalogue(town, OFFICE, moved.replace("required = 2", "required = 3"), now=NOW)
    with pytest.raises(InputError, match="有误"):
        import_catalogue(town, OFFICE, "year = ", now=NOW)


def test_the_programs_own_files_are_written_as_they_are_read() -> None:
    for catalogue in catalogues().values():
        assert read_catalogue(catalogue_text(catalogue)) == catalogue
