"""What can be done about one hazard now: one form a move, with only what that move needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from core.domain.attachments import Sent
from core.domain.courses import DOCUMENT_NEEDED, DUE_NEEDED, NOTE_NEEDED, allowed
from core.domain.hazards import LISTING_FIELDS, Case, Deed, Move
from core.domain.moving import PHOTO_AFTER
from core.domain.units import Unit
from core.errors import InputError, SupervisionError
from core.services.hazard_photographs import Photographs
from core.services.rectifying import Wanted, may_move, move_hazard
from core.ui.attachments import draw_uploader, files_picked
from core.ui.attempts import (
    Attempt,
    Reach,
    end_draft,
    faults_by_field,
    keep_typing,
    lay_out,
    say_restored,
)
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.saying import say_once

_PHOTOGRAPHS = "photographs"
_NOWHERE = ("", _PHOTOGRAPHS)
_LATEST_DUE = date(2100, 12, 31)


@dataclass(slots=True)
class MoveState(Attempt):
    """What one hazard's forms remember in this tab; each move has a draft of its own."""

    deed: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one drawing of a move's form stands on; `seen` is the newest move the person saw."""

    page: Context
    case: Case
    deed: Deed
    state: MoveState
    fields: FieldSet
    last_day: date


def draw_moves(page: Context, case: Case, units: Sequence[Unit], last_day: date) -> None:
    """Draw what this person may do now, and the form of the move they choose."""
    state = _state(case.hazard.code)
    say_once(state.said)
    state.said = ""
    deeds = [deed for deed in allowed(case) if may_move(page.actor, case, deed)]
    kept = Deed.parse(state.deed) if state.faults else None
    if kept and kept not in deeds:  # somebody was first: what was typed stays in sight
        deeds.append(kept)
    if not deeds:
        return
    section_head("办理")
    chosen = st.pills(
        "办理事项",
        [deed.value for deed in deeds],
        default=state.deed if state.deed in deeds else None,
        format_func=lambda deed: Deed.of(deed).label,
        label_visibility="collapsed",
        key=f"deed_{case.hazard.code}_{state.drawing}",
    )
    if chosen != state.deed:
        state.faults = {}
    state.deed = str(chosen or "")
    if chosen:
        _draw_form(_sheet(page, case, Deed.of(str(chosen)), units, last_day))


def _state(code: str) -> MoveState:
    form = f"hazard_moves:{code}"
    state: MoveState = st.session_state.setdefault(form, MoveState(form))
    return state


def _sheet(page: Context, case: Case, deed: Deed, units: Sequence[Unit], last_day: date) -> Sheet:
    state = _state(case.hazard.code)
    state.form = f"move:{case.hazard.code}:{deed.value}"
    fields = lay_out(page, state, _fields(page, case, deed, units, last_day))
    return Sheet(page, case, deed, state, fields, last_day)


def _fields(page: Context, case: Case, deed: Deed, units: Sequence[Unit], last_day: date) -> list[Field]:
    first = case.course.last_on or case.hazard.found_on
    day = Field("on", f"{deed.label}日期", Kind.DAY, last_day, within=(first, last_day), needed=True)
    fields = [day]
    if deed in DUE_NEEDED or deed == Deed.RETURNED:
        fields.append(_due_field(case, deed))
    if deed == Deed.ASSIGNED:
        fields.append(_unit_field(page, case, units))
    if deed in DOCUMENT_NEEDED:
        fields.append(Field("document", _document_label(deed), needed=True))
    if deed == Deed.LISTED:
        fields += [Field(name, label, needed=True) for name, label in LISTING_FIELDS]
    needed = NOTE_NEEDED.get(deed)
    fields.append(Field("note", needed or "说明（可不填）", Kind.LONG, needed=bool(needed), wide=True))
    return fields


