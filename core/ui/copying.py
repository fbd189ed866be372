"""A text with a button that copies it, also where the browser has no clipboard to give."""

from pathlib import Path

import streamlit as st

_COPYING = st.components.v2.component(
    "anze_copying",
    html="<div class='copying'><pre tabindex='0'></pre><button type='button'>复制文本</button></div>",
    js=Path(__file__).with_name("assets").joinpath("copy.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def draw_copying(text: str, *, key: str) -> None:
    """Draw the text as it will arrive, and the button."""
    _COPYING(key=key, data={"text": text})
