"""Experiences in versions."""

from sqlalchemy import func, select

from core.domain.experiences import Experience
from core.store.unit_of_work import Reader, UnitOfWork
from core.store.zone_rows import ExperienceRow


def all_experiences(reader: Reader) -> list[Experience]:
    """Every experience, the newest first."""
    query = select(ExperienceRow).where(reader.current(ExperienceRow))
    newest = query.order_by(ExperienceRow.noted_on.desc(), ExperienceRow.experience_id.desc())
    return [_experience(row) for row in reader.session.scalars(newest)]


def find_experience(reader: Reader, number: int) -> Experience | None:
    """One experience; None where there is none."""
    query = select(ExperienceRow).where(reader.current(ExperienceRow), ExperienceRow.experience_id == number)
    row = reader.session.scalars(query).one_or_none()
    return _experience(row) if row else None


def experience_begun_by(reader: Reader, change: int) -> int | None:
    """The experience that a change entered, if it entered one."""
    return reader.session.scalar(select(ExperienceRow.experience_id).where(ExperienceRow.begun_by == change))


def next_experience_number(reader: Reader) -> int:
    """The number after the highest that was ever used."""
    return (reader.session.scalar(select(func.max(ExperienceRow.experience_id))) or 0) + 1


def write_experience(work: UnitOfWork, change: int, experience: Experience) -> None:
    """Begin a version of an experience and end the one before it."""
    query = select(ExperienceRow).where(
        ExperienceRow.ended_by.is_(None), ExperienceRow.experience_id == experience.number
    )
    before = work.session.scalars(query).one_or_none()
    if before:
        work.end(before, change)
    names = ("locality", "zone", "title", "content", "noted_on", "promoted_on", "promotion", "entered_by")
    columns = {name: getattr(experience, name) for name in names}
    numbers = {"experience_id": experience.number, "about_record": experience.record_id}
    work.session.add(ExperienceRow(begun_by=change, **numbers, **columns))
    work.session.flush()


def _experience(row: ExperienceRow) -> Experience:
    return Experience(
        row.experience_id,
        row.locality,
        row.zone,
        row.title,
        row.content,
        row.noted_on,
        row.about_record,
        row.promoted_on,
        row.promotion,
        row.entered_by,
        row.begun_by,
    )
