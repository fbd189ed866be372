"""Issued documents: what is kept of each, so that it can be made again from the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core.domain.papers import PaperKind


@dataclass(frozen=True, slots=True)
class Document:
    """One issued document.

    `subject` is what it is about (a quarter, a measure's id, a hazard's code), `known` the newest change that
    it was written from, `words` what the office edited; the hashes are those of its bytes and of its text.
    """

    kind: PaperKind
    title: str
    number: str
    unit: str
    subject: str
    issued_on: date
    as_of: date
    known: int
    words: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    sha256: str = ""
    text_sha256: str = ""
    document_id: int = 0
    issued_by: str = ""
    at: datetime | None = None
