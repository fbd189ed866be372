"""Fields of a form as data: drawn, filled, read and written down as texts, each with its fault beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import streamlit as st

from core.domain.texts import parse_count
from core.errors import InputError
from core.ui.html import element

_PAIR = (1, 1)


class Kind(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    LONG = "long"
    COUNT = "count"
    DAY = "day"
    TICK = "tick"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `choices` maps what a person reads to what is kept, `within` bounds a day.

    `start` is what it begins with; a `needed` one must not be empty; a `wide` one stands alone in its row.
    How long a text may be is for the check of the whole to say: a browser would cut it without a word.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    start: Any = None
    choices: Mapping[str, str] = field(default_factory=dict)
    within: tuple[date, date] | None = None
    needed: bool = False
    wide: bool = False

    def text_of(self, value: Any) -> str:
        """The value as the browser shows it, and as drafts keep it."""
        if self.kind == Kind.TICK:
            return "1" if value else ""
        if isinstance(value, date):
            return value.isoformat()
        if self.kind == Kind.CHOICE:
            return next((label for label, kept in self.choices.items() if kept == value), "")
        return value or ""

    def value_from(self, text: str) -> Any:
        """The value that a draft's text stands for; what fits no longer falls back to the start."""
        if self.kind == Kind.TICK:
            return text == "1"
        if self.kind == Kind.CHOICE:
            return self.choices.get(text)
        if self.kind == Kind.DAY:
            return self._day_from(text)
        return text

    def fitting(self, value: Any) -> Any:
        """The value as the widget takes it: a day out of bounds falls back to the start."""
        if self.kind == Kind.TICK:
            return bool(value)
        if self.kind in (Kind.TEXT, Kind.LONG, Kind.COUNT):
            return value or ""
        outside = isinstance(value, date) and self.within and not self.within[0] <= value <= self.within[1]
        return self.start if outside else value

    def _day_from(self, text: str) -> Any:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            return self.start


@dataclass(frozen=True, slots=True)
class FieldSet:
    """Where one drawing of a form keeps its fields in the session: a prefix of its own.

    `texts` is a draft that it begins with, over the fields' own starts.
    """

    prefix: str
    fields: Sequence[Field]
    texts: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A field's key."""
        return f"{self.prefix}.{name}"

    def keys(self) -> dict[str, str]:
        """Every field's key."""
        return {each.name: self.key(each.name) for each in self.fields}

    def value(self, name: str) -> Any:
        """What the field holds now; None where the form has no such field."""
        return st.session_state.get(self.key(name))

    def text(self, name: str) -> str:
        """What a text field holds now."""
        return str(self.value(name) or "")

    def count(self, name: str) -> int | None:
        """What a number field holds now.

        Raises:
            InputError: it is none.
        """
        try:
            return parse_count(self.text(name))
        except InputError as error:
            raise InputError(str(error), name) from error

    def is_drawn(self) -> bool:
        """Tell whether this drawing has begun: its fields hold values of their own."""
        return bool(self.fields) and self.key(self.fields[0].name) in st.session_state

    def now(self, each: Field) -> Any:
        """What a field shows: what it holds, and before it was drawn what it begins with.

        It is given to the widget every time: a browser that has lost the field draws it anew from that.
        """
        key = self.key(each.name)
        if key in st.session_state:
            return each.fitting(st.session_state[key])
        text = self.texts.get(each.name)
        return each.fitting(each.start if text is None else each.value_from(text))

    def held(self) -> dict[str, str]:
        """What the fields hold now, as texts."""
        return {each.name: each.text_of(self.value(each.name)) for each in self.fields}

    def first_gap(self) -> str:
        """The key of the first needed field that is empty, else of the first field."""
        gaps = (each for each in self.fields if each.needed and not self.value(each.name))
        return self.key(next(gaps, self.fields[0]).name)


def draw_fields(fields: FieldSet, faults: Mapping[str, str]) -> None:
    """Draw the fields in their order: wide ones alone, the others in pairs."""
    waiting: list[Field] = []
    for each in fields.fields:
        if each.wide:
            _draw_pair(fields, waiting, faults)
            waiting = []
            _draw(fields, each, faults)
        else:
            waiting.append(each)
        if len(waiting) == len(_PAIR):
            _draw_pair(fields, waiting, faults)
            waiting = []
    _draw_pair(fields, waiting, faults)


def _draw_pair(fields: FieldSet, pair: Sequence[Field], faults: Mapping[str, str]) -> None:
    if not pair:
        return
    places = st.columns(_PAIR, vertical_alignment="bottom" if _has_tick(pair) else "top")
    for place, each in zip(places, pair, strict=False):
        with place:
            _draw(fields, each, faults)


def _has_tick(pair: Sequence[Field]) -> bool:
    return any(each.kind == Kind.TICK for each in pair)


def say_fault(faults: Mapping[str, str], name: str) -> None:
    """Say what is wrong with a field, beside it; nothing where nothing is."""
    if name in faults:
        st.html(element("p", faults[name], class_="fault", role="alert"))


def _draw(fields: FieldSet, each: Field, faults: Mapping[str, str]) -> None:
    key, value = fields.key(each.name), fields.now(each)
    if each.kind == Kind.DAY:
        _draw_day(each, key, value)
    elif each.kind == Kind.CHOICE:
        _draw_choice(each, key, value)
    elif each.kind == Kind.TICK:
        st.checkbox(each.label, value, key=key)
    elif each.kind == Kind.LONG:
        st.text_area(each.label, value, height=80, key=key)
    else:
        st.text_input(each.label, value, key=key)
    say_fault(faults, each.name)


def _draw_day(each: Field, key: str, value: date | None) -> None:
    first, last = each.within or (None, None)
    st.date_input(each.label, value, min_value=first, max_value=last, format="YYYY-MM-DD", key=key)


def _draw_choice(each: Field, key: str, value: str | None) -> None:
    labels = {kept: label for label, kept in each.choices.items()}
    st.selectbox(
        each.label,
        list(labels),
        index=list(labels).index(value) if value in labels else None,
        placeholder="请选择",
        format_func=labels.__getitem__,
        key=key,
    )
