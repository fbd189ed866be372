"""The editor of a table of records: texts in, texts out, whatever is typed or pasted.

Every column is text: a date column turned what it could not read into another day, and a choice column
dropped it (docs/adr/0010-batch-table.md). The check of the whole names such a cell instead.
"""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.domain.forms import FORMS
from core.services.entering_many import Line

Rows = list[dict[str, str]]
_LABELS = {column.name: column.label for column in FORMS["records"].columns}
_TOLD = "检查"
_BLANK_ROWS, _SHOWN_ROWS, _ROW_HEIGHT = 8, 14, 36
_WIDTHS = {
    "unit": 150,
    "event": 170,
    "occurred_on": 110,
    "title": 330,
    "leader": 110,
    "led_by_first_director": 130,
    "reported_on": 110,
    "measure": 90,
    "value": 80,
    "total": 80,
    "note": 220,
}


def blank_rows() -> Rows:
    """A table with nothing in it."""
    return [dict.fromkeys(_LABELS, "") for _ in range(_BLANK_ROWS)]


def rows_of(text: str) -> Rows:
    """The rows of a draft; a draft that cannot be read is a blank table."""
    try:
        raw = json.loads(text)
    except ValueError:
        return blank_rows()
    if not isinstance(raw, list):
        return blank_rows()
    found = [{name: str(row.get(name, "")) for name in _LABELS} for row in raw if isinstance(row, dict)]
    return found or blank_rows()


def lines_of(rows: Rows) -> list[Line]:
    """The rows that hold something, each with its number."""
    return [(number, row) for number, row in enumerate(rows, 1) if any(row.values())]


def draw_table(
    rows: Rows, defaults: Mapping[str, str], told: Mapping[int, str], *, key: str, with_unit: bool
) -> Rows:
    """Draw the editor over these rows and read what it holds now.

    `defaults` hold for every row that holds something and does not say otherwise; `told` is what is wrong
    with a row, by its number.
    """
    names = [name for name in _LABELS if name != "unit" or with_unit]
    frame = pd.DataFrame(
        [[row.get(name, "") for name in names] for row in rows],
        columns=[_LABELS[name] for name in names],
        index=pd.RangeIndex(1, len(rows) + 1, name="行"),
        dtype="object",
    )
    if told:
        frame.insert(0, _TOLD, [told.get(number, "") for number in frame.index])
    edited = st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=False,
        column_config=_columns(),
        disabled=[_TOLD],
        placeholder="",
        height=_ROW_HEIGHT * (min(len(rows), _SHOWN_ROWS) + 2) + 3,
    )
    return [_read(row, defaults) for _, row in edited.iterrows()]


def _columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    columns = {_LABELS[name]: text(width=width) for name, width in _WIDTHS.items()}
    return {_TOLD: text(width=280, pinned=True), **columns}


def _read(row: "pd.Series[Any]", defaults: Mapping[str, str]) -> dict[str, str]:
    texts = {name: _text(row.get(label)) for name, label in _LABELS.items()}
    if not any(texts.values()):
        return texts
    return {name: text or defaults.get(name, "") for name, text in texts.items()}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
