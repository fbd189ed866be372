"""Records in versions: write, correct, void, search, and tell their history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, update

from core.domain.month_tallies import month_of
from core.domain.records import Record, RecordSearch, RecordVersion
from core.store.schema import ChangeRow, RecordRow
from core.store.tallies import Key, keys_of, recount
from core.store.unit_of_work import Reader, UnitOfWork

_AT_ONCE = 500
"""How many ids stand in one statement; databases limit it."""


def search_records(
    reader: Reader, search: RecordSearch, limit: int = 50, offset: int = 0
) -> tuple[list[Record], int]:
    """A page of current records, newest day first, and how many there are in all."""
    where = _matching(reader, search)
    total = reader.session.scalar(select(func.count()).select_from(RecordRow).where(*where)) or 0
    newest_first = (RecordRow.occurred_on.desc(), RecordRow.record_id.desc())
    query = select(RecordRow).where(*where).order_by(*newest_first).limit(limit).offset(offset)
    return [_record(row) for row in reader.session.scalars(query)], total


def all_records(reader: Reader, search: RecordSearch | None = None) -> list[Record]:
    """Every current record that fits, in the order of entry."""
    where = _matching(reader, search or RecordSearch())
    query = select(RecordRow).where(*where).order_by(RecordRow.record_id)
    return [_record(row) for row in reader.session.scalars(query)]


def count_backfilled(reader: Reader, grace_days: int) -> int:
    """How many current records were entered more than these days after the day they bear."""
    days = (RecordRow.occurred_on, RecordRow.entered_on)
    query = select(*days, func.count()).where(reader.current(RecordRow)).group_by(*days)
    found = reader.session.execute(query)
    return sum(count for occurred, entered, count in found if (entered - occurred).days > grace_days)


def counts_by_year(reader: Reader) -> dict[int, int]:
    """How many current records bear a day of each year."""
    query = (
        select(RecordRow.occurred_on, func.count())
        .where(reader.current(RecordRow))
        .group_by(RecordRow.occurred_on)
    )
    counts: Counter[int] = Counter()
    for day, count in reader.session.execute(query):
        counts[day.year] += count
    return dict(counts)


def newest_records(
    reader: Reader, units: frozenset[str], until: date, limit: int
) -> list[tuple[Record, datetime]]:
    """What was entered last of these units and up to a day, with the moment of entry, newest first."""
    query = (
        select(RecordRow, ChangeRow.at)
        .join(ChangeRow, ChangeRow.id == RecordRow.begun_by)
        .where(reader.current(RecordRow), RecordRow.unit.in_(sorted(units)), RecordRow.entered_on <= until)
        .order_by(RecordRow.begun_by.desc(), RecordRow.record_id.desc())
        .limit(limit)
    )
    return [(_record(row), at) for row, at in reader.session.execute(query)]


def find_record(reader: Reader, record_id: int) -> tuple[Record, int] | None:
    """The current version of a record and its version id; None where it is unknown or voided."""
    query = select(RecordRow).where(reader.current(RecordRow), RecordRow.record_id == record_id)
    row = reader.session.scalars(query).one_or_none()
    return (_record(row), row.version_id) if row else None


def find_by_key(reader: Reader, record: Record) -> Record | None:
    """The current record with the same natural key, if there is one."""
    row = reader.session.scalars(_same_key(reader, record)).first()
    return _record(row) if row else None


def records_of_day(reader: Reader, unit: str, event: str, day: date) -> list[Record]:
    """The current records of one unit, event and day."""
    query = select(RecordRow).where(
        reader.current(RecordRow),
        RecordRow.unit == unit,
        RecordRow.event == event,
        RecordRow.occurred_on == day,
    )
    return [_record(row) for row in reader.session.scalars(query)]


def record_made_by(reader: Reader, change: int) -> int | None:
    """The record that a change began, if it began one."""
    return reader.session.scalar(select(RecordRow.record_id).where(RecordRow.begun_by == change))


def records_begun_by(reader: Reader, change: int) -> list[Record]:
    """What a change began, in the order of entry and as it was then."""
    query = select(RecordRow).where(RecordRow.begun_by == change).order_by(RecordRow.record_id)
    return [_record(row) for row in reader.session.scalars(query)]


def versions_of(reader: Reader, record_id: int) -> list[RecordVersion]:
    """Every version of a record, oldest first, with who made and who ended it, when and why."""
    query = select(RecordRow).where(RecordRow.record_id == record_id).order_by(RecordRow.version_id)
    rows = reader.session.scalars(query).all()
    changes = _changes(
        reader, {row.begun_by for row in rows} | {row.ended_by for row in rows if row.ended_by}
    )
    return [_version(row, changes) for row in rows]


def add_records(work: UnitOfWork, entries: Iterable[tuple[int, Record]]) -> list[int]:
    """Begin records, each with the change that brings it; ids follow the order given."""
    first = (work.session.scalar(select(func.max(RecordRow.record_id))) or 0) + 1
    rows = [
        {"begun_by": change, "record_id": first + place, **_columns(record)}
        for place, (change, record) in enumerate(entries)
    ]
    if rows:
        work.session.execute(insert(RecordRow), rows)
        recount(work, {(row["unit"], row["event"], month_of(row["occurred_on"])) for row in rows})
    return [int(row["record_id"]) for row in rows]


def replace_record(work: UnitOfWork, change: int, record: Record) -> None:
    """End the current version of `record.record_id` and begin a corrected one."""
    replace_records(work, change, [record])


def replace_records(work: UnitOfWork, change: int, records: Sequence[Record]) -> None:
    """End the current versions of many records at once and begin corrected ones."""
    touched: set[Key] = set()
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        ids = [record.record_id for record in some]
        touched |= keys_of(some) | _end(work, change, ids)
        rows = [{"begun_by": change, "record_id": each.record_id, **_columns(each)} for each in some]
        work.session.execute(insert(RecordRow), rows)
    recount(work, touched)


def end_record(work: UnitOfWork, change: int, record_id: int) -> None:
    """End the current version; the record is void unless a new version follows."""
    recount(work, _end(work, change, [record_id]))


def _end(work: UnitOfWork, change: int, ids: Sequence[int]) -> set[Key]:
    """End the current versions of these records; the months they counted in."""
    current = (RecordRow.ended_by.is_(None), RecordRow.record_id.in_(ids))
    query = select(RecordRow.unit, RecordRow.event, RecordRow.occurred_on).where(*current)
    touched = {(unit, event, month_of(day)) for unit, event, day in work.session.execute(query)}
    ended = update(RecordRow).where(*current).values(ended_by=change)
    work.session.execute(ended.execution_options(synchronize_session=False))
    return touched


def _matching(reader: Reader, search: RecordSearch) -> list[ColumnElement[bool]]:
    where = [reader.current(RecordRow)]
    if search.units is not None:
        where.append(RecordRow.unit.in_(sorted(search.units)))
    if search.events:
        where.append(RecordRow.event.in_(sorted(search.events)))
    if search.since:
        where.append(RecordRow.occurred_on >= search.since)
    if search.until:
        where.append(RecordRow.occurred_on <= search.until)
    return where + [_mentioning(word) for word in search.words.split()]


def _mentioning(word: str) -> ColumnElement[bool]:
    fields = (RecordRow.title, RecordRow.leader, RecordRow.note)
    return or_(*(func.lower(each).contains(word.lower(), autoescape=True) for each in fields))


def _same_key(reader: Reader, record: Record) -> Select[RecordRow]:
    return select(RecordRow).where(
        reader.current(RecordRow),
        RecordRow.unit == record.unit,
        RecordRow.event == record.event,
        RecordRow.occurred_on == record.occurred_on,
        RecordRow.title == record.title,
        RecordRow.leader == record.leader,
        RecordRow.measure == record.measure,
    )


def _changes(reader: Reader, ids: Iterable[int]) -> dict[int, ChangeRow]:
    rows = reader.session.scalars(select(ChangeRow).where(ChangeRow.id.in_(sorted(ids))))
    return {row.id: row for row in rows}


def _version(row: RecordRow, changes: dict[int, ChangeRow]) -> RecordVersion:
    begun, ended = changes[row.begun_by], changes[row.ended_by] if row.ended_by else None
    end: Sequence[Any] = (ended.at, ended.action, ended.person, ended.reason) if ended else ()
    return RecordVersion(
        row.version_id, _record(row), begun.at, begun.person, begun.action, begun.reason, *end
    )


def _columns(record: Record) -> dict[str, Any]:
    names = (
        *("unit", "event", "occurred_on", "title", "leader", "led_by_first_director", "reported_on"),
        *("measure", "total", "note", "entered_on", "entered_by"),
    )
    return {"amount": record.value} | {name: getattr(record, name) for name in names}


def _record(row: RecordRow) -> Record:
    return Record(
        row.unit,
        row.event,
        row.occurred_on,
        row.title,
        row.leader,
        row.led_by_first_director,
        row.reported_on,
        row.measure,
        row.amount,
        row.total,
        row.note,
        row.record_id,
        row.entered_on,
        row.entered_by,
    )
