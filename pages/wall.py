"""大屏: the wall, four scenes without a menu."""

import streamlit as st

from core.auth import Permission, may
from core.config import LOCAL_ZONE
from core.ui.context import Context, SignedOutError
from core.ui.page import Page, refusals_shown
from core.ui.wall.painting import Days, parts_of
from core.ui.wall.screen import draw_wall

PAGE = Page("wall", "大屏", Permission.SEE_WALL, bare=True)
_FALLBACK_SECONDS = 30


def render(page: Context) -> None:
    """Draw the wall."""
    _live(page)


@st.fragment(run_every=_FALLBACK_SECONDS)
def _live(page: Context) -> None:
    """The wall hears of changes by itself; this is for when it cannot, and for when the session has ended."""
    with refusals_shown():
        try:
            actor = page.actor
        except SignedOutError:
            st.rerun(scope="app")
        days = Days(page.today, page.now.astimezone(LOCAL_ZONE).date())
        draw_wall(parts_of(page.store, days), way_out=may(actor, Permission.SEE))
