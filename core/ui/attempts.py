"""One attempt at filling in a form: its operation id, its draft, its faults, from first key to last."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import uuid4

import streamlit as st

from core.auth import Actor
from core.config import local_moment
from core.errors import InputError, SupervisionError
from core.services.drafting import drop_draft, find_draft
from core.services.recording import FaultyRecordError
from core.ui.context import Context
from core.ui.drafts import Mirrored, mirror_typing
from core.ui.fields import Field, FieldSet
from core.ui.html import element


@dataclass(slots=True)
class Attempt:
    """What one form remembers in this tab; `form` is its name among a person's drafts.

    `operation` names the attempt under way and `ended` the one before; `began_from` is the attempt whose
    draft was restored; `drawing` grows whenever the fields are to be filled afresh.
    """

    form: str
    operation: str = field(default_factory=lambda: uuid4().hex)
    ended: str = ""
    began_from: str = ""
    restored_at: datetime | None = None
    drawing: int = 0
    faults: dict[str, str] = field(default_factory=dict)

    def start_afresh(self) -> None:
        """Begin the next attempt with fresh fields."""
        self.ended, self.operation = self.operation, uuid4().hex
        self.began_from, self.restored_at, self.faults = "", None, {}
        self.drawing += 1


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the keyboard goes: to begin at, on from there with Enter, and what saves; keys of fields."""

    focus: str = ""
    then: str = ""
    submit: str = ""


def lay_out(page: Context, attempt: Attempt, fields: Sequence[Field]) -> FieldSet:
    """The form's fields for this drawing, filled from the person's draft where they are drawn afresh."""
    prefix = f"{attempt.form}.{attempt.drawing}"
    laid = FieldSet(prefix, fields)
    if laid.is_drawn():
        return laid
    draft = find_draft(page.store, page.actor, attempt.form)
    if draft is None:
        return laid
    attempt.began_from, attempt.restored_at = draft.operation, draft.saved_at
    return FieldSet(prefix, fields, dict(draft.fields))


def keep_typing(
    page: Context, attempt: Attempt, fields: FieldSet, reach: Reach, *, shown: bool = True
) -> None:
    """Keep what is typed as it is typed; `shown` tells whether the form is drawn in this run."""
    form = Mirrored(
        person=page.actor.username,
        form=attempt.form,
        operation=attempt.operation,
        place=f"{fields.prefix}.{'form' if shown else 'done'}",
        keys=fields.keys() if shown else {},
        held=fields.held(),
        focus=reach.focus,
        then=reach.then,
        submit=reach.submit,
        ended=attempt.ended,
    )
    mirror_typing(form, partial(_restore, attempt))


def _restore(attempt: Attempt) -> None:
    """Fill the fields anew from the draft that the browser has just brought in."""
    attempt.drawing += 1


def say_restored(attempt: Attempt) -> None:
    """Say that the form began with a draft, and from when it is."""
    if attempt.restored_at:
        at = local_moment(attempt.restored_at)
        told = f"已恢复 {at:%m月%d日 %H:%M} 未保存的草稿；不需要时可放弃。"
        st.html(element("p", told, class_="draft-restored", role="status"))


def end_draft(page: Context, actor: Actor, attempt: Attempt) -> None:
    """Take the attempt's draft away, and the one it began from: it was saved or discarded."""
    drop_draft(page.store, actor, attempt.form, attempt.operation, {attempt.began_from}, now=page.now)


def discard(page: Context, attempt: Attempt, operation: str) -> None:
    """Throw the attempt away; a press for one that is over already does nothing."""
    if operation == attempt.operation:
        end_draft(page, page.actor, attempt)
        attempt.start_afresh()


def faults_by_field(error: SupervisionError) -> dict[str, str]:
    """What a refusal says, by the field it belongs to; under an empty name where it belongs to none."""
    if isinstance(error, FaultyRecordError):
        return {fault.column: fault.reason for fault in reversed(error.faults)}
    if isinstance(error, InputError):
        return {error.field: str(error)}
    return {"": str(error)}
