"""Tables to take away: what a screen shows, as CSV."""

from collections.abc import Mapping, Sequence

from core.domain.boards import Matrix
from core.domain.cells import Cell, percent
from core.domain.differences import FIELDS, Vocabulary, shown
from core.domain.records import Record
from core.domain.sentences import mark_of
from core.services.exporting import csv_text

BOM = "\ufeff"
"""Put before what a person opens in Excel or WPS, which otherwise take UTF-8 for GBK."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def board_csv(matrix: Matrix) -> str:
    """A board as CSV for a spreadsheet: a line a unit, a status and figure a cell, the rates at the end."""
    header = ["单位", *(column.head for column in matrix.columns), "应完成", "已完成", "完成率", "及时率"]
    lines = [
        [
            row.name,
            *(f"{cell.status.label} {mark_of(cell)}" if cell else "" for cell in row.cells),
            row.rates.settled,
            row.rates.fulfilled,
            percent(row.rates.completion),
            percent(row.rates.punctuality),
        ]
        for row in matrix.rows
    ]
    return BOM + csv_text(header, (map(safe, line) for line in lines))


def cells_csv(cells: Sequence[Cell]) -> str:
    """Cells as CSV for a spreadsheet, a line a cell."""
    header = ("单位", "事项", "条款", "周期", "要求", "完成", "状态", "剩余天数", "完成日期")
    lines = (
        (
            *(each.unit.name, each.obligation.title, each.obligation.clause, each.period.label),
            *(each.required, each.done, each.status.label, each.days_left, each.completed_on),
        )
        for each in cells
    )
    return BOM + csv_text(header, (map(safe, line) for line in lines))


def records_csv(
    records: Sequence[Record], names: Vocabulary, people: Mapping[str, str], grace_days: int
) -> str:
    """Records as CSV for a spreadsheet, with names instead of codes."""
    header = [label for _, label in FIELDS] + ["录入日期", "录入人", "补录"]
    lines = (
        [
            *(shown(record, name, names) for name, _ in FIELDS),
            record.entered_on,
            people.get(record.entered_by, record.entered_by),
            "补录" if record.backfilled(grace_days) else "",
        ]
        for record in records
    )
    return BOM + csv_text(header, (map(safe, line) for line in lines))


def safe(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value
