"""ORM rows of attachments and of their bytes; private to the package."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from core.store.schema import Base, Versioned


class AttachmentRow(Versioned, Base):
    """One version of an attachment; `attachment_id` stays the same through all its versions."""

    __tablename__ = "attachment_version"
    __table_args__ = (
        Index("ix_attachment_number", "attachment_id"),
        Index("ix_attachment_owner", "owner_kind", "owner_number"),
    )

    attachment_id: Mapped[int] = mapped_column(Integer)
    owner_kind: Mapped[str] = mapped_column(String(20))
    owner_number: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(120))


class AttachmentBlobRow(Base):
    """The bytes of one content, kept once however many attachments hold it.

    Never deleted, and changed only back to what the name says, where a disk has damaged them.
    """

    __tablename__ = "attachment_blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
