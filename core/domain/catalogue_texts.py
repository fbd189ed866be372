"""A catalogue as text, in the form of the files in `core/domain/catalogue`: what is written is read alike."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from core.domain.catalogue import Catalogue
from core.domain.obligations import Obligation

_NAMES = {"rule": "kind", "cadence": "period"}
"""A file says `kind` and `period` where the program says rule and cadence."""
_ALWAYS = ("code", "subject", "title", "short", "clause", "quote", "basis", "rule", "event", "warn_days")


def catalogue_text(catalogue: Catalogue) -> str:
    """Write a catalogue as TOML."""
    return "\n".join(_lines(catalogue)) + "\n"


def _lines(catalogue: Catalogue) -> Iterator[str]:
    for name in ("year", "number", "title", "activity"):
        yield f"{name} = {_value(getattr(catalogue, name))}"
    yield from _table("events", dict(catalogue.events))
    for event, names in catalogue.measures.items():
        yield from _table(f"measures.{event}", dict(names))
    for each in catalogue.obligations:
        yield from ("", "[[obligations]]", *_entries(each))


def _table(name: str, entries: dict[str, str]) -> Iterator[str]:
    yield from ("", f"[{name}]")
    yield from (f"{key} = {_value(text)}" for key, text in entries.items())


def _entries(each: Obligation) -> Iterator[str]:
    for field in fields(Obligation):
        value = getattr(each, field.name)
        if field.name in _ALWAYS or value not in (None, "", False, ()):
            yield f"{_NAMES.get(field.name, field.name)} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Enum):
        return json.dumps(value.value)
    return json.dumps(value, ensure_ascii=False)
