"""ORM rows of measures on units and of key periods; private to the package."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Integer, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class MeasureRow(Versioned, Base):
    """One measure as it was issued; it never ends, so its number is never free again."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("year", "running_no", name="uq_measure_number"),)

    year: Mapped[int] = mapped_column(Integer)
    running_no: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(String(40), index=True)
    rung: Mapped[str] = mapped_column(String(20))
    issued_on: Mapped[date]
    reply_by: Mapped[date | None]
    content: Mapped[str]
    raised_from: Mapped[int] = mapped_column(Integer)


class MeasureItemRow(Versioned, Base):
    """One cell or hazard behind a measure, as it stood that day."""

    __tablename__ = "measure_item"

    measure: Mapped[int] = mapped_column(ForeignKey("measure.version_id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(200))
    title: Mapped[str]
    standing: Mapped[str]
    fell_due: Mapped[date]


class MeasureStepRow(Versioned, Base):
    """What followed a measure: a reply, its settling, or that it was raised."""

    __tablename__ = "measure_step"

    measure: Mapped[int] = mapped_column(ForeignKey("measure.version_id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]
    person: Mapped[str] = mapped_column(String(120))
    note: Mapped[str]


class KeyPeriodRow(Versioned, Base):
    """One version of a key period; `kept` false takes a seeded one out."""

    __tablename__ = "key_period_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(100))
    starts: Mapped[date]
    until: Mapped[date]
    kept: Mapped[bool] = mapped_column(Boolean, server_default=true())
