"""Say once what the last press did, in a place that is there whether anything is said or not.

Streamlit tells elements apart by their place: without one of its own, a sentence that goes again would move
everything below it, and the browser would fold up what somebody has just unfolded and forget what lies there.
"""

from collections.abc import Iterable

import streamlit as st

from core.ui.page import as_text


def say_once(done: str = "", others: Iterable[tuple[str, str]] = ()) -> None:
    """Draw what was done, and others, each with how it is meant: success, warning or error."""
    with st.container():
        if done:
            st.success(as_text(done))
        for how, said in others:
            getattr(st, how)(as_text(said))
