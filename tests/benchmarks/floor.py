"""Pages and their floors run in this process as Streamlit runs them: each timed, what it drew kept."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter

from constants import Tape, draw_again, keeping
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
TAPES: dict[str, Tape] = {}
"""Each page's calls of Streamlit."""
TIMES: list[float] = []
"""Milliseconds of the last run."""
_PERSON = SignedIn(Actor("office", "周明远", Role.OFFICE, "T00"), "key", must_change_password=False)
_STORES: dict[str, Store] = {}


def page_time(url: str, name: str) -> float:
    """Run a page once; milliseconds of its own code."""
    return _timed(_page_script, url, name)


def keep_page(url: str, name: str) -> None:
    """Run a page once and keep what it drew; not a run to be timed."""
    _timed(_kept_script, url, name)


def floor_time(name: str) -> float:
    """Draw once from constants what the page drew; milliseconds."""
    return _timed(_floor_script, name)


def _timed(script: Callable[..., None], *args: str) -> float:
    run = AppTest.from_function(script, args=args, default_timeout=60).run()
    if run.exception:
        raise RuntimeError(run.exception[0].message)
    return TIMES.pop()


def draw_page(url: str, name: str) -> None:
    """Run the page and note its time."""
    store = _STORES.setdefault(url, open_store(url))
    edge = Edge(Settings(url, None), store, lambda _touch: _PERSON, lambda: datetime.now(UTC))
    began = perf_counter()
    run_page(import_module(f"pages.{name}"), edge)
    TIMES.append((perf_counter() - began) * 1000)


def draw_and_keep(url: str, name: str) -> None:
    """Run the page and keep its calls and its messages."""
    context = get_script_run_ctx()
    if context is None:
        raise RuntimeError("only within a run of Streamlit")
    sent: list[ForwardMsg] = []
    passed_on = context._enqueue
    context._enqueue = lambda message: (sent.append(message), passed_on(message))[1]
    TAPES[name] = Tape()
    with keeping(TAPES[name]):
        draw_page(url, name)
    KEPT[name] = [each.SerializeToString() for each in sent if each.WhichOneof("type") == "delta"]


def draw_floor(name: str) -> None:
    """Draw again what the page drew."""
    TAPES[name].register()
    began = perf_counter()
    draw_again(TAPES[name])
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


def _kept_script(url: str, name: str) -> None:
    from floor import draw_and_keep  # noqa: PLC0415 - as above

    draw_and_keep(url, name)


def _floor_script(name: str) -> None:
    from floor import draw_floor  # noqa: PLC0415 - as above

    draw_floor(name)
