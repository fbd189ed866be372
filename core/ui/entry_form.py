"""The form for one event: only what it needs, every fault beside its field, one record whatever happens."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from core.domain.checking import Needs
from core.domain.entering import default_title
from core.domain.records import NOTE_LIMIT, TITLE_LIMIT, Record
from core.domain.texts import parse_count
from core.errors import InputError, SupervisionError
from core.services.entering import Desk
from core.services.recording import Entered, FaultyRecordError, LikelyDuplicateError, enter_record
from core.ui.context import Context
from core.ui.page import as_text

_STATE = "entry"
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class FieldSet:
    """Where one form's fields live in the session: a prefix that changes when the form starts afresh."""

    prefix: str

    def key(self, name: str) -> str:
        """A field's key."""
        return f"{self.prefix}.{name}"

    def value(self, name: str, default: Any = None) -> Any:
        """What the field holds now."""
        return st.session_state.get(self.key(name), default)


def entry_state() -> dict[str, Any]:
    """What the entry page remembers in this tab: the operation id, faults, and what was saved."""
    state: dict[str, Any] = st.session_state.setdefault(_STATE, {"operation": uuid4().hex, "round": 0})
    return state


def draw_form(page: Context, desk: Desk, event: str, day: date, last_day: date) -> None:
    """Draw the form of an event with unit, event and day filled in."""
    state, needs = entry_state(), desk.needs(event)
    fields = FieldSet(f"entry.{desk.unit.code}.{event}.{state['round']}")
    faults: Mapping[str, str] = state.get("faults", {}) if state.get("of") == fields.prefix else {}
    with st.form(f"form.{fields.prefix}", border=True):
        _draw_fields(fields, desk, event, day, last_day, faults)
        st.form_submit_button(
            "仍然保存" if state.get("sure") else "保存",
            type="primary",
            on_click=_save,
            args=(page, desk.unit.code, event, needs, fields, state["operation"], last_day),
        )
    for name in ("unit", "event", _NOBODY):
        _say_fault(faults, name)


def _draw_fields(
    fields: FieldSet, desk: Desk, event: str, day: date, last_day: date, faults: Mapping[str, str]
) -> None:
    needs, name = desk.needs(event), desk.catalogue.events[event]
    cadences = [each.cadence for each in desk.catalogue.counting(event) if each.cadence]
    st.text_input(
        "标题",
        default_title(desk.unit, name, day, cadences),
        max_chars=TITLE_LIMIT,
        key=fields.key("title"),
    )
    _say_fault(faults, "title")
    left, right = st.columns(2)
    with left:
        st.date_input(
            "日期",
            day,
            min_value=date(desk.catalogue.year, 1, 1),
            max_value=last_day,
            format="YYYY-MM-DD",
            key=fields.key("occurred_on"),
        )
        _say_fault(faults, "occurred_on")
    with right:
        _draw_leader(fields, desk, needs)
        _say_fault(faults, "leader")
    _draw_special(fields, desk, event, last_day, faults)
    st.text_area("备注（可不填）", max_chars=NOTE_LIMIT, height=80, key=fields.key("note"))
    _say_fault(faults, "note")


def _draw_leader(fields: FieldSet, desk: Desk, needs: Needs) -> None:
    names = [each.name for each in desk.roster]
    label = "带队领导" if needs.roster else "带队领导（可不填）"
    if needs.roster and names:
        titles = {each.name: each.title for each in desk.roster}
        st.selectbox(
            label,
            names,
            index=None,
            placeholder="请选择",
            format_func=lambda name: f"{name}（{titles[name]}）" if titles.get(name) else name,
            key=fields.key("leader"),
        )
    else:
        st.text_input(label, max_chars=100, key=fields.key("leader"))


def _draw_special(
    fields: FieldSet, desk: Desk, event: str, last_day: date, faults: Mapping[str, str]
) -> None:
    needs, measures = desk.needs(event), desk.catalogue.measures.get(event, {})
    if needs.first_director:
        st.checkbox("由第一主任主持或带队", value=True, key=fields.key("led"))
    if needs.measures:
        st.selectbox(
            "指标",
            list(measures),
            index=None,
            placeholder="请选择",
            format_func=lambda code: measures[code],
            key=fields.key("measure"),
        )
        _say_fault(faults, "measure")
    if needs.value:
        _draw_numbers(fields, needs, faults)
    if needs.reported:
        st.date_input(
            "报送市安委会办公室的日期（尚未报送可不填）",
            None,
            max_value=last_day,
            format="YYYY-MM-DD",
            key=fields.key("reported_on"),
        )
        _say_fault(faults, "reported_on")


def _draw_numbers(fields: FieldSet, needs: Needs, faults: Mapping[str, str]) -> None:
    left, right = st.columns(2)
    with left:
        label = "数值（已完成的个数）" if needs.total else "数值（人数）"
        st.text_input(label, max_chars=20, key=fields.key("value"))
        _say_fault(faults, "value")
    if needs.total:
        with right:
            st.text_input("总数", max_chars=20, key=fields.key("total"))
            _say_fault(faults, "total")


def _say_fault(faults: Mapping[str, str], name: str) -> None:
    if name in faults:
        st.error(as_text(faults[name]))


def _save(
    page: Context, unit: str, event: str, needs: Needs, fields: FieldSet, operation: str, today: date
) -> None:
    """Keep what the form holds; runs as a callback, before anything is drawn."""
    state = entry_state()
    state["of"] = fields.prefix
    try:
        draft = _draft(unit, event, needs, fields)
        mark = hashlib.sha256(repr(draft).encode("utf-8", "surrogatepass")).hexdigest()
        entered = enter_record(
            page.store,
            page.actor,
            draft,
            operation,
            today=today,
            now=page.now,
            sure=state.get("sure") == mark,
        )
    except LikelyDuplicateError as error:
        state.update(faults={_NOBODY: str(error)}, sure=mark, alike=error.record_id)
    except SupervisionError as error:
        state.update(faults=_faults(error), sure="", alike=getattr(error, "record_id", 0))
    else:
        _start_afresh(state, entered)


def _start_afresh(state: dict[str, Any], entered: Entered) -> None:
    state.update(
        operation=uuid4().hex, round=state["round"] + 1, faults={}, sure="", alike=0, saved=entered.record
    )


def _faults(error: SupervisionError) -> dict[str, str]:
    if isinstance(error, FaultyRecordError):
        return {fault.column: fault.reason for fault in reversed(error.faults)}
    if isinstance(error, InputError):
        return {error.field: str(error)}
    return {_NOBODY: str(error)}


def _draft(unit: str, event: str, needs: Needs, fields: FieldSet) -> Record:
    """Read the fields into a record.

    Raises:
        InputError: no date, or a number that is none.
    """
    day = fields.value("occurred_on")
    if not isinstance(day, date):
        raise InputError("请填写日期。", "occurred_on")
    reported = fields.value("reported_on")
    return Record(
        unit,
        event,
        day,
        fields.value("title", ""),
        fields.value("leader") or "",
        needs.first_director and bool(fields.value("led")),
        reported if isinstance(reported, date) else None,
        fields.value("measure") or "",
        _number(fields, "value"),
        _number(fields, "total"),
        fields.value("note", ""),
    )


def _number(fields: FieldSet, name: str) -> int | None:
    try:
        return parse_count(fields.value(name) or "")
    except InputError as error:
        raise InputError(str(error), name) from error
