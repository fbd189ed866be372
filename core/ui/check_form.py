"""Enter a covert check: when, where, who took part, photographs; then its hazards in the same sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.domain.covert_checks import COVERT_CHECK, Party
from core.domain.hazards import Source
from core.domain.records import Record
from core.domain.units import Unit, UnitKind
from core.errors import InputError, SupervisionError
from core.services.checking_covertly import CheckEntry, enter_check
from core.services.recording import LikelyDuplicateError
from core.ui.attachments import draw_uploader
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
from core.ui.hazard_form import Finding, draw_registration
from core.ui.hazard_moves import sent_from
from core.ui.page import as_text

_COUNTS = (
    ("enforcement", "执法人员（人）"),
    ("media", "媒体（家）"),
    ("experts", "专家（人）"),
    ("letters", "发督促函（份）"),
    ("bulletins", "发通报（期）"),
)
_MOST = 999
_EARLIEST = date(2020, 1, 1)


@dataclass(slots=True)
class CheckState(Attempt):
    """What the form remembers in this tab; `saved` is the check whose hazards are being added."""

    sure: bool = False
    saved: Record | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one drawing of the form stands on."""

    page: Context
    state: CheckState
    fields: FieldSet
    last_day: date


def draw_check_form(page: Context, own: Sequence[Unit], every: Sequence[Unit], last_day: date) -> None:
    """Draw the form, or after saving the form for what that check found."""
    state: CheckState = st.session_state.setdefault("covert_check_form", CheckState("covert_check"))
    if state.saved:
        _draw_findings(page, state, state.saved, every, last_day)
        return
    fields = lay_out(page, state, _fields(page, own, last_day))
    say_restored(state)
    with st.container(border=True):
        draw_fields(fields, state.faults)
        draw_uploader("现场照片（可拖入、粘贴或拍摄）", fields.key("photographs"))
        for name in ("", "photographs", "event"):
            say_fault(state.faults, name)
        sheet = Sheet(page, state, fields, last_day)
        label = "仍然保存" if state.sure else "保存，接着登记隐患"
        st.button(
            label, type="primary", on_click=_save, args=(sheet, state.operation), key=fields.key("save")
        )
    keep_typing(page, state, fields, Reach(submit=fields.key("save")))


def _fields(page: Context, own: Sequence[Unit], last_day: date) -> list[Field]:
    choices = {unit.name: unit.code for unit in own}
    start = page.actor.unit if page.actor.unit in choices.values() else None
    return [
        Field("unit", "检查单位", Kind.CHOICE, start, choices=choices, needed=True),
        Field("occurred_on", "日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True),
        Field("title", "暗查暗访内容（地点、重点）", needed=True, wide=True),
        *(Field(name, label, Kind.COUNT) for name, label in _COUNTS),
        Field("note", "备注（可不填）", Kind.LONG, wide=True),
    ]


def _save(sheet: Sheet, operation: str) -> None:
    """Keep the check; runs as a callback, before anything is drawn."""
    state = sheet.state
    try:
        entry = CheckEntry(_record(sheet), sent_from(sheet.fields.key("photographs")), operation, state.sure)
        entered = enter_check(
            sheet.page.store, sheet.page.actor, entry, today=sheet.last_day, now=sheet.page.now
        )
    except LikelyDuplicateError as error:
        state.faults, state.sure = {"": str(error)}, True
    except SupervisionError as error:
        state.faults, state.sure = faults_by_field(error), False
    else:
        end_draft(sheet.page, sheet.page.actor, state)
        state.start_afresh()
        state.sure = False
        state.saved = entered.record


def _record(sheet: Sheet) -> Record:
    fields = sheet.fields
    day = fields.value("occurred_on")
    if not isinstance(day, date):
        raise InputError("请填写日期。", "occurred_on")
    if not fields.text("unit"):
        raise InputError("请选择检查单位。", "unit")
    if not fields.text("title").strip():
        raise InputError("请填写暗查暗访内容。", "title")
    party = Party(**{name: _count(fields, name) for name, _ in _COUNTS})
    note = "\n".join(filter(None, (party.words, fields.text("note"))))
    return Record(fields.text("unit"), COVERT_CHECK, day, fields.text("title"), note=note)


def _count(fields: FieldSet, name: str) -> int:
    number = fields.count(name) or 0
    if number > _MOST:
        raise InputError(f"最多 {_MOST}，请核对。", name)
    return number


def _draw_findings(
    page: Context, state: CheckState, saved: Record, every: Sequence[Unit], last_day: date
) -> None:
    section_head(saved.title, f"{saved.occurred_on} 已保存，请逐处登记发现的隐患")
    unit = next((each for each in every if each.code == saved.unit), None)
    industry = saved.unit if unit and unit.kind == UnitKind.COMMITTEE else ""
    finding = Finding(saved.unit, saved.occurred_on, Source.COVERT_CHECK.value, industry)
    draw_registration(page, every, finding, last_day, f"check{saved.record_id}")
    if st.button("本次检查登记完毕", key="check_done"):
        state.saved = None
        st.toast(as_text("本次暗查暗访已登记完毕。"))
        st.rerun()
