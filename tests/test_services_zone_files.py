"""Zones' plans and experiences as files: in, out and in again; every bad row named, nothing kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.domain.experiences import Experience
from core.domain.records import Record
from core.errors import ForbiddenError
from core.services.experiences import ExperienceWish, enter_experience, experience_library
from core.services.exporting import export_csv
from core.services.exporting_workbooks import export_workbook
from core.services.importing import import_tables
from core.services.recording import void_record
from core.services.tables import read_table, read_tables
from core.store.engine import Store, open_store
from tests.city_examples import (
    CLERK,
    LOCAL_CLERK,
    NOW,
    OFFICE,
    TODAY,
    count_records,
    enter,
    journal,
    places,
    problems_of,
    record_lines,
    take_in,
    version_read,
)
from tests.conftest import sqlite_url
from tests.zone_examples import QUESTION, plan, story

KINDS = ("zone_plans", "experiences")
DAY = date(2025, 6, 3)
AFTER_THE_YEAR = date(2026, 1, 20)
PLAN_HEADS = "zone,drawn_on,content,duty_by,system_by,support_by,enforcement_by,digital_by\n"
PLANS = f"""{PLAN_HEADS}Z1,2025-02-07,每月调度一次,2025-02-28,2025-03-31,,,
物流园,2025-03-01,"一、落实责任
二、健全体系",,,,,2025-05-31
"""
HEADS = "locality,noted_on,title,content,zone,recorded_on,record,promoted_on,promotion\n"
EXPERIENCES = f"""{HEADS}肥城市,2025-06-03,一张清单,网格与检查员合用一张清单,Z1,,,2025-06-10,印发简报
L1,2025-06-04,园区点单,企业点单、专家上门,,2025-06-02,六月总结,,
"""
SUMMARIES = record_lines(
    "L1,experience_summary,2025-06-03,一张清单,,,,,,,", "L1,experience_summary,2025-06-02,六月总结,,,,,,,"
)


@pytest.fixture
def summarised(city: Store) -> Store:
    """The small city with two summaries of L1 in the ledger."""
    take_in(city, {"records": SUMMARIES})
    return city


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """An empty database to take the export in."""
    opened = open_store(sqlite_url(tmp_path / "other.db"))
    yield opened
    opened.close()


def again(store: Store, kind: str) -> str:
    return str(take_in(store, {kind: export_csv(store, OFFICE, kind)}))


def shelf(store: Store) -> list[Experience]:
    return list(experience_library(store, OFFICE, QUESTION).experiences)


def refuses(store: Store, kind: str, text: str, column: str, reason: str) -> None:
    before = journal(store)
    problems = problems_of(store, {kind: text})
    assert places(problems) == [(f"{kind}.csv", text.count("\n"), column)]
    assert reason in problems[0].reason
    assert journal(store) == before


# Plans ------------------------------------------------------------------------------------------------------


def test_plans_come_in_go_out_and_come_in_unchanged(city: Store) -> None:
    assert str(take_in(city, {"zone_plans": PLANS})) == "新增 2，更新 0，未变 0"
    drawn = story(city, "Z2").standing.plan
    assert drawn
    assert (drawn.content, drawn.drawn_on) == ("一、落实责任\n二、健全体系", date(2025, 3, 1))
    assert drawn.due == (None, None, None, None, date(2025, 5, 31))
    assert drawn.person == journal(city)[-1].person
    assert again(city, "zone_plans") == "新增 0，更新 0，未变 2"


def test_a_plan_of_a_day_stands_beside_the_one_of_that_day_and_holds_in_its_place(town: Store) -> None:
    plan(town)
    text = f"{PLAN_HEADS}Z2,{TODAY},另一份方案,,,,,\n"
    done = take_in(town, {"zone_plans": text})
    assert done.rows[0].changes.startswith("方案：一区一策方案 → 另一份方案")
    told = story(town)
    assert [each.content for each in told.dossier.plans] == ["一区一策方案", "另一份方案"]
    assert told.standing.plan
    assert told.standing.plan.content == "另一份方案"
    assert export_csv(town, OFFICE, "zone_plans") == text
    assert again(town, "zone_plans") == "新增 0，更新 0，未变 1"


def test_planned_days_that_a_file_does_not_mention_stay(town: Store) -> None:
    take_in(town, {"zone_plans": PLANS})
    text = "功能区,制定日期,方案,日常执法计划完成\n高新产业园,2025-02-07,每月调度一次,2025-04-30\n"
    done = take_in(town, {"zone_plans": text})
    assert [row.changes for row in done.rows] == ["日常执法计划完成：（空） → 2025-04-30"]
    drawn = story(town, "Z1").standing.plan
    assert drawn
    assert drawn.due[:2] == (date(2025, 2, 28), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (",2025-03-02,方案,,,,,", "功能区", "不能为空"),
        ("Z9,2025-03-02,方案,,,,,", "功能区", "功能区“Z9”不存在"),
        ("Z1,,方案,,,,,", "制定日期", "不能为空"),
        ("Z1,2025-06-20,方案,,,,,", "制定日期", "晚于今天"),
        ("Z1,2025-03-02,,,,,,", "方案", "请填写“一区一策”方案"),
        (f"Z1,2025-03-02,{'长' * 10_001},,,,,", "方案", "最多 10000 个字"),
        ("Z1,2025-03-02,方案,某日,,,,", "安全生产责任制计划完成", "不是有效日期"),
        ("Z1,2025-03-02,方案,,2026-03-31,,,", "管理体系计划完成", "不在2025年内"),
    ],
)
def test_a_bad_plan_is_named_and_nothing_of_its_file_is_kept(
    town: Store, line: str, column: str, reason: str
) -> None:
    refuses(town, "zone_plans", f"{PLAN_HEADS}Z2,2025-03-01,方案,,,,,\n{line}\n", column, reason)


# Experiences ------------------------------------------------------------------------------------------------


def test_experiences_come_in_go_out_and_come_in_unchanged(summarised: Store) -> None:
    records = count_records(summarised)
    assert str(take_in(summarised, {"experiences": EXPERIENCES})) == "新增 2，更新 0，未变 0"
    second, first = shelf(summarised)
    assert (first.locality, first.zone, first.title, first.noted_on) == ("L1", "Z1", "一张清单", DAY)
    assert (first.promoted_on, first.promotion) == (date(2025, 6, 10), "印发简报")
    assert (second.title, second.zone, second.promoted_on) == ("园区点单", "", None)
    assert experience_library(summarised, OFFICE, QUESTION).records == ()
    assert count_records(summarised) == records
    assert again(summarised, "experiences") == "新增 0，更新 0，未变 2"
    done = take_in(summarised, {"experiences": EXPERIENCES.replace("印发简报", "召开观摩会")})
    assert [row.changes for row in done.rows if row.changes] == ["推广方式：印发简报 → 召开观摩会"]
    assert [each.number for each in shelf(summarised)] == [second.number, first.number]


def test_experiences_may_name_records_that_the_same_import_brings(city: Store) -> None:
    plan = take_in(city, {"records": SUMMARIES, "experiences": EXPERIENCES})
    assert str(plan) == "新增 4，更新 0，未变 0"


def test_what_was_entered_on_the_page_goes_out_and_stays_as_it_is(town: Store) -> None:
    wish = ExperienceWish("L1", "Z2", "一张清单", "合用一张清单", DAY)
    enter_experience(town, LOCAL_CLERK, wish, "one", today=TODAY, now=NOW)
    assert again(town, "experiences") == "新增 0，更新 0，未变 1"
    take_in(town, {"experiences": "属地,总结日期,标题,主要做法\nL1,2025-06-03,一张清单,一图一表\n"})
    (kept,) = shelf(town)
    assert (kept.content, kept.zone, kept.entered_by) == ("一图一表", "Z2", LOCAL_CLERK.username)


def test_an_experience_whose_record_was_voided_is_not_given_out(summarised: Store) -> None:
    take_in(summarised, {"experiences": EXPERIENCES})
    record = Record("L1", "experience_summary", DAY, "一张清单", record_id=shelf(summarised)[1].record_id)
    void_record(summarised, OFFICE, record.record_id, version_read(summarised, record), "重复", now=NOW)
    assert export_csv(summarised, OFFICE, "experiences").count("\n") == 2


def test_of_two_summaries_of_a_day_a_row_says_which_unless_one_bears_its_title(town: Store) -> None:
    take_in(town, {"records": SUMMARIES})
    enter(town, Record("L1", "experience_summary", DAY, "另一次总结"), actor=OFFICE, sure=True)
    lines = "L1,2025-06-03,一张清单,甲,,,,,\nL1,2025-06-03,乙,乙,,,另一次 总结,,\n"
    refuses(
        town, "experiences", f"{HEADS}{lines}L1,2025-06-03,丙,丙,,,,,\n", "台账标题", "有 2 次经验做法总结"
    )
    assert str(take_in(town, {"experiences": HEADS + lines})) == "新增 2，更新 0，未变 0"


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("L9,2025-06-03,甲,乙,,,,,", "属地", "单位“L9”不存在"),
        ("L1,,甲,乙,,,,,", "总结日期", "不能为空"),
        ("L1,2025-06-20,甲,乙,,2025-06-03,,,", "总结日期", "晚于今天"),
        ("L1,2025-06-05,甲,乙,,,,,", "总结日期", "台账中没有肥城市 2025-06-05 的经验做法总结"),
        ("L1,2025-06-05,甲,乙,,2025-06-01,,,", "台账日期", "台账中没有肥城市 2025-06-01 的经验做法总结"),
        ("L1,2025-06-03,甲,乙,,,别的,,", "台账标题", "没有“别的”"),
        ("L1,2025-06-03,,乙,,,,,", "标题", "请填写标题"),
        (f"L1,2025-06-03,{'长' * 201},乙,,,,,", "标题", "最多 200 个字"),
        ("L1,2025-06-03,甲,,,,,,", "主要做法", "请填写主要做法"),
        ("L1,2025-06-03,甲,乙,Z9,,,,", "功能区", "功能区“Z9”不存在"),
        ("L2,2025-06-03,甲,乙,Z1,2025-06-03,,,", "功能区", "功能区“高新产业园”不属于泰山景区"),
        ("L1,2025-06-03,甲,乙,,,,2025-06-10,", "推广方式", "请写明怎样推广"),
        ("L1,2025-06-03,甲,乙,,,,2025-06-20,简报", "推广日期", "晚于今天"),
        ("L1,2025-06-03,甲,乙,,,,2025-06-02,简报", "推广日期", "早于总结日期"),
        ("L1,2025-06-03,甲,乙,,,,,简报", "推广日期", "须同时填写推广日期"),
    ],
)
def test_a_bad_experience_is_named_and_nothing_of_its_file_is_kept(
    town: Store, line: str, column: str, reason: str
) -> None:
    elsewhere = "L2,experience_summary,2025-06-03,景区总结,,,,,,,\n"
    take_in(town, {"records": SUMMARIES + elsewhere})
    good = EXPERIENCES.splitlines()[2]
    refuses(town, "experiences", f"{HEADS}{good}\n{line}\n", column, reason)


# Both -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_may_exchange_data_takes_them_in_or_out(town: Store, kind: str) -> None:
    text = {"zone_plans": PLANS, "experiences": EXPERIENCES}[kind]
    for actor in (CLERK, LOCAL_CLERK):
        with pytest.raises(ForbiddenError):
            import_tables(town, actor, [read_table(f"{kind}.csv", text.encode())], today=TODAY, now=NOW)
        with pytest.raises(ForbiddenError):
            export_csv(town, actor, kind)


def test_the_demonstrations_come_back_from_files_and_a_workbook(demonstration: Store, other: Store) -> None:
    kinds = ("units", "leaders", "zones", "records", *KINDS)
    files = {kind: export_csv(demonstration, OFFICE, kind) for kind in kinds}
    assert {kind: files[kind].count("\n") > 1 for kind in KINDS} == dict.fromkeys(KINDS, True)
    take_in(other, files, today=AFTER_THE_YEAR)
    assert {kind: export_csv(other, OFFICE, kind) for kind in kinds} == files
    tables = read_tables("全部.xlsx", export_workbook(demonstration, OFFICE, KINDS))
    before = journal(other)
    done = import_tables(other, OFFICE, tables, today=AFTER_THE_YEAR, now=NOW)
    assert (len(done.added), len(done.updated), bool(done.unchanged)) == (0, 0, True)
    assert journal(other) == before
