"""What every form of 系统管理 and its like remembers: the attempt under way, what was read, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import streamlit as st

from core.errors import ConflictError, SupervisionError
from core.services.adjusting import Press
from core.ui.attempts import faults_by_field
from core.ui.fields import Field, FieldSet
from core.ui.saying import say_once

_SAID = "desk_said"


@dataclass(slots=True)
class DeskForm:
    """One form in this tab; `seen` is the version that the person read, None until it is drawn."""

    name: str
    operation: str = field(default_factory=lambda: uuid4().hex)
    drawing: int = 0
    seen: int | None = None
    faults: dict[str, str] = field(default_factory=dict)

    def fields(self, *fields: Field) -> FieldSet:
        """The form's fields for this drawing."""
        return FieldSet(f"{self.name}:{self.drawing}", fields)

    def key(self, name: str) -> str:
        """The key of a widget that is no field."""
        return f"{self.name}:{self.drawing}.{name}"

    @property
    def thing(self) -> str:
        """What the form is about: the second part of its name, if it has one."""
        return (*self.name.split(":"), "")[1]

    @property
    def press(self) -> Press:
        """What a press of its button carries."""
        return Press(self.operation, self.seen or 0)


def desk_form(name: str, standing: int = 0) -> DeskForm:
    """The form of this name; what it shows is the version that stands when its drawing begins."""
    form: DeskForm = st.session_state.setdefault(f"desk:{name}", DeskForm(name))
    if form.seen is None:
        form.seen = standing
    return form


def carry_out(form: DeskForm, operation: str, step: Callable[[], Any], done: Callable[[Any], str]) -> None:
    """Take a step once: what it did is said, what it was refused for stands beside its field.

    A press that repeats one already carried out does nothing. After a conflict the form keeps what was
    typed and goes on from what stands now.
    """
    if operation != form.operation:
        return
    try:
        found = step()
    except SupervisionError as error:
        form.faults = faults_by_field(error)
        if isinstance(error, ConflictError):
            form.seen = None
    else:
        _bring_along(form)
        form.operation, form.faults, form.seen = uuid4().hex, {}, None
        form.drawing += 1
        st.session_state[_SAID] = done(found)


def _bring_along(form: DeskForm) -> None:
    """Who changed a thing has seen the change: it stands in the way of none of the thing's other forms."""
    seen = form.seen
    for each in st.session_state.values():
        if isinstance(each, DeskForm) and each.thing and (each.thing, each.seen) == (form.thing, seen):
            each.seen = None


def say_done() -> None:
    """Say once what the last press did."""
    say_once(st.session_state.pop(_SAID, ""))
