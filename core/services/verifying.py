"""Check that the database is whole: the file itself, the journal, and every version."""

from collections.abc import Callable, Iterator

from core.auth import Actor, Permission, require
from core.errors import Fault, StoreError
from core.services.attachment_owners import place_of
from core.store.attachments import (
    attachment_owners,
    damaged_contents,
    missing_contents,
    orphaned_contents,
)
from core.store.chain_checks import altered_versions, broken_chain, cut_journal, head_of
from core.store.documents import damaged_documents
from core.store.engine import Store
from core.store.hazards import broken_courses
from core.store.integrity import (
    broken_changes,
    broken_file,
    broken_versions,
    missing_units,
    repeated_keys,
)
from core.store.tallies import broken_tallies
from core.store.unit_of_work import Reader


def verify(store: Store, actor: Actor) -> list[str]:
    """Every damage found, each as a Chinese sentence; an empty list is a whole database."""
    require(actor, Permission.BACKUP)
    found: list[str] = []
    for check in (*_CHECKS, _lost_attachments):
        found += _asked(store, check)
    return list(dict.fromkeys(found))


def journal_head(store: Store, actor: Actor) -> str:
    """The journal's newest number and digest, `123:9f2c…`: noted outside, they show a later rewriting."""
    require(actor, Permission.BACKUP)
    with store.reading() as reader:
        return head_of(reader)


def _asked(store: Store, check: Callable[[Reader], Iterator[str]]) -> Iterator[str]:
    """One question; a page of the file that cannot be read is an answer, and the other questions follow."""
    try:
        with store.reading() as reader:
            yield from check(reader)
    except StoreError as error:
        if error.fault not in (Fault.DAMAGED, Fault.UNREADABLE):
            raise
        yield str(error)


def _lost_attachments(reader: Reader) -> Iterator[str]:
    """Attachments of things that are not there."""
    for owner in attachment_owners(reader):
        if place_of(reader, owner) is None:
            yield f"有附件属于不存在的{owner.kind.label}“{owner.number}”。"


_CHECKS = (
    *(broken_file, broken_changes, broken_chain, cut_journal, altered_versions),
    *(broken_versions, repeated_keys, missing_units, broken_tallies),
    *(damaged_contents, missing_contents, orphaned_contents, broken_courses),
    damaged_documents,
)
