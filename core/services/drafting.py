"""Keep what somebody types before it is saved, for that person and that form alone."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.auth import Actor, Permission, require
from core.errors import InputError
from core.store.drafts import drop_oldest, read_draft, write_draft
from core.store.engine import Store
from core.store.unit_of_work import UnitOfWork

KEPT_AT_MOST = 100
CONTENT_LIMIT = 200_000
_FORM_LIMIT, _OPERATION_LIMIT = 200, 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What had been typed: texts by field; `saved_at` is naive UTC."""

    operation: str
    fields: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form holds at one moment; `step` grows with every change of one operation."""

    form: str
    operation: str
    step: int
    fields: Mapping[str, str]


def keep_draft(store: Store, actor: Actor, typed: Typed, *, now: datetime) -> bool:
    """Keep what a form holds; False where it comes too late: its operation is over, or newer is there.

    Raises:
        ForbiddenError: the role enters nothing.
        InputError: names or content beyond all measure.
    """
    require(actor, Permission.ENTER)
    content = _content(typed.fields)
    if len(content) > CONTENT_LIMIT or not _named(typed):
        raise InputError("草稿过长，未能自动保存，请先精简内容。")
    with store.unit_of_work(actor.username, now) as work:
        if not _is_news(work, typed):
            return False
        write_draft(work, typed.form, typed.operation, typed.step, content)
        drop_oldest(work, KEPT_AT_MOST)
        work.commit()
    return True


def find_draft(store: Store, actor: Actor, form: str) -> Draft | None:
    """The person's own draft of a form."""
    with store.reading() as reader:
        found = read_draft(reader, actor.username, form)
    if found is None or not found.content:
        return None
    return Draft(found.operation, json.loads(found.content), found.saved_at)


def drop_draft(
    store: Store, actor: Actor, form: str, operation: str, also: Collection[str] = (), *, now: datetime
) -> None:
    """End an operation: its draft goes, and what is still under way of it will not bring it back.

    The draft of another operation (another tab) stays, unless `also` names it: the one this began from.
    """
    with store.unit_of_work(actor.username, now) as work:
        found = read_draft(work, actor.username, form)
        if found and found.content and found.operation not in {operation, *also}:
            return
        write_draft(work, form, operation, 0, "")
        drop_oldest(work, KEPT_AT_MOST)
        work.commit()


def _content(fields: Mapping[str, str]) -> str:
    """The fields as kept; half a character, which no database takes, is left out."""
    return json.dumps(dict(fields), ensure_ascii=False).encode("utf-8", "ignore").decode("utf-8")


def _named(typed: Typed) -> bool:
    names = ((typed.form, _FORM_LIMIT), (typed.operation, _OPERATION_LIMIT))
    return all(0 < len(name) <= limit and name.isprintable() for name, limit in names)


def _is_news(work: UnitOfWork, typed: Typed) -> bool:
    found = read_draft(work, work.person, typed.form)
    if found is None or found.operation != typed.operation:
        return True
    return bool(found.content) and typed.step > found.step
