"""The form for one event: only what it needs, every fault beside its field, one record whatever happens."""

import hashlib
from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.domain.records import Record
from core.errors import SupervisionError
from core.services.drafting import Typed, keep_draft
from core.services.entering import Desk
from core.services.recording import LikelyDuplicateError, enter_record, find_current
from core.ui.asking import put
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
from core.ui.entry_fields import fields_of, record_from, texts_of
from core.ui.fields import FieldSet, draw_fields, say_fault
from core.ui.html import element, join, link_to

SAVED = "entry_saved"
_SUBMIT = "entry_save"
_NOWHERE = ("unit", "event", "")


@dataclass(slots=True)
class FormState(Attempt):
    """What one event's form remembers in this tab.

    `sure` is the content that the person was asked about, `alike` the record it resembles.
    """

    unit: str = ""
    event: str = ""
    sure: str = ""
    alike: int = 0

    def start_afresh(self) -> None:
        """Begin the next attempt with fresh fields."""
        Attempt.start_afresh(self)
        self.sure, self.alike = "", 0


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


def sheet_for(page: Context, desk: Desk, event: str, day: date, last_day: date) -> Sheet:
    """Lay out an event's form with unit, event and day filled in, or with the person's draft."""
    name = f"entry:{desk.unit.code}:{event}"
    state: FormState = st.session_state.setdefault(name, FormState(name, unit=desk.unit.code, event=event))
    fields = lay_out(page, state, fields_of(desk, event, day, last_day))
    return Sheet(page, desk, state, fields, last_day)


def draw_form(sheet: Sheet) -> None:
    """Draw the form, what is wrong with it, and its two buttons."""
    state = sheet.state
    say_restored(state)
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
            st.form_submit_button("放弃草稿", on_click=discard, args=(sheet.page, state, state.operation))


def draw_mirror(sheet: Sheet, focus: str = "", *, shown: bool = True) -> None:
    """Keep what is typed; `focus` is the key of what to begin at, `shown` whether the form is drawn."""
    first = sheet.fields.first_gap()
    reach = Reach(focus or first, first if shown else "", _SUBMIT)
    keep_typing(sheet.page, sheet.state, sheet.fields, reach, shown=shown)


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
        end_draft(page, actor, state)
    except LikelyDuplicateError as error:
        state.faults, state.sure, state.alike = {}, mark, error.record_id
    except SupervisionError as error:
        state.faults, state.sure = faults_by_field(error), ""
        state.alike = getattr(error, "record_id", 0)
    else:
        # A second press may interrupt this one wherever session state is touched: what shows the record is
        # set first, so that an interrupted press is repeated, and finds its record, rather than forgotten.
        st.session_state[SAVED] = Saved(entered.record, entered.again)
        state.start_afresh()


def give_back(sheet: Sheet, record: Record) -> None:
    """Make a record's content the draft of its form: to type on after it was taken back."""
    page, state = sheet.page, sheet.state
    typed = Typed(state.form, state.operation, 0, texts_of(record, sheet.fields))
    keep_draft(page.store, page.actor, typed, now=page.now)
    state.drawing += 1
