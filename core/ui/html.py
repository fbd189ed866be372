"""Markup that cannot be broken into: every text and attribute is escaped unless it was built here."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import urlencode

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_HOLLOW: Final = frozenset({"br", "col", "img", "wbr"})


class Markup(str):
    """Text that is markup already, because `element` or `join` made it."""

    __slots__ = ()


Attribute = str | int | bool | None


def element(name: str, *children: str, **attributes: Attribute) -> Markup:
    """Build one element; a plain string among the children is text and is escaped.

    Attribute names lose a closing underscore and turn the others into hyphens: `class_`, `data_unit`. None
    and False leave an attribute out, True writes it empty.

    Raises:
        ValueError: a name that is none, an event handler, or a link that leaves the application.
    """
    opening = f"<{_element_name(name)}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opening if name in _HOLLOW else f"{opening}{join(*children)}</{name}>")


def join(*parts: str) -> Markup:
    """Put parts side by side; plain strings are text and are escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))


def link_to(page: str = "", parameters: Mapping[str, str] | None = None) -> str:
    """Write an address inside the application, relative to the page it stands on: `entry?unit=c1`."""
    kept = {key: value for key, value in (parameters or {}).items() if value}
    return f"{page}?{urlencode(kept)}" if kept else page or "?"


def _attribute(key: str, value: Attribute) -> str:
    name = _attribute_name(key)
    if value is None or value is False:
        return ""
    _check(name, str(value))
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


@lru_cache(maxsize=256)
def _attribute_name(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on"):
        raise ValueError(f"no attribute is called {name!r}")
    return name


@lru_cache(maxsize=256)
def _element_name(name: str) -> str:
    if not _NAME.fullmatch(name) or name == "script":
        raise ValueError(f"no element is called {name!r}")
    return name


def _check(name: str, value: str) -> None:
    if name in ("href", "src") and re.match(r"[^/?#]*:|//|/\\|\\", value):
        raise ValueError(f"{value!r} leads out of the application")
