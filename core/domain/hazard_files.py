"""Hazards in files: a row of dates read into moves, and moves written back as a row of dates."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from core.domain.courses import case_of
from core.domain.hazards import (
    DESCRIPTION_LIMIT,
    PLACE_LIMIT,
    SOURCE_LIMIT,
    Case,
    Deed,
    FiledHazard,
    Hazard,
    Level,
    Move,
    Source,
)
from core.domain.intake import CODE_LIMIT, Row, needed_unit, unit_code
from core.domain.texts import parse_day, shorten
from core.domain.units import UnitKind
from core.domain.world import World
from core.errors import InputError

_DATES = ("rectify_by", "rectified_on", "closed_on", "listed_on", "escalated_on", "exposed_on")
_NAMES = {
    "rectify_by": "整改期限",
    "rectified_on": "整改日期",
    "closed_on": "销号日期",
    "listed_on": "挂牌日期",
    "escalated_on": "提级日期",
    "exposed_on": "曝光日期",
}
_ORDER = (
    *(Deed.FOUND, Deed.FIXED_AT_ONCE, Deed.ASSIGNED, Deed.LISTED, Deed.ESCALATED, Deed.RECTIFIED),
    *(Deed.ACCEPTED, Deed.DELISTED, Deed.CLOSED, Deed.EXPOSED),
)
"""What comes first of several things done on one day."""


def read_hazard(row: Row, world: World) -> FiledHazard | None:
    """Read a row of hazards; what its file does not mention stays as it is."""
    code = row.text("code", CODE_LIMIT, needed=True)
    locality = needed_unit(row, "locality", world)
    if locality and locality.kind != UnitKind.LOCALITY:
        row.blame("locality", f"“{locality.name}”不是属地。")
    found_on = row.parsed("found_on", parse_day)
    if not row.cells.get("found_on"):
        row.blame("found_on", "不能为空，请写成 2025-03-31。")
    values = _values(row, world)
    dates = {name: row.parsed(name, parse_day) for name in _DATES}
    if row.faults or locality is None or found_on is None:
        return None
    old = world.hazards.get(code)
    base = old.hazard if old else Hazard(code, "", "", "", Level.GENERAL, found_on)
    kept = replace(base, locality=locality.code, found_on=found_on, **row.given({}, values))
    unit = unit_code(row, "unit", world, "") if "unit" in row.cells else old.unit if old else ""
    filed = replace(old or FiledHazard(kept), hazard=kept, unit=unit, **row.given({}, dates))
    filed = _with_unit(filed)
    row.faults_of(_faults(filed, world.today))
    return None if row.faults else filed


def _values(row: Row, world: World) -> dict[str, Any]:
    return {
        "place": row.text("place", PLACE_LIMIT),
        "description": row.text("description", DESCRIPTION_LIMIT, needed=True),
        "level": _level(row),
        "source": _source(row.text("source", SOURCE_LIMIT)),
        "industry": _committee(row, world),
        "found_by": unit_code(row, "found_by", world, ""),
    }


def _level(row: Row) -> Level:
    text = row.cells.get("level", "")
    level = Level.parse(text)
    if text and level is None:
        row.blame("level", f"等级“{shorten(text)}”不存在，应为一般、重大之一。")
    return level or Level.GENERAL


def _source(text: str) -> str:
    known = Source.parse(text)
    return known.value if known else text


def _committee(row: Row, world: World) -> str:
    code = unit_code(row, "industry", world, "")
    unit = world.units.get(code)
    if unit and unit.kind != UnitKind.COMMITTEE:
        row.blame("industry", f"“{unit.name}”不是专委会。")
    return code


def _with_unit(filed: FiledHazard) -> FiledHazard:
    """Whatever has a date to rectify is somebody's: the locality's, where no unit is named."""
    given = filed.rectify_by or filed.rectified_on or filed.closed_on
    return replace(filed, unit=filed.unit or filed.hazard.locality) if given else filed


def _faults(filed: FiledHazard, today: date) -> Iterator[tuple[str, str]]:
    found_on = filed.hazard.found_on
    if found_on > today:
        yield "found_on", f"发现日期 {found_on} 晚于今天（{today}）。"
    for name in _DATES:
        day: date | None = getattr(filed, name)
        if day and day < found_on:
            yield name, f"{_NAMES[name]} {day} 早于发现日期 {found_on}。"
        elif day and day > today and name != "rectify_by":
            yield name, f"{_NAMES[name]} {day} 晚于今天（{today}）。"
    yield from _order_faults(filed)


def _order_faults(filed: FiledHazard) -> Iterator[tuple[str, str]]:
    closed = filed.closed_on
    if closed and filed.rectified_on is None:
        yield "closed_on", "已有销号日期，请同时填写整改日期。"
    elif closed and filed.rectified_on and closed < filed.rectified_on:
        yield "closed_on", f"销号日期 {closed} 早于整改日期 {filed.rectified_on}。"
    if filed.listed_on and filed.hazard.level != Level.MAJOR:
        yield "listed_on", "只有重大隐患才能挂牌督办。"
    for name in ("listed_on", "escalated_on"):
        day: date | None = getattr(filed, name)
        if closed and day and day > closed:
            yield name, f"{_NAMES[name]} {day} 晚于销号日期 {closed}。"


def moves_of(filed: FiledHazard) -> list[Move]:
    """The moves that a row of dates tells, in their order; a listed hazard that is closed was taken off."""
    found_on = filed.hazard.found_on
    days: list[tuple[Deed, date | None]] = [
        (Deed.FOUND, found_on),
        *([(Deed.FIXED_AT_ONCE, found_on)] if _fixed_at_once(filed) else _course_days(filed)),
        (Deed.ESCALATED, filed.escalated_on),
        (Deed.EXPOSED, filed.exposed_on),
    ]
    dated = [(day, _ORDER.index(deed), deed) for deed, day in days if day]
    return [_move(filed, deed, day) for day, _, deed in sorted(dated)]


def _fixed_at_once(filed: FiledHazard) -> bool:
    days = {filed.rectify_by, filed.rectified_on, filed.closed_on}
    return days == {filed.hazard.found_on} and filed.hazard.level != Level.MAJOR and not filed.escalated_on


def _course_days(filed: FiledHazard) -> list[tuple[Deed, date | None]]:
    taken_off = filed.closed_on if filed.listed_on else None
    return [
        (Deed.ASSIGNED, filed.hazard.found_on if filed.unit else None),
        (Deed.LISTED, filed.listed_on),
        (Deed.RECTIFIED, filed.rectified_on),
        (Deed.ACCEPTED, taken_off),
        (Deed.DELISTED, taken_off),
        (Deed.CLOSED, filed.closed_on),
    ]


def _move(filed: FiledHazard, deed: Deed, day: date) -> Move:
    if deed == Deed.ASSIGNED:
        return Move(deed, day, unit=filed.unit, due=filed.rectify_by)
    return Move(deed, day)


def filed_of(case: Case) -> FiledHazard:
    """A case as a row of dates."""
    course = case.course
    return FiledHazard(
        case.hazard,
        course.unit or (case.hazard.locality if course.rectified_on else ""),
        course.due,
        course.rectified_on,
        course.closed_on,
        course.listed_on,
        course.escalated_on,
        course.exposed_on,
    )


def continuation(case: Case, wanted: FiledHazard) -> list[Move] | None:
    """The moves to add so that the case becomes what a file says; None where that takes a new history."""
    known = {(move.deed, move.on) for move in case.moves}
    fresh = [move for move in moves_of(wanted) if (move.deed, move.on) not in known]
    try:
        continued = case_of(wanted.hazard, (*case.moves, *fresh))
    except InputError:
        return None
    return fresh if filed_of(continued) == wanted else None
