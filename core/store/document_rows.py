"""ORM rows of issued documents and of their bytes; private to the package."""

from datetime import date

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from core.store.schema import Base, Versioned


class DocumentRow(Versioned, Base):
    """One issued document: what it is about, as of which day and which change it was written, its hashes.

    Documents are never changed: another one is issued.
    """

    __tablename__ = "document_version"

    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    doc_number: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    issued_on: Mapped[date]
    as_of: Mapped[date]
    known: Mapped[int] = mapped_column(Integer)
    words: Mapped[str]
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    text_sha256: Mapped[str] = mapped_column(String(64))


class DocumentContentRow(Base):
    """The bytes of an issued document, named by their SHA-256."""

    __tablename__ = "document_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
