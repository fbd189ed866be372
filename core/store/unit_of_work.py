"""One consistent read, or one transaction that writes the change beside the rows it makes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from core.config import utc_moment
from core.store.schema import ChangeRow, Versioned
from core.store.sealing import seal

ADDRESS_LENGTH = 64


class Reader:
    """A consistent view of the database; `session` is for core/store only.

    `known` is the newest change that the view knows of; None for all of them.
    """

    def __init__(self, session: Session) -> None:
        """Keep the session."""
        self.session = session
        self.known: int | None = None

    def current(self, row: type[Versioned]) -> ColumnElement[bool]:
        """The versions that held, as far as this view knows."""
        if self.known is None:
            return row.ended_by.is_(None)
        return and_(row.begun_by <= self.known, or_(row.ended_by.is_(None), row.ended_by > self.known))


class UnitOfWork(Reader):
    """A reader that also writes; `now` is the naive UTC moment every change of it bears."""

    def __init__(self, session: Session, person: str, now: datetime, address: str = "") -> None:
        """Keep who writes, when, and from which address."""
        super().__init__(session)
        self.person = person
        self.now = utc_moment(now)
        self.address = address[:ADDRESS_LENGTH]
        self._unsealed: list[int] = []

    def change(
        self,
        action: str,
        subject: str = "",
        reason: str = "",
        detail: Mapping[str, Any] | None = None,
        *,
        operation: str | None = None,
        payload: str | None = None,
        succeeded: bool = True,
    ) -> int:
        """Write one entry of the journal and return its id; not `succeeded`: tried, and refused or failed.

        Ids are the next whole number: writers stand in a queue, so ids grow in the order of commits.
        A moment is never earlier than the one before it, even when the machine's clock was set back.
        """
        query = select(ChangeRow.id, ChangeRow.at).order_by(ChangeRow.id.desc()).limit(1)
        newest = self.session.execute(query).first()
        row = ChangeRow(
            id=newest.id + 1 if newest else 1,
            at=max(self.now, newest.at) if newest else self.now,
            person=self.person,
            action=action,
            subject=subject,
            reason=reason,
            detail=json.dumps(detail or {}, ensure_ascii=False, default=_plain),
            operation=operation,
            payload=payload,
            address=self.address,
            succeeded=succeeded,
        )
        self.session.add(row)
        self.session.flush()
        self.made([row.id])
        return row.id

    def made(self, changes: Sequence[int]) -> None:
        """Remember entries of the journal that this unit of work wrote, to be sealed when it is kept."""
        self._unsealed += changes

    def end(self, row: Versioned, change: int) -> None:
        """End a version: from this change on it is history."""
        row.ended_by = change

    def commit(self) -> None:
        """Seal the journal's new entries and keep everything written so far."""
        if self._unsealed:
            seal(self.session, self._unsealed[0], self._unsealed[-1])
            self._unsealed.clear()
        self.session.commit()


def newest_change(reader: Reader, at: datetime | None = None) -> int:
    """The newest change's id, or the newest at a naive UTC moment; 0 where there is none."""
    query = select(func.max(ChangeRow.id))
    return reader.session.scalar(query if at is None else query.where(ChangeRow.at <= at)) or 0


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
