"""The journal of changes, and facts about the database itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, insert, not_, or_, select

from core.store.schema import ChangeRow, MarkRow, SettingRow
from core.store.unit_of_work import Reader, UnitOfWork, newest_change

QUIET_PREFIXES = (
    *("account.", "session.", "security.", "audit.", "backup."),
    *("wall.", "calendar.", "reminder."),
)
"""Actions that concern sign-in, looking, taking away, copies, links and reminders: no news to a board."""

RECORDS_PREFIX = "record."
"""Actions that enter, correct or void records, and change nothing else that is news."""

# Written once: every page and every open board asks it again and again.
_QUIET = or_(*(ChangeRow.action.startswith(prefix, autoescape=True) for prefix in QUIET_PREFIXES))
_NEWS = select(ChangeRow.id, ChangeRow.at).where(not_(_QUIET)).order_by(ChangeRow.id.desc()).limit(1)
_SINCE = select(
    func.max(ChangeRow.id),
    func.max(case((_QUIET, 0), else_=ChangeRow.id)),
    func.max(case((_QUIET, 1), else_=0)),
    func.max(case((or_(_QUIET, ChangeRow.action.startswith(RECORDS_PREFIX)), 0), else_=ChangeRow.id)),
).where(ChangeRow.id > bindparam("seen"))

DEMONSTRATION = "demonstration"
"""The mark of a database that was founded with the demonstration city."""
HASH_COST = "hash_cost"
"""The mark that says how dear a password's hash is made in this database (bcrypt's cost)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal; `at` is naive UTC."""

    change_id: int
    at: datetime
    person: str
    action: str
    subject: str
    reason: str
    detail: str
    address: str = ""
    succeeded: bool = True
    digest: str = ""


def newest_news(reader: Reader) -> tuple[int, datetime | None]:
    """The newest change that concerns business data: its id and moment; 0 and None where there is none."""
    query = _NEWS if reader.known is None else _NEWS.where(ChangeRow.id <= reader.known)
    row = reader.session.execute(query).first()
    return (row[0], row[1]) if row else (0, None)


@dataclass(frozen=True, slots=True)
class Tidings:
    """What was written after a change: the newest id, and the newest that is news to a board (0: none).

    `quiet` says that some of it concerned sign-in, accounts and the like. `beyond` is the newest that is news
    and more than records (0: none).
    """

    newest: int
    news: int
    quiet: bool
    beyond: int = 0


def tidings_since(reader: Reader, seen: int) -> Tidings:
    """What was written after a change with this id; it costs no more than there is to tell."""
    newest, news, quiet, beyond = reader.session.execute(_SINCE, {"seen": seen}).one()
    return Tidings(newest or 0, news or 0, bool(quiet), beyond or 0)


def newest_moment(reader: Reader) -> datetime | None:
    """When the newest entry was written, naive UTC; None before the first."""
    return reader.session.scalar(select(ChangeRow.at).order_by(ChangeRow.id.desc()).limit(1))


def journal_page(
    reader: Reader, limit: int = 100, offset: int = 0, words: str = ""
) -> tuple[list[Change], int]:
    """A page of the journal, newest first, and how many entries fit in all."""
    fields = (ChangeRow.person, ChangeRow.action, ChangeRow.subject, ChangeRow.reason)
    where = [or_(*(f.contains(word, autoescape=True) for f in fields)) for word in words.split()]
    total = reader.session.scalar(select(func.count()).select_from(ChangeRow).where(*where)) or 0
    query = select(ChangeRow).where(*where).order_by(ChangeRow.id.desc()).limit(limit).offset(offset)
    return [_change(row) for row in reader.session.scalars(query)], total


def find_operation(reader: Reader, operation: str) -> Change | None:
    """The change that carried this operation id, if it was ever made."""
    row = reader.session.scalars(select(ChangeRow).where(ChangeRow.operation == operation)).first()
    return _change(row) if row else None


def find_payload(reader: Reader, person: str, payload: str, since: datetime) -> Change | None:
    """The newest change by this person with the same content since a naive UTC moment."""
    query = (
        select(ChangeRow)
        .where(ChangeRow.person == person, ChangeRow.payload == payload, ChangeRow.at >= since)
        .order_by(ChangeRow.id.desc())
    )
    row = reader.session.scalars(query).first()
    return _change(row) if row else None


def replay_changes(work: UnitOfWork, entries: Iterable[tuple[datetime, str, str, str]]) -> list[int]:
    """Write past changes (naive UTC moment, person, action, subject) of a demonstration; return the ids."""
    first = newest_change(work) + 1
    rows = [
        {"id": first + place, "at": at, "person": person, "action": action, "subject": subject}
        | {"reason": "", "detail": "{}"}
        for place, (at, person, action, subject) in enumerate(entries)
    ]
    if rows:
        work.session.execute(insert(ChangeRow), rows)
    numbers = [first + place for place in range(len(rows))]
    work.made(numbers)
    return numbers


def read_mark(reader: Reader, name: str) -> str:
    """A fact about the database; empty where it is not set."""
    return reader.session.scalar(select(MarkRow.content).where(MarkRow.name == name)) or ""


def set_mark(work: UnitOfWork, name: str, content: str) -> None:
    """Set a fact about the database."""
    work.session.merge(MarkRow(name=name, content=content))


def read_setting(reader: Reader, name: str) -> str:
    """An office setting as this view knows it; empty where it was never set."""
    query = select(SettingRow.content).where(reader.current(SettingRow), SettingRow.name == name)
    return reader.session.scalar(query) or ""


def write_setting(work: UnitOfWork, change: int, name: str, content: str) -> None:
    """Begin a version of a setting and end the one before it."""
    query = select(SettingRow).where(SettingRow.ended_by.is_(None), SettingRow.name == name)
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    work.session.add(SettingRow(begun_by=change, name=name, content=content))
    work.session.flush()


def _change(row: ChangeRow) -> Change:
    said = (row.id, row.at, row.person, row.action, row.subject, row.reason, row.detail)
    return Change(*said, row.address, row.succeeded, row.digest)
