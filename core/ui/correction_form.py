"""Correct or void one record: the fields as they are, a reason, and what somebody else did meanwhile."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from core.domain.records import NOTE_LIMIT, TITLE_LIMIT, Record
from core.domain.texts import parse_count
from core.domain.units import Leader
from core.errors import InputError, SupervisionError
from core.services.recording import FaultyRecordError, correct_record, void_record
from core.ui.context import Context
from core.ui.page import as_text

_STATE = "correction"
_CORRECTING, _VOIDING = "correct", "void"


def draw_correction(page: Context, record: Record, version: int, roster: list[Leader], today: date) -> None:
    """Draw the two forms, each with its reason."""
    said = _said()
    with st.expander("更正", icon=":material/edit:", expanded=said == _CORRECTING):
        _draw_correcting(page, record, version, roster, today)
    with st.expander("作废", icon=":material/block:", expanded=said == _VOIDING):
        _draw_voiding(page, record, version)


def _said() -> str:
    """Say what came of the last press; which form it was refused in, empty where it was kept."""
    with st.container():
        form, kept, text = st.session_state.pop(_STATE, ("", True, ""))
        if text:
            (st.success if kept else st.error)(as_text(text))
    return "" if kept else form


def _draw_correcting(page: Context, record: Record, version: int, roster: list[Leader], today: date) -> None:
    with st.form(f"correct_{record.record_id}_{version}"):
        _draw_fields(record, version, roster)
        st.text_input("更正原因", max_chars=500, key=_key(version, "reason"))
        arguments = (page, record, version, today)
        st.form_submit_button("保存更正", type="primary", on_click=_correct, args=arguments)


def _draw_voiding(page: Context, record: Record, version: int) -> None:
    with st.form(f"void_{record.record_id}_{version}"):
        st.text_input("作废原因", max_chars=500, key=_key(version, "void_reason"))
        st.form_submit_button("作废这条记录", on_click=_void, args=(page, record, version))


def _key(version: int, name: str) -> str:
    return f"{_STATE}.{version}.{name}"


def _draw_fields(record: Record, version: int, roster: list[Leader]) -> None:
    st.text_input("标题", record.title, max_chars=TITLE_LIMIT, key=_key(version, "title"))
    left, middle, right = st.columns(3)
    with left:
        st.date_input("日期", record.occurred_on, format="YYYY-MM-DD", key=_key(version, "occurred_on"))
    with middle:
        st.date_input("报送日期", record.reported_on, format="YYYY-MM-DD", key=_key(version, "reported_on"))
    with right:
        _draw_leader(record, version, roster)
    _draw_numbers(record, version)
    st.text_area("备注", record.note, max_chars=NOTE_LIMIT, height=80, key=_key(version, "note"))


def _draw_leader(record: Record, version: int, roster: list[Leader]) -> None:
    names = [each.name for each in roster]
    if record.leader in names:
        st.selectbox("带队领导", names, index=names.index(record.leader), key=_key(version, "leader"))
    else:
        st.text_input("带队领导", record.leader, max_chars=100, key=_key(version, "leader"))


def _draw_numbers(record: Record, version: int) -> None:
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        st.text_input("数值", _text(record.value), max_chars=20, key=_key(version, "value"))
    with middle:
        st.text_input("总数", _text(record.total), max_chars=20, key=_key(version, "total"))
    with right:
        st.checkbox("第一主任带队", record.led_by_first_director, key=_key(version, "led"))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _correct(page: Context, record: Record, version: int, today: date) -> None:
    try:
        wanted = _wanted(record, version)
        reason = st.session_state.get(_key(version, "reason"), "")
        correct_record(page.store, page.actor, version, wanted, reason, today=today, now=page.now)
    except FaultyRecordError as error:
        st.session_state[_STATE] = (_CORRECTING, False, "；".join(fault.reason for fault in error.faults))
    except SupervisionError as error:
        st.session_state[_STATE] = (_CORRECTING, False, str(error))
    else:
        st.session_state[_STATE] = (_CORRECTING, True, "已更正。原来的内容保留在历史中。")


def _void(page: Context, record: Record, version: int) -> None:
    reason = st.session_state.get(_key(version, "void_reason"), "")
    try:
        void_record(page.store, page.actor, record.record_id, version, reason, now=page.now)
    except SupervisionError as error:
        st.session_state[_STATE] = (_VOIDING, False, str(error))
    else:
        st.session_state[_STATE] = (_VOIDING, True, "已作废。这条记录不再计入，仍保留在历史中。")


def _wanted(record: Record, version: int) -> Record:
    """The record with what the fields hold now.

    Raises:
        InputError: no date, or a number that is none.
    """
    held: dict[str, Any] = {
        name: st.session_state.get(_key(version, name))
        for name in ("title", "occurred_on", "reported_on", "leader", "note")
    }
    if not isinstance(held["occurred_on"], date):
        raise InputError("请填写日期。", "occurred_on")
    return replace(
        record,
        **{**held, "leader": held["leader"] or "", "note": held["note"] or "", "title": held["title"] or ""},
        led_by_first_director=bool(st.session_state.get(_key(version, "led"))),
        value=parse_count(st.session_state.get(_key(version, "value")) or ""),
        total=parse_count(st.session_state.get(_key(version, "total")) or ""),
    )
