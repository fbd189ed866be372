"""What is wrong with a move as it was typed, field by field, before the state machine is asked."""

from collections.abc import Iterator
from datetime import date

from core.domain.checking import Fault
from core.domain.courses import DOCUMENT_NEEDED, DUE_NEEDED, NOTE_NEEDED
from core.domain.hazards import (
    DESCRIPTION_LIMIT,
    DOCUMENT_LIMIT,
    LISTING_FIELDS,
    PLACE_LIMIT,
    Deed,
    Hazard,
    Move,
)
from core.domain.records import NOTE_LIMIT
from core.domain.units import UnitKind
from core.domain.world import World

MOST_DUE_DAYS = 3_660
OFFICE_DEEDS = frozenset(
    {
        *(Deed.LISTED, Deed.ESCALATED, Deed.EXTENSION_GRANTED, Deed.EXTENSION_REFUSED, Deed.RETURNED),
        *(Deed.ACCEPTED, Deed.DELISTED, Deed.CLOSED, Deed.EXPOSED, Deed.LOOKED_BACK, Deed.REOPENED),
    }
)
"""Moves that are the office's alone."""
PHOTO_AFTER = frozenset({Deed.RECTIFIED, Deed.FIXED_AT_ONCE})
"""Moves that must show how it looks now."""


def faults_of_move(move: Move, world: World) -> list[Fault]:
    """Everything wrong with a move as typed; whether the state allows it is another question."""
    faults = [*_day_faults(move, world.today), *_text_faults(move), *_listing_faults(move)]
    if move.deed == Deed.ASSIGNED and move.unit not in world.units:
        faults.append(Fault("unit", "请选择责任单位。"))
    return faults


def _day_faults(move: Move, today: date) -> Iterator[Fault]:
    if move.on > today:
        yield Fault("on", f"{move.deed.label}日期 {move.on} 晚于今天（{today}）。")
    if move.deed in DUE_NEEDED and move.due is None:
        yield Fault("due", "请填写整改期限。")
    elif move.due and move.due < move.on:
        yield Fault("due", f"整改期限 {move.due} 早于{move.deed.label}日期 {move.on}。")
    elif move.due and (move.due - move.on).days > MOST_DUE_DAYS:
        yield Fault("due", f"整改期限 {move.due} 过远，请核对年份。")


def _text_faults(move: Move) -> Iterator[Fault]:
    if move.deed in NOTE_NEEDED and not move.note:
        yield Fault("note", f"请填写{NOTE_NEEDED[move.deed]}。")
    if len(move.note) > NOTE_LIMIT:
        yield Fault("note", f"说明最多 {NOTE_LIMIT} 个字，现有 {len(move.note)} 个字，请精简。")
    if move.deed in DOCUMENT_NEEDED and not move.document:
        yield Fault("document", "请填写文号或文件、报道名称。")
    if len(move.document) > DOCUMENT_LIMIT:
        yield Fault("document", f"最多 {DOCUMENT_LIMIT} 个字，现有 {len(move.document)} 个字。")


def _listing_faults(move: Move) -> Iterator[Fault]:
    given = dict(move.detail)
    for name, label in LISTING_FIELDS if move.deed == Deed.LISTED else ():
        if not given.get(name):
            yield Fault(name, f"请填写{label}。")
        elif len(given[name]) > DESCRIPTION_LIMIT:
            yield Fault(name, f"{label}最多 {DESCRIPTION_LIMIT} 个字。")


def faults_of_hazard(hazard: Hazard, world: World) -> list[Fault]:
    """Everything wrong with a hazard as it was typed."""
    faults = list(_found_faults(hazard, world.today))
    locality = world.units.get(hazard.locality)
    if locality is None or locality.kind != UnitKind.LOCALITY:
        faults.append(Fault("locality", "请选择隐患所在的属地。"))
    industry = world.units.get(hazard.industry)
    if hazard.industry and (industry is None or industry.kind != UnitKind.COMMITTEE):
        faults.append(Fault("industry", "请选择隐患所属的行业专委会。"))
    return faults


def _found_faults(hazard: Hazard, today: date) -> Iterator[Fault]:
    if hazard.found_on > today:
        yield Fault("found_on", f"发现日期 {hazard.found_on} 晚于今天（{today}）。")
    if hazard.found_on.year < today.year - 10:
        yield Fault("found_on", f"发现日期 {hazard.found_on} 过早，请核对年份。")
    limits = (("place", hazard.place, PLACE_LIMIT, "地点或企业"),)
    for column, text, limit, label in (
        *limits,
        ("description", hazard.description, DESCRIPTION_LIMIT, "问题描述"),
    ):
        if not text:
            yield Fault(column, f"请填写{label}。")
        elif len(text) > limit:
            yield Fault(column, f"{label}最多 {limit} 个字，现有 {len(text)} 个字，请精简。")
