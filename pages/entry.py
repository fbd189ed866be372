"""录入: enter a meeting, an inspection or a report in a few seconds."""

from datetime import date

import streamlit as st

from core.auth import Permission
from core.domain.entering import effect_sentence
from core.domain.records import Record
from core.domain.units import Unit
from core.errors import SupervisionError
from core.services.entering import Desk, effects, open_desk, units_to_enter_for
from core.services.recording import find_current, void_record
from core.ui.asking import asked_of, put
from core.ui.board_page import draw_head
from core.ui.context import Context
from core.ui.entry_form import draw_form, entry_state
from core.ui.frame import empty_state
from core.ui.html import element, join, link_to
from core.ui.page import Page, as_text

PAGE = Page("entry", "录入", Permission.ENTER)
UNDO_REASON = "误录"


def render(page: Context) -> None:
    """Draw the page."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    units = units_to_enter_for(page.store, page.actor)
    if not units:
        empty_state("还没有单位", "系统中没有您可以录入的单位。", "请联系安委办登记单位。")
        return
    last_day = max(page.today, asked.question.as_of) if page.demonstration else page.today
    day = min(asked.question.as_of, last_day)
    unit = _pick_unit(units)
    desk = open_desk(page.store, page.actor, unit.code, day)
    event = _pick_event(desk)
    _draw_saved(page, last_day)
    _draw_alike(page)
    if event:
        draw_form(page, desk, event, day, last_day)


def _pick_unit(units: list[Unit]) -> Unit:
    codes = {unit.code: unit for unit in units}
    wanted = st.query_params.get("unit", "")
    if wanted and wanted not in codes:
        st.warning("网址中的单位不存在，或您不能为它录入，请重新选择。")
    if len(units) == 1:
        return units[0]
    chosen = st.selectbox(
        "单位",
        list(codes),
        index=list(codes).index(wanted) if wanted in codes else 0,
        format_func=lambda code: codes[code].name,
        key=f"entry_unit_{wanted}",
    )
    if chosen != wanted:
        put("unit", chosen)
        put("event", "")
        st.rerun()
    return codes[chosen]


def _pick_event(desk: Desk) -> str:
    events = {choice.event: choice for choice in desk.choices}
    wanted = st.query_params.get("event", "")
    if wanted and wanted not in events:
        st.warning(as_text(f"网址中的事项不存在，或不是{desk.unit.name}的事项，请重新选择。"))
    names = list(events)
    chosen = st.selectbox(
        "事项",
        names,
        index=names.index(wanted) if wanted in events else 0,
        format_func=lambda event: events[event].label,
        placeholder="请选择",
        key=f"entry_event_{desk.unit.code}_{wanted}",
    )
    if chosen != wanted:
        put("event", chosen or "")
        st.rerun()
    return chosen or ""


def _draw_saved(page: Context, last_day: date) -> None:
    """Say what the last entry did to its quotas, with undo."""
    saved: Record | None = entry_state().get("saved")
    if saved is None:
        return
    done = "；".join(effect_sentence(cell) for cell in effects(page.store, page.actor, saved, last_day))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(as_text(f"已保存：{saved.title or '（无标题）'}。{done}"))
        st.button("撤销", on_click=_undo, args=(page, saved.record_id), icon=":material/undo:")


def _undo(page: Context, record_id: int) -> None:
    state = entry_state()
    state["saved"] = None
    try:
        found = find_current(page.store, page.actor, record_id)
        if found:
            void_record(page.store, page.actor, record_id, found[1], UNDO_REASON, now=page.now)
            st.toast("已撤销，这条记录以“误录”作废。")
    except SupervisionError as error:
        st.toast(as_text(str(error)))


def _draw_alike(page: Context) -> None:
    """Show the record that stands already, where the last attempt met one."""
    number = entry_state().get("alike")
    found = find_current(page.store, page.actor, number) if number else None
    if found is None:
        return
    record = found[0]
    link = element("a", "在台账中查看", href=link_to("records", {"record": str(record.record_id)}))
    told = f"已有记录：{record.occurred_on} {record.title or '（无标题）'}（{record.entered_on} 录入） "
    st.html(element("p", join(told, link)))
