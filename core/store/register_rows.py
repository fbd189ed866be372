"""ORM rows of the registers: enterprises, duties done, spot checks, towns, staff; private to the package."""

from datetime import date

from sqlalchemy import Boolean, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class EnterpriseRow(Versioned, Base):
    """One version of an enterprise."""

    __tablename__ = "enterprise_version"
    __table_args__ = (Index("ix_enterprise_place", "locality", "ended_by"),)

    code: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(200))
    locality: Mapped[str] = mapped_column(String(40))
    industry: Mapped[str] = mapped_column(String(60))
    high_risk: Mapped[bool] = mapped_column(Boolean, server_default=false())
    staff: Mapped[int | None] = mapped_column(Integer)
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]


class EnterpriseDutyRow(Versioned, Base):
    """One version of a duty done on a day; of an insurance, with its last day."""

    __tablename__ = "enterprise_duty"
    __table_args__ = (
        Index("ix_duty_counted", "duty", "done_on", "ended_by", "enterprise"),
        Index("ix_duty_enterprise", "enterprise", "ended_by"),
    )

    enterprise: Mapped[str] = mapped_column(String(40))
    duty: Mapped[str] = mapped_column(String(20))
    done_on: Mapped[date]
    until: Mapped[date | None]


class SpotCheckRow(Versioned, Base):
    """One version of a spot check; the duties are codes, blanks between them."""

    __tablename__ = "spot_check"

    enterprise: Mapped[str] = mapped_column(String(40), index=True)
    checked_on: Mapped[date]
    visit: Mapped[str] = mapped_column(String(20))
    checked_by: Mapped[str] = mapped_column(String(100))
    found_true: Mapped[str] = mapped_column(String(200))
    found_false: Mapped[str] = mapped_column(String(200))
    note: Mapped[str]


class TownRow(Versioned, Base):
    """One version of a town-level unit."""

    __tablename__ = "town_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    locality: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    heavy_duty: Mapped[bool] = mapped_column(Boolean, server_default=false())
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]


class TownStaffRow(Versioned, Base):
    """One version of how many people a town had on a day."""

    __tablename__ = "town_staff_version"

    town: Mapped[str] = mapped_column(String(40), index=True)
    counted_on: Mapped[date]
    staff: Mapped[int] = mapped_column(Integer)
    note: Mapped[str]


class InspectorsRow(Versioned, Base):
    """One version of how many special inspectors a locality had on a day."""

    __tablename__ = "inspectors_version"

    locality: Mapped[str] = mapped_column(String(40), index=True)
    counted_on: Mapped[date]
    full_time: Mapped[int] = mapped_column(Integer)
    part_time: Mapped[int] = mapped_column(Integer)
    note: Mapped[str]
