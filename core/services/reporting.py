"""Tables to take away: what a screen shows, as CSV or as a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.config import local_moment
from core.domain.boards import Matrix
from core.domain.cells import Cell, percent
from core.domain.differences import FIELDS, Vocabulary, shown
from core.domain.records import Record
from core.domain.sentences import mark_of
from core.reports.sheets import Percent, Sheet, workbook_of
from core.services.exporting import csv_text, guarded
from core.services.journalling import Line

BOM = "\ufeff"
"""Put before what a person opens in Excel or WPS, which otherwise take UTF-8 for GBK."""
safe = guarded
"""Keep a spreadsheet from taking text for a formula."""
JOURNAL_HEADS = (*("编号", "时间", "人员", "地址", "操作", "对象", "结果", "原因", "变更前后", "摘要"),)


@dataclass(frozen=True, slots=True)
class Taken:
    """A table to take away: its name, its heads, and lines of plain values, numbers and days among them."""

    name: str
    heads: Sequence[str]
    lines: Sequence[Sequence[object]]


def csv_of(table: Taken) -> str:
    """Write a table as CSV for a spreadsheet, text safe from being taken for a formula."""
    return BOM + csv_text(table.heads, (map(_for_csv, line) for line in table.lines))


def workbook_from(tables: Iterable[Taken]) -> bytes:
    """Write tables as the sheets of a workbook."""
    return workbook_of(Sheet(table.name, table.heads, table.lines) for table in tables)


def board_table(matrix: Matrix, name: str = "看板") -> Taken:
    """A board: a line a unit, a status and figure a cell, the rates at the end."""
    heads = ["单位", *(column.head for column in matrix.columns), "应完成", "已完成", "完成率", "及时率"]
    lines = [
        [
            row.name,
            *(f"{cell.status.label} {mark_of(cell)}" if cell else "" for cell in row.cells),
            row.rates.settled,
            row.rates.fulfilled,
            Percent(row.rates.completion),
            Percent(row.rates.punctuality),
        ]
        for row in matrix.rows
    ]
    return Taken(name, heads, lines)


def cells_table(cells: Sequence[Cell], name: str = "全年") -> Taken:
    """Cells, a line a cell."""
    heads = ("单位", "事项", "条款", "周期", "要求", "完成", "状态", "剩余天数", "完成日期")
    lines = [
        (
            *(each.unit.name, each.obligation.title, each.obligation.clause, each.period.label),
            *(each.required, each.done, each.status.label, each.days_left, each.completed_on),
        )
        for each in cells
    ]
    return Taken(name, heads, lines)


def records_table(
    records: Sequence[Record], names: Vocabulary, people: Mapping[str, str], grace_days: int
) -> Taken:
    """Records, with names instead of codes."""
    heads = [label for _, label in FIELDS] + ["录入日期", "录入人", "补录"]
    lines = [
        [
            *(_field(record, name, names) for name, _ in FIELDS),
            record.entered_on,
            people.get(record.entered_by, record.entered_by),
            "补录" if record.backfilled(grace_days) else "",
        ]
        for record in records
    ]
    return Taken("台账", heads, lines)


def journal_table(lines: Iterable[Line]) -> Taken:
    """The journal, moments in local time."""
    rows = [
        (
            *(each.change_id, local_moment(each.at), each.person, each.address, each.action, each.subject),
            *("成功" if each.succeeded else "未成功", each.reason, each.content, each.digest),
        )
        for each in lines
    ]
    return Taken("变更日志", JOURNAL_HEADS, rows)


def _field(record: Record, name: str, names: Vocabulary) -> object:
    """A day or a number as it is, everything else as people read it."""
    value = getattr(record, name)
    plain = isinstance(value, date | int) and not isinstance(value, bool)
    return value if plain else shown(record, name, names)


def _for_csv(value: object) -> object:
    if isinstance(value, Percent):
        return percent(value.rate)
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else guarded(value)
