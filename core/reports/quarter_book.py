"""A quarter as a workbook: boards in the colours of their statuses, charts of Excel's own, and the lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.reports.sheets import Book, Percent, Sheet, add_table, written

_CHART_ROWS = 18


@dataclass(frozen=True, slots=True)
class RateLine:
    """A unit, or a kind of units, with its counts and rates."""

    name: str
    settled: int
    fulfilled: int
    completion: float | None
    on_time: int
    punctuality: float | None


@dataclass(frozen=True, slots=True)
class Tint:
    """The colours of a status; `label` is what its cells begin with."""

    label: str
    fill: str
    text: str


@dataclass(frozen=True, slots=True)
class QuarterBook:
    """What the workbook holds: rates by kind, boards by name, lists by name."""

    title: str
    rates: Sequence[RateLine]
    by_kind: Mapping[str, Sequence[RateLine]]
    boards: Sequence[Sheet]
    lists: Sequence[Sheet]
    tints: Sequence[Tint]


_HEADS = ("名称", "应完成", "已完成", "完成率", "按期完成", "及时率")


def quarter_book(wanted: QuarterBook) -> bytes:
    """Write the workbook."""
    with written() as (book, out):
        _add_rates(book, "总体情况", wanted.rates)
        for kind, lines in wanted.by_kind.items():
            _add_rates(book, f"{kind}完成率", lines)
        for board in wanted.boards:
            _add_board(book, board, wanted.tints)
        for each in wanted.lists:
            _to_print(add_table(book, each))
    return out.getvalue()


def _to_print(sheet: Any) -> Any:
    """A4 on its side, as wide as one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _add_rates(book: Book, name: str, lines: Sequence[RateLine]) -> None:
    sheet = _to_print(add_table(book, Sheet(name, _HEADS, [_line(each) for each in lines])))
    if lines:
        sheet.insert_chart(1, len(_HEADS) + 1, _chart(book, sheet, name, len(lines)))


def _line(line: RateLine) -> tuple[object, ...]:
    return (
        *(line.name, line.settled, line.fulfilled, Percent(line.completion)),
        *(line.on_time, Percent(line.punctuality)),
    )


def _chart(book: Book, sheet: Any, name: str, count: int) -> Any:
    """Bars of 完成率, the first unit on top, drawn by Excel from the cells."""
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "完成率",
            "categories": [sheet.get_name(), 1, 0, count, 0],
            "values": [sheet.get_name(), 1, 3, count, 3],
            "fill": {"color": "#3B70AC"},
            "data_labels": {"value": True, "num_format": "0.0%"},
        }
    )
    chart.set_title({"name": f"{name}（完成率）", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": False}})
    chart.set_size({"width": 640, "height": 60 + 26 * max(count, _CHART_ROWS // 3)})
    return chart


def _add_board(book: Book, board: Sheet, tints: Iterable[Tint]) -> None:
    rows = list(board.rows)
    sheet = _to_print(add_table(book, Sheet(board.name, board.heads, rows)))
    if not rows:
        return
    for tint in tints:
        look = book.book.add_format({"bg_color": tint.fill, "font_color": tint.text})
        sheet.conditional_format(
            1,
            1,
            len(rows),
            len(board.heads) - 1,
            {"type": "text", "criteria": "begins with", "value": tint.label, "format": look},
        )
