"""Whose turn it is to write, in this process: writers wait in line, without a connection in hand."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import Fault, StoreError

PATIENCE_SECONDS = 30.0
"""As long as SQLite waits for another process's writer."""


class Line:
    """A line of writers, first come first served; a database lets in whoever asks at the right moment."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        """Begin with nobody in it."""
        self._patience = patience
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and hold it.

        Raises:
            StoreError: it did not come in time.
        """
        self._wait()
        try:
            yield
        finally:
            with self._guard:
                self._pass_on()

    def _wait(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(self._patience):
            return
        with self._guard:
            if mine.is_set():  # it came between the two lines
                self._pass_on()
            else:
                self._waiting.remove(mine)
        raise StoreError(Fault.BUSY)

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._taken = False
