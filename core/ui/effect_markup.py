"""The effect of a setting before it is saved: one sentence, and cell by cell what stands and what will."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from core.charts import PALETTE
from core.domain.cells import Cell
from core.domain.sentences import mark_of
from core.domain.shifts import Shift
from core.errors import SupervisionError
from core.services.trying import Effect
from core.ui.attempts import faults_by_field
from core.ui.fields import say_fault
from core.ui.html import Markup, element
from core.ui.plain_table import Cell as Shown
from core.ui.plain_table import plain_table

LISTED = 300


def tried(preview: Callable[[], Effect]) -> tuple[Effect | None, Mapping[str, str]]:
    """What a change would do, or why it cannot be, by field."""
    try:
        return preview(), {}
    except SupervisionError as error:
        return None, faults_by_field(error)


def draw_effect(preview: Callable[[], Effect], as_of: date) -> None:
    """Draw what a change would do, or why it cannot be."""
    effect, faults = tried(preview)
    for name in faults:
        say_fault(faults, name)
    if effect:
        show_effect(effect, as_of)


def show_effect(effect: Effect, as_of: date) -> None:
    """Draw an effect: the sentence, and the cells to be opened."""
    head = element("b", f"保存后的影响（截至 {as_of}）：")
    st.html(element("p", head, effect.told, class_="effect", role="status"))
    if effect.shifts:
        with st.expander(f"逐格查看（{len(effect.shifts)} 格）"):
            st.html(shifts_markup(effect.shifts[:LISTED]))
            if len(effect.shifts) > LISTED:
                st.caption(f"只列出前 {LISTED} 格。")


def shifts_markup(shifts: Sequence[Shift]) -> Markup:
    """Write the cells as a table: unit, obligation, period, now, then."""
    rows = (
        (
            shift.cell.unit.name,
            shift.cell.obligation.short,
            shift.cell.period.short_label,
            _state(shift.before),
            _state(shift.after),
        )
        for shift in shifts
    )
    return plain_table(("单位", "事项", "周期", "现在", "保存后"), rows, "逐格影响")


def _state(cell: Cell | None) -> Shown:
    if cell is None:
        return "—"
    mark, label = mark_of(cell), cell.status.label
    said = label if mark == label else f"{mark} {label}"
    return f"{PALETTE[cell.status].glyph} {said}".strip(), cell.status.value
