"""Links and findings as files: in, out and in again; every bad row named, nothing kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.domain.findings import Finding, Risk
from core.domain.one_matters import Link, starting_links
from core.domain.records import Record
from core.errors import ForbiddenError, InputError
from core.services.adjusting import Press
from core.services.exporting import export_csv
from core.services.exporting_workbooks import export_workbook
from core.services.importing import import_tables
from core.services.judging import Question
from core.services.one_matters import keep_link, links_for, remove_link
from core.services.recording import void_record
from core.services.surveying import keep_finding, surveys_for
from core.services.tables import read_table, read_tables
from core.store.engine import Store, open_store
from tests.city_examples import (
    CLERK,
    NOW,
    OFFICE,
    TODAY,
    enter,
    journal,
    places,
    problems_of,
    record_lines,
    take_in,
    version_read,
)
from tests.conftest import sqlite_url

KINDS = ("links", "findings")
QUESTION = Question(2025, TODAY)
DAY = date(2025, 5, 20)
AFTER_THE_YEAR = date(2026, 1, 20)
LINK_HEADS = "chain,name,department,order,settled_on,document\n"
LINKS = f"""{LINK_HEADS}燃气,生产储配,市应急局,10,2025-06-10,会议纪要3号
gas,报警装置,D1,,,
"""
FINDING_HEADS = "surveyed_by,surveyed_on,survey,name,found_on,risk,department,settled_on,note\n"
FINDINGS = f"""{FINDING_HEADS}市应急局,2025-05-20,,密室逃脱,2025-05-20,较大,D1,2025-06-01,全市3家
D1,2025-05-20,上半年摸底,剧本杀,2025-05-21,,,,
"""
SURVEY = "D1,new_business_survey,2025-05-20,上半年摸底,,,,,,,"
SETTLING = "D1,one_matter,2025-06-10,厘清燃气“一件事”生产储配环节监管责任,,,,,,,依据：会议纪要3号"


@pytest.fixture
def surveyed(city: Store) -> Store:
    """The small city with a survey of D1."""
    take_in(city, {"records": record_lines(SURVEY)})
    return city


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """An empty database to take the export in."""
    opened = open_store(sqlite_url(tmp_path / "other.db"))
    yield opened
    opened.close()


def link(store: Store, name: str = "生产储配") -> Link:
    return next(each for each, _ in links_for(store, OFFICE, QUESTION) if each.name == name)


def found(store: Store) -> list[Finding]:
    return [each for survey in surveys_for(store, OFFICE, QUESTION) for each, _ in survey.findings]


def again(store: Store, kind: str) -> str:
    return str(take_in(store, {kind: export_csv(store, OFFICE, kind)}, today=AFTER_THE_YEAR))


# Links ------------------------------------------------------------------------------------------------------


def test_links_come_in_go_out_and_come_in_unchanged(city: Store) -> None:
    assert str(take_in(city, {"links": LINKS})) == "新增 1，更新 1，未变 0"
    first, added = link(city), link(city, "报警装置")
    assert (first.code, first.department, first.settled_on) == ("gas.1", "D1", date(2025, 6, 10))
    assert (first.document, first.record_no) == ("会议纪要3号", 0)
    assert (added.department, added.sort_no) == ("D1", 80)
    assert again(city, "links") == f"新增 0，更新 0，未变 {len(starting_links()) + 1}"
    assert [change.action for change in journal(city)][-1] == "import"
    moved = export_csv(city, OFFICE, "links").replace("纪要3号", "纪要4号")
    plan = take_in(city, {"links": moved})
    assert [row.changes for row in plan.rows if row.changes] == ["依据：会议纪要3号 → 会议纪要4号"]
    assert link(city).document == "会议纪要4号"


def test_links_are_unchanged_where_nobody_ever_set_one(town: Store) -> None:
    assert again(town, "links") == f"新增 0，更新 0，未变 {len(starting_links())}"


def test_a_settled_link_is_tied_to_the_record_of_its_settling_also_from_the_same_import(city: Store) -> None:
    take_in(city, {"records": record_lines(SETTLING), "links": LINKS})
    number = link(city).record_no
    assert number
    take_in(city, {"links": LINKS.replace("纪要3号", "纪要4号")})
    assert link(city).record_no == number


def test_what_a_file_of_links_does_not_mention_stays(city: Store) -> None:
    take_in(city, {"links": LINKS})
    plan = take_in(city, {"links": "一件事,环节,排序\n燃气,生产储配,15\n"})
    assert [row.changes for row in plan.rows] == ["排序：10 → 15"]
    assert (link(city).department, link(city).document) == ("D1", "会议纪要3号")


def test_another_department_opens_a_link_whose_settling_the_file_does_not_tell(city: Store) -> None:
    take_in(city, {"links": LINKS})
    take_in(city, {"links": "chain,name,department\ngas,生产储配,\n"})
    opened = link(city)
    assert (opened.department, opened.settled_on, opened.document) == ("", None, "")


def test_a_link_that_was_taken_out_comes_back_under_its_code(city: Store) -> None:
    remove_link(city, OFFICE, "gas.1", Press("out"), now=NOW)
    take_in(city, {"links": LINKS})
    assert link(city).code == "gas.1"


def test_the_page_lets_no_two_links_of_a_chain_bear_one_name(town: Store) -> None:
    second = link(town, "充装")
    with pytest.raises(InputError, match="已有“生产储配”环节"):
        keep_link(town, OFFICE, replace(second, name="生产储配"), Press("rename"), now=NOW)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("水利,闸门,,,,", "一件事", "“水利”不存在，应为燃气、"),
        ("gas,,,,,", "环节", "不能为空"),
        (f"gas,{'长' * 41},,,,", "环节", "最多 40 个字"),
        ("gas,充装,D9,,,", "责任部门", "单位“D9”不存在"),
        ("gas,充装,C1,,,", "责任部门", "不是部门"),
        ("gas,充装,D1,x,,", "排序", "不小于 0 的整数"),
        ("gas,充装,D1,,某日,纪要", "厘清日期", "不是有效日期"),
        ("gas,充装,D1,,2025-06-20,纪要", "厘清日期", "晚于今天"),
        ("gas,充装,,,2025-06-10,纪要", "责任部门", "须先明确责任部门"),
        ("gas,充装,D1,,2025-06-10,", "依据", "请填写依据"),
        (f"gas,充装,D1,,2025-06-10,{'长' * 201}", "依据", "最多 200 个字"),
        ("gas,充装,D1,,,纪要", "厘清日期", "须同时填写厘清日期"),
    ],
)
def test_a_bad_link_is_named_and_nothing_of_its_file_is_kept(
    town: Store, line: str, column: str, reason: str
) -> None:
    refuses(town, "links", f"{LINKS}{line}\n", column, reason)


def refuses(store: Store, kind: str, text: str, column: str, reason: str) -> None:
    before = journal(store)
    problems = problems_of(store, {kind: text})
    assert places(problems) == [(f"{kind}.csv", 4, column)]
    assert reason in problems[0].reason
    assert journal(store) == before


# Findings ---------------------------------------------------------------------------------------------------


def test_findings_come_in_go_out_and_come_in_unchanged(surveyed: Store) -> None:
    assert str(take_in(surveyed, {"findings": FINDINGS})) == "新增 2，更新 0，未变 0"
    first, second = found(surveyed)
    assert (first.name, first.risk, first.department) == ("密室逃脱", Risk.HIGH, "D1")
    assert (first.settled_on, first.note) == (date(2025, 6, 1), "全市3家")
    assert (second.risk, second.department) == (Risk.GENERAL, "")
    assert again(surveyed, "findings") == "新增 0，更新 0，未变 2"
    text = export_csv(surveyed, OFFICE, "findings").replace("3家", "4家")
    plan = take_in(surveyed, {"findings": text})
    assert [row.changes for row in plan.rows if row.changes] == ["备注：全市3家 → 全市4家"]
    assert {each.code for each in found(surveyed)} == {first.code, second.code}


def test_findings_may_name_a_survey_that_the_same_import_brings(city: Store) -> None:
    plan = take_in(city, {"records": record_lines(SURVEY), "findings": FINDINGS})
    assert str(plan) == "新增 3，更新 0，未变 0"
    assert len(found(city)) == 2


def test_what_a_file_of_findings_does_not_mention_stays(surveyed: Store) -> None:
    take_in(surveyed, {"findings": FINDINGS})
    text = "摸底单位,排查日期,业态,发现日期,风险\nD1,2025-05-20,密室逃脱,2025-05-20,较低\n"
    plan = take_in(surveyed, {"findings": text})
    assert [row.changes for row in plan.rows] == ["风险：较大 → 较低"]
    assert next(each.note for each in found(surveyed) if each.name == "密室逃脱") == "全市3家"


def test_of_two_surveys_of_a_day_a_row_says_which(surveyed: Store) -> None:
    enter(surveyed, Record("D1", "new_business_survey", DAY, "专项摸底"), actor=OFFICE, sure=True)
    refuses(
        surveyed,
        "findings",
        f"{FINDING_HEADS}D1,2025-05-20,专项摸底,冰雪乐园,2025-05-20,,,,\n"
        "D1,2025-05-20,上半年 摸底,冰雪乐园,2025-05-20,,,,\n"
        "D1,2025-05-20,,蹦床,2025-05-20,,,,\n",
        "摸底标题",
        "有 2 次新业态摸底排查",
    )


def test_findings_of_a_voided_survey_are_not_given_out(surveyed: Store) -> None:
    take_in(surveyed, {"findings": FINDINGS})
    record = surveys_for(surveyed, OFFICE, QUESTION)[0].record
    void_record(surveyed, OFFICE, record.record_id, version_read(surveyed, record), "重复", now=NOW)
    assert export_csv(surveyed, OFFICE, "findings") == FINDING_HEADS


def test_the_page_lets_no_two_findings_of_a_survey_bear_one_name(surveyed: Store) -> None:
    take_in(surveyed, {"findings": FINDINGS})
    twin = replace(found(surveyed)[0], code="")
    with pytest.raises(InputError, match="已有“密室逃脱”"):
        keep_finding(surveyed, OFFICE, twin, Press("twin"), today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("D9,2025-05-20,,蹦床,2025-05-20,,,,", "摸底单位", "单位“D9”不存在"),
        ("D1,,,蹦床,2025-05-20,,,,", "排查日期", "不能为空"),
        ("D1,2025-05-21,,蹦床,2025-05-21,,,,", "排查日期", "台账中没有市应急局 2025-05-21 的新业态摸底排查"),
        ("D1,2025-05-20,下半年,蹦床,2025-05-20,,,,", "摸底标题", "没有“下半年”"),
        ("D1,2025-05-20,,,2025-05-20,,,,", "业态", "请填写业态名称"),
        (f"D1,2025-05-20,,{'长' * 61},2025-05-20,,,,", "业态", "最多 60 个字"),
        ("D1,2025-05-20,,蹦床,,,,,", "发现日期", "不能为空"),
        ("D1,2025-05-20,,蹦床,2025-06-20,,,,", "发现日期", "晚于今天"),
        ("D1,2025-05-20,,蹦床,2024-06-20,,,,", "发现日期", "早于摸底排查的年度"),
        ("D1,2025-05-20,,蹦床,2025-05-20,高,,,", "风险", "应为较大、一般、较低之一"),
        ("D1,2025-05-20,,蹦床,2025-05-20,,C1,,", "责任部门", "不是部门"),
        ("D1,2025-05-20,,蹦床,2025-05-20,,,2025-06-01,", "责任部门", "须先明确责任部门"),
        ("D1,2025-05-20,,蹦床,2025-05-20,,D1,2025-05-01,", "界定日期", "早于发现日期"),
        ("D1,2025-05-20,,蹦床,2025-05-20,,D1,2025-07-01,", "界定日期", "晚于今天"),
        (f"D1,2025-05-20,,蹦床,2025-05-20,,,,{'长' * 1001}", "备注", "最多 1000 个字"),
    ],
)
def test_a_bad_finding_is_named_and_nothing_of_its_file_is_kept(
    surveyed: Store, line: str, column: str, reason: str
) -> None:
    refuses(surveyed, "findings", f"{FINDINGS}{line}\n", column, reason)


# Both -------------------------------------------------------------------------------------------------------


def test_two_files_of_one_import_that_bring_the_same_keep_it_once(surveyed: Store) -> None:
    texts = {"links": LINKS, "findings": FINDINGS}
    tables = [read_table(f"{kind}.csv", text.encode()) for kind, text in texts.items() for _ in range(2)]
    import_tables(surveyed, OFFICE, tables, today=TODAY, now=NOW)
    assert len(links_for(surveyed, OFFICE, QUESTION)) == len(starting_links()) + 1
    assert [each.name for each in found(surveyed)] == ["密室逃脱", "剧本杀"]


@pytest.mark.parametrize("kind", KINDS)
def test_only_who_may_exchange_data_takes_them_in_or_out(town: Store, kind: str) -> None:
    text = {"links": LINKS, "findings": FINDINGS}[kind]
    with pytest.raises(ForbiddenError):
        import_tables(town, CLERK, [read_table(f"{kind}.csv", text.encode())], today=TODAY, now=NOW)
    with pytest.raises(ForbiddenError):
        export_csv(town, CLERK, kind)


def test_the_demonstrations_come_back_from_files_and_from_a_workbook(
    demonstration: Store, other: Store
) -> None:
    kinds = ("units", "leaders", "records", *KINDS)
    files = {kind: export_csv(demonstration, OFFICE, kind) for kind in kinds}
    take_in(other, files, today=AFTER_THE_YEAR)
    assert {kind: export_csv(other, OFFICE, kind) for kind in kinds} == files
    assert str(take_in(other, files, today=AFTER_THE_YEAR)).startswith("新增 0，更新 0，")
    tables = read_tables("全部.xlsx", export_workbook(demonstration, OFFICE, KINDS))
    before = journal(other)
    plan = import_tables(other, OFFICE, tables, today=AFTER_THE_YEAR, now=NOW)
    assert (len(plan.added), len(plan.updated), bool(plan.unchanged)) == (0, 0, True)
    assert journal(other) == before
