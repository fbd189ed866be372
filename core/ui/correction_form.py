"""Correct or void one record: the fields as they are, a reason, and what somebody else did meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from core.domain.differences import clashes, merged
from core.domain.records import Record
from core.domain.units import Leader
from core.errors import InputError, SupervisionError
from core.services.catalogues import catalogues_now
from core.services.looking_up import Lookup
from core.services.recording import correct_record, record_history, void_record
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
from core.ui.ledger_markup import overtaken_markup
from core.ui.page import as_text

_STATE = "correction"
_NOWHERE = ("unit", "event", "measure", "")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything one drawing of the correction stands on.

    `read` is what the person began from and `read_version` its version; `record` and `version` are what
    stands now: others than those where somebody else was first.
    """

    page: Context
    record: Record
    version: int
    read: Record
    read_version: int
    attempt: Attempt
    fields: FieldSet
    today: date
    lookup: Lookup

    @property
    def is_overtaken(self) -> bool:
        """Tell whether somebody else corrected the record since the person began."""
        return self.version != self.read_version


def draw_correction(page: Context, record: Record, version: int, lookup: Lookup, today: date) -> None:
    """Draw the two forms, each with its reason."""
    with st.container():
        kept, text = st.session_state.pop(_STATE, (True, ""))
        if text:
            (st.success if kept else st.error)(as_text(text))
    sheet = _sheet(page, record, version, lookup, today)
    begun = bool(sheet.attempt.faults or sheet.attempt.restored_at or sheet.is_overtaken)
    with st.expander("更正", icon=":material/edit:", expanded=begun):
        _draw_correcting(sheet)
    with st.expander("作废", icon=":material/block:", expanded=not kept):
        _draw_voiding(page, record, version)


def _sheet(page: Context, record: Record, version: int, lookup: Lookup, today: date) -> _Sheet:
    name = f"correct:{record.record_id}"
    attempt: Attempt = st.session_state.setdefault(name, Attempt(name))
    read: tuple[Record, int] = st.session_state.setdefault(f"{name}.{attempt.operation}", (record, version))
    roster, days = lookup.roster(record.unit), _entry_days(page, record, today)
    fields = lay_out(page, attempt, _fields(read[0], roster, days))
    return _Sheet(page, record, version, *read, attempt, fields, today, lookup)


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
        if sheet.is_overtaken:
            _draw_overtaken(sheet)
        with st.container(horizontal=True):
            _draw_saving(sheet)
            st.form_submit_button("放弃草稿", on_click=discard, args=(sheet.page, attempt, attempt.operation))
    keep_typing(sheet.page, attempt, sheet.fields, Reach(submit="correction_save"))


def _draw_saving(sheet: _Sheet) -> None:
    """One way to save, or, where somebody else was first, two to choose between."""
    if not sheet.is_overtaken:
        _save_button("保存更正", sheet, _wanted, main=True)
        return
    _save_button("保留对方的改动，加上我的", sheet, _merged, main=True)
    _save_button("全部以我填写的为准", sheet, _wanted)


def _save_button(
    label: str, sheet: _Sheet, outcome: Callable[[_Sheet], Record], *, main: bool = False
) -> None:
    st.form_submit_button(
        label,
        key="correction_save" if main else "correction_overwrite",
        type="primary" if main else "secondary",
        on_click=_correct,
        args=(sheet, outcome),
    )


def _draw_overtaken(sheet: _Sheet) -> None:
    """Who was first and what it changed, beside what is typed here."""
    try:
        typed = _wanted(sheet)
    except InputError:
        typed = sheet.read
    last = record_history(sheet.page.store, sheet.page.actor, sheet.record.record_id)[-1]
    changed = clashes(sheet.read, sheet.record, typed, sheet.lookup.names)
    st.html(overtaken_markup(last, changed, sheet.lookup.people))


def _draw_voiding(page: Context, record: Record, version: int) -> None:
    with st.form(f"void_{record.record_id}_{version}", border=False):
        st.text_input("作废原因", key=_reason_key(version))
        st.form_submit_button("作废这条记录", on_click=_void, args=(page, record, version))


def _reason_key(version: int) -> str:
    return f"{_STATE}.{version}.void_reason"


def _correct(sheet: _Sheet, outcome: Callable[[_Sheet], Record]) -> None:
    page, attempt = sheet.page, sheet.attempt
    try:
        actor, wanted = page.actor, outcome(sheet)
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


def _merged(sheet: _Sheet) -> Record:
    """What stands now, with what was changed here.

    Raises:
        InputError: no date, or a number that is none.
    """
    return merged(sheet.read, sheet.record, _wanted(sheet))


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
