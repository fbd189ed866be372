"""A server answers before all of it is loaded: whoever opens a page meanwhile waits a second for the rest."""

import asyncio
import logging
import signal
from collections.abc import Callable
from functools import partial

from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
_stop = partial(signal.raise_signal, signal.SIGTERM)


class Waking:
    """Loads once, in a thread beside the server; a server that cannot load its pages stops."""

    def __init__(self, load: Callable[[], None], give_up: Callable[[], None] = _stop) -> None:
        """Keep what to call."""
        self._load, self._give_up = load, give_up
        self._loading: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to load; called within the running server."""
        self._loading = asyncio.create_task(asyncio.to_thread(self._load))
        self._loading.add_done_callback(self._look)

    async def done(self) -> None:
        """Wait until all is loaded; at once where loading was never begun."""
        if self._loading:
            await asyncio.wait([self._loading])

    def _look(self, loading: asyncio.Task[None]) -> None:
        if not loading.cancelled() and loading.exception():
            _LOG.critical("the pages cannot be loaded", exc_info=loading.exception())
            self._give_up()


class Patience:
    """ASGI middleware: a tab that connects while pages are being loaded waits; everything else passes."""

    def __init__(self, app: ASGIApp, waking: Waking) -> None:
        """Keep the application that answers, and what to wait for."""
        self.app, self._waking = app, waking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a websocket when the pages are there."""
        if scope["type"] == "websocket":
            await self._waking.done()
        await self.app(scope, receive, send)
