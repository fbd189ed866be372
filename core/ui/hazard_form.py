"""Register a hazard: what, where, how grave, with photographs, and what is done about it at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import streamlit as st

from core.auth import Permission, may
from core.domain.hazards import Deed, Hazard, Level, Move, Source
from core.domain.units import Unit, UnitKind
from core.errors import InputError, SupervisionError
from core.services.rectifying import Registration, register_hazard
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
from core.ui.hazard_moves import photographs_in
from core.ui.saying import say_once

_LATEST_DUE = date(2100, 12, 31)
_EARLIEST = date(2020, 1, 1)


class Way(StrEnum):
    """What is done about it at once."""

    LATER = "待交办"
    ASSIGN = "交办整改"
    AT_ONCE = "即查即改"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a sitting knows beforehand: who found it, when, and in what kind of check."""

    found_by: str = ""
    found_on: date | None = None
    source: str = ""
    industry: str = ""


@dataclass(slots=True)
class FormState(Attempt):
    """What one registration form remembers in this tab."""

    saved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one drawing of the form stands on."""

    page: Context
    finding: Finding
    way: Way
    state: FormState
    fields: FieldSet
    last_day: date


def draw_registration(
    page: Context, units: Sequence[Unit], finding: Finding, last_day: date, name: str = "new"
) -> None:
    """Draw the form; what was registered before in this tab is said above it."""
    form = f"hazard:{name}"
    state: FormState = st.session_state.setdefault(form, FormState(form))
    say_once(others=[("success", said) for said in state.saved])
    way = st.segmented_control(
        "处理方式", list(Way), default=Way.LATER, required=True, key=f"way:{name}:{state.drawing}"
    )
    chosen = Way(way or Way.LATER)
    fields = lay_out(page, state, _fields(page, units, finding, last_day, chosen))
    _draw(Sheet(page, finding, chosen, state, fields, last_day))


def _fields(page: Context, units: Sequence[Unit], finding: Finding, last_day: date, way: Way) -> list[Field]:
    places = {unit.name: unit.code for unit in units if unit.kind == UnitKind.LOCALITY}
    sectors = {unit.name: unit.code for unit in units if unit.kind == UnitKind.COMMITTEE}
    own = page.actor.unit
    local = own if own in places.values() else None
    sector = finding.industry or (own if own in sectors.values() else None)
    fields = [
        Field("locality", "属地", Kind.CHOICE, local, choices=places, needed=True),
        Field("place", "地点或企业", needed=True),
        Field("description", "问题描述", Kind.LONG, needed=True, wide=True),
        Field(
            "level",
            "等级",
            Kind.CHOICE,
            Level.GENERAL.value,
            choices={each.label: each.value for each in Level},
        ),
        Field("industry", "行业专委会", Kind.CHOICE, sector, choices=sectors),
    ]
    if not finding.found_on:
        fields += _finding_fields(page, units, last_day)
    return fields + (_assignment_fields(page, units, local) if way == Way.ASSIGN else [])


def _finding_fields(page: Context, units: Sequence[Unit], last_day: date) -> list[Field]:
    sources = {each.label: each.value for each in Source}
    finders = {unit.name: unit.code for unit in units if may(page.actor, Permission.HANDLE, unit.code)}
    return [
        Field("found_on", "发现日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True),
        Field("source", "来源", Kind.CHOICE, Source.COVERT_CHECK.value, choices=sources),
        Field("found_by", "发现单位", Kind.CHOICE, page.actor.unit or None, choices=finders, needed=True),
    ]


def _assignment_fields(page: Context, units: Sequence[Unit], local: str | None) -> list[Field]:
    offered = {unit.name: unit.code for unit in units if may(page.actor, Permission.HANDLE, unit.code)}
    return [
        Field("unit", "责任单位", Kind.CHOICE, local, choices=offered, needed=True),
        Field("due", "整改期限", Kind.DAY, None, within=(_EARLIEST, _LATEST_DUE), needed=True),
    ]


def _draw(sheet: Sheet) -> None:
    say_restored(sheet.state)
    with st.container(border=True):
        draw_fields(sheet.fields, sheet.state.faults)
        draw_uploader("隐患照片（整改前，可拖入、粘贴或拍摄）", sheet.fields.key("before"))
        if sheet.way == Way.AT_ONCE:
            draw_uploader("整改后照片（必需）", sheet.fields.key("after"))
        for name in ("", "photographs"):
            say_fault(sheet.state.faults, name)
        st.button(
            "登记隐患",
            type="primary",
            on_click=_register,
            args=(sheet, sheet.state.operation),
            key=sheet.fields.key("save"),
        )
    keep_typing(sheet.page, sheet.state, sheet.fields, Reach(submit=sheet.fields.key("save")))


def _register(sheet: Sheet, operation: str) -> None:
    """Keep the hazard; runs as a callback, before anything is drawn."""
    state = sheet.state
    try:
        hazard = _hazard(sheet)
        wanted = Registration(hazard, _then(sheet, hazard), operation, photographs_in(sheet.fields))
        case = register_hazard(
            sheet.page.store, sheet.page.actor, wanted, today=sheet.last_day, now=sheet.page.now
        )
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        end_draft(sheet.page, sheet.page.actor, state)
        state.start_afresh()
        said = f"已登记 {case.hazard.code} {case.hazard.place}，目前“{case.course.stage.label}”。"
        state.saved = [*state.saved, said] if sheet.finding.found_on else [said]


def _hazard(sheet: Sheet) -> Hazard:
    fields, finding = sheet.fields, sheet.finding
    found_on = finding.found_on or fields.value("found_on")
    if not isinstance(found_on, date):
        raise InputError("请填写发现日期。", "found_on")
    return Hazard(
        "",
        fields.text("locality"),
        fields.text("place"),
        fields.text("description"),
        Level.of(fields.text("level") or Level.GENERAL),
        found_on,
        finding.source or fields.text("source"),
        fields.text("industry"),
        finding.found_by or fields.text("found_by"),
    )


def _then(sheet: Sheet, hazard: Hazard) -> Move | None:
    if sheet.way == Way.AT_ONCE:
        return Move(Deed.FIXED_AT_ONCE, hazard.found_on, note="现场立即整改。")
    if sheet.way == Way.LATER:
        return None
    due = sheet.fields.value("due")
    unit = sheet.fields.text("unit")
    return Move(Deed.ASSIGNED, hazard.found_on, unit=unit, due=due if isinstance(due, date) else None)
