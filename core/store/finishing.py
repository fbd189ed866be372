"""What is being saved at this moment, so that a server that is told to stop can wait for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Underway:
    """Counts the units of work that are open, in whatever thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._changed = threading.Condition()
        self._open = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one for as long as it lasts."""
        with self._changed:
            self._open += 1
        try:
            yield
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until none is open, or so long; whether none is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)
