"""The form for one event: only what it needs, every fault beside its field, one record whatever happens."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from uuid import uuid4

import streamlit as st

from core.auth import Actor
from core.config import local_moment
from core.domain.records import Record
from core.errors import InputError, SupervisionError
from core.services.drafting import Typed, drop_draft, find_draft, keep_draft
from core.services.entering import Desk
from core.services.recording import (
    FaultyRecordError,
    LikelyDuplicateError,
    enter_record,
    find_current,
)
from core.ui.asking import put
from core.ui.context import Context
from core.ui.drafts import Mirrored, mirror_typing
from core.ui.entry_fields import fields_of, record_from, texts_of
from core.ui.fields import FieldSet, draw_fields, say_fault
from core.ui.html import element, join, link_to

SAVED = "entry_saved"
_SUBMIT = "entry_save"
_NOWHERE = ("unit", "event", "")


@dataclass(slots=True)
class FormState:
    """What one event's form remembers in this tab.

    `operation` names the attempt under way and `ended` the one before; `began_from` is the attempt whose
    draft was restored; `drawing` grows whenever the fields are to be filled afresh. `sure` is the content
    that the person was asked about, `alike` the record it resembles.
    """

    unit: str
    event: str
    operation: str = field(default_factory=lambda: uuid4().hex)
    ended: str = ""
    began_from: str = ""
    restored_at: datetime | None = None
    drawing: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    sure: str = ""
    alike: int = 0

    @property
    def form(self) -> str:
        """The form's name among a person's drafts."""
        return f"entry:{self.unit}:{self.event}"

    def start_afresh(self) -> None:
        """Begin the next attempt with fresh fields."""
        self.ended, self.operation = self.operation, uuid4().hex
        self.began_from, self.restored_at = "", None
        self.faults, self.sure, self.alike = {}, "", 0
        self.drawing += 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one drawing of the form stands on; `last_day` is the latest day that can be entered."""

    page: Context
    desk: Desk
    state: FormState
    fields: FieldSet
    last_day: date


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept last in this tab; `again` = it had been kept before, by the same press or another tab."""

    record: Record
    again: bool


def form_state(unit: str, event: str) -> FormState:
    """What an event's form remembers."""
    state: FormState = st.session_state.setdefault(f"entry:{unit}:{event}", FormState(unit, event))
    return state


def sheet_for(page: Context, desk: Desk, event: str, day: date, last_day: date) -> Sheet:
    """Lay out an event's form with unit, event and day filled in, or with the person's draft."""
    state = form_state(desk.unit.code, event)
    fields = FieldSet(f"{state.form}.{state.drawing}", fields_of(desk, event, day, last_day))
    if not fields.is_drawn():
        fields = replace(fields, texts=_beginning(page, state))
    return Sheet(page, desk, state, fields, last_day)


def _beginning(page: Context, state: FormState) -> dict[str, str]:
    """What the fields begin with: the person's draft, if there is one."""
    draft = find_draft(page.store, page.actor, state.form)
    if draft is None:
        return {}
    state.began_from, state.restored_at = draft.operation, draft.saved_at
    return dict(draft.fields)


def draw_form(sheet: Sheet) -> None:
    """Draw the form, what is wrong with it, and its two buttons."""
    state = sheet.state
    _say_restored(state)
    with st.form(f"form.{sheet.fields.prefix}", border=True):
        draw_fields(sheet.fields, state.faults)
        for name in _NOWHERE:
            say_fault(state.faults, name)
        _draw_alike(sheet)
        with st.container(horizontal=True):
            label = "仍然保存" if state.sure else "保存"
            st.form_submit_button(
                label, key=_SUBMIT, type="primary", on_click=_save, args=(sheet, state.operation)
            )
            st.form_submit_button("放弃草稿", on_click=_discard, args=(sheet, state.operation))


