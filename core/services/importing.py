"""Take files in: one transaction, every bad row named, nothing kept of a folder with one bad row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from core.auth import Actor, Permission, require
from core.domain.catalogue import catalogues
from core.domain.hazard_files import read_hazard
from core.domain.hazards import FiledHazard
from core.domain.intake import Row, Thing, read_leader, read_record, read_unit, read_zone
from core.domain.records import Record
from core.domain.units import Leader, Unit
from core.domain.world import World
from core.domain.zones import Zone
from core.errors import ImportRefusedError, RowProblem
from core.services.filing_hazards import begin_hazards, filed_hazards, update_hazards
from core.services.tables import Table
from core.store.engine import Store
from core.store.records import add_records, all_records, replace_record
from core.store.rolls import add_things, end_things, key_of, read_roll
from core.store.unit_of_work import Reader, UnitOfWork

_READERS: Mapping[str, Any] = {
    "units": read_unit,
    "leaders": read_leader,
    "zones": read_zone,
    "records": read_record,
    "hazards": read_hazard,
}


@dataclass(slots=True)
class Plan:
    """What an import will do; `things` and `records` hold only what is new or different."""

    added: list[Thing] = field(default_factory=list)
    updated: list[Thing] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def __str__(self) -> str:
        """The last line of an import."""
        return f"新增 {len(self.added)}，更新 {len(self.updated)}，未变 {self.unchanged}"


def import_tables(
    store: Store,
    actor: Actor,
    tables: Sequence[Table],
    *,
    today: date,
    now: datetime,
    dry_run: bool = False,
) -> Plan:
    """Take in all tables, or nothing.

    Raises:
        ForbiddenError: the actor may not exchange data.
        ImportRefusedError: every bad row of every file.
    """
    require(actor, Permission.EXCHANGE)
    with store.unit_of_work(actor.username, now) as work:
        plan = plan_import(work, tables, today)
        if plan.problems:
            raise ImportRefusedError(plan.problems)
        if (plan.added or plan.updated) and not dry_run:
            _carry_out(work, plan, tables, actor, today)
            work.commit()
    return plan


def plan_import(reader: Reader, tables: Sequence[Table], today: date) -> Plan:
    """Compare the tables with what is there, without writing."""
    world = World(catalogues(), read_roll(reader), today)
    plan = Plan()
    for table in tables:
        before = len(plan.problems)
        plan.problems += table.problems
        _plan_table(reader, world, table, plan)
        plan.problems[before:] = sorted(plan.problems[before:], key=lambda problem: problem.row)
    return plan


def _plan_table(reader: Reader, world: World, table: Table, plan: Plan) -> None:
    present = _present(reader, world, table)
    seen: dict[Any, tuple[int, Thing]] = {}
    columns = [found.name for name in table.header if (found := table.form.find(name))]
    _announce(world, table, columns)
    for number, cells in table.rows:
        row = Row(dict(zip(columns, cells, strict=False)) | dict.fromkeys(columns[len(cells) :], ""))
        thing = _READERS[table.form.kind](row, world)
        if thing is None:
            plan.problems += _problems(table, number, row)
        elif not _repeated(seen, number, thing, table, plan):
            _sort_in(_completed(thing, present.get(_key(thing)), columns), present, plan)
            if not isinstance(thing, Record):
                world.add(thing)


def _announce(world: World, table: Table, columns: Sequence[str]) -> None:
    if table.form.kind == "units":
        for _, cells in table.rows:
            row = Row(dict(zip(columns, cells, strict=False))).cells
            world.announce(row.get("code", ""), row.get("name", ""))


def _present(reader: Reader, world: World, table: Table) -> dict[Any, Thing]:
    if table.form.kind == "records":
        return {record.key: record for record in all_records(reader)}
    if table.form.kind == "hazards":
        world.add(*filed_hazards(reader))
    groups: Mapping[str, Iterable[Thing]] = {
        "units": world.units.values(),
        "leaders": world.leaders.values(),
        "zones": world.zones.values(),
        "hazards": world.hazards.values(),
    }
    return {_key(thing): thing for thing in groups[table.form.kind]}


def _key(thing: Thing) -> tuple[Any, ...]:
    if isinstance(thing, Record):
        return thing.key
    return (thing.hazard.code,) if isinstance(thing, FiledHazard) else key_of(thing)


def _problems(table: Table, number: int, row: Row) -> list[RowProblem]:
    labels = {column.name: column.label for column in table.form.columns}
    return [
        RowProblem(table.file, number, labels.get(fault.column, fault.column), fault.reason)
        for fault in row.faults
    ]


def _repeated(
    seen: dict[Any, tuple[int, Thing]], number: int, thing: Thing, table: Table, plan: Plan
) -> bool:
    """Tell whether the file held this key before; other content under one key is a problem."""
    first = seen.setdefault(_key(thing), (number, thing))
    if first[0] == number:
        return False
    if first[1] == thing:
        plan.unchanged += 1
    else:
        reason = f"与第{first[0]}行是同一条（关键字段相同），但内容不同，请只保留一行。"
        plan.problems.append(RowProblem(table.file, number, "", reason))
    return True


def _completed(thing: Thing, old: Thing | None, columns: Sequence[str]) -> Thing:
    """A record that is there keeps its identity, its day of entry, and what the file does not mention."""
    if not isinstance(thing, Record) or not isinstance(old, Record):
        return thing
    own = {"led_by_first_director", "reported_on", "value", "total", "note"} - set(columns)
    kept = {name: getattr(old, name) for name in (*own, "record_id", "entered_on", "entered_by")}
    return replace(thing, **kept)


def _sort_in(thing: Thing, present: Mapping[Any, Thing], plan: Plan) -> None:
    old = present.get(_key(thing))
    if old is None:
        plan.added.append(thing)
    elif old == thing:
        plan.unchanged += 1
    else:
        plan.updated.append(thing)


def _carry_out(work: UnitOfWork, plan: Plan, tables: Sequence[Table], actor: Actor, today: date) -> None:
    files = "、".join(table.file for table in tables)
    counts = {"added": len(plan.added), "updated": len(plan.updated), "unchanged": plan.unchanged}
    change = work.change("import", files[:200], detail=counts)
    end_things(work, change, _rolled(plan.updated))
    add_things(work, change, _rolled([*plan.added, *plan.updated]))
    begin_hazards(work, change, [each for each in plan.added if isinstance(each, FiledHazard)])
    update_hazards(work, change, [each for each in plan.updated if isinstance(each, FiledHazard)])
    new = [
        replace(each, entered_on=today, entered_by=actor.username)
        for each in plan.added
        if isinstance(each, Record)
    ]
    add_records(work, ((change, record) for record in new))
    for record in plan.updated:
        if isinstance(record, Record):
            replace_record(work, change, record)


def _rolled(things: Iterable[Thing]) -> list[Unit | Leader | Zone]:
    return [each for each in things if isinstance(each, Unit | Leader | Zone)]
