"""One poller a process: it asks for the newest change, paints when there is one, and wakes who listens."""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any

from starlette.concurrency import run_in_threadpool

EVERY_SECONDS, LONGEST_REST_SECONDS = 0.4, 1.5
_REST = 2
"""Between two questions; painting takes no more than a third of the time, however much is entered."""
_LOG = logging.getLogger(__name__)


class Listener:
    """Somebody who waits for news."""

    def __init__(self) -> None:
        """Begin with news: whoever comes wants to know how things stand."""
        self._rung = asyncio.Event()
        self._rung.set()

    def ring(self) -> None:
        """Say that there is news."""
        self._rung.set()

    async def news(self, seconds: float) -> None:
        """Wait until there is news, or so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()


class Newsroom:
    """Asks only while somebody listens.

    `pulse` is cheap and stays equal as long as nothing changed; `paint` makes the parts. Both are called in
    a thread, one after the other.
    """

    def __init__(self, pulse: Callable[[], Any], paint: Callable[[], Mapping[str, str]]) -> None:
        """Keep what to ask."""
        self._pulse, self._paint = pulse, paint
        self._last: Any = None
        self._answered = 0.0
        self._complained = False
        self._listeners: set[Listener] = set()
        self._poller: asyncio.Task[None] | None = None
        self._begun = asyncio.Event()
        self.parts: Mapping[str, str] = {}
        self.closed = False

    def silent_for(self) -> float:
        """Seconds since the database last answered."""
        return time.monotonic() - self._answered

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Be woken at every change; the first to come has the poller started, the last to go ends it."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            if self._poller is None or self._poller.done():
                self._begun.clear()
                self._poller = asyncio.create_task(self._poll())  # before any waiting: many come at once
            await self._begun.wait()
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Send everybody home: a server that is told to stop waits for every open answer to end."""
        self.closed = True
        for listener in self._listeners:
            listener.ring()

    async def _poll(self) -> None:
        """Ask at once, then again and again until the last has gone."""
        while self._listeners:
            began = time.monotonic()
            await self._ask()
            self._begun.set()
            took = time.monotonic() - began
            await asyncio.sleep(min(max(EVERY_SECONDS, _REST * took), LONGEST_REST_SECONDS))

    async def _ask(self) -> None:
        """Ask once; a database that does not answer leaves the picture as it is, and its age shows."""
        try:
            pulse = await run_in_threadpool(self._pulse)
            if pulse != self._last:
                self._publish(await run_in_threadpool(self._paint))
                self._last = pulse
            self._answered = time.monotonic()
        except Exception:  # noqa: BLE001 - whatever is wrong, the poller must go on
            if self.silent_for() > 1 and not self._complained:
                _LOG.exception("the wall gets no answer")
                self._complained = True
        else:
            self._complained = False

    def _publish(self, parts: Mapping[str, str]) -> None:
        if parts == self.parts:
            return
        self.parts = parts
        for listener in self._listeners:
            listener.ring()


def close_at_a_signal(newsroom: Newsroom) -> None:
    """Close the newsroom when the server is told to stop; the stopping itself stays with who was asked.

    Called from within the running server, after it has put its own handlers up.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        handler = signal.getsignal(number) if number else None
        if number and callable(handler):
            signal.signal(number, partial(_close_and_pass_on, newsroom, handler))


def _close_and_pass_on(
    newsroom: Newsroom, handler: Callable[[int, FrameType | None], Any], number: int, frame: FrameType | None
) -> None:
    newsroom.close()
    handler(number, frame)
