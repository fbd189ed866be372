"""Beside the form: what the unit still owes, each entry opening its form; and what the last entry did."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from core.charts import PALETTE
from core.domain.cells import Cell, Status
from core.domain.entering import Choice, effect_sentence
from core.domain.sentences import what_is_missing
from core.errors import SupervisionError
from core.services.entering import Desk, effects
from core.services.recording import find_current, void_record
from core.ui.context import Context
from core.ui.entry_form import SAVED, Saved, Sheet, give_back
from core.ui.frame import section_head
from core.ui.html import element, join, link_to
from core.ui.page import as_text

ANOTHER = "entry_another"
UNDO_REASON = "误录"


def draw_owed(desk: Desk, chosen: str, on_choose: Callable[[str], None]) -> None:
    """List what the unit still owes, most urgent first; an entry opens its form filled in."""
    owed = [choice for choice in desk.choices if choice.lack]
    section_head("本单位还差", f"{len(owed)} 项" if owed else "")
    if not owed:
        st.html(element("p", "本期没有尚未完成的事项。", class_="owed-none"))
    with st.container(key="owed", gap=None):
        for choice in owed:
            _draw_choice(choice, chosen, on_choose)
    for cell in desk.unreported:
        _draw_unreported(cell)


def _draw_unreported(cell: Cell) -> None:
    """Lead to what was entered and not reported up: that is filled in there, not entered again."""
    address = {"for_unit": cell.unit.code, "for_event": cell.obligation.event}
    link = element("a", "到台账补填报送日期", href=link_to("records", address))
    told = f"{PALETTE[cell.status].glyph} {what_is_missing(cell)}"
    st.html(element("p", told, link, class_="owed-report", data_status=cell.status.value))


def _draw_choice(choice: Choice, chosen: str, on_choose: Callable[[str], None]) -> None:
    status = choice.status or Status.PENDING
    label = f"**{PALETTE[status].glyph} {as_text(choice.name)}**　{as_text(choice.lack)}"
    mark = "-here" if choice.event == chosen else ""
    st.button(
        label,
        key=f"owed{mark}-{status.value}-{choice.event}",
        on_click=on_choose,
        args=(choice.event,),
        type="tertiary",
        width="stretch",
    )


def draw_saved(sheet: Sheet, saved: Saved, last_day: date) -> None:
    """Say what the last entry did to its quotas; take it back, or enter another."""
    page, record = sheet.page, saved.record
    cells = effects(page.store, page.actor, record, last_day)
    again = "刚刚已保存过，没有重复保存" if saved.again else "已保存"
    address = {"unit": record.unit, "record": str(record.record_id)}
    title = element("a", record.title or "（无标题）", href=link_to("records", address))
    lines = [element("li", effect_sentence(cell), data_status=cell.status.value) for cell in cells]
    st.html(
        element(
            "div",
            element("p", element("b", f"{again}："), title, f"（{record.occurred_on}）"),
            element("ul", *lines) if lines else join(),
            class_="saved",
            role="status",
        )
    )
    with st.container(horizontal=True):
        st.button("再录一条", key=ANOTHER, type="primary", on_click=_go_on)
        st.button("撤销", key="entry_undo", on_click=_undo, args=(sheet, saved), icon=":material/undo:")


def shown_saved(unit: str, event: str) -> Saved | None:
    """What was saved last, while its unit and event are still chosen."""
    saved: Saved | None = st.session_state.get(SAVED)
    if saved and (saved.record.unit, saved.record.event) == (unit, event):
        return saved
    return None


def forget_saved() -> None:
    """Go on to another form."""
    st.session_state[SAVED] = None


def _go_on() -> None:
    forget_saved()


def _undo(sheet: Sheet, saved: Saved) -> None:
    """Void the record as entered by mistake, and give its content back to the form."""
    page = sheet.page
    forget_saved()
    try:
        _void(page, saved.record.record_id)
        give_back(sheet, saved.record)
    except SupervisionError as error:
        st.toast(as_text(str(error)))
        return
    st.toast("已撤销，这条记录以“误录”作废；内容仍在表单中。")


def _void(page: Context, record_id: int) -> None:
    found = find_current(page.store, page.actor, record_id)
    if found:
        void_record(page.store, page.actor, record_id, found[1], UNDO_REASON, now=page.now)


def owed_first(choices: Sequence[Choice]) -> str:
    """The event to begin with: what is most urgent, else the first."""
    return choices[0].event if choices else ""
