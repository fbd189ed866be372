"""Links to the wall; their tokens come in already hashed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.store.unit_of_work import Reader, UnitOfWork
from core.store.wall_link_rows import WallLinkRow


@dataclass(frozen=True, slots=True)
class WallLink:
    """A link as it stands; moments are naive UTC."""

    link_id: int
    place: str
    made_by: str
    made_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None


def add_link(work: UnitOfWork, token_hash: str, place: str) -> int:
    """Keep a link, and return its id."""
    row = WallLinkRow(token_hash=token_hash, place=place, made_by=work.person, made_at=work.now)
    work.session.add(row)
    work.session.flush()
    return row.id


def list_links(reader: Reader) -> list[WallLink]:
    """Every link, the newest first."""
    return [_link(row) for row in reader.session.scalars(select(WallLinkRow).order_by(WallLinkRow.id.desc()))]


def find_link(reader: Reader, token_hash: str) -> WallLink | None:
    """The link of a token, whether it still holds or not."""
    row = reader.session.scalars(
        select(WallLinkRow).where(WallLinkRow.token_hash == token_hash)
    ).one_or_none()
    return _link(row) if row else None


def revoke_link(work: UnitOfWork, link_id: int) -> WallLink | None:
    """End a link for good; None where there is none that holds."""
    row = work.session.get(WallLinkRow, link_id)
    if row is None or row.revoked_at is not None:
        return None
    row.revoked_at = work.now
    return _link(row)


def note_opening(work: UnitOfWork, link_id: int) -> None:
    """Note that a screen opened the link."""
    row = work.session.get(WallLinkRow, link_id)
    if row is not None:
        row.opened_at = work.now


def _link(row: WallLinkRow) -> WallLink:
    return WallLink(row.id, row.place, row.made_by, row.made_at, row.opened_at, row.revoked_at)
