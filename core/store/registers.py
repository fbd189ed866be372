"""The registers in versions: enterprises, duties done, spot checks, towns, staff; all kept alike."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, insert, or_, select, tuple_, update

from core.domain.enterprises import Done, Duty, Enterprise, SpotCheck, Visit
from core.domain.staffing import Inspectors, Town, TownStaff
from core.store.register_rows import (
    EnterpriseDutyRow,
    EnterpriseRow,
    InspectorsRow,
    SpotCheckRow,
    TownRow,
    TownStaffRow,
)
from core.store.schema import ChangeRow, Versioned
from core.store.unit_of_work import Reader, UnitOfWork

Entry = Enterprise | SpotCheck | Town | TownStaff | Inspectors
"""What a register holds, apart from the duties done, which are only added and taken out."""
_T = TypeVar("_T", Enterprise, SpotCheck, Town, TownStaff, Inspectors)
_AT_ONCE = 300
"""How many keys stand in one statement; databases limit it."""


@dataclass(frozen=True, slots=True)
class _Table:
    """How one kind of entry is kept: its rows, what names one of them, how it is written and read."""

    row: type[Versioned]
    key: tuple[str, ...]
    names: tuple[str, ...]
    write: Callable[[str, Any], Any] = lambda _name, value: value
    read: Callable[[str, Any], Any] = lambda _name, value: value

    def columns(self, entry: Any) -> dict[str, Any]:
        """An entry as columns."""
        return {name: self.write(name, getattr(entry, name)) for name in self.names}


def _written(name: str, value: Any) -> Any:
    if name == "visit":
        return str(value)
    return " ".join(duty.value for duty in value) if name.startswith("found_") else value


def _read(name: str, value: Any) -> Any:
    if name == "visit":
        return Visit.of(value)
    return tuple(Duty.of(code) for code in value.split()) if name.startswith("found_") else value


_TABLES: Mapping[type[Entry], _Table] = {
    Enterprise: _Table(EnterpriseRow, ("code",), Enterprise.__slots__),
    SpotCheck: _Table(
        SpotCheckRow,
        ("enterprise", "checked_on", "visit", "checked_by"),
        SpotCheck.__slots__,
        _written,
        _read,
    ),
    Town: _Table(TownRow, ("code",), Town.__slots__),
    TownStaff: _Table(TownStaffRow, ("town", "counted_on"), TownStaff.__slots__),
    Inspectors: _Table(InspectorsRow, ("locality", "counted_on"), Inspectors.__slots__),
}


def entries(reader: Reader, kind: type[_T], *where: ColumnElement[bool]) -> list[_T]:
    """Every entry of a kind, in the order of entry."""
    table: _Table = _TABLES[kind]
    columns = [getattr(table.row, name) for name in table.names]
    query = select(*columns).where(reader.current(table.row), *where).order_by(table.row.version_id)
    return [_entry(kind, row) for row in reader.session.execute(query)]


def _entry(kind: type[_T], row: Sequence[Any]) -> _T:
    table: _Table = _TABLES[kind]
    return kind(*map(table.read, table.names, row))


def find_entry(reader: Reader, kind: type[_T], key: tuple[object, ...]) -> tuple[_T, int] | None:
    """The current entry with this key and its version id; None where there is none."""
    table: _Table = _TABLES[kind]
    columns = [getattr(table.row, name) for name in (*table.names, "version_id")]
    query = select(*columns).where(reader.current(table.row), _has_key(table, key))
    row = reader.session.execute(query).first()
    return (_entry(kind, row[:-1]), row[-1]) if row else None


def stands(reader: Reader, entry: Entry) -> bool:
    """Tell whether an entry with this key stands."""
    table: _Table = _TABLES[type(entry)]
    query = select(table.row.version_id).where(reader.current(table.row), _has_key(table, entry.key))
    return reader.session.execute(query).first() is not None


def add_entries(work: UnitOfWork, told: Iterable[tuple[int, Entry]]) -> None:
    """Begin entries, each with the change that brings it."""
    rows: defaultdict[type[Versioned], list[dict[str, Any]]] = defaultdict(list)
    for change, entry in told:
        table = _TABLES[type(entry)]
        rows[table.row].append({"begun_by": change, **table.columns(entry)})
    for row, columns in rows.items():
        work.session.execute(insert(row), columns)


def replace_entries(work: UnitOfWork, change: int, fresh: Sequence[Entry]) -> None:
    """End the current version of each and begin another."""
    for kind in dict.fromkeys(map(type, fresh)):
        same = [each for each in fresh if type(each) is kind]
        for start in range(0, len(same), _AT_ONCE):
            _end(work, change, _TABLES[kind], [each.key for each in same[start : start + _AT_ONCE]])
    add_entries(work, ((change, each) for each in fresh))


def end_entry(work: UnitOfWork, change: int, entry: Entry) -> None:
    """End the current version: the entry is taken out."""
    _end(work, change, _TABLES[type(entry)], [entry.key])


def _end(work: UnitOfWork, change: int, table: _Table, keys: Sequence[tuple[Any, ...]]) -> None:
    columns = [getattr(table.row, name) for name in table.key]
    named = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else tuple_(*columns).in_(keys)
    query = update(table.row).where(table.row.ended_by.is_(None), named).values(ended_by=change)
    work.session.execute(query.execution_options(synchronize_session=False))


def _has_key(table: _Table, key: tuple[object, ...]) -> ColumnElement[bool]:
    return and_(*(getattr(table.row, name) == part for name, part in zip(table.key, key, strict=True)))


# What enterprises did ---------------------------------------------------------------------------------------


def duties_done(reader: Reader, enterprises: Sequence[str] | None = None) -> Mapping[str, list[Done]]:
    """What enterprises did, by enterprise; of all where none is named."""
    found: defaultdict[str, list[Done]] = defaultdict(list)
    codes = {duty.value: duty for duty in Duty}
    for named in _parts(enterprises):
        columns = (EnterpriseDutyRow.enterprise, EnterpriseDutyRow.duty, EnterpriseDutyRow.done_on)
        query = select(*columns, EnterpriseDutyRow.until).where(reader.current(EnterpriseDutyRow), *named)
        for code, duty, on, until in reader.session.execute(query):
            found[code].append(Done(codes[duty], on, until))
    return found


def _parts(enterprises: Sequence[str] | None) -> list[list[ColumnElement[bool]]]:
    if enterprises is None:
        return [[]]
    starts = range(0, len(enterprises), _AT_ONCE)
    return [[EnterpriseDutyRow.enterprise.in_(enterprises[start : start + _AT_ONCE])] for start in starts]


def add_duties(work: UnitOfWork, told: Iterable[tuple[int, str, Done]]) -> None:
    """Begin duties done, each with its change and its enterprise."""
    rows = [
        {
            "begun_by": change,
            "enterprise": code,
            "duty": each.duty.value,
            "done_on": each.on,
            "until": each.until,
        }
        for change, code, each in told
    ]
    if rows:
        work.session.execute(insert(EnterpriseDutyRow), rows)


def end_duties(work: UnitOfWork, change: int, enterprise: str, done: Iterable[Done]) -> None:
    """Take duties out: they were noted by mistake."""
    named = or_(*(_same(each) for each in done))
    current = and_(EnterpriseDutyRow.ended_by.is_(None), EnterpriseDutyRow.enterprise == enterprise)
    query = update(EnterpriseDutyRow).where(current, named).values(ended_by=change)
    work.session.execute(query.execution_options(synchronize_session=False))


def _same(done: Done) -> ColumnElement[bool]:
    return and_(EnterpriseDutyRow.duty == done.duty.value, EnterpriseDutyRow.done_on == done.on)


# What came of an enterprise ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Came:
    """One line of an enterprise's history: who did what when; `at` is naive UTC."""

    at: datetime
    person: str
    action: str
    reason: str
    what: str


