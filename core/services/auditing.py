"""Write down what changes nothing and must be known all the same: refusals, exports and downloads."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from core.auth import Actor, Permission, on_refusal
from core.store.engine import Store
from core.store.journal import find_payload

SAME_WITHIN = timedelta(minutes=1)
"""A page draws itself again and again; what is refused again within this time is written down once."""
_SUBJECT_LENGTH = 200
_LOG = logging.getLogger(__name__)


def listen(store: Store, clock: Callable[[], datetime]) -> None:
    """From now on write every refused permission of this process into the store's journal."""

    def note(actor: Actor, permission: Permission, unit: str | None) -> None:
        what = f"{permission.value} {unit or ''}".strip()
        store.afterwards(lambda: note_refusal(store, actor, what, now=clock()))

    on_refusal(note)


def note_refusal(store: Store, actor: Actor, what: str, *, now: datetime) -> None:
    """Write down that somebody asked for what the role does not grant; a failing journal breaks nothing."""
    mark = hashlib.sha256(f"audit.refused {what}".encode("utf-8", "replace")).hexdigest()
    try:
        with store.unit_of_work(actor.username, now) as work:
            if find_payload(work, actor.username, mark, work.now - SAME_WITHIN):
                return
            work.change("audit.refused", what[:_SUBJECT_LENGTH], payload=mark, succeeded=False)
            work.commit()
    except Exception:  # noqa: BLE001 - the refusal itself must reach the person, whatever the journal says
        _LOG.exception("a refusal could not be written down")


def note_export(store: Store, actor: Actor, what: str, *, now: datetime) -> None:
    """Write down that somebody took a table, a document or all data of a kind away."""
    _note(store, actor, "audit.exported", what, now)


def note_download(store: Store, actor: Actor, what: str, *, now: datetime) -> None:
    """Write down that somebody took an attachment away."""
    _note(store, actor, "audit.downloaded", what, now)


def _note(store: Store, actor: Actor, action: str, what: str, now: datetime) -> None:
    with store.unit_of_work(actor.username, now) as work:
        work.change(action, what[:_SUBJECT_LENGTH])
        work.commit()
