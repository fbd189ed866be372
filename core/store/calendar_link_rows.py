"""ORM rows of links to calendars; private to the package."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base


class CalendarLinkRow(Base):
    """A link to a unit's calendar, known by the SHA-256 of its token; `purpose` says who follows it."""

    __tablename__ = "calendar_link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    unit: Mapped[str] = mapped_column(String(40), index=True)
    purpose: Mapped[str] = mapped_column(String(100))
    made_by: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
