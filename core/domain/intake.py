"""Rows of a file, as texts, read into units, leaders, zones and records, every fault named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from core.domain.checking import Fault, faults_of
from core.domain.enterprises import Enterprise, FiledDuties, SpotCheck
from core.domain.hazards import FiledHazard
from core.domain.measures import FiledMeasure
from core.domain.records import Record
from core.domain.staffing import Inspectors, Town, TownStaff
from core.domain.status import Exemption
from core.domain.texts import clean, parse_count, parse_day, parse_flag, shorten
from core.domain.units import Leader, Member, Unit, UnitKind
from core.domain.world import Filed, World
from core.domain.zones import Area, Zone
from core.errors import InputError

Registered = Enterprise | FiledDuties | SpotCheck | Town | TownStaff | Inspectors
Thing = Unit | Leader | Zone | Record | FiledHazard | FiledMeasure | Registered | Member | Exemption | Filed
_T = TypeVar("_T")
CODE_LIMIT, _NAME_LIMIT, _PERSON_LIMIT = 40, 200, 100


class Row:
    """One row's texts by column name; columns that the file does not have are absent."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        """Clean every text."""
        self.cells = {name: clean(text) for name, text in cells.items()}
        self.faults: list[Fault] = []

    def blame(self, column: str, reason: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(column, reason))

    def text(self, column: str, limit: int, *, needed: bool = False) -> str:
        """A text of at most `limit` characters."""
        text = self.cells.get(column, "")
        if needed and not text:
            self.blame(column, "不能为空。")
        if len(text) > limit:
            self.blame(column, f"最多 {limit} 个字，现有 {len(text)} 个字，请精简。")
        return text

    def parsed(self, column: str, parse: Callable[[str], _T]) -> _T | None:
        """A value read by a parser; None, and a fault, where it cannot be read."""
        try:
            return parse(self.cells.get(column, ""))
        except InputError as error:
            self.blame(column, str(error))
            return None

    def faults_of(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note faults, each as column and reason."""
        self.faults += [Fault(column, reason) for column, reason in pairs]

    def given(self, fields: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
        """Of the values, those whose column the file has; `fields` maps field to column."""
        return {field: value for field, value in values.items() if fields.get(field, field) in self.cells}


def read_unit(row: Row, world: World) -> Unit | None:
    """Read a row of units; what its file does not mention stays as it is."""
    code = row.text("code", CODE_LIMIT, needed=True)
    kind = UnitKind.parse(row.cells.get("kind", ""))
    if kind is None:
        typed = shorten(row.cells.get("kind", ""))
        row.blame("kind", f"类别“{typed}”不存在，应为市级、属地、专委会、部门之一。")
    old = world.units.get(code)
    if old and kind and old.kind != kind:
        row.blame("kind", f"{old.name}已登记为“{old.kind.label}”，类别不能改变。")
    values: dict[str, Any] = {
        "name": row.text("name", _NAME_LIMIT, needed=True),
        "parent": unit_code(row, "parent", world, code),
        "county": bool(row.parsed("county", parse_flag)),
        "heavy_duty": bool(row.parsed("heavy_duty", parse_flag)),
        "lead_unit": unit_code(row, "lead_unit", world, code),
        "sort_no": _sort_no(row, old, world),
        "active_from": row.parsed("active_from", parse_day),
        "active_until": row.parsed("active_until", parse_day),
        "successor": unit_code(row, "successor", world, code),
    }
    _check_span(row, values["active_from"], values["active_until"], "active_until")
    if row.faults or kind is None:
        return None
    base = old or Unit(code, kind, "", sort_no=values["sort_no"])
    return replace(base, **row.given({"sort_no": "order"}, values))


def _sort_no(row: Row, old: Unit | None, world: World) -> int:
    typed = row.parsed("order", parse_count)
    if typed is not None:
        return typed
    return old.sort_no if old else world.next_sort_no()


def unit_code(row: Row, column: str, world: World, own: str) -> str:
    """The code of a unit that a column names by code or full name."""
    text = row.cells.get(column, "")
    if not text or text == own:
        return text
    code = world.find_code(text)
    if code is None:
        row.blame(column, f"单位“{shorten(text)}”不存在，请填写单位编码或全称。")
    return code or ""


def read_leader(row: Row, world: World) -> Leader | None:
    """Read a row of leaders."""
    unit = needed_unit(row, "unit", world)
    name = row.text("name", _PERSON_LIMIT, needed=True)
    values = {
        "title": row.text("title", _NAME_LIMIT),
        "starts": row.parsed("from", parse_day),
        "until": row.parsed("until", parse_day),
    }
    _check_span(row, values["starts"], values["until"], "until")
    if row.faults or unit is None:
        return None
    base = world.find_leader(unit.code, name) or Leader(unit.code, name)
    return replace(base, **row.given({"starts": "from"}, values))


def read_zone(row: Row, world: World) -> Zone | None:
    """Read a row of zones; an area accepted in the future is refused."""
    code = row.text("code", CODE_LIMIT, needed=True)
    locality = needed_unit(row, "locality", world)
    if locality and locality.kind != UnitKind.LOCALITY:
        row.blame("locality", f"“{locality.name}”不是属地。")
    name = row.text("name", _NAME_LIMIT, needed=True)
    old = world.zones.get(code)
    accepted = tuple(_accepted(row, area, old, world.today) for area in Area)
    if row.faults or locality is None:
        return None
    return Zone(code, locality.code, name, accepted)


def _accepted(row: Row, area: Area, old: Zone | None, today: date) -> date | None:
    if area.value not in row.cells:
        return old.accepted[list(Area).index(area)] if old else None
    day = row.parsed(area.value, parse_day)
    if day and day > today:
        row.blame(area.value, f"验收日期 {day} 晚于今天（{today}）。")
    return day


def read_record(row: Row, world: World) -> Record | None:
    """Read a row of records and check it as a form's entry is checked."""
    unit, event = needed_unit(row, "unit", world), _event(row, world)
    day = _needed_day(row)
    values: dict[str, Any] = {
        **{name: row.cells.get(name, "") for name in ("title", "leader", "note")},
        "led_by_first_director": bool(row.parsed("led_by_first_director", parse_flag)),
        "reported_on": row.parsed("reported_on", parse_day),
        "value": row.parsed("value", parse_count),
        "total": row.parsed("total", parse_count),
    }
    if unit is None or event is None or day is None:
        return None
    known = world.find_leader(unit.code, values["leader"])
    values["leader"] = known.name if known else values["leader"]
    record = Record(unit.code, event, day, measure=_measure(row, event, world), **values)
    broken = {fault.column for fault in row.faults}
    row.faults += [fault for fault in faults_of(record, world) if fault.column not in broken]
    return None if row.faults else record


def _needed_day(row: Row) -> date | None:
    if not row.cells.get("occurred_on"):
        row.blame("occurred_on", "不能为空，请写成 2025-03-31。")
    return row.parsed("occurred_on", parse_day)


def _event(row: Row, world: World) -> str | None:
    text = row.cells.get("event", "")
    event = world.parse_event(text)
    if event is None:
        reason = f"事项“{shorten(text)}”不存在，请填写事项编码或名称。" if text else "不能为空。"
        row.blame("event", reason)
    return event


def _measure(row: Row, event: str, world: World) -> str:
    text = row.cells.get("measure", "")
    found = (catalogue.parse_measure(event, text) for catalogue in world.catalogues.values())
    return next((measure for measure in found if measure), text)


def needed_unit(row: Row, column: str, world: World) -> Unit | None:
    """The unit that a column must name by code or full name."""
    text = row.cells.get(column, "")
    unit = world.find_unit(text) if text else None
    if unit is None:
        reason = f"单位“{shorten(text)}”不存在，请填写单位编码或全称。" if text else "不能为空。"
        row.blame(column, reason)
    return unit


def _check_span(row: Row, start: object, end: object, column: str) -> None:
    if isinstance(start, date) and isinstance(end, date) and end < start:
        row.blame(column, f"截止日期 {end} 早于开始日期 {start}。")
