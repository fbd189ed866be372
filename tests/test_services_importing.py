"""Taking files in: what is added, updated or unchanged, all in one change or not at all."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.auth import Actor, Role
from core.domain.catalogue import catalogues
from core.domain.records import Record
from core.domain.status import Roll
from core.domain.units import Leader, Unit, UnitKind
from core.domain.zones import Zone
from core.errors import ForbiddenError
from core.services.exporting import export_csv
from core.services.importing import Plan, import_tables
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.services.tables import read_table
from core.store.engine import Store, open_store
from core.store.records import all_records, versions_of
from core.store.rolls import read_roll
from tests.city_examples import (
    CITY,
    LEADERS,
    NOW,
    OFFICE,
    RECORDS,
    TODAY,
    UNITS,
    ZONES,
    enter,
    journal,
    local,
    meeting,
    record_lines,
    take_in,
)
from tests.conftest import sqlite_url


def roll_of(store: Store) -> Roll:
    with store.reading() as reader:
        return read_roll(reader)


def records_of(store: Store) -> list[Record]:
    with store.reading() as reader:
        return all_records(reader)


def counts(plan: Plan) -> tuple[int, int, int]:
    return len(plan.added), len(plan.updated), plan.unchanged


def test_a_city_is_taken_in_as_one_change(store: Store) -> None:
    plan = take_in(store)
    assert str(plan) == "新增 16，更新 0，未变 0"
    (change,) = journal(store)
    assert (change.person, change.action, change.subject) == (
        "命令行", "import", "units.csv、leaders.csv、zones.csv、records.csv",
    )  # fmt: skip
    assert json.loads(change.detail).items() >= {"added": 16, "updated": 0, "unchanged": 0}.items()


def test_everything_in_the_files_is_there_afterwards(store: Store) -> None:
    take_in(store)
    roll = roll_of(store)
    assert [unit.code for unit in roll.units] == ["T", "C1", "C2", "L1", "L2", "D1"]
    assert roll.units[1] == Unit("C1", UnitKind.COMMITTEE, "危险化学品专委会", "T", lead_unit="D1", sort_no=2)
    assert roll.leaders[1] == Leader("L1", "钱二宁", "副市长", date(2025, 1, 1), date(2025, 5, 31))
    assert roll.zones[1] == Zone("Z2", "L1", "物流园", (date(2025, 2, 21), None, None, None, None))
    assert records_of(store)[3] == Record(
        "L1",
        "nine_ones_report",
        date(2025, 5, 20),
        "五月统计",
        measure="log",
        value=30,
        total=45,
        record_id=4,
        entered_on=TODAY,
        entered_by="命令行",
    )


def test_taking_the_same_files_in_again_changes_nothing(store: Store) -> None:
    take_in(store)
    assert str(take_in(store)) == "新增 0，更新 0，未变 16"
    assert len(journal(store)) == 1


def test_a_dry_run_says_what_would_be_and_keeps_nothing(store: Store) -> None:
    assert str(take_in(store, dry_run=True)) == "新增 16，更新 0，未变 0"
    assert (journal(store), records_of(store)) == ([], [])


def test_what_has_other_content_under_its_key_is_updated_and_the_old_content_stays_in_history(
    store: Store,
) -> None:
    take_in(store, now=local("2025-06-01 09:00"), today=date(2025, 6, 1))
    files = {
        "units": UNITS.replace("泰山景区", "泰山风景名胜区"),
        "leaders": LEADERS.replace("副市长,2025-01-01,2025-05-31", "副市长,2025-01-01,"),
        "zones": ZONES.replace("物流园,2025-02-21,", "物流园,2025-02-21,2025-06-02"),
        "records": RECORDS.replace("30,45", "45,45"),
    }
    assert counts(take_in(store, files)) == (0, 4, 12)
    assert [each.name for each in roll_of(store).units][4] == "泰山风景名胜区"
    with store.reading(local("2025-06-02 09:00")) as reader:
        assert [each.name for each in read_roll(reader).units][4] == "泰山景区"
    with store.reading() as reader:
        first, second = versions_of(reader, 4)
    assert (first.record.value, second.record.value, first.ended_action) == (30, 45, "import")
    assert second.record.entered_on == date(2025, 6, 1)


def test_an_update_leaves_alone_what_the_file_does_not_mention(store: Store) -> None:
    take_in(store)
    files = {
        "units": "code,kind,name\nL1,属地,肥城\n",
        "leaders": "unit,name,title\nL1,钱二宁,常务副市长\n",
        "zones": "code,locality,name,duty\nZ1,L1,高新园,2025-02-21\n",
        "records": "unit,event,occurred_on,title,note\n"
        "C1,director_inspection,2025-04-08,第一主任检查化工园区,补记\n",
    }
    assert counts(take_in(store, files)) == (0, 4, 0)
    roll = roll_of(store)
    assert (roll.units[3].name, roll.units[3].county, roll.units[3].sort_no) == ("肥城", True, 4)
    assert {each.until for each in roll.leaders if each.title == "常务副市长"} == {date(2025, 5, 31)}
    assert roll.zones[0].completed_on == date(2025, 5, 14)
    inspection = next(each for each in records_of(store) if each.note == "补记")
    assert (inspection.led_by_first_director, inspection.reported_on) == (True, date(2025, 4, 10))


def test_an_import_updates_what_a_form_entered_and_keeps_who_entered_it(store: Store) -> None:
    take_in(store)
    kept = enter(store, meeting())
    plan = take_in(
        store, {"records": record_lines("C1,committee_meeting,2025-04-20,第二季度工作会议,,,,,,,补记")}
    )
    assert counts(plan) == (0, 1, 0)
    updated = next(each for each in records_of(store) if each.record_id == kept.record_id)
    assert updated == replace(kept, note="补记")


def test_chinese_headers_and_values_say_the_same_as_english_ones(lite_store: Store, store: Store) -> None:
    take_in(store)
    take_in(
        lite_store,
        {
            "units": "编码,类别,名称,上级,县市区,任务较重,牵头单位,排序\n"
            "T,市级,泰安市安委会办公室,,否,否,,1\n"
            "C1,专委会,危险化学品专委会,泰安市安委会办公室,否,否,市应急局,2\n"
            "C2,专委会,消防专委会,T,否,是,,3\n"
            "L1,属地,肥城市,T,是,否,,4\nL2,属地,泰山景区,T,,,,5\nD1,部门,市应急局,T,0,0,,6\n",
            "leaders": "单位,姓名,职务,起,止\n肥城市,赵一鸣,市长,,\nL1,钱二宁,副市长,2025/1/1,2025/5/31\n"
            "危险化学品专委会,孙三立,第一主任,,\n",
            "zones": "编码,所属属地,名称,安全生产责任制,管理体系,基础保障,日常执法,信息化建设\n"
            "Z1,肥城市,高新产业园,2025/2/21,2025/3/14,2025/3/28,2025/4/23,2025/5/14\n"
            "Z2,L1,物流园,2025-02-21,,,,\n",
            "records": "单位,事项,日期,标题,带队领导,第一主任带队,报送日期,指标,数值,总数,备注\n"
            "危险化学品专委会,专委会工作会议,2025/3/12,第一季度工作会议,,否,,,,,\n"
            "C1,第一主任检查,2025/4/8,第一主任检查化工园区,,是,2025/4/10,,,,\n"
            "肥城市,包保督导检查,2025-04-15,包保督导检查,赵一鸣,,,,,,\n"
            "肥城市,“九个一”统计,２０２５-０５-２０,五月统计,,,,一本,30,４５,\n"
            "市应急局,暗查暗访,2025/05/06,暗查烟花爆竹仓库,,,,,,,查封1处\n",
        },
    )
    assert roll_of(lite_store) == roll_of(store)
    assert records_of(lite_store) == records_of(store)


def test_units_may_name_units_that_come_later_in_the_file(lite_store: Store) -> None:
    lines = UNITS.splitlines()
    take_in(lite_store, CITY | {"units": "\n".join([lines[0], *reversed(lines[1:])])})
    assert [unit.parent for unit in roll_of(lite_store).units] == ["", "T", "T", "T", "T", "T"]
    assert roll_of(lite_store).units[1].lead_unit == "D1"


def test_units_without_an_order_stand_in_the_order_of_the_file(lite_store: Store) -> None:
    take_in(lite_store, {"units": "code,kind,name\nB,department,乙\nA,department,甲\n"})
    take_in(lite_store, {"units": "code,kind,name\nC,department,丙\nA,department,甲甲\n"})
    assert [unit.name for unit in roll_of(lite_store).units] == ["乙", "甲甲", "丙"]


def test_the_same_row_twice_in_a_file_counts_once(lite_store: Store) -> None:
    take_in(lite_store)
    line = "C1,committee_meeting,2025-04-20,会,,,,,,,"
    assert counts(take_in(lite_store, {"records": record_lines(line, line)})) == (1, 0, 1)


def test_markup_formulas_and_quotes_are_kept_as_the_text_that_they_are(store: Store) -> None:
    take_in(store)
    texts = [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "**粗** [x](y)",
        "' or 1=1 --",
        "{{7*7}}",
        "😀𠮷",
        "%s",
    ]
    lines = [
        f'C1,committee_meeting,2025-04-{10 + place},"{text}",,,,,,,"{text}"'
        for place, text in enumerate(texts)
    ]
    take_in(store, {"records": record_lines(*lines)})
    kept = [each for each in records_of(store) if each.occurred_on.month == 4 and each.note]
    assert [each.title for each in kept] == [each.note for each in kept] == texts


def test_control_characters_and_outer_blanks_are_taken_out_and_line_ends_kept(lite_store: Store) -> None:
    take_in(lite_store)
    cell = '" \x00\x0b会\x07议\t甲\r\n乙\x1f　"'
    take_in(
        lite_store,
        {"records": record_lines(f"C1,committee_meeting,2025-04-20,{cell.replace(chr(0), '')},,,,,,,")},
    )
    assert records_of(lite_store)[-1].title == "会议\t甲\n乙"


def test_limits_of_title_and_note_are_reached_but_not_passed(lite_store: Store) -> None:
    take_in(lite_store)
    line = f"C1,committee_meeting,2025-04-20,{'长' * 1_000},,,,,,,{'注' * 10_000}"
    assert counts(take_in(lite_store, {"records": record_lines(line)})) == (1, 0, 0)


def test_today_itself_and_both_ends_of_the_catalogues_years_can_be_imported(lite_store: Store) -> None:
    take_in(lite_store)
    days = ["2025-01-01", "2025-12-31"]
    lines = [f"C1,committee_meeting,{day},会,,,,,,," for day in days]
    plan = take_in(lite_store, {"records": record_lines(*lines)}, today=date(2025, 12, 31))
    assert counts(plan) == (2, 0, 0)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OFFICE])
def test_nobody_but_the_office_exchanges_files(lite_store: Store, role: Role) -> None:
    somebody = Actor("somebody", "某人", role, "C1")
    tables = [read_table("units.csv", UNITS.encode())]
    with pytest.raises(ForbiddenError, match="导入和导出"):
        import_tables(lite_store, somebody, tables, today=TODAY, now=NOW)
    with pytest.raises(ForbiddenError):
        export_csv(lite_store, somebody, "records")


ANY_DAY = st.dates(date(2025, 1, 1), date(2025, 6, 19))
MEETINGS = st.tuples(st.sampled_from(["C1", "C2"]), st.sampled_from(
    ["committee_meeting", "plenary_meeting", "director_inspection", "covert_check", "rules_revised"]
), ANY_DAY, st.booleans(), st.none() | st.integers(0, 9))  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MEETINGS, max_size=12, unique_by=lambda each: each[:3]), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, date, bool, int | None]],
    chance: object,
) -> None:
    lines = [
        f"{unit},{event},{day},{place},,{int(led)},,,{'' if value is None else value},,"
        for place, (unit, event, day, led, value) in enumerate(rows)
    ]
    shuffled = lines[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert cells_after(tmp_path_factory, lines) == cells_after(tmp_path_factory, shuffled)


def cells_after(folders: pytest.TempPathFactory, lines: list[str]) -> list[object]:
    store = open_store(sqlite_url(folders.mktemp("order") / "anze.db"))
    take_in(store, CITY | {"records": record_lines(*lines)})
    cells = cells_for(store, OFFICE, Question(2025, TODAY))
    store.close()
    return list(cells)


@pytest.mark.parametrize(("first", "second", "done"), [("3", "7", 7), ("7", "3", 3)])
def test_of_two_reports_on_one_day_the_row_that_comes_later_counts(
    lite_store: Store, first: str, second: str, done: int
) -> None:
    take_in(lite_store)
    lines = [
        f"C1,staffing_report,2025-05-20,{title},,,,,{value},,"
        for title, value in (("早", first), ("晚", second))
    ]
    take_in(lite_store, {"records": record_lines(*lines)})
    cells = cells_for(lite_store, OFFICE, Question(2025, TODAY), "C1")
    assert next(each.done for each in cells if each.obligation.code == "committee.staff") == done
    assert catalogues()[2025].obligation("committee.staff")