def history_of(reader: Reader, code: str) -> list[Came]:
    """What was ever done to an enterprise's entry, its duties and its checks, the newest first."""
    told: defaultdict[int, list[str]] = defaultdict(list)
    for begun, ended, what in _versions_of(reader, code):
        told[begun].append(what)
        if ended:
            told[ended].append(f"止 {what}")
    query = select(ChangeRow).where(ChangeRow.id.in_(sorted(told))).order_by(ChangeRow.id.desc())
    return [
        Came(row.at, row.person, row.action, row.reason, "，".join(told[row.id]))
        for row in reader.session.scalars(query)
    ]


def _versions_of(reader: Reader, code: str) -> Iterator[tuple[int, int | None, str]]:
    """Every version that concerns an enterprise: what began it, what ended it, and what it says."""
    own, duty, check = EnterpriseRow, EnterpriseDutyRow, SpotCheckRow
    entry = select(own.begun_by, own.ended_by, own.name).where(own.code == code)
    yield from ((begun, ended, name) for begun, ended, name in reader.session.execute(entry))
    done = select(duty.begun_by, duty.ended_by, duty.duty, duty.done_on).where(duty.enterprise == code)
    for begun, ended, which, day in reader.session.execute(done.order_by(duty.done_on)):
        yield begun, ended, f"{Duty.of(which).label} {day}"
    seen = select(check.begun_by, check.ended_by, check.visit, check.checked_on)
    for begun, ended, visit, day in reader.session.execute(seen.where(check.enterprise == code)):
        yield begun, ended, f"{Visit.of(visit).label} {day}"


def entry_begun_by(reader: Reader, kind: type[_T], change: int) -> _T | None:
    """The entry that a change began, if it began one."""
    table: _Table = _TABLES[kind]
    columns = [getattr(table.row, name) for name in table.names]
    row = reader.session.execute(select(*columns).where(table.row.begun_by == change)).first()
    return _entry(kind, row) if row else None
