"""Keep a part of a page living: its browser asks for the newest change and has that part drawn again."""

from pathlib import Path

import streamlit as st

from core.config import local_moment
from core.services.judging import Question
from core.ui.context import Context
from core.ui.frame import data_time_words

FALLBACK_SECONDS = 30
"""A fragment that lives draws itself this often anyway: for when the browser's question is not answered."""
_ASSETS = Path(__file__).with_name("assets")

_LIVE = st.components.v2.component(
    "anze_live",
    html="<span></span>",
    js=(_ASSETS / "live.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def keep_living(page: Context, question: Question) -> None:
    """Have the fragment this is called in drawn again when business data changes; first thing in it.

    It takes no room, and brings the head's data time along. A view of what was known in the past has no news.
    Not for pages where people type.
    """
    if question.known_at:
        return
    news = page.look_again()
    told = data_time_words(local_moment(news.at) if news.at else None)
    _LIVE(key="anze_live", data={"newest": news.newest, "told": told}, on_newest_change=lambda: None)
