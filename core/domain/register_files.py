"""Rows of the registers' files, read into enterprises, duties, spot checks, towns and counts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from core.domain.checking import Fault
from core.domain.enterprises import (
    NINE,
    Done,
    Duty,
    Enterprise,
    FiledDuties,
    Industry,
    SpotCheck,
    Visit,
    industry_label,
)
from core.domain.intake import CODE_LIMIT, Row, needed_unit
from core.domain.register_checks import (
    faults_of_check,
    faults_of_done,
    faults_of_enterprise,
    faults_of_inspectors,
    faults_of_town,
    faults_of_town_staff,
)
from core.domain.staffing import Inspectors, Town, TownStaff
from core.domain.texts import parse_count, parse_day, parse_flag, shorten
from core.domain.world import World
from core.errors import InputError

_T = TypeVar("_T")
_APART = re.compile(r"[、，,;；\s]+")
_TO = re.compile(r"至|到|[~\uff5e]|—+")
_AROUND = re.compile(r"\s*(至|到|[~\uff5e])\s*")


def read_enterprise(row: Row, world: World) -> Enterprise | None:
    """Read a row of enterprises; what its file does not mention stays as it is."""
    code = row.text("code", CODE_LIMIT, needed=True)
    locality = needed_unit(row, "locality", world)
    old = world.enterprises.get(code)
    industry = kept_industry(row.cells.get("industry", ""))
    risky = industry in set(Industry) if not row.cells.get("high_risk") else None
    values: dict[str, Any] = {
        "high_risk": risky if risky is not None else bool(row.parsed("high_risk", parse_flag)),
        "staff": row.parsed("staff", parse_count),
        "active_from": row.parsed("active_from", parse_day),
        "active_until": row.parsed("active_until", parse_day),
    }
    if row.faults or locality is None:
        return None
    base = old or Enterprise(code, "", "", "", high_risk=bool(risky))
    name, given = row.cells.get("name", ""), row.given({}, values)
    found = replace(base, name=name, locality=locality.code, industry=industry, **given)
    return _sound(row, found, faults_of_enterprise(found, locality))


def kept_industry(text: str) -> str:
    """One of the eight by its code, anything else as it was typed."""
    known = Industry.parse(text)
    return known.value if known else text


def _sound(row: Row, found: _T, faults: Iterable[Fault]) -> _T | None:
    row.faults += faults
    return None if row.faults else found


def read_duties(row: Row, world: World) -> FiledDuties | None:
    """Read a row of what one enterprise did: each cell holds the days, several with 、 between them."""
    enterprise = _enterprise(row, world)
    done = [each for duty in Duty for each in _done(row, duty)]
    if row.faults or enterprise is None:
        return None
    return _sound(
        row, FiledDuties(enterprise.code, tuple(done)), faults_of_done(done, enterprise, world.today)
    )


def _enterprise(row: Row, world: World) -> Enterprise | None:
    text = row.cells.get("enterprise", "")
    found = world.find_enterprise(text) if text else None
    if found is None:
        said = f"企业“{shorten(text)}”不存在，或有多家同名，请填写企业编码。" if text else "不能为空。"
        row.blame("enterprise", said)
    return found


def _done(row: Row, duty: Duty) -> Iterator[Done]:
    text = row.cells.get(duty.value, "")
    if not text:
        return
    try:
        yield from done_in(duty, text)
    except InputError as error:
        row.blame(duty.value, str(error))


def done_in(duty: Duty, text: str) -> list[Done]:
    """The days that a cell names; an insurance is named by its first and last day.

    Raises:
        InputError: what cannot be read.
    """
    found = []
    for part in _APART.split(_AROUND.sub(r"\1", text.strip())):
        first, *rest = _TO.split(part) if duty == Duty.INSURANCE else [part]
        on, until = _day(first), _day(rest[0]) if rest else None
        found.append(Done(duty, on, until))
    return sorted(set(found), key=lambda each: each.on)


def _day(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise InputError("日期不能为空，请写成 2025-03-31。")
    return day


def days_told(done: Iterable[Done], duty: Duty) -> str:
    """The days of one duty as a cell holds them."""
    own = sorted((each for each in done if each.duty == duty), key=lambda each: each.on)
    return "、".join(f"{each.on}至{each.until}" if each.until else f"{each.on}" for each in own)


def read_spot_check(row: Row, world: World) -> SpotCheck | None:
    """Read a row of spot checks."""
    enterprise = _enterprise(row, world)
    day = _needed_day(row, "checked_on")
    visit = Visit.parse(row.cells.get("visit", ""))
    if visit is None:
        row.blame("visit", "检查方式应为督查、巡查、执法检查、明查暗访之一。")
    found = [_duties(row, name) for name in ("found_true", "found_false")]
    if row.faults or enterprise is None or day is None or visit is None:
        return None
    who, note = row.cells.get("checked_by", ""), row.cells.get("note", "")
    check = SpotCheck(enterprise.code, day, visit, who, found[0], found[1], note)
    return _sound(row, check, faults_of_check(check, world.today))


def _duties(row: Row, column: str) -> tuple[Duty, ...]:
    """The nine ones that a cell names: 一责、一本."""
    named = []
    for text in filter(None, _APART.split(row.cells.get(column, ""))):
        duty = Duty.parse(text)
        if duty is None or duty not in NINE:
            row.blame(column, f"“{shorten(text)}”不是“九个一”之一，请填一责、一本等，多项用顿号分开。")
        else:
            named.append(duty)
    return tuple(duty for duty in NINE if duty in named)


def _needed_day(row: Row, column: str) -> date | None:
    if not row.cells.get(column):
        row.blame(column, "不能为空，请写成 2025-03-31。")
    return row.parsed(column, parse_day)


def _needed_count(row: Row, column: str) -> int:
    if not row.cells.get(column):
        row.blame(column, "不能为空，请填写人数。")
    return row.parsed(column, parse_count) or 0


def read_town(row: Row, world: World) -> Town | None:
    """Read a row of towns; what its file does not mention stays as it is."""
    code = row.text("code", CODE_LIMIT, needed=True)
    locality = needed_unit(row, "locality", world)
    values = {
        "heavy_duty": bool(row.parsed("heavy_duty", parse_flag)),
        "active_from": row.parsed("active_from", parse_day),
        "active_until": row.parsed("active_until", parse_day),
    }
    if row.faults or locality is None:
        return None
    base = world.towns.get(code) or Town(code, "", "")
    name = row.cells.get("name", "")
    found = replace(base, locality=locality.code, name=name, **row.given({}, values))
    return _sound(row, found, faults_of_town(found, locality))


def read_town_staff(row: Row, world: World) -> TownStaff | None:
    """Read a row of towns' counts."""
    text = row.cells.get("town", "")
    town = world.find_town(text) if text else None
    if town is None:
        said = f"乡镇（街道）“{shorten(text)}”不存在，或有多个同名，请填写编码。" if text else "不能为空。"
        row.blame("town", said)
    day, staff = _needed_day(row, "counted_on"), _needed_count(row, "staff")
    if row.faults or town is None or day is None:
        return None
    found = TownStaff(town.code, day, staff, row.cells.get("note", ""))
    return _sound(row, found, faults_of_town_staff(found, world.today))


