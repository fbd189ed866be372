"""ORM rows of hazards and their moves; private to the package."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class HazardRow(Versioned, Base):
    """One version of a hazard as it was found."""

    __tablename__ = "hazard_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    locality: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200))
    description: Mapped[str]
    grade: Mapped[str] = mapped_column(String(20))
    found_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(40))
    industry: Mapped[str] = mapped_column(String(40))
    found_by: Mapped[str] = mapped_column(String(40))


class HazardMoveRow(Versioned, Base):
    """One move; it ends only where a file writes the hazard's history anew."""

    __tablename__ = "hazard_move"

    hazard: Mapped[str] = mapped_column(String(40), index=True)
    deed: Mapped[str] = mapped_column(String(30))
    moved_on: Mapped[date]
    person: Mapped[str] = mapped_column(String(120))
    note: Mapped[str]
    unit: Mapped[str] = mapped_column(String(40))
    due: Mapped[date | None]
    document: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str]
