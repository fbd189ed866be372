"""What an import would do, row by row, without writing: new, updated, unchanged or wrong, and why."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from core.domain.enterprises import Enterprise, FiledDuties
from core.domain.hazard_files import read_hazard
from core.domain.hazards import FiledHazard
from core.domain.intake import Row, Thing, read_leader, read_record, read_unit, read_zone
from core.domain.labels import Labelled
from core.domain.measure_files import read_measure
from core.domain.measures import FiledMeasure
from core.domain.records import Record, RecordSearch
from core.domain.texts import shorten
from core.domain.units import Leader, Unit
from core.domain.world import Known, World
from core.domain.zones import Zone
from core.errors import RowProblem
from core.services.catalogues import catalogues_of
from core.services.exporting import line_of, plain
from core.services.filing_hazards import filed_hazards
from core.services.filing_matters import MATTER_READERS, matters_standing
from core.services.filing_measures import filed_measures
from core.services.filing_office import OFFICE_READERS, office_standing
from core.services.filing_registers import REGISTER_READERS, names_alike, register_standing, told_fresh
from core.services.filing_zones import ZONE_READERS, zone_files_standing
from core.services.table_forms import Table
from core.store.records import all_records
from core.store.rolls import key_of, read_roll
from core.store.unit_of_work import Reader

Progress = Callable[[int], None]
"""Told, now and then, how many rows have been compared."""
_READERS: Mapping[str, Any] = {
    "units": read_unit,
    "leaders": read_leader,
    "zones": read_zone,
    "records": read_record,
    "hazards": read_hazard,
    "actions": read_measure,
    **REGISTER_READERS,
    **OFFICE_READERS,
    **MATTER_READERS,
    **ZONE_READERS,
}
_TELL_EVERY = 250


class Outcome(Labelled):
    """What becomes of a row."""

    ADDED = "added", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "未变"
    WRONG = "wrong", "有误"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file: which table, its number, what becomes of it, and what an update changes."""

    table: int
    number: int
    outcome: Outcome
    changes: str = ""


@dataclass(slots=True)
class Plan:
    """What an import will do; `added` and `updated` hold only what is new or different.

    `warnings` keep nobody from importing: they are to be looked at.
    """

    added: list[Thing] = field(default_factory=list)
    updated: list[Thing] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)

    def __str__(self) -> str:
        """The last line of an import."""
        return f"新增 {len(self.added)}，更新 {len(self.updated)}，未变 {self.unchanged}"

    def fingerprint(self) -> str:
        """Tells two plans apart: what a person agreed to, and what would be done by now."""
        return hashlib.sha256(repr(self.rows).encode()).hexdigest()


def plan_import(reader: Reader, tables: Sequence[Table], today: date, tell: Progress | None = None) -> Plan:
    """Compare the tables with what is there, without writing."""
    world = World(catalogues_of(reader), read_roll(reader), today)
    plan = Plan()
    for place, table in enumerate(tables):
        before = len(plan.problems)
        plan.problems += table.problems
        _TablePlanner(reader, world, plan, table, place).run(tell or (lambda _rows: None))
        plan.problems[before:] = sorted(plan.problems[before:], key=lambda problem: problem.row)
    return plan


