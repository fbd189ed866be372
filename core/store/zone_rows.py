"""Rows of the work on functional zones; private to the package."""

from datetime import date

from sqlalchemy import Boolean, Integer, String, true
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base, Versioned


class ZoneItemRow(Versioned, Base):
    """One version of a checklist's item; `kept` false takes one out."""

    __tablename__ = "zone_item_version"

    code: Mapped[str] = mapped_column(String(40), index=True)
    area: Mapped[str] = mapped_column(String(20))
    content: Mapped[str]
    points: Mapped[int] = mapped_column(Integer)
    sort_no: Mapped[int] = mapped_column(Integer)
    kept: Mapped[bool] = mapped_column(Boolean, server_default=true())


class ZonePlanRow(Versioned, Base):
    """A zone's plan as it was drawn up; a later one stands beside it, not over it."""

    __tablename__ = "zone_plan"

    zone: Mapped[str] = mapped_column(String(40), index=True)
    content: Mapped[str]
    drawn_on: Mapped[date]
    duty_by: Mapped[date | None]
    system_by: Mapped[date | None]
    support_by: Mapped[date | None]
    enforcement_by: Mapped[date | None]
    digital_by: Mapped[date | None]
    person: Mapped[str] = mapped_column(String(120))


class ZoneMarkRow(Versioned, Base):
    """How far an item of a zone was on a day."""

    __tablename__ = "zone_mark"

    zone: Mapped[str] = mapped_column(String(40), index=True)
    item: Mapped[str] = mapped_column(String(40))
    progress: Mapped[str] = mapped_column(String(20))
    score: Mapped[int] = mapped_column(Integer)
    marked_on: Mapped[date]
    person: Mapped[str] = mapped_column(String(120))


class ZoneStepRow(Versioned, Base):
    """One self-assessment, acceptance or return of an area."""

    __tablename__ = "zone_step"

    zone: Mapped[str] = mapped_column(String(40), index=True)
    area: Mapped[str] = mapped_column(String(20))
    zone_deed: Mapped[str] = mapped_column(String(20))
    taken_on: Mapped[date]
    score: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str]
    person: Mapped[str] = mapped_column(String(120))


class ExperienceRow(Versioned, Base):
    """One version of an experience; `experience_id` stays the same through all of them."""

    __tablename__ = "experience_version"

    experience_id: Mapped[int] = mapped_column(Integer)
    locality: Mapped[str] = mapped_column(String(40))
    zone: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str]
    noted_on: Mapped[date]
    about_record: Mapped[int] = mapped_column(Integer)
    promoted_on: Mapped[date | None]
    promotion: Mapped[str]
    entered_by: Mapped[str] = mapped_column(String(120))
