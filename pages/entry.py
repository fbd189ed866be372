"""录入: enter a meeting, an inspection or a report in a few seconds."""

from datetime import date

import streamlit as st

from core.auth import Permission
from core.domain.entering import Choice
from core.domain.units import Unit
from core.services.entering import Desk, open_desk, units_to_enter_for
from core.ui.asking import asked_of, last_day_of, put
from core.ui.batch_entry import draw_batch
from core.ui.board_page import draw_head
from core.ui.context import Context
from core.ui.entry_form import draw_form, draw_mirror, sheet_for
from core.ui.entry_side import ANOTHER, draw_owed, draw_saved, forget_saved, owed_first, shown_saved
from core.ui.frame import empty_state
from core.ui.page import Page, as_text
from core.ui.reading import read_now, read_steady

PAGE = Page("entry", "录入", Permission.ENTER)
_UNIT, _EVENT = "entry_unit", "entry_event"
_WAY, _BATCH = "way", "batch"


def render(page: Context) -> None:
    """Draw the page."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    units = read_steady(page, units_to_enter_for)
    if not units:
        empty_state("还没有单位", "系统中没有您可以录入的单位。", "请联系安委办登记单位。")
        return
    last_day = last_day_of(page, asked)
    if st.query_params.get(_WAY) == _BATCH:
        st.button("返回单条录入", icon=":material/arrow_back:", on_click=put, args=(_WAY, ""))
        draw_batch(page, units, last_day)
        return
    day = min(asked.question.as_of, last_day)
    form, side = st.columns([2, 1], gap="large")
    with form:
        desk, event = _pick(page, units, day)
        if event:
            _draw_form(page, desk, event, day, last_day)
    with side:
        draw_owed(desk, event, _choose)
        st.button("批量录入", icon=":material/table_rows:", on_click=put, args=(_WAY, _BATCH))


def _pick(page: Context, units: list[Unit], day: date) -> tuple[Desk, str]:
    with st.container(horizontal=True):
        unit = _pick_unit(units)
        desk = read_now(page, open_desk, unit.code, day)
        return desk, _pick_event(desk)


def _pick_unit(units: list[Unit]) -> Unit:
    codes = {unit.code: unit for unit in units}
    wanted = st.query_params.get("unit", "")
    if wanted and wanted not in codes:
        st.warning("网址中的单位不存在，或您不能为它录入，请重新选择。")
    unit = codes.get(wanted, units[0])
    if len(units) > 1:
        st.session_state[_UNIT] = unit.code
        names = {code: each.name for code, each in codes.items()}
        st.selectbox(
            "单位", list(codes), format_func=names.__getitem__, key=_UNIT, on_change=_follow_unit, width=320
        )
    return unit


def _pick_event(desk: Desk) -> str:
    """The event of the address, else the most urgent one; a choice goes into the address."""
    events = {choice.event: choice for choice in desk.choices}
    wanted = st.query_params.get("event", "")
    if wanted and wanted not in events:
        st.warning(as_text(f"网址中的事项不存在，或不是{desk.unit.name}的事项，请重新选择。"))
    event = wanted if wanted in events else owed_first(desk.choices)
    st.session_state[_EVENT] = event or None
    st.selectbox(
        "事项（可输入文字查找）",
        list(events),
        format_func=lambda code: _label(events, code),
        placeholder="请选择",
        key=_EVENT,
        on_change=_follow_event,
    )
    return event


def _label(events: dict[str, Choice], code: str) -> str:
    return events[code].label


def _follow_unit() -> None:
    forget_saved()
    put("unit", st.session_state[_UNIT])
    put("event", "")


def _follow_event() -> None:
    _choose(st.session_state[_EVENT] or "")


def _choose(event: str) -> None:
    forget_saved()
    put("event", event)


def _draw_form(page: Context, desk: Desk, event: str, day: date, last_day: date) -> None:
    """The form, or what the last entry did; the keyboard begins where typing starts."""
    sheet = sheet_for(page, desk, event, day, last_day)
    saved = shown_saved(desk.unit.code, event)
    if saved:
        put("event", event)
        draw_saved(sheet, saved, last_day)
        draw_mirror(sheet, ANOTHER, shown=False)
    else:
        draw_form(sheet)
        draw_mirror(sheet, "" if st.query_params.get("event") == event else _EVENT)
