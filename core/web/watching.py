"""What is noted of every request: number, time, outcome; and what it is told when the database is away."""

import logging
import re
import time

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import StoreError
from core.services.tracing import begin_trace
from core.web.metrics import REQUESTS, SECONDS, TABS

_LOG = logging.getLogger("anze.request")
_TOKENS = re.compile(r"^(/(?:wall|calendar)/).+")
"""Addresses that are as good as a key."""
_UNTOLD = ("/_stcore/", "/static/", "/healthz", "/metrics", "/live/newest", "/live/here")
"""Files of the screen, monitors and boards that ask every few seconds would bury the rest."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT"})


class Watching:
    """ASGI middleware: numbers and times HTTP requests, counts tabs, answers for a store that is away."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that answers."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what came of it."""
        if scope["type"] == "websocket":
            with TABS.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        trace, began, status = begin_trace(), time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = trace.request_id
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except StoreError as error:
            if status:
                raise
            await PlainTextResponse(str(error), 503, {"Retry-After": "5"})(scope, receive, noted)
        finally:
            _note(scope, status or 500, time.perf_counter() - began)


def _note(scope: Scope, status: int, seconds: float) -> None:
    method, path = scope["method"], scope["path"]
    REQUESTS.labels(method if method in _METHODS else "OTHER", str(status)).inc()
    SECONDS.observe(seconds)
    if status < 500 and path.startswith(_UNTOLD):  # noqa: PLR2004 - what failed is always told
        return
    facts = {"method": method, "path": _TOKENS.sub(r"\1…", path), "status": status}
    _LOG.info("request", extra={"facts": {**facts, "milliseconds": round(seconds * 1000, 1)}})
