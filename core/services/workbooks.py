"""Workbooks (.xlsx) read into tables, sheet by sheet; whatever could be read wrongly is said instead."""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel

from core.domain.columns import places_of_days
from core.domain.forms import FORMS
from core.errors import ImportRefusedError, InputError, RowProblem
from core.services.sheet_scan import SheetFacts, scan, uncomputed_cells
from core.services.table_forms import Line, Table, kind_named, refused, table_of

ROW_LIMIT = 100_000
COLUMN_LIMIT = 256
PART_LIMIT = 64 * 1024 * 1024
EXPLANATION, CHOICES, FAULTS = "填写说明", "选项", "错误清单"
"""Sheets of our own templates and marked workbooks that hold no data."""
_OURS = frozenset({EXPLANATION, CHOICES, FAULTS})
_TELL_EVERY = 500
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""1954 to 2119: a plain number within stands for a day where a day is wanted."""
_BROKEN = "工作簿不完整、已损坏或含有不允许的内容，请用 Excel 或 WPS 打开并重新保存后再导入。"
_SHEET_NAMES = "、".join(form.label for form in FORMS.values())


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One worksheet as the library gives it, with what its raw XML says."""

    place: str
    sheet: Any
    facts: SheetFacts

    @property
    def title(self) -> str:
        return unicodedata.normalize("NFKC", str(self.sheet.title)).strip()


