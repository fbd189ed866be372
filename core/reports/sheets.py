"""Workbooks (.xlsx) out: numbers as numbers, dates as dates, text as text whatever it starts with."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice
from typing import Any

import xlsxwriter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767
_NAME_LIMIT, _NARROWEST, _WIDEST, _SAMPLED = 31, 9, 60, 200
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FONT = {"font_name": "微软雅黑", "font_size": 10.5, "valign": "top"}
_HEAD = {**_FONT, "bold": True, "bg_color": "#EAF0F7", "font_color": "#1B2B3C", "border": 1}
_DAY, _MOMENT, _PERCENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.0%"


@dataclass(frozen=True, slots=True)
class Percent:
    """A rate, 0.874 for 87.4 %; None where there is none."""

    rate: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its heads, its rows; `marks` say what is wrong with the cell (row, column) from 0.

    A mark's row counts the rows below the head; a column of -1 marks the whole row.
    """

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Book:
    """A workbook in the making, with the styles that all its sheets share."""

    def __init__(self, out: io.BytesIO) -> None:
        # Rows go out as they come: a hundred thousand of them would take 300 MB otherwise.
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book: Any = xlsxwriter.Workbook(out, options)
        self._styles: dict[tuple[str, bool], Any] = {}
        self._names: set[str] = set()
        self.head = self.book.add_format(_HEAD)
        self.needed_head = self.book.add_format({**_HEAD, "bg_color": "#FFE7B0"})

    def add_sheet(self, name: str) -> Any:
        """Begin a sheet whose name every program takes."""
        return self.book.add_worksheet(self._free_name(name))

    def style(self, form: str = "", *, wrong: bool = False, prefix: bool = False) -> Any:
        """The look of a cell: its number format, red where it is wrong, marked as text where it is risky."""
        key = (f"{form}{'!' if prefix else ''}", wrong)
        if key not in self._styles:
            look: dict[str, object] = dict(_FONT)
            look |= {"num_format": form} if form else {"text_wrap": True}
            look |= {"bg_color": "#F9D9CC", "font_color": "#8A2E10", "border": 1} if wrong else {}
            look |= {"quote_prefix": True} if prefix else {}
            self._styles[key] = self.book.add_format(look)
        return self._styles[key]

    def put(self, sheet: Any, row: int, column: int, value: object, *, wrong: bool = False) -> None:
        """Write one cell as what it is."""
        if isinstance(value, Percent):
            form, value = _PERCENT, "—" if value.rate is None else value.rate
        else:
            form = "General"
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(wrong=wrong))
        elif isinstance(value, bool):
            sheet.write_string(row, column, "是" if value else "否", self.style(wrong=wrong))
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.style(form, wrong=wrong))
        elif isinstance(value, date):
            form = _MOMENT if isinstance(value, datetime) else _DAY
            sheet.write_datetime(row, column, _whole(value), self.style(form, wrong=wrong))
        else:
            text = _fitting(str(value))
            style = self.style(wrong=wrong, prefix=text.startswith(_RISKY))
            sheet.write_string(row, column, text, style)

    def _free_name(self, name: str) -> str:
        plain = _FORBIDDEN.sub(" ", name).strip("' ")[:_NAME_LIMIT] or "表"
        free, count = plain, 1
        while free.lower() in self._names:
            count += 1
            free = f"{plain[: _NAME_LIMIT - len(str(count)) - 1]}-{count}"
        self._names.add(free.lower())
        return free


@contextmanager
def written() -> Iterator[tuple[Book, io.BytesIO]]:
    """A book to fill; the buffer holds the file once the block has ended."""
    out = io.BytesIO()
    book = Book(out)
    yield book, out
    book.book.close()


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """Write sheets with a frozen head and a filter, columns as wide as what stands in them."""
    with written() as (book, out):
        for each in sheets:
            add_table(book, each)
    return out.getvalue()


def add_table(book: Book, table: Sheet) -> Any:
    """Write one table into a book."""
    sheet = book.add_sheet(table.name)
    rows = iter(table.rows)
    sampled = list(islice(rows, _SAMPLED))
    _set_widths(sheet, table.heads, sampled)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 22)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, book.head)
    last = 0
    for last, row in enumerate(chain(sampled, rows), 1):
        _add_row(book, sheet, last, row, table.marks)
    if table.heads and last:
        sheet.autofilter(0, 0, last, len(table.heads) - 1)
    return sheet


def width_of(text: str) -> int:
    """How many columns a text takes: two for a Chinese character."""
    longest = max(text.split("\n"), key=len)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in longest)


def _add_row(
    book: Book, sheet: Any, number: int, row: Sequence[object], marks: Mapping[tuple[int, int], str]
) -> None:
    whole = marks.get((number - 1, -1), "")
    for column, value in enumerate(row):
        reason = marks.get((number - 1, column), "")
        book.put(sheet, number, column, value, wrong=bool(reason or whole))
        said = reason or (whole if column == 0 else "")
        if said:
            sheet.write_comment(number, column, said, {"x_scale": 2, "author": "安责看板"})


def _set_widths(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for column, head in enumerate(heads):
        texts = [head, *(_shown(row[column]) for row in rows if column < len(row))]
        widest = max(width_of(text) for text in texts) + 2
        sheet.set_column(column, column, min(max(widest, _NARROWEST), _WIDEST))


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None or isinstance(value, Percent) else str(value)


def _whole(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _fitting(text: str) -> str:
    """A cell takes so many characters and no more."""
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"
