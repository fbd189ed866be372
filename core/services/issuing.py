"""Issue papers: kept with their hashes, made again from the record, their numbers taken once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core.auth import Actor, Permission, require, scope_of
from core.domain.documents import Document
from core.domain.letters import KIND_OF_RUNG
from core.domain.papers import Paper, PaperKind, fingerprint_of
from core.errors import NotFoundError
from core.services.composing import Order, compose, word_file
from core.store.documents import (
    add_document,
    all_documents,
    document_about,
    document_begun_by,
    find_document,
    read_document,
)
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.measures import find_measure
from core.store.unit_of_work import Reader, newest_change

_ONCE = frozenset(PaperKind) - {PaperKind.BULLETIN, PaperKind.BRIEF, PaperKind.MATERIAL}
"""Kinds of which there is one about a measure or a hazard; of a quarter another bulletin may be issued."""


@dataclass(frozen=True, slots=True)
class Again:
    """A document made again from the record: its bytes, and whether they and the text are the same."""

    content: bytes
    same_bytes: bool
    same_text: bool


def issue_document(store: Store, actor: Actor, order: Order, operation: str, *, now: datetime) -> Document:
    """Issue a paper and keep it; a second press, and a second letter of one measure, give the first.

    Raises:
        ForbiddenError: papers are the office's.
        InputError, NotFoundError: as for composing.
    """
    require(actor, Permission.REPORT)
    with store.reading() as reader:
        before = find_operation(reader, operation)
        kept = document_begun_by(reader, before.change_id) if before else _kept(reader, order)
        known = newest_change(reader)
    if kept:
        return kept
    paper = compose(store, actor, order, known)
    content = word_file(paper)
    document = _document(order, paper, known, content)
    with store.unit_of_work(actor.username, now) as work:
        kept = _kept(work, order)
        if kept:
            return kept
        subject = f"{document.unit} {paper.kind.label} {document.number}".strip()
        change = work.change("document.issued", subject[:200], operation=operation)
        issued = add_document(work, change, document, content)
        work.commit()
    return issued


def letter_of_measure(
    store: Store, actor: Actor, measure_id: int, *, now: datetime
) -> tuple[Document, bytes]:
    """The letter of a measure with its bytes, issued now where it was not yet.

    Raises:
        ForbiddenError: papers are the office's.
        NotFoundError: there is no such measure.
    """
    require(actor, Permission.REPORT)
    with store.reading() as reader:
        measure = find_measure(reader, measure_id)
    if measure is None:
        raise NotFoundError("没有这份督办。")
    kind = KIND_OF_RUNG[measure.rung]
    order = Order(kind, measure.issued_on, measure.issued_on, measure.unit, str(measure_id))
    document = issue_document(store, actor, order, f"letter-{measure_id}", now=now)
    return document, _content(store, document)


def documents_for(store: Store, actor: Actor) -> list[Document]:
    """The issued documents the actor may see, newest first: all of them, or those to the own unit.

    Raises:
        ForbiddenError: the role sees no business data.
    """
    scope = scope_of(actor)
    with store.reading() as reader:
        every = all_documents(reader)
    return [each for each in every if scope.everything or (actor.unit and each.unit == actor.unit)]


def open_document(store: Store, actor: Actor, document_id: int) -> tuple[Document, bytes]:
    """An issued document with its bytes.

    Raises:
        NotFoundError: there is none, it is not the actor's to see, or its bytes are gone.
    """
    document = _visible(store, actor, document_id)
    return document, _content(store, document)


def make_again(store: Store, actor: Actor, document_id: int) -> Again:
    """Make an issued document again from the record as it was known then.

    Raises:
        ForbiddenError: papers are the office's.
        NotFoundError: there is no such document.
    """
    require(actor, Permission.REPORT)
    document = _visible(store, actor, document_id)
    order = Order(
        document.kind, document.issued_on, document.as_of, document.unit, document.subject, document.words
    )
    paper = compose(store, actor, order, document.known)
    content = word_file(paper)
    same = hashlib.sha256(content).hexdigest() == document.sha256
    return Again(content, same, fingerprint_of(paper) == document.text_sha256)


def _kept(reader: Reader, order: Order) -> Document | None:
    return (
        document_about(reader, order.kind, order.subject) if order.kind in _ONCE and order.subject else None
    )


def _document(order: Order, paper: Paper, known: int, content: bytes) -> Document:
    return Document(
        order.kind,
        paper.title[:300],
        paper.number[:80],
        order.unit,
        order.subject,
        paper.day,
        order.as_of,
        known,
        order.words,
        f"{paper.file_stem}.docx"[-200:],
        hashlib.sha256(content).hexdigest(),
        fingerprint_of(paper),
    )


def _visible(store: Store, actor: Actor, document_id: int) -> Document:
    scope = scope_of(actor)
    with store.reading() as reader:
        found = find_document(reader, document_id)
    if found is None or not (scope.everything or (actor.unit and found.unit == actor.unit)):
        raise NotFoundError("没有这份文书，或您无权查看。")
    return found


def _content(store: Store, document: Document) -> bytes:
    with store.reading() as reader:
        content = read_document(reader, document.sha256)
    if content is None:
        raise NotFoundError("这份文书的内容缺失，请告诉管理员运行核验。")
    return content