def read_workbook(
    file: str, content: bytes, kind: str | None = None, tell: Callable[[int], None] | None = None
) -> list[Table]:
    """Read the sheets that are named by kind, or the one sheet there is.

    `tell` is told now and then how many rows have been read.

    Raises:
        ImportRefusedError: a workbook that cannot be read, or sheets that are no tables of the import form.
    """
    try:
        _check_parts(file, content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return _tables(file, _sheets(file, book), kind, tell or (lambda _rows: None))
        finally:
            book.close()
    except (ImportRefusedError, InputError):
        raise
    except Exception as error:  # a hostile file can make the library raise almost anything
        raise refused(file, _BROKEN) from error


def _check_parts(file: str, content: bytes) -> None:
    """What the library takes into memory whole must be small; sheets are read as they come."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.file_size > PART_LIMIT and not part.filename.startswith(("xl/worksheets/", "xl/media/")):
                raise refused(file, "工作簿中的文字过多，已拒绝打开，请拆分后再导入。")


def _sheets(file: str, book: Any) -> list[_Sheet]:
    found = []
    for sheet in book.worksheets:
        with book._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - the library hides the part's name; a test watches
            facts = scan(source)
        found.append(_Sheet(f"{file} 工作表“{sheet.title}”", sheet, facts))
    return [each for each in found if each.title not in _OURS and each.facts.last_row]


def _tables(
    file: str, sheets: Sequence[_Sheet], kind: str | None, tell: Callable[[int], None]
) -> list[Table]:
    chosen = _chosen(file, sheets, kind)
    names = [Path(file).stem] if len(chosen) == 1 else []
    tables: list[Table] = []
    problems: list[RowProblem] = []
    read = 0
    for each in chosen:
        try:
            tables.append(_table(each, kind, names, partial(_add, tell, read)))
            read += len(tables[-1].rows)
        except ImportRefusedError as error:
            problems += error.problems
    if problems:
        raise ImportRefusedError(problems)
    order = list(FORMS)
    return sorted(tables, key=lambda table: order.index(table.form.kind))


def _add(tell: Callable[[int], None], before: int, rows: int) -> None:
    tell(before + rows)


def _chosen(file: str, sheets: Sequence[_Sheet], kind: str | None) -> Sequence[_Sheet]:
    """The sheets to read; hidden ones and ones that nothing names are not passed over in silence."""
    shown = [each for each in sheets if each.sheet.sheet_state == "visible"]
    hidden = [each for each in sheets if each not in shown and kind_named(each.title)]
    if hidden:
        raise ImportRefusedError(
            [
                RowProblem(each.place, 0, "", "工作表是隐藏的；请取消隐藏，或删除它后再导入。")
                for each in hidden
            ]
        )
    if not shown:
        raise refused(file, "工作簿是空的，没有可以导入的内容。")
    if len(shown) == 1:
        return shown
    if kind and any(kind_named(each.title) == kind for each in shown):
        return [each for each in shown if kind_named(each.title) == kind]
    unknown = [each for each in shown if not kind_named(each.title)]
    if unknown:
        reason = f"看不出这个工作表是哪一类表；请改名为{_SHEET_NAMES}之一，或删除它。"
        raise ImportRefusedError([RowProblem(each.place, 0, "", reason) for each in unknown])
    return shown


def _table(each: _Sheet, kind: str | None, names: Sequence[str], tell: Callable[[int], None]) -> Table:
    _check_extent(each)
    own = kind_named(each.title)
    lines = list(_lines(each, tell))
    known = [*_error_cells(each.place, lines), *_uncomputed(each, lines), *_merged(each, lines)]
    table = table_of(each.place, lines, own or kind, names, known)
    return replace(_with_days(table, each.sheet.parent.epoch), sheet=str(each.sheet.title))


def _check_extent(each: _Sheet) -> None:
    if each.facts.far_cell:
        reason = f"单元格 {each.facts.far_cell} 还有内容，超出了可读的范围（最多 {COLUMN_LIMIT} 列）。"
        raise refused(each.place, reason)


def _lines(each: _Sheet, tell: Callable[[int], None]) -> Iterator[Line]:
    """The rows that hold something, as texts."""
    each.sheet.reset_dimensions()
    count = 0
    rows = each.sheet.iter_rows(max_row=each.facts.last_row, max_col=COLUMN_LIMIT, values_only=True)
    for number, values in enumerate(rows, 1):
        cells = tuple(map(_text, _filled(values)))
        if not any(text and not text.isspace() for text in cells):
            continue
        count += 1
        if count > ROW_LIMIT:
            raise refused(each.place, f"超过 {ROW_LIMIT} 行，请拆分后再导入。")
        if count % _TELL_EVERY == 0:
            tell(count)
        yield number, cells


def _filled(values: Sequence[Any]) -> Sequence[Any]:
    """A row without the empty cells at its end."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return values[:end]


def _text(value: Any) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _with_days(table: Table, epoch: Any) -> Table:
    """Numbers that stand for days, and days with a time of day, as plain days where days are wanted."""
    places = places_of_days(table.form, table.header)

    def line(number: int, cells: tuple[str, ...]) -> Line:
        return number, tuple(
            _day(text, epoch) if place in places else text for place, text in enumerate(cells)
        )

    return replace(table, rows=tuple(line(*each) for each in table.rows))


def _day(text: str, epoch: Any) -> str:
    if text.isdecimal() and text.isascii() and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return str(from_excel(int(text), epoch).date().isoformat())
    return text


def _error_cells(place: str, lines: Sequence[Line]) -> Iterator[RowProblem]:
    for number, cells in lines[1:]:
        for column, text in enumerate(cells):
            if text in _ERRORS:
                reason = f"单元格是错误值 {text}，请改成实际内容。"
                yield RowProblem(place, number, _label(lines, column), reason)


def _uncomputed(each: _Sheet, lines: Sequence[Line]) -> Iterable[RowProblem]:
    if not each.facts.has_formulas:
        return []
    with each.sheet.parent._archive.open(each.sheet._worksheet_path) as source:  # noqa: SLF001 - as above
        found = list(uncomputed_cells(source))
    reason = "公式没有保存计算结果；请用 Excel 或 WPS 打开并保存一次，或改为直接填写数值。"
    return [
        RowProblem(each.place, row, _label(lines, column_index_from_string(letters) - 1), reason)
        for row, letters in found
    ]


def _merged(each: _Sheet, lines: Sequence[Line]) -> Iterator[RowProblem]:
    """Merged ranges that hold something: only the first cell has it, the others would count as empty."""
    filled = dict(lines)
    for top, left, bottom, right in sorted(each.facts.merged):
        column = column_index_from_string(left) - 1
        cells = filled.get(top, ())
        if column < len(cells) and cells[column].strip():
            reason = f"{left}{top}:{right}{bottom} 是合并单元格，请取消合并，逐格填写。"
            yield RowProblem(each.place, top, _label(lines, column), reason)


def _label(lines: Sequence[Line], column: int) -> str:
    """A column's heading, or its letters where it has none."""
    header = lines[0][1] if lines else ()
    said = header[column].strip() if column < len(header) else ""
    return said or get_column_letter(column + 1)
