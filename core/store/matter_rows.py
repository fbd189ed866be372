"""ORM rows of “一件事” links and of what surveys of new businesses found; private to the package."""

from datetime import date

from sqlalchemy import Boolean, Integer, String, true
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class LinkRow(Versioned, Base):
    """One version of a link of a chain."""

    __tablename__ = "link_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    chain: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(100))
    department: Mapped[str] = mapped_column(String(40))
    sort_no: Mapped[int] = mapped_column(Integer)
    settled_on: Mapped[date | None]
    document: Mapped[str] = mapped_column(String(400))
    record_no: Mapped[int] = mapped_column(Integer)
    kept: Mapped[bool] = mapped_column(Boolean, server_default=true())


class FindingRow(Versioned, Base):
    """One version of a new business that a survey found."""

    __tablename__ = "finding_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    survey: Mapped[int] = mapped_column(Integer, index=True)
    name: Mapped[str] = mapped_column(String(200))
    found_on: Mapped[date]
    risk: Mapped[str] = mapped_column(String(20))
    department: Mapped[str] = mapped_column(String(40))
    settled_on: Mapped[date | None]
    note: Mapped[str]
    kept: Mapped[bool] = mapped_column(Boolean, server_default=true())
