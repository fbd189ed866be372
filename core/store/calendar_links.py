"""Links to calendars; their tokens come in already hashed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.store.calendar_link_rows import CalendarLinkRow
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """A link as it stands; moments are naive UTC."""

    link_id: int
    unit: str
    purpose: str
    made_by: str
    made_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None


def add_link(work: UnitOfWork, token_hash: str, unit: str, purpose: str) -> None:
    """Keep a link."""
    said = {"unit": unit, "purpose": purpose, "made_by": work.person, "made_at": work.now}
    work.session.add(CalendarLinkRow(token_hash=token_hash, **said))
    work.session.flush()


def list_links(reader: Reader, unit: str) -> list[CalendarLink]:
    """A unit's links, the newest first."""
    query = select(CalendarLinkRow).where(CalendarLinkRow.unit == unit).order_by(CalendarLinkRow.id.desc())
    return [_link(row) for row in reader.session.scalars(query)]


def link_of(reader: Reader, link_id: int) -> CalendarLink | None:
    """The link of an id, whether it still holds or not."""
    row = reader.session.get(CalendarLinkRow, link_id)
    return _link(row) if row else None


def find_link(reader: Reader, token_hash: str) -> CalendarLink | None:
    """The link of a token, whether it still holds or not."""
    query = select(CalendarLinkRow).where(CalendarLinkRow.token_hash == token_hash)
    row = reader.session.scalars(query).one_or_none()
    return _link(row) if row else None


def revoke_link(work: UnitOfWork, link_id: int) -> None:
    """End a link for good."""
    row = work.session.get_one(CalendarLinkRow, link_id)
    row.revoked_at = work.now


def note_opening(work: UnitOfWork, link_id: int) -> None:
    """Note that a calendar was fetched."""
    row = work.session.get_one(CalendarLinkRow, link_id)
    row.opened_at = work.now


def _link(row: CalendarLinkRow) -> CalendarLink:
    return CalendarLink(
        row.id, row.unit, row.purpose, row.made_by, row.made_at, row.opened_at, row.revoked_at
    )
