"""Run a page or the login in Streamlit's own test runner, for whoever is put in the cookie's place."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from streamlit.testing.v1 import AppTest

from core.auth import Actor
from core.config import Settings
from core.services.signing_in import SignedIn
from core.store.engine import Store
from core.ui.context import Edge
from core.ui.page import run_page


def edge_of(store: Store, actor: Actor | None, now: datetime, fixed_today: date | None = None) -> Edge:
    """An edge where this person asks, or a stranger does, at this aware moment."""
    person = SignedIn(actor, "key", must_change_password=False) if actor else None
    return Edge(Settings("sqlite://", fixed_today), store, lambda _touch: person, lambda: now)


def page_run(module: Any, edge: Edge) -> AppTest:
    """A page, not yet run: set query parameters on it, then `.run()`."""
    return drawn(lambda: run_page(module, edge))


def drawn(draw: Callable[[], None]) -> AppTest:
    """Anything that draws, not yet run."""

    def script(draw) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - its source runs elsewhere
        draw()

    return AppTest.from_function(script, args=(draw,), default_timeout=30)
