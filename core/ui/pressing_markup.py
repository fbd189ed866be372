"""The lists beside the boards: what is most urgent, and what was entered last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from core.config import local_moment
from core.domain.cells import Cell, Status
from core.domain.records import Record
from core.domain.sentences import days_phrase, last_day, mark_of, title_of
from core.ui.board_markup import cell_data
from core.ui.html import Markup, element, link_to


@dataclass(frozen=True, slots=True)
class Names:
    """The Chinese names of units and events, by code."""

    units: Mapping[str, str]
    events: Mapping[str, str]


def most_pressing(cells: Sequence[Cell], limit: int) -> list[Cell]:
    """Missed cells, the longest overdue first, then what is due soon, the nearest first; half of each."""
    missed = sorted((c for c in cells if c.status == Status.MISSED), key=last_day)
    soon = sorted((c for c in cells if c.status == Status.DUE_SOON), key=lambda c: c.days_left or 0)
    fewer = max(limit // 2, limit - len(soon))
    first = missed[:fewer]
    return first + soon[: limit - len(first)]


def overdue_phrase(cell: Cell, as_of: date) -> str:
    """逾期 80 天 or 剩 11 天."""
    if cell.days_left is not None:
        return days_phrase(cell.days_left)
    return f"逾期 {(as_of - last_day(cell)).days} 天"


def pressing_markup(cells: Sequence[Cell], as_of: date, kept: Mapping[str, str]) -> Markup:
    """Write the urgent cells as a list of links."""
    items = [_item(cell, as_of, kept) for cell in cells]
    return element("ul", *items, class_="pressing")


def _item(cell: Cell, as_of: date, kept: Mapping[str, str]) -> Markup:
    unit, obligation, period = cell.key
    link = element(
        "a",
        element("span", cell.unit.name, class_="who"),
        element("span", f"{title_of(cell)} {mark_of(cell)}", class_="what"),
        element("b", overdue_phrase(cell, as_of)),
        href=link_to("", {**kept, "unit": unit, "obligation": obligation, "period": period}),
    )
    return element("li", link, **cell_data(cell))


def draw_entered(entries: Sequence[tuple[Record, datetime]], names: Names) -> None:
    """Draw what was entered last."""
    st.html(element("div", entered_markup(entries, names), class_="anze-lists"))


def entered_markup(entries: Sequence[tuple[Record, datetime]], names: Names) -> Markup:
    """Write what was entered last: moment, unit, event."""
    return element("ul", *(_entry(record, at, names) for record, at in entries), class_="entered")


def _entry(record: Record, at: datetime, names: Names) -> Markup:
    return element(
        "li",
        element("time", f"{local_moment(at):%m-%d %H:%M}"),
        element("span", names.units.get(record.unit, record.unit), class_="who"),
        element("span", names.events.get(record.event, record.event), class_="what"),
    )
