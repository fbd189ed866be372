"""The wall in the browser: as a part of the page 大屏, or as a page of its own behind a link."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core.config import PRODUCT
from core.ui.html import Markup, element
from core.ui.look import palette_css
from core.ui.wall.frame import scene_titles

_ASSETS = Path(__file__).resolve().parent.parent / "assets"
EVENTS = "live/wall"
"""Where the page listens, relative to the application's root."""


def _assets(*names: str) -> str:
    return "".join((_ASSETS / name).read_text(encoding="utf-8") for name in names)


SCRIPT = _assets("morph.js", "wall.js")
SHEET = palette_css() + _assets("tiles.css", "wall.css")
BUILD = hashlib.sha256((SCRIPT + SHEET).encode()).hexdigest()[:16]
"""Which program a wall runs: one that stands for months loads itself anew when the server has another."""

_SCREEN = st.components.v2.component(
    "anze_wall",
    html="<div class='anze-wall'></div>",
    css=SHEET,
    js=SCRIPT,
    isolate_styles=False,
)


def draw_wall(parts: Mapping[str, str], *, way_out: bool) -> None:
    """Draw the wall, with a way back to the pages where there is one; from then on it listens by itself."""
    data = {
        "events": EVENTS,
        "build": BUILD,
        "titles": list(scene_titles()),
        "out": "overview" if way_out else "",
        "parts": {name: str(part) for name, part in parts.items()},
    }
    _SCREEN(key="wall", data=data)


def page_alone(token: str) -> str:
    """Write the page for a screen that nobody signs in on; it learns everything from its own events."""
    root = element(
        "div",
        class_="anze-wall",
        data_events=f"{token}/events",
        data_build=BUILD,
        data_titles=json.dumps(scene_titles(), ensure_ascii=False),
    )
    return f"<!doctype html>{element('html', _head(), element('body', root), lang='zh-CN')}"


def _head() -> Markup:
    meta = Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width">')
    script = Markup('<script type="module" src="../live/wall.js"></script>')
    style = Markup(f"<style>{SHEET}</style>")
    return element("head", meta, element("title", f"大屏 · {PRODUCT}"), style, script)
