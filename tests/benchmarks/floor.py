"""Pages and their floors run in this process as Streamlit runs them: each timed, a page's messages kept."""

import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_run_context import enqueue_message, get_script_run_ctx
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import Actor, Role
from core.config import Settings
from core.services.signing_in import SignedIn
from core.store.engine import Store, open_store
from core.ui.context import Edge
from core.ui.page import run_page

KEPT: dict[str, list[bytes]] = {}
"""Each page's messages, as they were sent."""
TIMES: list[float] = []
"""Milliseconds of the last run."""
_PERSON = SignedIn(Actor("office", "周明远", Role.OFFICE, "T00"), "key", must_change_password=False)
_STORES: dict[str, Store] = {}


def page_time(url: str, name: str) -> float:
    """Run a page once; milliseconds of its own code."""
    AppTest.from_function(_page_script, args=(url, name), default_timeout=60).run()
    return TIMES.pop()


def floor_time(name: str) -> float:
    """Send once what the page sent; milliseconds."""
    AppTest.from_function(_floor_script, args=(name,), default_timeout=60).run()
    return TIMES.pop()


def draw_page(url: str, name: str) -> None:
    """Run the page and note its time and its messages."""
    store = _STORES.setdefault(url, open_store(url))
    edge = Edge(Settings(url, None), store, lambda _touch: _PERSON, lambda: datetime.now(UTC))
    context = get_script_run_ctx()
    if context is None:
        raise RuntimeError("only within a run of Streamlit")
    sent: list[ForwardMsg] = []
    passed_on = context._enqueue
    context._enqueue = lambda message: (sent.append(message), passed_on(message))[1]
    began = perf_counter()
    run_page(import_module(f"pages.{name}"), edge)
    TIMES.append((perf_counter() - began) * 1000)
    KEPT[name] = [each.SerializeToString() for each in sent if each.WhichOneof("type") == "delta"]


def draw_floor(name: str) -> None:
    """Send the page's messages again."""
    began = perf_counter()
    send(KEPT[name])
    TIMES.append((perf_counter() - began) * 1000)


def send(kept: list[bytes]) -> None:
    """Send messages as if a page had made them."""
    for each in kept:
        message = ForwardMsg()
        message.ParseFromString(each)
        enqueue_message(message)


def _page_script(url: str, name: str) -> None:
    from floor import draw_page  # noqa: PLC0415 - Streamlit runs this function's text by itself

    draw_page(url, name)


def _floor_script(name: str) -> None:
    from floor import draw_floor  # noqa: PLC0415 - as above

    draw_floor(name)
