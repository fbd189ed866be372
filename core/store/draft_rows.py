"""ORM rows of drafts; private to the package."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base


class DraftRow(Base):
    """What one person has typed into one form; an empty `content` says that this operation is over.

    It is no business data: it is changed in place, and nothing of it stands in the journal.
    """

    __tablename__ = "draft"

    person: Mapped[str] = mapped_column(String(120), primary_key=True)
    form: Mapped[str] = mapped_column(String(200), primary_key=True)
    operation: Mapped[str] = mapped_column(String(64))
    step: Mapped[int] = mapped_column(Integer)
    content: Mapped[str]
    saved_at: Mapped[datetime]