def _due_field(case: Case, deed: Deed) -> Field:
    labels = {
        Deed.EXTENSION_ASKED: "申请延至",
        Deed.EXTENSION_GRANTED: "延至",
        Deed.RETURNED: "新的期限（可不填）",
    }
    start = case.course.asked_until if deed == Deed.EXTENSION_GRANTED else None
    within = (case.hazard.found_on, _LATEST_DUE)
    return Field(
        "due", labels.get(deed, "整改期限"), Kind.DAY, start, within=within, needed=deed in DUE_NEEDED
    )


def _unit_field(page: Context, case: Case, units: Sequence[Unit]) -> Field:
    own = page.actor.unit
    offered = [unit for unit in units if unit.code == own] or list(units)
    if may_move(page.actor, case, Deed.CLOSED):
        offered = list(units)
    choices = {unit.name: unit.code for unit in offered}
    start = case.responsible if case.responsible in choices.values() else None
    return Field("unit", "责任单位", Kind.CHOICE, start, choices=choices, needed=True)


def _document_label(deed: Deed) -> str:
    return {
        Deed.LISTED: "挂牌通知文号",
        Deed.ESCALATED: "提级督办文号",
        Deed.DELISTED: "公示处（网址、文号或报刊）",
        Deed.EXPOSED: "曝光处（媒体、栏目或网址）",
    }.get(deed, "文号")


def _draw_form(sheet: Sheet) -> None:
    say_restored(sheet.state)
    with st.container(border=True):
        draw_fields(sheet.fields, sheet.state.faults)
        for side, label in _sides(sheet.deed):
            draw_uploader(label, sheet.fields.key(side))
        for name in _NOWHERE:
            say_fault(sheet.state.faults, name)
        st.button(
            f"确认{sheet.deed.label}",
            type="primary",
            on_click=_carry_on,
            args=(sheet, sheet.state.operation),
            key=sheet.fields.key("confirm"),
        )
    keep_typing(sheet.page, sheet.state, sheet.fields, Reach(submit=sheet.fields.key("confirm")))


def _sides(deed: Deed) -> list[tuple[str, str]]:
    """Which photographs a move takes."""
    if deed == Deed.FIXED_AT_ONCE:
        return [("before", "整改前照片"), ("after", "整改后照片")]
    if deed in PHOTO_AFTER:
        return [("after", "整改后照片（必需）")]
    return [("after", "现场照片（可不传）")] if deed in (Deed.ACCEPTED, Deed.CLOSED) else []


def photographs_in(fields: FieldSet) -> Photographs:
    """The pictures that stand in a form's uploaders."""
    return Photographs(sent_from(fields.key("before")), sent_from(fields.key("after")))


def sent_from(key: str) -> tuple[Sent, ...]:
    """The files of an uploader, as they were sent."""
    return tuple(Sent(each.name, each.getvalue()) for each in files_picked(key))


def _carry_on(sheet: Sheet, operation: str) -> None:
    """Make the move; runs as a callback, before anything is drawn."""
    state, code = sheet.state, sheet.case.hazard.code
    try:
        wanted = Wanted(code, sheet.case.seen, _move(sheet), operation, photographs_in(sheet.fields))
        moved = move_hazard(
            sheet.page.store, sheet.page.actor, wanted, today=sheet.last_day, now=sheet.page.now
        )
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        end_draft(sheet.page, sheet.page.actor, state)
        state.deed = ""
        state.start_afresh()
        state.said = f"已办理“{sheet.deed.label}”，目前“{moved.course.stage.label}”。"


def _move(sheet: Sheet) -> Move:
    fields = sheet.fields
    on: Any = fields.value("on")
    if not isinstance(on, date):
        raise InputError("请填写日期。", "on")
    due = fields.value("due")
    detail = [(name, fields.text(name)) for name, _ in LISTING_FIELDS] if sheet.deed == Deed.LISTED else []
    return Move(
        sheet.deed,
        on,
        note=fields.text("note"),
        unit=fields.text("unit"),
        due=due if isinstance(due, date) else None,
        document=fields.text("document"),
        detail=tuple(detail),
    )
