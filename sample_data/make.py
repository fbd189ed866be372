"""Write the demonstration city: `python sample_data/make.py [FOLDER]`, by default next to this program.

A fixed seed: every run on every machine writes the same bytes. Standard library only.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import committees
import departments
import localities
import matters
import reporting
from cast import Unit, leaders, units
from entering import Entry, entry_of
from enterprises import (
    CHECK_COLUMNS,
    DUTY_COLUMNS,
    ENTERPRISE_COLUMNS,
    LOCALITY,
    check_rows,
    duty_rows,
    enterprise_rows,
)
from hazards import HAZARD_COLUMNS, MOVE_COLUMNS, hazard_row, hazards_of, move_rows
from records import Record
from towns import (
    INSPECTOR_COLUMNS,
    NAMES,
    TOWN_COLUMNS,
    TOWN_STAFF_COLUMNS,
    inspectors,
    town_staff,
    towns,
)
from turns import TURN_COLUMNS, turns
from zone_turns import EXPERIENCE_COLUMNS, ZONE_TURN_COLUMNS, experiences, zone_turns
from zones import AREAS, ZONES

Row = tuple[object, ...]

UNIT_COLUMNS = (
    "code",
    "kind",
    "name",
    "parent",
    "county",
    "heavy_duty",
    "lead_unit",
    "order",
    "active_from",
    "active_until",
)
LEADER_COLUMNS = ("unit", "name", "title", "from", "until")
ZONE_COLUMNS = ("code", "locality", "name", *AREAS)
RECORD_COLUMNS = (
    "unit",
    "event",
    "occurred_on",
    "title",
    "leader",
    "led_by_first_director",
    "reported_on",
    "measure",
    "value",
    "total",
    "note",
)
ENTRY_COLUMNS = ("row", "entered_at", "person")


def _year_of(unit: Unit) -> Iterator[Record]:
    if unit.kind == "city":
        yield from departments.year_of_the_city(unit)
    elif unit.kind == "committee":
        yield from committees.year_of(unit)
    elif unit.kind == "department":
        yield from departments.year_of(unit)
    else:
        yield from localities.year_of(unit)
        yield from reporting.reports_of(unit)


def diary() -> list[Entry]:
    """Every record of the year in the order in which it was typed in."""
    entries = (entry_of(record) for unit in units() for record in _year_of(unit))
    return sorted(entries, key=lambda entry: entry.entered_at)


def _unit_row(unit: Unit) -> Row:
    marks = (int(unit.county), int(unit.heavy_duty))
    return (unit.code, unit.kind, unit.name, unit.parent, *marks, unit.lead_unit, unit.order, "", "")


def _record_row(record: Record) -> Row:
    """The record's fields are the file's columns, in the same order; csv writes None as nothing."""
    return tuple(getattr(record, column) for column in RECORD_COLUMNS)


def _entry_row(row: int, entry: Entry) -> Row:
    return (row, entry.entered_at.isoformat("T", "minutes"), entry.person)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_city(folder: Path) -> None:
    """Write the files into the folder, which exists."""
    entries = diary()
    moments = map(_entry_row, range(1, len(entries) + 1), entries)
    people = ((one.unit, one.name, one.title, one.since, one.until) for one in leaders())
    places = ((zone.code, zone.locality, zone.name, *zone.accepted) for zone in ZONES)
    _write(folder / "units.csv", UNIT_COLUMNS, map(_unit_row, units()))
    _write(folder / "leaders.csv", LEADER_COLUMNS, people)
    _write(folder / "zones.csv", ZONE_COLUMNS, places)
    _write(folder / "records.csv", RECORD_COLUMNS, (_record_row(entry.record) for entry in entries))
    _write(folder / "records_entered.csv", ENTRY_COLUMNS, moments)
    hazards = hazards_of(entry.record for entry in entries)
    _write(folder / "hazards.csv", HAZARD_COLUMNS, map(hazard_row, hazards))
    _write(folder / "hazard_moves.csv", MOVE_COLUMNS, move_rows(hazards))
    _write(folder / "measure_turns.csv", TURN_COLUMNS, turns())
    _write(folder / "members.csv", matters.MEMBER_COLUMNS, matters.members())
    _write(folder / "links.csv", matters.LINK_COLUMNS, matters.links())
    found = matters.findings(entry.record for entry in entries)
    _write(folder / "findings.csv", matters.FINDING_COLUMNS, found)
    _write(folder / "zone_turns.csv", ZONE_TURN_COLUMNS, zone_turns())
    _write(folder / "experience_turns.csv", EXPERIENCE_COLUMNS, experiences(entries))
    _write_registers(folder, [entry.record for entry in entries])


def _write_registers(folder: Path, records: Sequence[Record]) -> None:
    """The registers: one locality's enterprises, the counties' towns, everybody's inspectors."""
    own = [record for record in records if record.unit == LOCALITY]
    duties = list(duty_rows(sorted(own, key=lambda record: record.occurred_on)))
    counted = [each for each in records if each.event == "town_staffing_report" and each.unit in NAMES]
    _write(folder / "enterprises.csv", ENTERPRISE_COLUMNS, enterprise_rows())
    _write(folder / "enterprise_duties.csv", DUTY_COLUMNS, duties)
    _write(folder / "spot_checks.csv", CHECK_COLUMNS, check_rows(duties))
    _write(folder / "towns.csv", TOWN_COLUMNS, towns())
    _write(folder / "town_staff.csv", TOWN_STAFF_COLUMNS, town_staff(counted))
    _write(folder / "inspectors.csv", INSPECTOR_COLUMNS, inspectors())


def main(arguments: list[str]) -> int:
    """Write into the folder named, or next to this program; 0, the exit code."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    folder.mkdir(parents=True, exist_ok=True)
    write_city(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
