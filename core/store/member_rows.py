"""ORM rows of the committees' member units; private to the package."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class MemberRow(Versioned, Base):
    """One version of a committee's member unit with its office and liaison officer."""

    __tablename__ = "member_version"

    committee: Mapped[str] = mapped_column(String(40), index=True)
    member: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(200))
    liaison: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(40))
    starts: Mapped[date | None]
    until: Mapped[date | None]
