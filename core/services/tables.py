"""Files as people send them, read into plain tables: CSV and .xlsx, and a sentence for everything else."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from core.domain.contents import FileType, type_of
from core.domain.forms import FORMS
from core.errors import ImportRefusedError, InputError, RowProblem
from core.services.exporting import unguarded
from core.services.table_forms import Table, check_kind, refused, table_of
from core.services.workbooks import read_workbook

__all__ = ["FILE_LIMIT", "Progress", "Table", "read_files", "read_folder", "read_table", "read_tables"]

FILE_LIMIT = 50 * 1024 * 1024
csv.field_size_limit(FILE_LIMIT)
_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
_OTHERS: Mapping[FileType, str] = {
    FileType.OLD_OFFICE: f"这是旧版 Excel 或 WPS 文件（.xls、.et），{_SAVE_AS_XLSX}",
    FileType.BINARY_WORKBOOK: f"这是二进制工作簿（.xlsb），{_SAVE_AS_XLSX}",
    FileType.OPEN_DOCUMENT: f"这是 OpenDocument 文件（.ods），{_SAVE_AS_XLSX}",
    FileType.MACROS: f"工作簿含有宏（.xlsm），{_SAVE_AS_XLSX}",
    FileType.LOCKED: "文件设有打开密码，请先在 Excel 或 WPS 中取消密码，保存后再导入。",
    FileType.BROKEN_ZIP: "Excel 工作簿（.xlsx）不完整或已损坏，请重新保存或重新传输后再导入。",
    FileType.BOMB: "文件解压后过大，已拒绝打开。",
    FileType.HTML: f"这是网页，不是表格（有的系统把网页当作 Excel 导出），{_SAVE_AS_XLSX}",
    FileType.DOCX: "这是 Word 文档，不是表格。",
    FileType.PDF: "这是 PDF 文件，不是表格。",
    **dict.fromkeys((FileType.ZIP, FileType.RAR), "这是压缩包，请解压后导入其中的表格。"),
    **dict.fromkeys(
        (FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.HEIC, FileType.GIF), "这是图片，不是表格。"
    ),
}
_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")
_NO_WORKBOOK = f"文件已损坏，或扩展名被改过，不是表格，{_SAVE_AS_XLSX}"
_NO_CSV = "这不是 CSV 文本文件，或编码不是 UTF-8、GB18030，请另存为“CSV UTF-8”后再导入。"
Progress = Callable[[int], None]
"""Told, now and then, how many rows have been read."""


def read_folder(path: Path, kind: str | None = None) -> list[Table]:
    """Read a CSV file, a workbook, or the known CSV files of a folder in the order they must be taken.

    Raises:
        InputError: nothing there that could be read.
        ImportRefusedError: a file that is no table or lacks its columns.
    """
    if not path.exists():
        raise InputError(f"找不到“{path}”，请检查路径。")
    paths = [path] if path.is_file() else [path / f"{each}.csv" for each in FORMS]
    found = [each for each in paths if each.is_file()]
    if not found:
        raise InputError(f"文件夹“{path}”中没有 {'、'.join(f'{each}.csv' for each in FORMS)}。")
    return _read_all(found, kind if path.is_file() else None)


def read_files(
    files: Mapping[str, bytes], kind: str | None = None, tell: Progress | None = None
) -> list[Table]:
    """Read several files by name, in the order in which their kinds must be taken.

    Raises:
        ImportRefusedError: every file's faults of form.
    """
    tables: list[Table] = []
    problems: list[RowProblem] = []
    for name, content in files.items():
        try:
            tables += read_tables(name, content, kind, tell)
        except ImportRefusedError as error:
            problems += error.problems
    if problems:
        raise ImportRefusedError(problems)
    order = list(FORMS)
    return sorted(tables, key=lambda table: order.index(table.form.kind))


def read_tables(
    file: str, content: bytes, kind: str | None = None, tell: Progress | None = None
) -> list[Table]:
    """Read one file: a workbook's sheets, or the one table of a CSV file.

    Raises:
        ImportRefusedError: with every fault of the file's form.
    """
    check_kind(kind)
    _check_size(file, content)
    if type_of(content) == FileType.XLSX:
        return read_workbook(file, content, kind, tell)
    return [read_table(file, content, kind)]


def read_table(file: str, content: bytes, kind: str | None = None) -> Table:
    """Read one CSV file; the kind comes from the caller, the file's name, or its header.

    Raises:
        ImportRefusedError: with every fault of the file's form.
    """
    return table_of(file, _lines(file, _decoded(file, content)), kind, [Path(file).stem])


def _read_all(paths: list[Path], kind: str | None) -> list[Table]:
    contents: dict[str, bytes] = {}
    for path in paths:
        try:
            contents[path.name] = path.read_bytes()
        except OSError as error:
            raise InputError(f"无法读取文件“{path}”，请检查权限，或先关闭打开它的程序。") from error
    return read_files(contents, kind)


def _check_size(file: str, content: bytes) -> None:
    if len(content) > FILE_LIMIT:
        raise refused(file, f"文件超过 {FILE_LIMIT // 1024 // 1024} MB，请拆分后再导入。")


def _decoded(file: str, content: bytes) -> str:
    _check_size(file, content)
    other = type_of(content)
    if other is not None:
        raise refused(file, _OTHERS.get(other, f"这是{other.label}，不是 CSV 表格。"))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    workbook = Path(file).suffix.lower() in _WORKBOOK_ENDINGS
    raise refused(file, _NO_WORKBOOK if workbook else _NO_CSV)


def _lines(file: str, text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The lines that hold something, numbered as a spreadsheet numbers them."""
    lines: list[tuple[str, ...]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(tuple(map(unguarded, line)))  # noqa: PERF401 - what was read so far tells where reading failed
    except csv.Error as error:
        reason = "CSV 格式有误：引号没有成对，或一格内容过长，请检查这一行后再导入。"
        raise refused(file, reason, len(lines) + 1) from error
    return [(number, line) for number, line in enumerate(lines, 1) if any(each.strip() for each in line)]
