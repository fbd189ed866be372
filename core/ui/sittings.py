"""What a small form remembers in this tab, and the one way in which its press is carried out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import streamlit as st

from core.errors import InputError, SupervisionError
from core.ui.attempts import faults_by_field
from core.ui.fields import FieldSet, say_fault
from core.ui.saying import say_once

_SAID = "sitting_said"


@dataclass(slots=True)
class Sitting:
    """One form in this tab; `operation` names the attempt, `drawing` grows when it is to begin afresh.

    `sure_of` is the name that the person was warned of and may save all the same.
    """

    name: str
    operation: str = field(default_factory=lambda: uuid4().hex)
    drawing: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    sure_of: str = ""

    @property
    def prefix(self) -> str:
        """Where this drawing's fields live."""
        return f"{self.name}:{self.drawing}"


def sitting(name: str) -> Sitting:
    """The form of this name in this tab."""
    held: Sitting = st.session_state.setdefault(f"sitting:{name}", Sitting(name))
    return held


def carry_out(held: Sitting, act: Callable[[], str]) -> None:
    """Do what a press asks for: keep what was typed and say the faults, or say what was done."""
    try:
        said = act()
    except SupervisionError as error:
        held.faults = faults_by_field(error)
    else:
        held.operation, held.faults, held.sure_of = uuid4().hex, {}, ""
        held.drawing += 1
        st.session_state[_SAID] = said


def day_in(fields: FieldSet, name: str) -> date:
    """The day that a field holds.

    Raises:
        InputError: it holds none.
    """
    day = fields.value(name)
    if not isinstance(day, date):
        raise InputError("请填写日期。", name)
    return day


def say_kept() -> None:
    """Say once what the last press did."""
    say_once(st.session_state.pop(_SAID, ""))


def say_other_faults(held: Sitting, fields: FieldSet) -> None:
    """Say the faults that belong to no field that is drawn."""
    own = {each.name for each in fields.fields}
    for name in held.faults:
        if name not in own:
            say_fault(held.faults, name)
