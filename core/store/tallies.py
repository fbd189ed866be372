"""Counts kept in the transaction that writes the records: each touched month is counted anew from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from core.domain.month_tallies import Counted, MonthTally, month_of, tally_of
from core.domain.records import Record
from core.store.schema import RecordRow
from core.store.tally_rows import TallyRow
from core.store.unit_of_work import Reader, UnitOfWork

Key = tuple[str, str, date]
"""Unit, event and the first day of a month."""
_AT_ONCE = 500
_BATCH = 5_000
_COLUMNS = ("occurred_on", "led_by_first_director", "leader", "reported_on", "measure", "record_id")


def keys_of(records: Iterable[Record]) -> set[Key]:
    """The months that records belong to."""
    return {(each.unit, each.event, month_of(each.occurred_on)) for each in records}


def recount(work: UnitOfWork, keys: Iterable[Key]) -> None:
    """Count these months anew, once all that this transaction does to them is written."""
    months: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for unit, event, month in keys:
        months[unit, event].add(month)
    rows: list[dict[str, Any]] = []
    for (unit, event), wanted in months.items():
        kept = (TallyRow.unit == unit, TallyRow.event == event, TallyRow.month.in_(sorted(wanted)))
        work.session.execute(delete(TallyRow).where(*kept).execution_options(synchronize_session=False))
        own = (RecordRow.unit == unit, RecordRow.event == event)
        span = RecordRow.occurred_on.between(min(wanted), _last_day(max(wanted)))
        rows += [_row(key, tally) for key, tally in _counted(work.session, *own, span) if key[2] in wanted]
    for start in range(0, len(rows), _AT_ONCE):
        work.session.execute(insert(TallyRow), rows[start : start + _AT_ONCE])


def fill(session: Session) -> None:
    """Count every month there is, into an empty table."""
    rows = [_row(key, tally) for key, tally in _counted(session)]
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(TallyRow), rows[start : start + _AT_ONCE])


def broken_tallies(reader: Reader) -> Iterator[str]:
    """Kept counts that are not what counting the records comes to."""
    kept = {(row.unit, row.event, row.month): _tally(row) for row in reader.session.scalars(select(TallyRow))}
    for key, tally in _counted(reader.session):
        if kept.pop(key, None) != tally:
            yield _said(key)
    yield from map(_said, kept)


def _said(key: Key) -> str:
    unit, event, month = key
    return f"单位“{unit}”事项“{event}”{month.year}年{month.month}月的计数与记录不符。"


def _last_day(month: date) -> date:
    """The last day that a month could have: databases compare days, also with one that is not there."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _counted(session: Session, *where: ColumnElement[bool]) -> Iterator[tuple[Key, MonthTally]]:
    """Every month with its count; the records come in their order and are never all in memory."""
    names = ("unit", "event", *_COLUMNS, "amount", "total")
    columns = [getattr(RecordRow, name) for name in names]
    query = select(*columns).where(RecordRow.ended_by.is_(None), *where)
    ordered = query.order_by(RecordRow.unit, RecordRow.event, RecordRow.occurred_on)
    found = session.execute(ordered if where else ordered.execution_options(yield_per=_BATCH))
    for key, rows in groupby(found, key=lambda row: (row[0], row[1], month_of(row[2]))):
        yield key, tally_of(map(_record, rows))


def _record(row: Sequence[Any]) -> Counted:
    _, _, day, led, leader, reported_on, measure, number, value, total = row
    return Counted(day, led, leader, reported_on, measure, number, value or 0, total or 0)


def _row(key: Key, tally: MonthTally) -> dict[str, Any]:
    texts = {name: getattr(tally, name) for name in MonthTally.__slots__}
    return dict(zip(("unit", "event", "month"), key, strict=True)) | texts


def _tally(row: TallyRow) -> MonthTally:
    return MonthTally(*(getattr(row, name) for name in MonthTally.__slots__))
