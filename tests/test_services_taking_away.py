"""What is taken away: templates, exports, marked files and tables, as Excel will find them."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.auth import OPERATOR
from core.domain.boards import matrix_of
from core.domain.columns import Holds, holds
from core.domain.forms import FORMS
from core.domain.one_matters import starting_links
from core.domain.units import UnitKind
from core.errors import ForbiddenError, ImportRefusedError, InputError
from core.reports.sheets import CELL_LIMIT, Percent, Sheet, workbook_of
from core.services.catalogues import catalogues_now
from core.services.exporting import export_csv, guarded, unguarded
from core.services.exporting_workbooks import export_workbook
from core.services.importing import import_tables, preview_import
from core.services.journalling import read_journal
from core.services.judging import Question
from core.services.looking_up import look_up
from core.services.marking import marked_workbook
from core.services.reporting import (
    Taken,
    board_table,
    cells_table,
    csv_of,
    journal_table,
    records_table,
    workbook_from,
)
from core.services.scoreboard import cells_for
from core.services.tables import read_table, read_tables
from core.services.templating import template_workbook
from core.store.engine import Store, open_store
from core.store.records import all_records
from core.store.rolls import read_roll
from tests.city_examples import CLERK, NOW, OFFICE, TODAY, record_lines, take_in
from tests.conftest import sqlite_url
from tests.workbook_examples import ROW, cells_of, records_book

RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''=1", "=cmd|'/c calc'!A0", '=HYPERLINK("http://x")']
NASTY = "<b>粗</b> **星** \U0001f600 _x0041_ & \"引号\" 'x' \n第二行"


def book_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", [*RISKY, NASTY])
def test_text_stays_text_in_a_workbook_whatever_it_starts_with(text: str) -> None:
    cell = book_of(workbook_of([Sheet("表", ["列"], [[text]])]))["表"]["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.quotePrefix == (text in RISKY)
    if "_x" not in text:
        assert cell.value == text


def test_numbers_are_numbers_days_are_days_and_the_head_is_frozen() -> None:
    moment = datetime(2025, 3, 1, 9, 30)  # noqa: DTZ001 - local time, as it is shown
    row = [3, 2.5, date(2025, 3, 1), moment, True, False, None, Percent(0.874), Percent(None)]
    sheet = book_of(workbook_of([Sheet("表", [str(place) for place in range(9)], [row])]))["表"]
    values = [cell.value for cell in sheet[2]]
    assert values == [3, 2.5, datetime(2025, 3, 1), moment, "是", "否", None, 0.874, "—"]  # noqa: DTZ001
    assert [cell.number_format for cell in sheet[2]][2:4] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert sheet["H2"].number_format == "0.0%"
    assert sheet.freeze_panes == "A2"


def test_names_that_excel_forbids_are_changed_and_kept_apart() -> None:
    names = ["专委会/[表]", "专委会  表", "长" * 50, "", "'引号'"]
    book = book_of(workbook_of([Sheet(name, ["列"], []) for name in names]))
    assert book.sheetnames == ["专委会  表", "专委会  表-2", "长" * 31, "表", "引号"]


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    value = book_of(workbook_of([Sheet("表", ["列"], [["长" * 40_000]])]))["表"]["A2"].value
    assert len(value) == CELL_LIMIT
    assert value.endswith("…")


@pytest.mark.parametrize("text", [*RISKY, "平常", "'平常", "", "a=b"])
def test_what_csv_guards_is_taken_off_again(text: str) -> None:
    assert unguarded(str(guarded(text))) == text
    assert not str(guarded(text)).startswith(("=", "+", "-", "@", "\t"))


def state_of(store: Store) -> tuple[object, object]:
    with store.reading() as reader:
        return read_roll(reader), [each.key for each in all_records(reader)]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_taken_in_again_changes_nothing_and_founds_the_same_city_elsewhere(
    lite_store: Store, tmp_path: Path, form: str
) -> None:
    take_in(lite_store)
    take_in(lite_store, {"records": record_lines("C1,committee_meeting,2025-05-06,=1+1,,,,,,,'-x")})
    if form == "xlsx":
        tables = read_tables("导出.xlsx", export_workbook(lite_store, OFFICE, list(FORMS)))
    else:
        tables = [read_table(f"{kind}.csv", export_csv(lite_store, OFFICE, kind).encode()) for kind in FORMS]
    plan = import_tables(lite_store, OPERATOR, tables, today=TODAY, now=NOW)
    assert str(plan) == f"新增 0，更新 0，未变 {17 + len(starting_links())}"
    other = open_store(sqlite_url(tmp_path / "other.db"))
    import_tables(other, OPERATOR, tables, today=TODAY, now=NOW)
    assert state_of(other) == state_of(lite_store)
    other.close()


def test_an_export_speaks_chinese_and_holds_days(lite_store: Store) -> None:
    take_in(lite_store)
    rows = cells_of(export_workbook(lite_store, OFFICE, ["records"]), "记录")
    assert rows[0][:4] == ["单位", "事项", "日期", "标题"]
    assert rows[1][:4] == [
        "危险化学品专委会", "专委会工作会议", datetime(2025, 3, 12), "第一季度工作会议",  # noqa: DTZ001
    ]  # fmt: skip
    assert rows[4][7:10] == ["一本", 30, 45]


def test_two_units_of_one_name_are_given_out_by_code(lite_store: Store) -> None:
    take_in(lite_store)
    take_in(lite_store, {"units": "code,kind,name\nC8,committee,消防专委会\n"})
    take_in(lite_store, {"records": record_lines("C8,committee_meeting,2025-05-06,会,,,,,,,")})
    rows = cells_of(export_workbook(lite_store, OFFICE, ["records"]), "记录")
    assert rows[-1][0] == "C8"


def test_a_clerk_takes_no_template_and_no_export(lite_store: Store) -> None:
    take_in(lite_store)
    for take in (
        lambda: template_workbook(lite_store, CLERK, ["records"]),
        lambda: export_workbook(lite_store, CLERK, ["records"]),
        lambda: export_workbook(lite_store, CLERK, ["journal"]),
        lambda: preview_import(lite_store, CLERK, [], today=TODAY),
    ):
        with pytest.raises(ForbiddenError):
            take()


def test_an_unknown_kind_is_refused(lite_store: Store) -> None:
    for take in (template_workbook, export_workbook):
        with pytest.raises(InputError, match="x"):
            take(lite_store, OFFICE, ["x"])


@pytest.mark.parametrize("kind", FORMS)
def test_a_template_has_the_columns_lists_and_explanations_of_its_kind(lite_store: Store, kind: str) -> None:
    take_in(lite_store)
    book = book_of(template_workbook(lite_store, OFFICE, [kind]))
    form, sheet = FORMS[kind], book[FORMS[kind].label]
    assert [cell.value for cell in sheet[1]] == [column.label for column in form.columns]
    assert book.sheetnames == [form.label, "填写说明", "选项"]
    assert book["选项"].sheet_state == "hidden"
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    for place, column in enumerate(form.columns):
        rule = rules.get(chr(ord("A") + place))
        what = holds(column.name)
        assert (rule.type if rule else "text") == {
            Holds.DAY: "date", Holds.COUNT: "whole", Holds.TEXT: "text",
        }.get(what, "list")  # fmt: skip
    said = [row for row in cells_of(template_workbook(lite_store, OFFICE, [kind]), "填写说明") if row[1]]
    assert [row[1] for row in said[1:]] == [column.label for column in form.columns]


def test_a_templates_lists_are_named_ranges_over_the_units_and_events_there_are(lite_store: Store) -> None:
    take_in(lite_store)
    book = book_of(template_workbook(lite_store, OFFICE, ["records"]))
    first, last = (cell[0] for cell in (book["选项"]["A1:A1"][0], book["选项"]["A6:A6"][0]))
    assert book.defined_names["list_units"].attr_text == "'选项'!$A$1:$A$6"
    assert (first.value, last.value) == ("泰安市安委会办公室", "市应急局")
    (rule,) = [each for each in book["记录"].data_validations.dataValidation if str(each.sqref) == "A2:A5001"]
    assert rule.formula1 == "list_units"


def test_a_template_filled_in_is_taken_in(lite_store: Store) -> None:
    take_in(lite_store)
    book = book_of(template_workbook(lite_store, OFFICE, list(FORMS)))
    book["记录"].append(["消防专委会", "专委会工作会议", date(2025, 4, 9), "第二季度会议"])
    out = io.BytesIO()
    book.save(out)
    tables = read_tables("模板.xlsx", out.getvalue())
    assert str(import_tables(lite_store, OPERATOR, tables, today=TODAY, now=NOW)) == "新增 1，更新 0，未变 0"


def test_every_column_that_is_called_a_day_holds_days() -> None:
    columns = [column for form in FORMS.values() for column in form.columns]
    named = [column.name for column in columns if column.name.endswith(("_on", "_from", "_by", "until"))]
    others = {"found_by", "raised_from", "checked_by", "surveyed_by"}
    assert {name for name in named if holds(name) != Holds.DAY} == others


def test_a_marked_file_shows_each_reason_at_its_cell_and_can_be_corrected_and_sent_again(
    lite_store: Store,
) -> None:
    take_in(lite_store)
    book = records_book(
        ROW,
        ("消防专委会", "专委会工作会议", "某日", "会"),
        ("不存在", "专委会工作会议", date(2025, 4, 9), "会"),
        (*ROW, "旁注"),
    )
    tables = read_tables("x.xlsx", book)
    with pytest.raises(ImportRefusedError) as told:
        import_tables(lite_store, OPERATOR, tables, today=TODAY, now=NOW)
    marked = book_of(marked_workbook(tables, told.value.problems))
    sheet = marked["记录"]
    assert sheet["C3"].comment.text.endswith("“某日”不是有效日期，请写成 2025-03-31 或 2025/3/31。")
    assert sheet["A4"].comment.text.endswith("请填写单位编码或全称。")
    assert "多于表头" in sheet["A5"].comment.text
    assert {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == "FFF9D9CC"} == {
        "C3", "A4", "A5", "B5", "C5", "D5", "E5",
    }  # fmt: skip
    assert [row[:3] for row in cells_of(marked_workbook(tables, told.value.problems), "错误清单")[1:]] == [
        ["记录", 3, "日期"], ["记录", 4, "单位"], ["记录", 5, None],
    ]  # fmt: skip
    sheet["C3"], sheet["A4"], sheet["E5"] = date(2025, 4, 8), "消防专委会", None
    out = io.BytesIO()
    marked.save(out)
    plan = import_tables(lite_store, OPERATOR, read_tables("改.xlsx", out.getvalue()), today=TODAY, now=NOW)
    assert str(plan) == "新增 2，更新 0，未变 2"


def test_tables_of_pages_are_the_same_as_csv_and_as_workbook(lite_store: Store) -> None:
    take_in(lite_store)
    cells = cells_for(lite_store, OFFICE, Question(2025, TODAY))
    own = [cell for cell in cells if cell.unit.kind == UnitKind.COMMITTEE]
    catalogue, lookup = catalogues_now(lite_store)[2025], look_up(lite_store, OFFICE)
    with lite_store.reading() as reader:
        records = all_records(reader)
    tables = [
        board_table(matrix_of("x", catalogue.addressed_to(UnitKind.COMMITTEE), own, TODAY), "专委会"),
        cells_table(own, "全年"),
        records_table(records, lookup.names, lookup.people, lookup.grace_days),
        journal_table(read_journal(lite_store, OFFICE)[0]),
        Taken("空", ("甲", "乙"), []),
    ]
    content = workbook_from(tables)
    for table in tables:
        rows = cells_of(content, table.name)
        lines = csv_of(table).removeprefix("\ufeff").splitlines()
        assert len(rows) == len(lines) == len(table.lines) + 1
        assert rows[0] == list(table.heads) == lines[0].split(",")
