"""Give data out as CSV in the import form, so that it can be taken in again."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from core.auth import Actor, Permission, require
from core.domain.forms import FORMS
from core.domain.hazards import FiledHazard
from core.domain.measure_files import line_of_measure
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.domain.zones import Zone
from core.errors import InputError
from core.services.filing_hazards import filed_hazards
from core.services.filing_matters import MATTER_FILES
from core.services.filing_measures import filed_measures
from core.services.filing_office import OFFICE_FILES
from core.services.filing_registers import REGISTERS
from core.services.filing_zones import ZONE_FILES
from core.store.engine import Store
from core.store.records import all_records
from core.store.rolls import leaders, units, zones
from core.store.unit_of_work import Reader

_RISKY = re.compile(r"'*[=+\-@\t\r]")


def export_csv(store: Store, actor: Actor, kind: str, known_at: datetime | None = None) -> str:
    """All units, leaders, zones, records, hazards or measures as CSV text, in the order of their entry.

    Raises:
        ForbiddenError: the actor may not exchange data.
        InputError: an unknown kind.
    """
    require(actor, Permission.EXCHANGE)
    if kind not in _SOURCES:
        raise InputError(f"导出类别“{kind}”不存在，可用：{'、'.join(_SOURCES)}。")
    with store.reading(known_at) as reader:
        lines = ([guarded(value) for value in line] for line in lines_of(reader, kind))
        return csv_text([column.name for column in FORMS[kind].columns], lines)


def lines_of(reader: Reader, kind: str) -> Iterable[list[object]]:
    """Everything of a kind, a line a thing, in the order of the form's columns."""
    read, line = _SOURCES[kind]
    return map(line, read(reader))


def guarded(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula: an apostrophe before it, which import takes off."""
    return f"'{value}" if isinstance(value, str) and _RISKY.match(value) else value


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` put on."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def line_of(kind: str, thing: Any) -> list[object]:
    """One thing as a line of its kind's file, in the order of the form's columns."""
    return _SOURCES[kind][1](thing)


def csv_text(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """Write lines as CSV, dates as 2025-03-31, yes and no as 1 and 0, nothing as an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([plain(value) for value in line] for line in lines)
    return out.getvalue()


def plain(value: object) -> str:
    """A value as files hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _unit(unit: Unit) -> list[object]:
    return [
        *(unit.code, unit.kind.value, unit.name, unit.parent, unit.county, unit.heavy_duty),
        *(unit.lead_unit, unit.sort_no, unit.active_from, unit.active_until),
        unit.successor,
    ]


def _leader(leader: Leader) -> list[object]:
    return [leader.unit, leader.name, leader.title, leader.starts, leader.until]


def _zone(zone: Zone) -> list[object]:
    return [zone.code, zone.locality, zone.name, *zone.accepted]


def _record(record: Record) -> list[object]:
    return [
        *(record.unit, record.event, record.occurred_on, record.title, record.leader),
        *(record.led_by_first_director, record.reported_on, record.measure, record.value),
        *(record.total, record.note),
    ]


def _hazard(filed: FiledHazard) -> list[object]:
    hazard = filed.hazard
    return [
        *(hazard.code, hazard.locality, hazard.place, hazard.description, hazard.level.value),
        *(hazard.found_on, hazard.source, filed.rectify_by, filed.rectified_on, filed.closed_on),
        *(filed.listed_on, filed.escalated_on, filed.exposed_on),
        *(filed.unit, hazard.industry, hazard.found_by),
    ]


_SOURCES: Mapping[str, tuple[Callable[[Reader], Iterable[Any]], Callable[[Any], list[object]]]] = {
    "units": (units, _unit),
    "leaders": (leaders, _leader),
    "zones": (zones, _zone),
    "records": (all_records, _record),
    "hazards": (filed_hazards, _hazard),
    "actions": (filed_measures, line_of_measure),
    **REGISTERS,
    **OFFICE_FILES,
    **MATTER_FILES,
    **ZONE_FILES,
}