def draw_mirror(sheet: Sheet, focus: str = "", *, shown: bool = True) -> None:
    """Keep what is typed; `focus` is the key of what to begin at, `shown` whether the form is drawn."""
    state, fields = sheet.state, sheet.fields
    form = Mirrored(
        person=sheet.page.actor.username,
        form=state.form,
        operation=state.operation,
        place=f"{fields.prefix}.{'form' if shown else 'saved'}",
        keys=fields.keys() if shown else {},
        held=fields.held(),
        focus=focus or fields.first_gap(),
        then=fields.first_gap() if shown else "",
        submit=_SUBMIT,
        ended=state.ended,
    )
    mirror_typing(form, partial(_restore, state))


def _restore(state: FormState) -> None:
    """Fill the fields anew from the draft that the browser has just brought in."""
    state.drawing += 1


def _say_restored(state: FormState) -> None:
    if state.restored_at:
        at = local_moment(state.restored_at)
        told = f"已恢复 {at:%m月%d日 %H:%M} 未保存的草稿；不需要时可放弃。"
        st.html(element("p", told, class_="draft-restored", role="status"))


def _draw_alike(sheet: Sheet) -> None:
    """Show the record that stands already, where the last attempt met one."""
    state, page = sheet.state, sheet.page
    found = find_current(page.store, page.actor, state.alike) if state.alike else None
    if found is None:
        return
    record = found[0]
    link = element(
        "a", record.title or "（无标题）", href=link_to("records", {"record": str(record.record_id)})
    )
    asked = "请核对是否重复；确属另一次的，按“仍然保存”。" if state.sure else ""
    told = join(
        f"! 本单位 {record.occurred_on} 已有同一事项的记录：", link, f"（{record.entered_on} 录入）。{asked}"
    )
    st.html(element("p", told, class_="alike", role="alert"))


def _save(sheet: Sheet, operation: str) -> None:
    """Keep what the form holds; runs as a callback, before anything is drawn.

    A press that repeats one already carried out does nothing: its operation is over.
    """
    page, state = sheet.page, sheet.state
    if operation != state.operation:
        return
    put("event", state.event)
    mark = ""
    try:
        actor = page.actor
        record = record_from(sheet.fields, state.unit, state.event)
        mark = hashlib.sha256(repr(record).encode("utf-8", "surrogatepass")).hexdigest()
        sure = bool(state.sure) and state.sure == mark
        entered = enter_record(
            page.store, actor, record, operation, today=sheet.last_day, now=page.now, sure=sure
        )
        _drop(sheet, actor, operation)
    except LikelyDuplicateError as error:
        state.faults, state.sure, state.alike = {}, mark, error.record_id
    except SupervisionError as error:
        state.faults, state.sure = _faults(error), ""
        state.alike = getattr(error, "record_id", 0)
    else:
        # A second press may interrupt this one wherever session state is touched: what shows the record is
        # set first, so that an interrupted press is repeated, and finds its record, rather than forgotten.
        st.session_state[SAVED] = Saved(entered.record, entered.again)
        state.start_afresh()


def _discard(sheet: Sheet, operation: str) -> None:
    if operation == sheet.state.operation:
        _drop(sheet, sheet.page.actor, operation)
        sheet.state.start_afresh()


def _drop(sheet: Sheet, actor: Actor, operation: str) -> None:
    page, state = sheet.page, sheet.state
    drop_draft(page.store, actor, state.form, operation, {state.began_from}, now=page.now)


def give_back(sheet: Sheet, record: Record) -> None:
    """Make a record's content the draft of its form: to type on after it was taken back."""
    page, state = sheet.page, sheet.state
    typed = Typed(state.form, state.operation, 0, texts_of(record, sheet.fields))
    keep_draft(page.store, page.actor, typed, now=page.now)
    state.drawing += 1


def _faults(error: SupervisionError) -> dict[str, str]:
    if isinstance(error, FaultyRecordError):
        return {fault.column: fault.reason for fault in reversed(error.faults)}
    if isinstance(error, InputError):
        return {error.field: str(error)}
    return {"": str(error)}
