"""Drafts: one for each person and form, replaced as typing goes on, emptied when saved or discarded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from core.store.draft_rows import DraftRow
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it stands; `operation` names the attempt it belongs to, `step` grows as typing goes on.

    An empty `content` means that the operation is over; `saved_at` is naive UTC.
    """

    form: str
    operation: str
    step: int
    content: str
    saved_at: datetime


def read_draft(reader: Reader, person: str, form: str) -> StoredDraft | None:
    """A person's draft of a form, or what says that it is over."""
    row = reader.session.get(DraftRow, (person, form))
    return StoredDraft(row.form, row.operation, row.step, row.content, row.saved_at) if row else None


def write_draft(work: UnitOfWork, form: str, operation: str, step: int, content: str) -> None:
    """Put a draft of the person who writes over the one there was."""
    work.session.merge(
        DraftRow(
            person=work.person, form=form, operation=operation, step=step, content=content, saved_at=work.now
        )
    )
    work.session.flush()


def drop_oldest(work: UnitOfWork, keep: int) -> None:
    """Leave the person's newest drafts only."""
    newest = (
        select(DraftRow.form)
        .where(DraftRow.person == work.person)
        .order_by(DraftRow.saved_at.desc(), DraftRow.form)
        .limit(keep)
    )
    kept = set(work.session.scalars(newest))
    every = set(work.session.scalars(select(DraftRow.form).where(DraftRow.person == work.person)))
    for form in sorted(every - kept):
        work.session.execute(delete(DraftRow).where(DraftRow.person == work.person, DraftRow.form == form))
