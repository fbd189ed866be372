"""ORM rows of catalogues made in the product and of the office's settings; private to the package."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class CatalogueRow(Versioned, Base):
    """One version of a year's catalogue, as text; a draft until it is published."""

    __tablename__ = "catalogue_version"

    year: Mapped[int] = mapped_column(Integer, index=True)
    stage: Mapped[str] = mapped_column(String(20))
    content: Mapped[str]


class AdjustmentRow(Versioned, Base):
    """One version of what the office set of one obligation; empty numbers are as in the catalogue."""

    __tablename__ = "adjustment_version"

    year: Mapped[int] = mapped_column(Integer)
    obligation: Mapped[str] = mapped_column(String(80))
    required: Mapped[int | None] = mapped_column(Integer)
    warn_days: Mapped[int | None] = mapped_column(Integer)
    also: Mapped[str]
