"""Workbooks as people send them: every way to be wrong has its sentence with sheet, row and column."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.auth import OPERATOR
from core.domain.forms import FORMS
from core.errors import ImportRefusedError, InputError
from core.services import workbooks
from core.services.importing import import_tables
from core.services.tables import Table, read_folder, read_tables
from core.store.engine import Store
from tests.city_examples import NOW, TODAY, take_in
from tests.file_examples import zipped
from tests.workbook_examples import (
    HEADS,
    ROW,
    in_sheet,
    locked,
    old_workbook,
    records_book,
    rewritten,
    workbook,
)

PLACE = "x.xlsx 工作表“记录”"
KEPT = ("危险化学品专委会", "专委会工作会议", "2025-03-12", "第一季度工作会议")


def read(content: bytes, kind: str | None = None) -> list[Table]:
    return read_tables("x.xlsx", content, kind)


def refusal(content: bytes, kind: str | None = None) -> list[str]:
    with pytest.raises(ImportRefusedError) as told:
        read(content, kind)
    return [str(problem) for problem in told.value.problems]


def problems(content: bytes) -> list[str]:
    """What reading noted of single cells and rows."""
    return [str(problem) for table in read(content) for problem in table.problems]


def test_a_workbook_is_read_as_text_and_days() -> None:
    (table,) = read(records_book(ROW))
    assert (table.file, table.sheet, table.header) == (PLACE, "记录", HEADS)
    assert table.rows == ((2, KEPT),)


@pytest.mark.parametrize("name", ["记录", "records", "Records ", "记录表", "Sheet1", "第一季度"])
def test_the_only_sheet_may_bear_any_name(name: str) -> None:
    assert read(workbook({name: [HEADS, ROW]}))[0].form.kind == "records"


def test_sheets_named_by_kind_are_taken_in_the_order_in_which_they_build_on_each_other() -> None:
    units = [("编码", "类别", "名称"), ("C9", "专委会", "新专委会")]
    book = workbook({"记录": [HEADS, ROW], "units": units, "填写说明": [["随便写"]], "Sheet3": []})
    assert [table.form.kind for table in read(book)] == ["units", "records"]


def test_a_sheet_that_nothing_names_is_not_passed_over() -> None:
    said = refusal(workbook({"记录": [HEADS, ROW], "Sheet2": [["别的"]]}))
    assert said == [
        (
            "x.xlsx 工作表“Sheet2”："
            "看不出这个工作表是哪一类表；"
            f"请改名为{'、'.join(form.label for form in FORMS.values())}之一，或删除它。"
        )
    ]


def test_the_callers_word_on_the_kind_chooses_the_sheet() -> None:
    book = workbook({"记录": [HEADS, ROW], "Sheet2": [["别的"]]})
    assert [table.form.kind for table in read(book, "records")] == ["records"]
    with pytest.raises(InputError, match="导入类别“x”不存在"):
        read(book, "x")


def hide(state: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book.create_sheet("记录 ").append(list(HEADS))
        book["记录 "].sheet_state = state

    return change


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_data_is_told(state: str) -> None:
    said = refusal(workbook({"单位": [("编码", "类别", "名称"), ("C9", "专委会", "新")]}, hide(state)))
    assert said == ["x.xlsx 工作表“记录 ”：工作表是隐藏的；请取消隐藏，或删除它后再导入。"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (locked(records_book(ROW)), "打开密码"),
        (old_workbook(), "旧版 Excel 或 WPS 文件（.xls、.et）"),
        (records_book(ROW)[:-300], "不完整或已损坏"),
        (records_book(ROW)[:1000], "不完整或已损坏"),
        (b"<html><body><table><tr><td>x</td></tr></table></body></html>", "这是网页"),
        (zipped({"a.csv": b"x"}), "压缩包"),
        (rewritten(records_book(ROW), "xl/workbook.xml", lambda _data: b"<broken"), "已损坏"),
        (in_sheet(records_book(ROW), "</sheetData>.*", ""), "已损坏"),
        (workbook({"记录": []}), "工作簿是空的"),
        (b"", "文件是空的"),
    ],
)
def test_a_file_that_cannot_be_opened_is_called_what_it_is(content: bytes, said: str) -> None:
    (line,) = refusal(content)
    assert line.startswith("x.xlsx：")
    assert said in line


def test_a_workbook_with_macros_is_refused() -> None:
    content = rewritten(
        records_book(ROW),
        "[Content_Types].xml",
        lambda data: data.replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    assert "含有宏" in refusal(content)[0]


def test_entities_are_never_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    )
    assert (
        "不允许的内容" in refusal(rewritten(records_book(ROW), "xl/worksheets/sheet1.xml", lambda _: bomb))[0]
    )


def test_a_part_too_large_to_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "PART_LIMIT", 10_000)
    content = rewritten(records_book(ROW), "xl/styles.xml", lambda data: data + b" " * 20_000)
    assert "文字过多" in refusal(content)[0]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "ROW_LIMIT", 20)
    assert "超过 20 行" in refusal(records_book(*[ROW] * 25))[0]


def test_a_million_empty_rows_are_passed_over() -> None:
    empty = "".join(
        f'<row r="{number}" ht="15"><c r="A{number}" s="1"/></row>' for number in range(10, 200_000)
    )
    content = in_sheet(records_book(ROW), "</sheetData>", empty + '<row r="1048576"/></sheetData>')
    assert read(content)[0].rows == ((2, KEPT),)


def test_one_cell_at_the_far_corner_does_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    assert "单元格 XFD1048576 还有内容" in refusal(in_sheet(records_book(ROW), "</sheetData>", far))[0]


@pytest.mark.parametrize(
    ("column", "said"), [("IV", "多于表头"), ("IW", "IW2 还有内容"), ("ZZ", "ZZ2 还有内容")]
)
def test_nothing_at_the_far_right_is_passed_over(column: str, said: str) -> None:
    def write(book: Any) -> None:
        book["记录"][f"{column}2"] = "旁注"

    content = records_book(ROW, change=write)
    try:
        told = problems(content)
    except ImportRefusedError as error:
        told = [str(problem) for problem in error.problems]
    assert said in told[0]


def test_a_dimension_that_lies_hides_no_row() -> None:
    content = in_sheet(records_book(ROW, ROW, ROW), r'<dimension ref="[^"]*"', '<dimension ref="A1"')
    assert len(read(content)[0].rows) == 3


def test_rows_without_numbers_and_with_a_prefix_are_read_too() -> None:
    plain = in_sheet(records_book(ROW), r' r="\w+"', "")
    assert read(plain)[0].rows == ((2, KEPT),)
    prefixed = in_sheet(records_book(ROW), r"<(/?)([a-zA-Z])", r"<\1x:\2")
    prefixed = in_sheet(prefixed, r"xmlns=", "xmlns:x=")
    assert read(prefixed)[0].rows == ((2, KEPT),)


def merge(cells: str) -> Callable[[Any], None]:
    return lambda book: book["记录"].merge_cells(cells)


def test_merged_cells_are_told_with_their_place() -> None:
    (said,) = problems(records_book(ROW, ROW, ROW, change=merge("D2:D4")))
    assert said == f"{PLACE} 第2行“标题”列：D2:D4 是合并单元格，请取消合并，逐格填写。"


def test_merged_cells_that_hold_nothing_do_no_harm() -> None:
    assert problems(records_book(ROW, change=merge("A10:D12"))) == []


def formula(text: str) -> bytes:
    return records_book(("危险化学品专委会", "专委会工作会议", date(2025, 3, 12), text))


def test_a_formula_counts_by_its_saved_result() -> None:
    content = in_sheet(formula('="第一"&"季度"'), r"<v ?/>|<v></v>", "<v>第一季度</v>")
    content = in_sheet(content, r'(<c r="D2"[^>]*)>', r'\1 t="str">')
    assert read(content)[0].rows[0][1][3] == "第一季度"
    assert problems(content) == []


def test_a_formula_whose_result_is_an_empty_text_is_empty() -> None:
    content = in_sheet(formula('=IF(1=1,"","x")'), r'(<c r="D2"[^>]*)>', r'\1 t="str">')
    assert problems(content) == []
    assert read(content)[0].rows[0][1][:3] == KEPT[:3]


def test_a_formula_without_a_saved_result_is_told() -> None:
    (said,) = problems(formula("=A2&B2"))
    assert said.startswith(f"{PLACE} 第2行“标题”列：公式没有保存计算结果")


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_value_is_told(error: str) -> None:
    (said,) = problems(records_book((*ROW[:3], error)))
    assert said == f"{PLACE} 第2行“标题”列：单元格是错误值 {error}，请改成实际内容。"


def test_a_title_above_the_header_is_told() -> None:
    book = workbook({"记录": [("2025年记录汇总表",), HEADS, ROW]})
    assert refusal(book) == [f"{PLACE} 第2行：这一行才像是表头；请删除它上面的标题行，让表头成为第一行。"]
    assert "第2行：这一行才像是表头" in refusal(workbook({"Sheet1": [("汇总表",), HEADS, ROW]}))[0]


def test_a_second_header_is_told() -> None:
    book = records_book(("unit", "event", "occurred_on", "title"), ROW)
    assert problems(book) == [f"{PLACE} 第2行：这一行又是表头；表头只能有一行，请删除这一行。"]


def test_content_beyond_the_last_column_is_told() -> None:
    (said,) = problems(records_book((*ROW, None, "旁注")))
    assert said.startswith(f"{PLACE} 第2行：有 6 格，多于表头的 4 列")


def test_a_bad_row_is_told_with_sheet_row_and_column_and_nothing_is_kept(lite_store: Store) -> None:
    take_in(lite_store)
    tables = read(records_book(ROW, ("不存在的单位", "专委会工作会议", "某日", "会")))
    with pytest.raises(ImportRefusedError) as told:
        import_tables(lite_store, OPERATOR, tables, today=TODAY, now=NOW)
    assert [str(each) for each in told.value.problems] == [
        f"{PLACE} 第3行“单位”列：单位“不存在的单位”不存在，请填写单位编码或全称。",
        f"{PLACE} 第3行“日期”列：“某日”不是有效日期，请写成 2025-03-31 或 2025/3/31。",
    ]


def test_the_command_lines_path_may_be_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "城市.xlsx").write_bytes(records_book(ROW))
    assert [table.file for table in read_folder(tmp_path / "城市.xlsx")] == ["城市.xlsx 工作表“记录”"]


def test_how_far_reading_has_come_is_told() -> None:
    told: list[int] = []
    read_tables("x.xlsx", records_book(*[ROW] * 1200), None, told.append)
    assert told == [500, 1000]


def test_the_library_still_names_the_part_of_a_sheet() -> None:
    assert openpyxl.__version__ == "3.1.5", "see whether _archive and _worksheet_path are still there"
