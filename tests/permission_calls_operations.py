"""How the services that keep the system running are called to see whether they let somebody through."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core.auth import Actor
from core.services import backing_up, watching_over
from core.store.engine import Store
from tests.city_examples import NOW

Call = Callable[[Store, Actor, Any], object]


def _make(store: Store, actor: Actor) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return backing_up.make_backup(store, actor, Path(folder), now=NOW)


def _take(store: Store, actor: Actor) -> object:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "anze-20250619-100000.db"
        kept.write_bytes(b"")
        return backing_up.take_backup(store, actor, kept.parent, kept.name, now=NOW)


OPERATIONS_CALLS: Mapping[str, Call] = {
    "backing_up.keep_newest": lambda s, a, _: backing_up.keep_newest(s, a, Path("/nowhere"), 3, now=NOW),
    "backing_up.make_backup": lambda s, a, _: _make(s, a),
    "backing_up.take_backup": lambda s, a, _: _take(s, a),
    "watching_over.concerns": lambda s, a, _: watching_over.concerns(s, a, Path("/nowhere"), now=NOW),
}
"""By the service's name; part of `CALLS`."""
