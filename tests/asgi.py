"""Ask an ASGI application one question, without a server and without a client library."""

import asyncio
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case, repeated headers as a list."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


def ask(
    app: Any,
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    query: str = "",
    client: str = "10.0.0.7",
) -> Answer:
    """Send one HTTP request into the application and return its answer."""
    return run_apart(_ask(app, method, (path, query, client), headers or {}, body))


def run_apart(coroutine: Coroutine[Any, Any, _Told]) -> _Told:
    """Run a coroutine to its end in another thread: the browser tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, coroutine).result()


async def _ask(
    app: Any, method: str, address: tuple[str, str, str], headers: Mapping[str, str], body: bytes
) -> Answer:
    said: list[dict[str, Any]] = []

    asked: list[None] = []

    async def receive() -> dict[str, Any]:
        """The request, once; whoever then waits for the visitor to leave waits in vain."""
        if asked:
            await asyncio.Event().wait()
        asked.append(None)
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": address[0],
        "raw_path": address[0].encode(),
        "query_string": address[1].encode(),
        "headers": [(key.lower().encode(), value.encode("latin-1")) for key, value in headers.items()],
        "client": (address[2], 50_000),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    start = said[0]
    pairs = [(key.decode(), value.decode("latin-1")) for key, value in start["headers"]]
    return Answer(start["status"], pairs, b"".join(each.get("body", b"") for each in said[1:]))
