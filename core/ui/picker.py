"""The one piece of browser code that draws our markup and reports which linked cell or unit was picked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from core.ui.html import Markup
from core.ui.look import palette_css

PICKED = ("unit", "obligation", "period", "record")
"""The address parameters in which the picked cell lives; a unit alone opens the unit."""
_ASSETS = Path(__file__).with_name("assets")
_SHEETS = ("board.css", "story.css", "year.css")
_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Picked:
    """A picked cell, or a whole unit where obligation and period are empty."""

    unit: str
    obligation: str = ""
    period: str = ""
    record: str = ""


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


_PICKER = st.components.v2.component(
    "anze_picker",
    html="<div class='anze-board'></div>",
    css=palette_css() + "".join(map(_asset, _SHEETS)),
    js=_asset("morph.js") + _asset("picker.js"),
    isolate_styles=False,
)


def draw_picker(markup: Markup, *, key: str) -> Picked | None:
    """Draw markup whose links stand in elements with `data-unit`; a click goes into the address.

    Returns what was picked in the run that the click starts. Redrawn with other markup, only what changed is
    touched: scroll position, focus and open disclosures stay.
    """
    result = _PICKER(key=key, data={"html": str(markup)}, on_pick_change=partial(_follow, key))
    return picked_from(result.pick)


def picked_from(raw: object) -> Picked | None:
    """Read what the browser sent; None where it is not the key of a cell or unit."""
    if not isinstance(raw, Mapping):
        return None
    words = [raw.get(name, "") for name in PICKED]
    if not words[0] or not all(isinstance(word, str) and len(word) <= _LIMIT for word in words):
        return None
    return Picked(*words)


def picked_in_address() -> Picked | None:
    """The cell or unit that the address names; whether it exists and may be seen is for the page to ask."""
    return picked_from({name: st.query_params.get(name, "") for name in PICKED})


def put_into_address(picked: Picked) -> None:
    """Name a cell or unit in the address, and nothing of an earlier one: one step of its history."""
    named = {name: getattr(picked, name) for name in PICKED if getattr(picked, name)}
    st.query_params.from_dict({**kept_address(), **named})


def clear_address(*, keep_unit: bool = False) -> None:
    """Take the cell out of the address, and the unit too unless the unit's own page stays open."""
    unit = st.query_params.get("unit", "") if keep_unit else ""
    st.query_params.from_dict({**kept_address(), **({"unit": unit} if unit else {})})


def kept_address() -> dict[str, str]:
    """The address parameters that links carry on: all but the picked cell."""
    return {name: value for name, value in st.query_params.items() if name not in PICKED}


def _follow(key: str) -> None:
    picked = picked_from(st.session_state[key].get("pick"))
    if picked:
        put_into_address(picked)