class _TablePlanner:
    """Sorts the rows of one table in: first each is read, then compared with what stands."""

    def __init__(self, reader: Reader, world: World, plan: Plan, table: Table, place: int) -> None:
        self.reader, self.world, self.plan, self.table, self.place = reader, world, plan, table, place
        form = table.form
        self.columns = [found.name for name in table.header if (found := form.find(name))]
        self.labels = {column.name: column.label for column in form.columns}
        self.done = len(plan.rows)

    def run(self, tell: Progress) -> None:
        """Read and sort in every row, in the order of the file."""
        self.plan.rows += [PlannedRow(self.place, number, Outcome.WRONG) for number, _ in self.table.spoilt]
        self._announce()
        present = self._standing()
        found = list(self._readable(tell))
        if self.table.form.kind == "records":
            present = self._records_standing(thing for _, thing in found)
        for number, thing in found:
            old = present.get(key_of_thing(thing))
            self._sort_in(number, _completed(thing, old, self.columns), old)

    def _readable(self, tell: Progress) -> Iterable[tuple[int, Thing]]:
        """The rows that say something that can be kept; the others become problems."""
        seen: dict[Any, tuple[int, Thing]] = {}
        read = _READERS[self.table.form.kind]
        for count, (number, cells) in enumerate(self.table.rows, 1):
            if count % _TELL_EVERY == 0:
                tell(self.done + count)
            row = self._row(cells)
            thing = read(row, self.world)
            if thing is None:
                self._blame(number, row)
            elif not self._repeated(seen, number, thing):
                self._warn(number, thing)
                if isinstance(thing, Known):
                    self.world.add(thing)
                yield number, thing

    def _warn(self, number: int, thing: Thing) -> None:
        """Say which other enterprise this one may be: it is kept all the same."""
        said = names_alike(self.world, thing) if isinstance(thing, Enterprise) else ""
        if said:
            self.plan.warnings.append(RowProblem(self.table.file, number, self.labels["name"], said))

    def _row(self, cells: tuple[str, ...]) -> Row:
        columns = self.columns
        return Row(dict(zip(columns, cells, strict=False)) | dict.fromkeys(columns[len(cells) :], ""))

    def _announce(self) -> None:
        """Units may be named before the row that brings them."""
        if self.table.form.kind == "units":
            for _, cells in self.table.rows:
                row = self._row(cells).cells
                self.world.announce(row.get("code", ""), row.get("name", ""))

    def _standing(self) -> dict[Any, Thing]:
        """What stands of this kind before the first row; records are looked up once their days are known."""
        kind, world = self.table.form.kind, self.world
        if kind in ("hazards", "actions"):
            world.add(*(each for each in filed_hazards(self.reader) if each.hazard.code not in world.hazards))
        if kind == "actions":
            world.add(*filed_measures(self.reader))
        if kind in REGISTER_READERS:
            return {key_of_thing(each): each for each in register_standing(self.reader, kind, world)}
        if kind in OFFICE_READERS:
            return {key_of_thing(each): each for each in office_standing(self.reader, kind)}
        if kind in MATTER_READERS:
            return {key_of_thing(each): each for each in matters_standing(self.reader, kind, world)}
        if kind in ZONE_READERS:
            return {key_of_thing(each): each for each in zone_files_standing(self.reader, kind, world)}
        groups: Mapping[str, Iterable[Thing]] = {
            "units": world.units.values(),
            "leaders": world.leaders.values(),
            "zones": world.zones.values(),
            "hazards": world.hazards.values(),
            "actions": world.measures.values(),
        }
        return {key_of_thing(thing): thing for thing in groups.get(kind, ())}

    def _records_standing(self, things: Iterable[Thing]) -> dict[Any, Thing]:
        """The records between the first and the last day that the file names."""
        days = [thing.occurred_on for thing in things if isinstance(thing, Record)]
        if not days:
            return {}
        search = RecordSearch(since=min(days), until=max(days))
        return {record.key: record for record in all_records(self.reader, search)}

    def _blame(self, number: int, row: Row) -> None:
        labels, file = self.labels, self.table.file
        self.plan.problems += [
            RowProblem(file, number, labels.get(fault.column, fault.column), fault.reason)
            for fault in row.faults
        ]
        self.plan.rows.append(PlannedRow(self.place, number, Outcome.WRONG))

    def _repeated(self, seen: dict[Any, tuple[int, Thing]], number: int, thing: Thing) -> bool:
        """Tell whether the file held this key before; other content under one key is a problem."""
        first = seen.setdefault(key_of_thing(thing), (number, thing))
        if first[0] == number:
            return False
        same = first[1] == thing
        outcome = Outcome.UNCHANGED if same else Outcome.WRONG
        self.plan.rows.append(PlannedRow(self.place, number, outcome))
        if same:
            self.plan.unchanged += 1
        else:
            reason = f"与第{first[0]}行是同一条（关键字段相同），但内容不同，请只保留一行。"
            self.plan.problems.append(RowProblem(self.table.file, number, "", reason))
        return True

    def _sort_in(self, number: int, thing: Thing, old: Thing | None) -> None:
        outcome, changes = Outcome.UNCHANGED, ""
        if old is None:
            outcome = Outcome.ADDED
            self.plan.added.append(thing)
        elif old == thing:
            self.plan.unchanged += 1
        else:
            outcome, changes = Outcome.UPDATED, self._changes(old, thing)
            self.plan.updated.append(thing)
        self.plan.rows.append(PlannedRow(self.place, number, outcome, changes))

    def _changes(self, old: Thing, new: Thing) -> str:
        """What an update changes: 备注：旧 → 新."""
        if isinstance(new, FiledDuties):
            return told_fresh(new)
        kind, labels = self.table.form.kind, [column.label for column in self.table.form.columns]
        pairs = zip(labels, line_of(kind, old), line_of(kind, new), strict=True)
        return "；".join(
            f"{label}：{shorten(plain(before)) or '（空）'} → {shorten(plain(after)) or '（空）'}"
            for label, before, after in pairs
            if before != after
        )


def key_of_thing(thing: Thing) -> tuple[Any, ...]:
    """The natural key of whatever a file can bring."""
    if isinstance(thing, Record):
        return thing.key
    if isinstance(thing, FiledMeasure):
        return (thing.measure.label,)
    if isinstance(thing, Unit | Leader | Zone):
        return key_of(thing)
    return (thing.hazard.code,) if isinstance(thing, FiledHazard) else thing.key


def _completed(thing: Thing, old: Thing | None, columns: Sequence[str]) -> Thing:
    """A record that is there keeps its identity, its day of entry, and what the file does not mention.

    What an enterprise did comes on top of what stands.
    """
    if isinstance(thing, FiledDuties):
        return thing.on_top_of(old if isinstance(old, FiledDuties) else None)
    if not isinstance(thing, Record) or not isinstance(old, Record):
        return thing
    own = {"led_by_first_director", "reported_on", "value", "total", "note"} - set(columns)
    kept = {name: getattr(old, name) for name in (*own, "record_id", "entered_on", "entered_by")}
    return replace(thing, **kept)
