"""Files as people send them: encodings, headers, and what is no table at all."""

from pathlib import Path

import pytest

from core.errors import ImportRefusedError, InputError
from core.services import tables
from core.services.tables import Table, read_folder, read_table
from tests.city_examples import LEADERS, RECORDS, UNITS, ZONES

CHINESE = "单位,事项,日期,标题\nC1,专委会工作会议,2025-03-12,第一季度工作会议\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
XLSX = b"PK\x03\x04\x14\x00\x06\x00\x08\x00"
XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = "<!DOCTYPE html><html><body>请先登录</body></html>"


def refusal(file: str, content: bytes, kind: str | None = None) -> list[str]:
    with pytest.raises(ImportRefusedError) as told:
        read_table(file, content, kind)
    return [str(problem) for problem in told.value.problems]


def read(content: bytes, file: str = "records.csv") -> Table:
    return read_table(file, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_chinese_is_read_in_every_encoding_that_offices_use(encoding: str) -> None:
    table = read(CHINESE.encode(encoding))
    assert table.header == ("单位", "事项", "日期", "标题")
    assert table.rows == ((2, ("C1", "专委会工作会议", "2025-03-12", "第一季度工作会议")),)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(line_end: str) -> None:
    assert read(CHINESE.replace("\n", line_end).encode()).rows == read(CHINESE.encode()).rows


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    text = '单位,事项,日期,标题\n\nC1,专委会工作会议,2025-03-12,"两行\n标题"\n,,,\nC1,x,2025-03-13,x\n'
    assert [number for number, _ in read(text.encode()).rows] == [3, 5]


def test_quotes_keep_commas_and_line_ends_within_a_cell() -> None:
    text = '单位,事项,日期,标题\nC1,committee_meeting,2025-03-12,"甲，乙, ""丙""\n丁"\n'
    assert read(text.encode()).rows[0][1][3] == '甲，乙, "丙"\n丁'


@pytest.mark.parametrize(
    ("file", "content", "kind"),
    [
        ("记录 第一季度.csv", RECORDS, "records"),
        ("导出 (1).csv", UNITS, "units"),
        ("x.csv", LEADERS, "leaders"),
        ("Z.CSV", ZONES, "zones"),
        ("LEADERS.CSV", LEADERS, "leaders"),
    ],
)
def test_the_kind_is_told_from_the_name_or_else_from_the_header(file: str, content: str, kind: str) -> None:
    assert read_table(file, content.encode()).form.kind == kind


def test_the_callers_word_on_the_kind_counts_more_than_the_name() -> None:
    assert read_table("records.csv", UNITS.encode(), "units").form.kind == "units"
    with pytest.raises(InputError, match="导入类别“nonsense”不存在"):
        read_table("records.csv", RECORDS.encode(), "nonsense")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n", b",,,\n , \n"])
def test_an_empty_file_is_told_so(content: bytes) -> None:
    assert refusal("records.csv", content) == ["records.csv：文件是空的，没有可以导入的内容。"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PNG, "这是图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "这是图片"),
        (XLSX, "Excel 工作簿（.xlsx）"),
        (XLS, "旧版 Excel"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (HTML.encode(), "这是网页"),
        (CHINESE.encode("utf-16"), "编码不是 UTF-8、GB18030"),
        (CHINESE.encode("utf-16-le"), "编码不是 UTF-8、GB18030"),
        (bytes(range(256)) * 20, "编码不是 UTF-8、GB18030"),
        (b"\x00" * 1000, "编码不是 UTF-8、GB18030"),
    ],
)
def test_a_file_that_is_no_csv_is_called_what_it_is(content: bytes, said: str) -> None:
    (line,) = refusal("records.csv", content)
    assert line.startswith("records.csv：")
    assert said in line


@pytest.mark.parametrize("content", ["今天的会议改到下午三点。\n请各单位周知。\n", "{'a': 1}"])
def test_another_text_is_recognised_as_none_of_the_tables(content: str) -> None:
    assert refusal("x.csv", content.encode()) == [
        "x.csv 第1行：看不出这是哪一类表：表头应为导入格式规定的列名。"
    ]
    assert any("不认识这一列" in line for line in refusal("records.csv", content.encode()))


def test_every_column_that_is_unknown_missing_or_doubled_is_named() -> None:
    said = refusal("records.csv", "单位,unit,日期,时间,,标题\n".encode())
    assert [line.split("：")[0] for line in said] == [
        "records.csv 第1行“时间”列",
        "records.csv 第1行“（空列名）”列",
        "records.csv 第1行“unit”列",
        "records.csv 第1行“事项”列",
    ]
    assert [line.split("：")[1] for line in said[:2]] == ["不认识这一列；记录表可用的列"] * 2
    assert said[2].endswith("这一列出现了两次。")
    assert said[3].endswith("缺少这一列（event）。")


def test_a_header_of_100000_characters_is_shortened_in_what_is_said() -> None:
    said = refusal("records.csv", f"单位,事项,日期,{'长' * 100_000}\n".encode())
    assert max(len(line) for line in said) < 300


def test_english_and_chinese_names_may_stand_side_by_side_in_any_order() -> None:
    table = read("日期,title, event ,单位\n2025-03-12,x,committee_meeting,C1\n".encode())
    assert table.header == ("日期", "title", "event", "单位")


def test_cells_beyond_the_last_column_are_a_problem_of_their_row_unless_empty() -> None:
    table = read(b"unit,event,occurred_on\nC1,committee_meeting,2025-03-12,,\nC1,x,y,z\n")
    assert [number for number, _ in table.rows] == [2]
    assert [str(each) for each in table.problems] == [
        "records.csv 第3行：有 4 格，多于表头的 3 列，请检查逗号和引号。"
    ]


def test_a_quote_that_is_not_closed_is_told_with_its_row() -> None:
    said = refusal(
        "records.csv", '单位,事项,日期,标题\nC1,x,2025-03-12,好\nC1,x,2025-03-12,"没有完\n'.encode()
    )
    assert len(said) == 1
    assert said[0].startswith("records.csv 第3行：CSV 格式有误：引号没有成对")


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FILE_LIMIT", 10 * 1024 * 1024)
    said = refusal("records.csv", b"x" * (10 * 1024 * 1024 + 1))
    assert said == ["records.csv：文件超过 10 MB，请拆分后再导入。"]


def test_a_folder_gives_its_known_files_in_the_order_in_which_they_build_on_each_other(
    tmp_path: Path,
) -> None:
    for name, text in {"records": RECORDS, "zones": ZONES, "units": UNITS, "leaders": LEADERS}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "records_entered.csv").write_text("row\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("别的", encoding="utf-8")
    assert [table.file for table in read_folder(tmp_path)] == [
        "units.csv", "leaders.csv", "zones.csv", "records.csv",
    ]  # fmt: skip


def test_every_file_of_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(PNG)
    (tmp_path / "leaders.csv").write_text(LEADERS, encoding="utf-8")
    (tmp_path / "records.csv").write_bytes(b"")
    with pytest.raises(ImportRefusedError) as told:
        read_folder(tmp_path)
    assert [problem.file for problem in told.value.problems] == ["units.csv", "records.csv"]


def test_a_path_that_is_not_there_and_a_folder_without_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"没有 units\.csv、leaders\.csv、zones\.csv、records\.csv"):
        read_folder(tmp_path)


@pytest.mark.parametrize("file", ["记录.xlsx", "记录.XLS", "记录.et", "records.ods"])
def test_a_damaged_workbook_is_told_as_a_workbook_and_not_as_csv(file: str) -> None:
    told = refusal(file, b"\xff\x00\x81\xfe" * 64)
    assert told[0].startswith(f"{file}：文件已损坏，或扩展名被改过，不是表格")
    assert "另存为“Excel 工作簿（.xlsx）”" in told[0]
