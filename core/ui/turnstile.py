"""Let few pages be drawn at a time: Python draws no more at once anyway, and a queue is fairer than a crowd.

When many threads want the interpreter, each gets it for a few milliseconds and waits for all others in
between, so everything is late, short questions most of all. In a queue what is due first is done first.
"""

import heapq
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

PLACES = 1
PATIENCE_SECONDS = 0.5
CAN_WAIT_SECONDS = 2.0
"""So much later is due what nobody asked for: a board that is drawn again because something changed."""


class Turnstile:
    """At most so many at a time; who takes longer than the patience no longer counts."""

    def __init__(self, places: int = PLACES, patience: float = PATIENCE_SECONDS) -> None:
        """Begin with nobody inside."""
        self._places, self._patience = places, patience
        self._inside: dict[int, float] = {}
        self._waiting: list[tuple[float, int, int, threading.Event]] = []
        self._number = count()
        self._lock = threading.Lock()

    @contextmanager
    def passed(self, can_wait: float = 0.0) -> Iterator[None]:
        """Wait for a place and hold it; whoever is inside already goes on.

        `can_wait` is by how many seconds this may be overtaken by what comes later.
        """
        me = threading.get_ident()
        if me in self._inside:
            yield
            return
        self._enter(me, time.monotonic() + can_wait)
        try:
            yield
        finally:
            with self._lock:
                del self._inside[me]
                self._admit()

    def _enter(self, me: int, due: float) -> None:
        called = threading.Event()
        with self._lock:
            heapq.heappush(self._waiting, (due, next(self._number), me, called))
            self._admit()
        while not called.wait(self._patience):
            with self._lock:
                self._admit()

    def _admit(self) -> None:
        now = time.monotonic()
        free = self._places - sum(until > now for until in self._inside.values())
        for _ in range(min(free, len(self._waiting))):
            *_, who, called = heapq.heappop(self._waiting)
            self._inside[who] = now + self._patience
            called.set()


TURNSTILE = Turnstile()
"""The one of this process."""
