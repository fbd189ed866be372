"""The ASGI entry: Streamlit's script, the routes beside it, the headers, and what is done at start.

Started by `streamlit run app.py`. No `pages/` folder lies beside the script itself, so Streamlit's own
discovery of pages, which would run one before anybody has signed in, never wakes.
"""

import asyncio
import gc
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

import core.web.beginning  # noqa: F401 - for what its import does
import pages
from core.config import ROOT
from core.errors import SupervisionError
from core.services.logbook import begin_log
from core.ui.context import settings_in_use, store_in_use, today_in_use
from core.ui.page import show_error
from core.ui.wall.painting import paint, pulse
from core.ui.wall.screen import BUILD, SCRIPT, page_alone
from core.web.calendar import calendar_routes
from core.web.headers import MIDDLEWARE
from core.web.newsroom import Newsroom, close_at_a_signal
from core.web.operations import operations_routes
from core.web.routes import routes
from core.web.waking import Patience, Waking
from core.web.wall import Face, wall_routes

FINISH_SECONDS = 40
"""How long a server that is told to stop lets what is being saved go on; longer than a writer waits."""


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the database first, load the pages beside the first answers; at the end, let saving end."""
    begin_log()
    try:
        store_in_use()
    except SupervisionError as error:
        raise SystemExit(str(error)) from None
    waking.begin()
    close_at_a_signal(newsroom)
    yield {}
    await asyncio.to_thread(store_in_use().finish, FINISH_SECONDS)


def load_pages() -> None:
    """Import the pages and all they stand on, and spare the collector what never dies.

    Streamlit collects garbage after every run of a page or a part of one; without freezing, it goes
    through the loaded libraries each time. Importing a page does nothing else.
    """
    for module in pkgutil.iter_modules(pages.__path__):
        if not module.name.startswith("__"):
            import_module(f"pages.{module.name}")
    import_module("altair")
    import_module("core.ui.login")
    begin_log()  # again: the libraries that came along have brought handlers of their own
    gc.collect()
    gc.freeze()


newsroom, waking = Newsroom(pulse, paint), Waking(load_pages)
wall = wall_routes(store_in_use, newsroom, Face(SCRIPT, BUILD, page_alone))
app = st.App(
    ROOT / "pages" / "__main__.py",
    routes=[
        *routes(store_in_use),
        *operations_routes(store_in_use, settings_in_use),
        *wall,
        *calendar_routes(store_in_use, today_in_use),
    ],
    middleware=[*MIDDLEWARE, Middleware(Patience, waking=waking)],
    lifespan=lifespan,
    on_script_error=show_error,
)
