"""Workbooks as offices send them, made with openpyxl, good and bad."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msoffcrypto
import xlwt
from openpyxl import Workbook, load_workbook

HEADS = ("单位", "事项", "日期", "标题")
ROW = ("危险化学品专委会", "专委会工作会议", date(2025, 3, 12), "第一季度工作会议")


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]], change: Callable[[Any], None] = lambda _book: None
) -> bytes:
    """A workbook of these sheets; `change` may do to it what people do."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def records_book(
    *rows: Sequence[object], heads: Sequence[str] = HEADS, change: Callable[[Any], None] = lambda _book: None
) -> bytes:
    """A workbook with one sheet of records."""
    return workbook({"记录": [heads, *rows]}, change)


def rewritten(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(content: bytes, old: str, fresh: str) -> bytes:
    """A workbook whose first sheet's XML says something else."""

    def change(data: bytes) -> bytes:
        text = data.decode()
        assert re.search(old, text), text[:500]
        return re.sub(old, fresh, text).encode()

    return rewritten(content, SHEET, change)


def locked(content: bytes) -> bytes:
    """The workbook with a password."""
    out = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(content)).encrypt("secret", out)
    return out.getvalue()


def old_workbook() -> bytes:
    """A real .xls."""
    book = xlwt.Workbook()
    book.add_sheet("记录").write(0, 0, "单位")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(content: bytes, sheet: str) -> list[list[Any]]:
    """The values of a sheet."""
    return [list(row) for row in load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)]
