"""ORM rows; private to the package.

Rows are versions: `begun_by` names the change that made one, `ended_by` the change that ended it.
Types stay in the subset that SQLite and the PostgreSQL family share; moments are naive UTC.
"""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    false,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of all rows."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads a plain class attribute
        str: Text,
        date: Date,
        datetime: DateTime,
        bytes: LargeBinary,
    }


class ChangeRow(Base):
    """One entry of the journal; ids grow in the order of commits, moments never go back.

    Once `digest` is set, the database refuses to alter or remove the entry (migration 0007).
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_person_payload", "person", "payload"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    person: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str]
    detail: Mapped[str]
    operation: Mapped[str | None] = mapped_column(String(64), unique=True)
    payload: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64), server_default="")
    succeeded: Mapped[bool] = mapped_column(Boolean, server_default=true())
    digest: Mapped[str] = mapped_column(String(64), server_default="")


class Versioned:
    """The columns of a version."""

    version_id: Mapped[int] = mapped_column(Integer, primary_key=True)

    @declared_attr
    def begun_by(cls) -> Mapped[int]:  # noqa: N805 - a declared attribute receives the class
        """The change that made this version."""
        return mapped_column(ForeignKey("change.id"), index=True)

    @declared_attr
    def ended_by(cls) -> Mapped[int | None]:  # noqa: N805
        """The change that ended it; None while it is the current one."""
        return mapped_column(ForeignKey("change.id"), index=True)


class UnitRow(Versioned, Base):
    """One version of a unit."""

    __tablename__ = "unit_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str] = mapped_column(String(40))
    county: Mapped[bool] = mapped_column(Boolean, server_default=false())
    heavy_duty: Mapped[bool] = mapped_column(Boolean, server_default=false())
    lead_unit: Mapped[str] = mapped_column(String(40))
    sort_no: Mapped[int] = mapped_column(Integer)
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]
    successor: Mapped[str] = mapped_column(String(40), server_default="")


class LeaderRow(Versioned, Base):
    """One version of a leader on a roster."""

    __tablename__ = "leader_version"

    unit: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    starts: Mapped[date | None]
    until: Mapped[date | None]


class ZoneRow(Versioned, Base):
    """One version of a functional zone with the acceptance day of each area."""

    __tablename__ = "zone_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    locality: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    duty_on: Mapped[date | None]
    system_on: Mapped[date | None]
    support_on: Mapped[date | None]
    enforcement_on: Mapped[date | None]
    digital_on: Mapped[date | None]


class RecordRow(Versioned, Base):
    """One version of a record; `record_id` stays the same through all its versions."""

    __tablename__ = "record_version"
    __table_args__ = (
        Index("ix_record_current", "ended_by", "occurred_on", "event"),
        Index("ix_record_place", "unit", "event", "occurred_on"),
    )

    record_id: Mapped[int] = mapped_column(Integer, index=True)
    unit: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(60))
    occurred_on: Mapped[date]
    title: Mapped[str]
    leader: Mapped[str] = mapped_column(String(100))
    led_by_first_director: Mapped[bool] = mapped_column(Boolean, server_default=false())
    reported_on: Mapped[date | None]
    measure: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int | None] = mapped_column(Integer)
    total: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str]
    entered_on: Mapped[date]
    entered_by: Mapped[str] = mapped_column(String(120))


class ExemptionRow(Versioned, Base):
    """One version of an exemption."""

    __tablename__ = "exemption_version"

    unit: Mapped[str] = mapped_column(String(40))
    obligation: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str]


class SettingRow(Versioned, Base):
    """One version of an office setting, such as the grace days."""

    __tablename__ = "setting_version"

    name: Mapped[str] = mapped_column(String(80), index=True)
    content: Mapped[str]


class MarkRow(Base):
    """A fact about the database itself, such as that it is a demonstration."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    content: Mapped[str]
