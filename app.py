"""The ASGI entry: Streamlit's script, the routes beside it, the headers, and what is done at start.

Started by `streamlit run app.py`. No `pages/` folder lies beside the script itself, so Streamlit's own
discovery of pages, which would run one before anybody has signed in, never wakes.
"""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from core.config import ROOT
from core.ui.context import store_in_use
from core.ui.page import show_error
from core.web.headers import SecurityHeaders
from core.web.routes import routes


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the database before the first visitor comes, and spare the collector what never dies.

    Streamlit collects garbage after every run of a page or a part of one; without freezing, it goes
    through the loaded libraries each time.
    """
    store_in_use()
    import pandas  # noqa: F401, ICN001, PLC0415 - loaded now rather than for the first visitor

    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    ROOT / "pages" / "__main__.py",
    routes=routes(store_in_use),
    middleware=[Middleware(SecurityHeaders)],
    lifespan=lifespan,
    on_script_error=show_error,
)
