"""Counts of what stands in the database, for who watches over the server."""

from datetime import datetime

from sqlalchemy import func, select

from core.store.account_rows import AccountSessionRow
from core.store.attachment_rows import AttachmentRow
from core.store.hazard_rows import HazardRow
from core.store.schema import RecordRow
from core.store.unit_of_work import Reader


def count_current(reader: Reader) -> tuple[int, int, int]:
    """How many records, hazards and attachments there are now."""
    rows = (RecordRow, HazardRow, AttachmentRow)
    records, hazards, attachments = (
        reader.session.scalar(select(func.count()).select_from(row).where(reader.current(row))) or 0
        for row in rows
    )
    return records, hazards, attachments


def count_living_sessions(reader: Reader, since: datetime) -> int:
    """How many sessions that nobody ended gave a sign of life since a naive UTC moment."""
    query = select(func.count()).select_from(AccountSessionRow)
    living = query.where(AccountSessionRow.ended_at.is_(None), AccountSessionRow.seen_at >= since)
    return reader.session.scalar(living) or 0
