"""Enter a whole table of records at one sitting: every wrong cell named, all of it kept or nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.auth import Actor, Permission, may, require
from core.domain.catalogue import Catalogue
from core.domain.entering import event_like
from core.domain.forms import FORMS
from core.domain.intake import Row, read_record
from core.domain.records import Record
from core.domain.units import Unit
from core.domain.world import World
from core.errors import InputError, RowProblem
from core.services.catalogues import chosen, year_for
from core.services.recording import SAME_CONTENT_WINDOW, alike, world_of
from core.store.engine import Store
from core.store.journal import find_operation, find_payload
from core.store.records import add_records, find_by_key, records_begun_by, records_of_day
from core.store.unit_of_work import Reader, UnitOfWork

AT_MOST = 500
_LABELS = {column.name: column.label for column in FORMS["records"].columns}
Line = tuple[int, Mapping[str, str]]
"""One row of the table: its number as the person sees it, and its texts by column."""


class FaultyTableError(InputError):
    """A table that cannot be kept as it is: wrong cells, or, if `doubtful`, what may be there twice."""

    def __init__(self, problems: Sequence[RowProblem], message: str, *, doubtful: bool = False) -> None:
        """Keep every problem, in the order of the rows."""
        super().__init__(message)
        self.problems, self.doubtful = tuple(problems), doubtful


@dataclass(slots=True)
class Checked:
    """What a table holds: its records with their row numbers, what is wrong, and what may be there twice."""

    records: list[tuple[int, Record]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    doubts: list[RowProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class EnteredMany:
    """The kept records; `again` tells that this very table had been kept before."""

    records: tuple[Record, ...]
    again: bool = False


def check_many(store: Store, actor: Actor, lines: Sequence[Line], *, today: date) -> Checked:
    """Read a table and say everything that is wrong with it, without writing.

    Raises:
        ForbiddenError: the role enters nothing.
    """
    require(actor, Permission.ENTER)
    with store.reading() as reader:
        return _check(reader, actor, lines, world_of(reader, today))


def enter_many(
    store: Store,
    actor: Actor,
    lines: Sequence[Line],
    operation: str,
    *,
    today: date,
    now: datetime,
    sure: bool = False,
) -> EnteredMany:
    """Keep a table once, however often it is sent, in one transaction; rows without content are passed over.

    Raises:
        ForbiddenError: the role enters nothing.
        InputError: nothing in the table, or too much.
        FaultyTableError: with every cell at fault, or, unless `sure`, with what may be there twice.
    """
    require(actor, Permission.ENTER)
    with store.unit_of_work(actor.username, now) as work:
        payload = _fingerprint(lines)
        before = _kept_before(work, actor, operation, payload)
        if before:
            return EnteredMany(before, again=True)
        checked = _check(work, actor, lines, world_of(work, today))
        _refuse(checked, sure=sure)
        kept = _keep(work, actor, [record for _, record in checked.records], today, operation, payload)
        work.commit()
    return EnteredMany(kept)


def _keep(
    work: UnitOfWork, actor: Actor, records: Sequence[Record], today: date, operation: str, payload: str
) -> tuple[Record, ...]:
    new = [replace(each, entered_on=today, entered_by=actor.username) for each in records]
    change = work.change("record.entered", f"{len(new)} 条记录", operation=operation, payload=payload)
    numbers = add_records(work, ((change, record) for record in new))
    return tuple(replace(each, record_id=number) for each, number in zip(new, numbers, strict=True))


def _kept_before(work: UnitOfWork, actor: Actor, operation: str, payload: str) -> tuple[Record, ...]:
    change = find_operation(work, operation) or find_payload(
        work, actor.username, payload, work.now - SAME_CONTENT_WINDOW
    )
    return tuple(records_begun_by(work, change.change_id)) if change else ()


def _fingerprint(lines: Sequence[Line]) -> str:
    content = [sorted(cells.items()) for _, cells in lines]
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()


def _refuse(checked: Checked, *, sure: bool) -> None:
    if checked.problems:
        rows = len({problem.row for problem in checked.problems})
        raise FaultyTableError(checked.problems, f"有 {rows} 行需要改正，一条也没有保存。")
    if not checked.records:
        raise InputError("表格是空的，请先填写。")
    if len(checked.records) > AT_MOST:
        raise InputError(f"一次最多 {AT_MOST} 条，现有 {len(checked.records)} 条，请分批保存。")
    if checked.doubts and not sure:
        message = "有的记录可能重复，请核对；确属另一次的，再按一次保存。"
        raise FaultyTableError(checked.doubts, message, doubtful=True)


def _check(reader: Reader, actor: Actor, lines: Sequence[Line], world: World) -> Checked:
    checked = Checked()
    for number, cells in lines:
        row = Row(cells)
        if any(row.cells.values()):
            _check_line(reader, actor, number, row, world, checked)
    return checked


def _check_line(reader: Reader, actor: Actor, number: int, row: Row, world: World, checked: Checked) -> None:
    unit = world.find_unit(row.cells.get("unit", ""))
    if unit and not may(actor, Permission.ENTER, unit.code):
        row.blame("unit", f"您不能为{unit.name}录入。")
    if unit:
        row.cells["event"] = _event(row.cells.get("event", ""), unit, world)
    record = read_record(row, world)
    if record is None or row.faults:
        checked.problems += [_problem(number, fault.column, fault.reason) for fault in row.faults]
        return
    twin = _twin(reader, record, checked)
    if twin:
        checked.problems.append(_problem(number, "title", twin))
    elif near := _near(reader, record, checked):
        checked.doubts.append(_problem(number, "occurred_on", near))
    checked.records.append((number, record))


def _event(text: str, unit: Unit, world: World) -> str:
    """The event as typed, or the only one of the unit that is called like it."""
    if world.parse_event(text):
        return text
    return event_like(_catalogue(world), unit, text) or text


def _catalogue(world: World) -> Catalogue:
    return chosen(world.catalogues, year_for(world.catalogues, world.today))


def _problem(number: int, column: str, reason: str) -> RowProblem:
    return RowProblem("", number, _LABELS.get(column, column), reason)


def _twin(reader: Reader, record: Record, checked: Checked) -> str:
    """What stands already with the same key, in the table or in the ledger; empty where nothing does."""
    above = next((number for number, each in checked.records if each.key == record.key), 0)
    if above:
        return f"与第{above}行完全相同；确属另一次的，请在标题中注明区别。"
    found = find_by_key(reader, record)
    return (
        f"台账中已有完全相同的记录（编号 {found.record_id}）；确属另一次的，请在标题中注明区别。"
        if found
        else ""
    )


def _near(reader: Reader, record: Record, checked: Checked) -> str:
    """What stands already of the same unit, event and day; empty where nothing does."""
    place = (record.unit, record.event, record.occurred_on)
    for number, each in checked.records:
        if (each.unit, each.event, each.occurred_on) == place and alike(each, record):
            return f"与第{number}行同一单位、同一事项、同一天，可能重复。"
    found = next((each for each in records_of_day(reader, *place) if alike(each, record)), None)
    return (
        f"当天已有同一事项的记录“{found.title or '（无标题）'}”（编号 {found.record_id}），可能重复。"
        if found
        else ""
    )
