"""Files as people send them, read into plain tables: encodings, empty files and files that are no CSV."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from core.domain.forms import FORMS, Form, form_for
from core.domain.texts import clean, shorten
from core.errors import ImportRefusedError, InputError, RowProblem

FILE_LIMIT = 50 * 1024 * 1024
csv.field_size_limit(FILE_LIMIT)
_OTHER_KINDS = {
    b"PK\x03\x04": "这是 Excel 工作簿（.xlsx）或压缩包，请在 Excel 或 WPS 中另存为“CSV UTF-8”后再导入。",
    b"\xd0\xcf\x11\xe0": "这是旧版 Excel 或 WPS 文件（.xls、.et），请另存为“CSV UTF-8”后再导入。",
    b"%PDF": "这是 PDF 文件，不是 CSV 表格。",
    b"\x89PNG": "这是图片，不是 CSV 表格。",
    b"\xff\xd8\xff": "这是图片，不是 CSV 表格。",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One file's header and rows; each row with its number as a person counts (the header is 1).

    Rows with more cells than the header are not among `rows` but among `problems`.
    """

    file: str
    form: Form
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[RowProblem, ...] = ()


def read_folder(path: Path, kind: str | None = None) -> list[Table]:
    """Read a CSV file, or the known files of a folder in the order in which they must be taken.

    Raises:
        InputError: nothing there that could be read.
        ImportRefusedError: a file that is no CSV or lacks its columns.
    """
    if not path.exists():
        raise InputError(f"找不到“{path}”，请检查路径。")
    paths = [path] if path.is_file() else [path / f"{each}.csv" for each in FORMS]
    found = [each for each in paths if each.is_file()]
    if not found:
        raise InputError(f"文件夹“{path}”中没有 {'、'.join(f'{each}.csv' for each in FORMS)}。")
    return _read_all(found, kind if path.is_file() else None)


def _read_all(paths: list[Path], kind: str | None) -> list[Table]:
    tables: list[Table] = []
    problems: list[RowProblem] = []
    for path in paths:
        try:
            tables.append(read_table(path.name, path.read_bytes(), kind))
        except ImportRefusedError as error:
            problems += error.problems
        except OSError as error:
            raise InputError(f"无法读取文件“{path}”，请检查权限，或先关闭打开它的程序。") from error
    if problems:
        raise ImportRefusedError(problems)
    return tables


def read_table(file: str, content: bytes, kind: str | None = None) -> Table:
    """Read one file; the kind comes from the caller, the file's name, or its header.

    Raises:
        ImportRefusedError: with every fault of the file's form.
    """
    lines = _lines(file, _decoded(file, content))
    if not lines:
        raise _refused(file, "文件是空的，没有可以导入的内容。")
    header = tuple(clean(name) for name in lines[0][1])
    form = _form(file, header, kind)
    _check_header(file, header, form)
    fitting = [(number, row) for number, row in lines[1:] if not _surplus(header, row)]
    surplus = [(number, row) for number, row in lines[1:] if _surplus(header, row)]
    return Table(
        file,
        form,
        header,
        tuple((number, tuple(row)) for number, row in fitting),
        tuple(_too_wide(file, number, row, header) for number, row in surplus),
    )


def _refused(file: str, reason: str, row: int = 0, column: str = "") -> ImportRefusedError:
    return ImportRefusedError([RowProblem(file, row, column, reason)])


def _decoded(file: str, content: bytes) -> str:
    if len(content) > FILE_LIMIT:
        raise _refused(file, f"文件超过 {FILE_LIMIT // 1024 // 1024} MB，请拆分后再导入。")
    other = next((said for magic, said in _OTHER_KINDS.items() if content.startswith(magic)), None)
    if other:
        raise _refused(file, other)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _refused(file, "这不是 CSV 文本文件，或编码不是 UTF-8、GB18030，请另存为“CSV UTF-8”后再导入。")


def _lines(file: str, text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, numbered as a spreadsheet numbers them."""
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(line)  # noqa: PERF402 - what was read so far tells where reading failed
    except csv.Error as error:
        reason = "CSV 格式有误：引号没有成对，或一格内容过长，请检查这一行后再导入。"
        raise _refused(file, reason, len(lines) + 1) from error
    return [(number, line) for number, line in enumerate(lines, 1) if any(each.strip() for each in line)]


def _form(file: str, header: tuple[str, ...], kind: str | None) -> Form:
    stem = Path(file).stem.lower()
    form = FORMS.get(kind or stem) or form_for(list(header))
    if kind and kind not in FORMS:
        raise InputError(f"导入类别“{shorten(kind)}”不存在，可用：{'、'.join(FORMS)}。")
    if form is None:
        raise _refused(file, "看不出这是哪一类表：表头应为导入格式规定的列名。", 1)
    return form


def _check_header(file: str, header: tuple[str, ...], form: Form) -> None:
    problems = [RowProblem(file, 1, name, reason) for name, reason in _header_faults(header, form)]
    if problems:
        raise ImportRefusedError(problems)


def _header_faults(header: tuple[str, ...], form: Form) -> list[tuple[str, str]]:
    found = [(name, form.find(name)) for name in header]
    known = "、".join(column.label for column in form.columns)
    faults = [
        (shorten(name) or "（空列名）", f"不认识这一列；{form.label}表可用的列：{known}。")
        for name, column in found
        if column is None
    ]
    names = [column.name for _, column in found if column]
    faults += [(name, "这一列出现了两次。") for name in sorted(set(names)) if names.count(name) > 1]
    lacking = [column for column in form.columns if column.needed and column.name not in names]
    return faults + [(f"{column.label}", f"缺少这一列（{column.name}）。") for column in lacking]


def _surplus(header: tuple[str, ...], row: list[str]) -> bool:
    """Tell whether something stands beyond the last column."""
    return any(text.strip() for text in row[len(header) :])


def _too_wide(file: str, number: int, row: list[str], header: tuple[str, ...]) -> RowProblem:
    reason = f"有 {len(row)} 格，多于表头的 {len(header)} 列，请检查逗号和引号。"
    return RowProblem(file, number, "", reason)
