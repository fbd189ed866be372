"""What was worked out from one state of the data, kept until the next: shared by everybody who looks."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

_Answer = TypeVar("_Answer")
MOST = 256
"""Answers kept of one state; the one that was not wanted for longest goes first."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Something a memory is asked with, known by its key alone.

    The memory holds it, and so what it is made of: a key may name an object by `id`, since no other can have
    that id meanwhile.
    """

    key: Hashable
    value: Any = field(compare=False)


class _Slot:
    """One answer, and the line of those who wait while the first works it out."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.answer: Any = None
        self.known = False


class _Era:
    """The answers that belong to one newest change."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        self.slots: OrderedDict[Hashable, _Slot] = OrderedDict()

    def slot(self, key: Hashable, most: int) -> _Slot:
        slot = self.slots.setdefault(key, _Slot())
        self.slots.move_to_end(key)
        while len(self.slots) > most:
            self.slots.popitem(last=False)
        return slot


class Memory:
    """Answers by question, of the newest state of each database; a newer change forgets them all.

    `work_out` must read the data as it is when it is called: whoever asks about a state that is past already
    gets the answer of the newest, as if they had asked a moment later.
    """

    def __init__(self, most: int = MOST) -> None:
        """Remember nothing yet."""
        self._most = most
        self._lock = threading.Lock()
        self._eras: WeakKeyDictionary[Any, _Era] = WeakKeyDictionary()

    def recall(
        self, database: object, newest: int, key: Hashable, work_out: Callable[[], _Answer]
    ) -> _Answer:
        """The answer to a question that was asked before in this state, else what `work_out` says.

        `database` is a store or an engine; with it goes all that is remembered of it. Whoever asks while
        somebody else is working it out waits for that answer. What fails is not kept.
        """
        slot = self._slot(database, newest, key)
        with slot.turn:
            if not slot.known:
                slot.answer, slot.known = work_out(), True
        return cast("_Answer", slot.answer)

    def _slot(self, database: object, newest: int, key: Hashable) -> _Slot:
        """The place of an answer."""
        with self._lock:
            era = self._eras.get(database)
            if era is None or era.newest < newest:
                era = self._eras[database] = _Era(newest)
            return era.slot(key, self._most)


MEMORY = Memory()
"""What the pages of this process remember, until the next news."""
STEADY = Memory()
"""What they remember of all that does not depend on records, until something else than records changes."""
WRITTEN = Memory(most=32)
"""Boards as markup, by the very cells they show: however much is entered elsewhere, they stay as they are."""
