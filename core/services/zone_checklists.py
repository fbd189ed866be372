"""The checklists of the five areas, as the office writes them."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from core.auth import Actor, Permission, require
from core.domain.texts import clean
from core.domain.zone_checklists import checklist_of
from core.domain.zone_work import ChecklistItem, check_item
from core.errors import ConflictError, InputError
from core.services.adjusting import Press
from core.store.engine import Store
from core.store.journal import find_operation
from core.store.unit_of_work import UnitOfWork
from core.store.zone_work import own_items, write_item


def keep_item(
    store: Store, actor: Actor, item: ChecklistItem, press: Press, *, now: datetime
) -> ChecklistItem:
    """Add an item, write one anew, or take one out (`kept` false); an empty code is a new one.

    Raises:
        ForbiddenError: checklists are the office's.
        InputError: no text, no points, or an area that would be left without any item.
        ConflictError: somebody wrote it anew meanwhile.
    """
    require(actor, Permission.SETTINGS)
    wanted = replace(item, code=item.code or uuid4().hex[:12], content=clean(item.content))
    check_item(wanted)
    with store.unit_of_work(actor.username, now) as work:
        if find_operation(work, press.operation):
            return wanted
        _check(work, wanted, press.seen)
        action = "zone.item_changed" if wanted.kept else "zone.item_removed"
        change = work.change(action, wanted.area.label, wanted.content, operation=press.operation)
        write_item(work, change, wanted)
        work.commit()
    return replace(wanted, change=change)


def _check(work: UnitOfWork, wanted: ChecklistItem, seen: int) -> None:
    own = own_items(work)
    if any(each.code == wanted.code and each.change > seen for each in own):
        raise ConflictError("您查看之后，这一条清单刚被别人修改。您的修改没有保存，请核对最新内容。")
    counts = Counter(each.area for each in checklist_of(own) if each.code != wanted.code)
    if not wanted.kept and not counts[wanted.area]:
        raise InputError(f"“{wanted.area.label}”至少要保留一条清单。", "content")
