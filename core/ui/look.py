"""The one style sheet of the pages, and the palette as style rules for whatever draws a status."""

import re
from functools import cache
from pathlib import Path

import streamlit as st

from core.charts import PALETTE, Look

_ASSETS = Path(__file__).with_name("assets")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHEETS = (
    "page.css",
    "tiles.css",
    "lists.css",
    "ledger.css",
    "files.css",
    "entry.css",
    "hazards.css",
    "reminders.css",
    "chains.css",
    "papers.css",
    "zones.css",
    "enterprises.css",
)


def apply_look() -> None:
    """Put the style sheet into the page; once a run, before anything is drawn. It takes no room."""
    st.html(f"<style>{_sheet()}</style>")


@cache
def palette_css() -> str:
    """Write the palette as custom properties: anything with `data-status` has its `--fill` and `--ink`.

    Inside `.anze-wall` the wall's colours hold.
    """
    rules = [_rule(status.value, look.fill, look.text) for status, look in PALETTE.items()]
    rules += [_wall_rule(status.value, look) for status, look in PALETTE.items()]
    return "".join(rules)


def _rule(status: str, fill: str, ink: str, within: str = "") -> str:
    return f'{within}[data-status="{status}"] {{ --fill: {fill}; --ink: {ink}; }}\n'


def _wall_rule(status: str, look: Look) -> str:
    return _rule(status, look.wall_fill, look.wall_text, ".anze-wall ")


@cache
def _sheet() -> str:
    whole = palette_css() + "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SHEETS)
    return " ".join(_REMARK.sub("", whole).split())  # Streamlit goes through it line by line in every run