def read_inspectors(row: Row, world: World) -> Inspectors | None:
    """Read a row of localities' counts of inspectors."""
    locality = needed_unit(row, "locality", world)
    day = _needed_day(row, "counted_on")
    counts = [_needed_count(row, name) for name in ("full_time", "part_time")]
    if row.faults or locality is None or day is None:
        return None
    found = Inspectors(locality.code, day, counts[0], counts[1], row.cells.get("note", ""))
    return _sound(row, found, faults_of_inspectors(found, locality, world.today))


def line_of_register(kind: str, thing: Any) -> list[object]:
    """One thing of a register as a line of its file, in the order of the form's columns."""
    if isinstance(thing, FiledDuties):
        return [thing.enterprise, *(days_told(thing.done, duty) for duty in Duty)]
    return [_plain(kind, name, getattr(thing, name)) for name in LINES[kind]]


LINES = {
    "enterprises": Enterprise.__slots__,
    "spot_checks": SpotCheck.__slots__,
    "towns": Town.__slots__,
    "town_staff": TownStaff.__slots__,
    "inspectors": Inspectors.__slots__,
}


def _plain(kind: str, name: str, value: Any) -> object:
    if kind == "enterprises" and name == "industry":
        return industry_label(value)
    if kind == "spot_checks" and name == "visit":
        return value.label
    return "、".join(duty.label for duty in value) if isinstance(value, tuple) else value
