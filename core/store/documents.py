"""Issued documents: keep, find, read the bytes, and find what is damaged."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select

from core.domain.documents import Document
from core.domain.papers import PaperKind
from core.store.document_rows import DocumentContentRow, DocumentRow
from core.store.schema import ChangeRow
from core.store.unit_of_work import Reader, UnitOfWork


def all_documents(reader: Reader) -> list[Document]:
    """Every issued document, the newest first."""
    query = _query(reader).order_by(DocumentRow.version_id.desc())
    return [_document(row, change) for row, change in reader.session.execute(query)]


def find_document(reader: Reader, document_id: int) -> Document | None:
    """One issued document."""
    found = reader.session.execute(_query(reader).where(DocumentRow.version_id == document_id)).first()
    return _document(*found) if found else None


def document_about(reader: Reader, kind: PaperKind, subject: str) -> Document | None:
    """The newest document of a kind about one thing: a measure, a hazard, a quarter."""
    query = _query(reader).where(DocumentRow.kind == kind.value, DocumentRow.subject == subject)
    found = reader.session.execute(query.order_by(DocumentRow.version_id.desc()).limit(1)).first()
    return _document(*found) if found else None


def document_begun_by(reader: Reader, change: int) -> Document | None:
    """The document that a change issued, if it issued one."""
    found = reader.session.execute(_query(reader).where(DocumentRow.begun_by == change)).first()
    return _document(*found) if found else None


def read_document(reader: Reader, sha256: str) -> bytes | None:
    """The bytes of this name; None where they are missing."""
    query = select(DocumentContentRow.content).where(DocumentContentRow.sha256 == sha256)
    return reader.session.scalar(query)


def add_document(work: UnitOfWork, change: int, document: Document, content: bytes) -> Document:
    """Keep a document with its bytes."""
    if work.session.get(DocumentContentRow, document.sha256) is None:
        values = {"sha256": document.sha256, "content": content}
        work.session.execute(insert(DocumentContentRow), [values])
    row = DocumentRow(begun_by=change, **_columns(document))
    work.session.add(row)
    work.session.flush()
    return replace(document, document_id=row.version_id, issued_by=work.person, at=work.now)


def damaged_documents(reader: Reader) -> Iterator[str]:
    """Documents whose bytes are gone or are no longer what they were."""
    query = select(DocumentRow.title, DocumentRow.doc_number, DocumentRow.sha256)
    for title, number, sha256 in reader.session.execute(query.order_by(DocumentRow.version_id)).all():
        content = read_document(reader, sha256)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            yield f"文书“{title}”{number} 的内容缺失或已损坏，可在“通报报告”中按原始数据重新生成核对。"


def _query(reader: Reader) -> Any:
    return (
        select(DocumentRow, ChangeRow)
        .join(ChangeRow, ChangeRow.id == DocumentRow.begun_by)
        .where(reader.current(DocumentRow))
    )


def _columns(document: Document) -> dict[str, Any]:
    names = ("title", "unit", "subject", "issued_on", "as_of", "known", "file_name", "sha256", "text_sha256")
    plain = {name: getattr(document, name) for name in names}
    words = json.dumps(dict(document.words), ensure_ascii=False)
    return {**plain, "kind": document.kind.value, "doc_number": document.number, "words": words}


def _document(row: DocumentRow, change: ChangeRow) -> Document:
    return Document(
        PaperKind.of(row.kind),
        row.title,
        row.doc_number,
        row.unit,
        row.subject,
        row.issued_on,
        row.as_of,
        row.known,
        json.loads(row.words),
        row.file_name,
        row.sha256,
        row.text_sha256,
        row.version_id,
        change.person,
        change.at,
    )
