"""The effect of a setting before it is saved: one sentence, and cell by cell what stands and what will."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from core.domain.cells import Cell
from core.domain.shifts import Shift
from core.errors import SupervisionError
from core.services.trying import Effect
from core.ui.attempts import faults_by_field
from core.ui.board_markup import pill_content
from core.ui.fields import say_fault
from core.ui.html import Markup, element

LISTED = 300


def draw_effect(preview: Callable[[], Effect], as_of: date) -> bool:
    """Draw what a change would do, or why it cannot be; True where it could be saved."""
    try:
        effect = preview()
    except SupervisionError as error:
        for name in (faults := faults_by_field(error)):
            say_fault(faults, name)
        return False
    st.html(
        element(
            "p", element("b", f"保存后的影响（截至 {as_of}）："), effect.told, class_="effect", role="status"
        )
    )
    if effect.shifts:
        with st.expander(f"逐格查看（{len(effect.shifts)} 格）"):
            st.html(element("div", shifts_markup(effect.shifts[:LISTED]), class_="anze-lists story"))
            if len(effect.shifts) > LISTED:
                st.caption(f"只列出前 {LISTED} 格。")
    return True


def shifts_markup(shifts: Sequence[Shift]) -> Markup:
    """Write the cells as a table: unit, obligation, period, now, then."""
    heads = [element("th", each, scope="col") for each in ("单位", "事项", "周期", "现在", "保存后")]
    rows = [
        element(
            "tr",
            element("td", shift.cell.unit.name),
            element("td", shift.cell.obligation.short),
            element("td", shift.cell.period.short_label),
            _state(shift.before),
            _state(shift.after),
        )
        for shift in shifts
    ]
    table = element("thead", element("tr", *heads)), element("tbody", *rows)
    return element("table", *table, class_="plain effects", aria_label="逐格影响")


def _state(cell: Cell | None) -> Markup:
    if cell is None:
        return element("td", "—")
    pill = element("span", pill_content(cell), class_="pill")
    return element("td", pill, f" {cell.status.label}", data_status=cell.status.value)
