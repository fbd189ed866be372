"""What an entry of the journal says was before and after, in one line for people."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from core.domain.journal_words import column_name

_HIDDEN: Final = ("table", "record_id", "number", "media_type", "sha256", "text_sha256", "words", "detail")
_UNNAMED = "—"
Names = Mapping[str, Mapping[str, str]]
"""Chinese names for codes, by the column that holds them; under an empty name those of any column."""
_NO_NAMES: Final[Names] = MappingProxyType({})


def before_and_after(detail: str, names: Names = _NO_NAMES) -> str:
    """`数值：3 → 5；备注：— → 补报`; several things are set apart by /; empty where nothing is told."""
    told = _read(detail)
    before, after = (_named(_things(told.get(side)), names) for side in ("before", "after"))
    if len(before) == len(after) == 1:
        return _changed(before[0], after[0])
    said = [_plain("前", each) for each in before] + [_plain("后", each) for each in after]
    left_out = max(told.get("before_count", 0), told.get("after_count", 0))
    return " / ".join([*said, *([f"……共 {left_out} 项"] if left_out else [])])


def _read(detail: str) -> Mapping[str, Any]:
    try:
        told = json.loads(detail)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _things(told: object) -> list[Mapping[str, object]]:
    if isinstance(told, dict):
        return [told]
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _named(things: list[Mapping[str, object]], names: Names) -> list[Mapping[str, object]]:
    return [{key: _name(key, value, names) for key, value in each.items()} for each in things]


def _name(key: str, value: object, names: Names) -> object:
    known = names.get(key) or names.get("", {})
    if not isinstance(value, str):
        return value
    words = value.split(" ")
    if key in names and all(word in known for word in words):
        return "、".join(known[word] for word in words)
    code, slash, rest = value.partition("/")
    return known.get(value) or f"{known.get(code, code)}{slash}{rest}"


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    names = [name for name in {**before, **after} if name not in _HIDDEN]
    different = [name for name in names if before.get(name) != after.get(name)]
    return "；".join(
        f"{_label(after, name)}：{_shown(before.get(name))} → {_shown(after.get(name))}" for name in different
    )


def _plain(word: str, thing: Mapping[str, object]) -> str:
    kept = ((name, value) for name, value in thing.items() if name not in _HIDDEN)
    return f"{word} " + "；".join(f"{_label(thing, name)}：{_shown(value)}" for name, value in kept)


def _label(thing: Mapping[str, object], name: str) -> str:
    return column_name(str(thing.get("table", "")), name) or name


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _UNNAMED if value in (None, "") else str(value)
