"""What is typed outlives a reload, a restart and a session that ran out: the form's mirror in the browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

_ASSETS = Path(__file__).with_name("assets")
_MIRROR = st.components.v2.component(
    "anze_drafts",
    html="<p class='draft-note' role='status'></p>",
    js=(_ASSETS / "drafts.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """One form as the browser is told of it.

    `place` names this drawing of it: with another place the fields are read afresh and the keyboard goes to
    `focus`, the key of a field; where that is a choice left as it is with Enter, on to `then`. `held` are
    the fields' texts as the server knows them, `keys` their keys, and `submit` is that of the button that
    saves; `ended` is the operation before, which was saved or discarded.
    """

    person: str
    form: str
    operation: str
    place: str
    keys: Mapping[str, str]
    held: Mapping[str, str]
    focus: str = ""
    then: str = ""
    submit: str = ""
    ended: str = ""


def mirror_typing(form: Mirrored, on_restored: Callable[[], None]) -> None:
    """Send what is typed into the form to the server; `on_restored` runs when an undelivered rest came in."""
    told = {name: getattr(form, name) for name in Mirrored.__slots__}
    data = {**told, "keys": dict(form.keys), "held": dict(form.held)}
    _MIRROR(key="typing", data=data, on_restored_change=on_restored)
