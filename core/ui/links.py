"""Markup whose links turn the page they stand on: a click goes into the address, without a reload."""

from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from core.ui.html import Markup

_ASSETS = Path(__file__).with_name("assets")
_LONGEST, _MOST = 2_000, 20
_LINKS = st.components.v2.component(
    "anze_links",
    html="<div class='anze-links'></div>",
    js="".join((_ASSETS / name).read_text(encoding="utf-8") for name in ("morph.js", "links.js")),
    isolate_styles=False,
)


def draw_links(markup: Markup, *, key: str) -> bool:
    """Draw markup; links that begin with `?` are followed in place. True in the run that a click starts."""
    result = _LINKS(key=key, data={"html": str(markup)}, on_go_change=partial(_follow, key))
    return bool(result.go)


def address_in(raw: object) -> dict[str, str] | None:
    """The parameters of a followed link; None where it is none of ours."""
    if not isinstance(raw, str) or not raw.startswith("?") or len(raw) > _LONGEST:
        return None
    pairs = parse_qsl(raw[1:], keep_blank_values=False)
    return dict(pairs) if len(pairs) <= _MOST else None


def _follow(key: str) -> None:
    address = address_in(st.session_state[key].get("go"))
    if address is not None:
        st.query_params.from_dict(address)
