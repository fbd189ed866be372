"""A server that answers before its pages are loaded: tabs wait, nobody else does, and what fails ends it."""

import asyncio
import threading
import time

from starlette.types import Receive, Scope, Send

from core.web.waking import Patience, Waking
from tests.asgi import run_apart

ENOUGH = 5.0


class Answering:
    """An application that notes what reached it."""

    def __init__(self) -> None:
        self.reached: list[str] = []

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        """Note the kind of the request."""
        self.reached.append(scope["type"])


async def nothing(*_given: object) -> dict[str, object]:
    return {}


def test_a_tab_waits_until_the_pages_are_loaded_and_a_monitor_does_not() -> None:
    app, loaded = Answering(), threading.Event()
    waking = Waking(lambda: bool(loaded.wait(ENOUGH)) or None)
    door = Patience(app, waking)

    async def visited() -> None:
        waking.begin()
        tab = asyncio.create_task(door({"type": "websocket"}, nothing, nothing))
        await door({"type": "http"}, nothing, nothing)
        await asyncio.sleep(0.05)
        assert app.reached == ["http"]
        loaded.set()
        await asyncio.wait_for(tab, ENOUGH)

    run_apart(visited())
    assert app.reached == ["http", "websocket"]


def test_the_server_goes_on_answering_while_it_loads() -> None:
    ticks: list[float] = []

    async def counted() -> None:
        waking = Waking(lambda: time.sleep(0.3))
        waking.begin()
        while len(ticks) < 5:
            ticks.append(time.monotonic())
            await asyncio.sleep(0.01)
        await waking.done()

    began = time.monotonic()
    run_apart(counted())
    assert ticks[-1] - began < 0.3 < time.monotonic() - began + 0.01


def test_a_server_whose_pages_cannot_be_loaded_gives_up() -> None:
    given_up: list[str] = []

    def broken() -> None:
        raise ImportError("a page is missing")

    async def tried() -> None:
        waking = Waking(broken, lambda: given_up.append("up"))
        waking.begin()
        await waking.done()
        await asyncio.sleep(0)

    run_apart(tried())
    assert given_up == ["up"]


def test_where_nothing_was_begun_nobody_waits() -> None:
    app = Answering()
    run_apart(asyncio.wait_for(Patience(app, Waking(int))({"type": "websocket"}, nothing, nothing), ENOUGH))
    assert app.reached == ["websocket"]
