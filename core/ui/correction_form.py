"""Correct or void one record: the fields as they are, a reason, and what somebody else did meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from core.domain.records import Record
from core.domain.units import Leader
from core.errors import InputError, SupervisionError
from core.services.catalogues import catalogues_now
from core.services.recording import correct_record, void_record
from core.ui.attempts import (
    Attempt,
    Reach,
    discard,
    end_draft,
    faults_by_field,
    keep_typing,
    lay_out,
    say_restored,
)
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.page import as_text

_STATE = "correction"
_NOWHERE = ("unit", "event", "measure", "")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything one drawing of the correction stands on; `version` is the one that the person read."""

    page: Context
    record: Record
    version: int
    attempt: Attempt
    fields: FieldSet
    today: date


def draw_correction(page: Context, record: Record, version: int, roster: list[Leader], today: date) -> None:
    """Draw the two forms, each with its reason."""
    with st.container():
        kept, text = st.session_state.pop(_STATE, (True, ""))
        if text:
            (st.success if kept else st.error)(as_text(text))
    sheet = _sheet(page, record, version, roster, today)
    begun = bool(sheet.attempt.faults or sheet.attempt.restored_at)
    with st.expander("更正", icon=":material/edit:", expanded=begun):
        _draw_correcting(sheet)
    with st.expander("作废", icon=":material/block:", expanded=not kept):
        _draw_voiding(page, record, version)


def _sheet(page: Context, record: Record, version: int, roster: list[Leader], today: date) -> _Sheet:
    name = f"correct:{record.record_id}"
    attempt: Attempt = st.session_state.setdefault(name, Attempt(name))
    fields = lay_out(page, attempt, _fields(record, roster, _entry_days(page, record, today)))
    return _Sheet(page, record, version, attempt, fields, today)


def _entry_days(page: Context, record: Record, today: date) -> tuple[date, date]:
    """From the first catalogue's year to today, and in any case the day that the record bears."""
    years = [*catalogues_now(page.store), record.occurred_on.year]
    return date(min(years), 1, 1), max(today, record.occurred_on)


def _fields(record: Record, roster: Sequence[Leader], within: tuple[date, date]) -> list[Field]:
    reported = (within[0], max(within[1], record.reported_on or within[1]))
    return [
        Field("title", "标题", start=record.title, wide=True),
        Field("occurred_on", "日期", Kind.DAY, record.occurred_on, within=within, needed=True),
        Field("reported_on", "报送日期", Kind.DAY, record.reported_on, within=reported),
        _leader(record, roster),
        Field("led", "第一主任带队", Kind.TICK, record.led_by_first_director),
        Field("value", "数值", Kind.COUNT, _figure(record.value)),
        Field("total", "总数", Kind.COUNT, _figure(record.total)),
        Field("note", "备注", Kind.LONG, record.note, wide=True),
        Field("reason", "更正原因", wide=True, needed=True),
    ]


def _leader(record: Record, roster: Sequence[Leader]) -> Field:
    names = {each.name: each.name for each in roster}
    if record.leader in names:
        return Field("leader", "带队领导", Kind.CHOICE, record.leader, choices=names)
    return Field("leader", "带队领导", start=record.leader)


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _draw_correcting(sheet: _Sheet) -> None:
    attempt = sheet.attempt
    say_restored(attempt)
    with st.form(f"form.{sheet.fields.prefix}", border=False):
        draw_fields(sheet.fields, attempt.faults)
        for name in _NOWHERE:
            say_fault(attempt.faults, name)
        with st.container(horizontal=True):
            st.form_submit_button(
                "保存更正", key="correction_save", type="primary", on_click=_correct, args=(sheet,)
            )
            st.form_submit_button("放弃草稿", on_click=discard, args=(sheet.page, attempt, attempt.operation))
    keep_typing(sheet.page, attempt, sheet.fields, Reach(submit="correction_save"))


def _draw_voiding(page: Context, record: Record, version: int) -> None:
    with st.form(f"void_{record.record_id}_{version}", border=False):
        st.text_input("作废原因", key=_reason_key(version))
        st.form_submit_button("作废这条记录", on_click=_void, args=(page, record, version))


def _reason_key(version: int) -> str:
    return f"{_STATE}.{version}.void_reason"


def _correct(sheet: _Sheet) -> None:
    page, attempt = sheet.page, sheet.attempt
    try:
        actor, wanted = page.actor, _wanted(sheet)
        reason = sheet.fields.text("reason")
        correct_record(page.store, actor, sheet.version, wanted, reason, today=sheet.today, now=page.now)
        end_draft(page, actor, attempt)
    except SupervisionError as error:
        attempt.faults = faults_by_field(error)
    else:
        st.session_state[_STATE] = (True, "已更正。原来的内容保留在历史中。")
        attempt.start_afresh()


def _void(page: Context, record: Record, version: int) -> None:
    reason = st.session_state.get(_reason_key(version), "")
    try:
        void_record(page.store, page.actor, record.record_id, version, reason, now=page.now)
    except SupervisionError as error:
        st.session_state[_STATE] = (False, str(error))
    else:
        st.session_state[_STATE] = (True, "已作废。这条记录不再计入，仍保留在历史中。")


def _wanted(sheet: _Sheet) -> Record:
    """The record with what the fields hold now.

    Raises:
        InputError: no date, or a number that is none.
    """
    fields = sheet.fields
    day, reported = fields.value("occurred_on"), fields.value("reported_on")
    if not isinstance(day, date):
        raise InputError("请填写日期。", "occurred_on")
    return replace(
        sheet.record,
        occurred_on=day,
        reported_on=reported if isinstance(reported, date) else None,
        led_by_first_director=bool(fields.value("led")),
        value=fields.count("value"),
        total=fields.count("total"),
        title=fields.text("title"),
        leader=fields.text("leader"),
        note=fields.text("note"),
    )
