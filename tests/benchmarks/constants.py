"""A page's calls of Streamlit, kept and made again: the same elements, drawn from constants.

Only the outermost calls are kept, with the container each was made in; what a widget answered is not asked
again. So a floor pays for Streamlit's own work, and for none of the program's.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.components.v2.component_registry import BidiComponentDefinition
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime import Runtime


@dataclass(frozen=True)
class Call:
    """One call: in which container, which element, with what, and the containers it made."""

    place: DeltaGenerator
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    made: tuple[DeltaGenerator, ...]


@dataclass
class Tape:
    """The calls of one run, in order."""

    calls: list[Call] = field(default_factory=list)
    depth: int = 0
    components: list[BidiComponentDefinition] = field(default_factory=list)

    def register(self) -> None:
        """Make the components that were drawn known to this run's runtime; each run of a test has its own."""
        for each in self.components:
            Runtime.instance().bidi_component_registry.register(each)


@contextmanager
def keeping(tape: Tape) -> Iterator[None]:
    """Keep every outermost call that draws an element while this lasts."""
    names = [name for name, value in vars(st).items() if _draws(value)]
    bound = {name: getattr(st, name) for name in names}
    plain = {name: getattr(DeltaGenerator, name) for name in names}
    for name in names:
        setattr(DeltaGenerator, name, _kept(tape, name, plain[name]))
        setattr(st, name, getattr(bound[name].__self__, name))
    try:
        yield
    finally:
        for name in names:
            setattr(DeltaGenerator, name, plain[name])
            setattr(st, name, bound[name])


def draw_again(tape: Tape) -> None:
    """Make the kept calls again, each in the container that stands for the one it was made in."""
    places: dict[int, DeltaGenerator] = {}
    for call in tape.calls:
        place = places.get(id(call.place), call.place)
        answer = getattr(place, call.name)(*call.args, **call.kwargs)
        for old, new in zip(call.made, _containers(answer), strict=False):
            places[id(old)] = new


def _draws(value: object) -> bool:
    return inspect.ismethod(value) and isinstance(value.__self__, DeltaGenerator)


def _kept(tape: Tape, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def call(self: DeltaGenerator, *args: Any, **kwargs: Any) -> Any:
        place = self._active_dg
        tape.depth += 1
        try:
            answer = plain(self, *args, **kwargs)
        finally:
            tape.depth -= 1
        if name == "_bidi_component":
            definition = Runtime.instance().bidi_component_registry.get(args[0])
            tape.components += [definition] if definition else []
        if not tape.depth:
            tape.calls.append(Call(place, name, args, kwargs, _containers(answer)))
        return answer

    return call


def _containers(answer: object) -> tuple[DeltaGenerator, ...]:
    each = answer if isinstance(answer, list | tuple) else (answer,)
    return tuple(one for one in each if isinstance(one, DeltaGenerator))
