"""Links to the wall: made and revoked by the office, for screens that nobody signs in on.

A link bears nobody's name and opens nothing but the wall. The database knows only its token's hash.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from core.auth import Actor, Permission, require
from core.config import utc_moment
from core.domain.texts import clean
from core.errors import InputError, NotFoundError
from core.store import wall_links
from core.store.engine import Store
from core.store.wall_links import WallLink

PLACE_LIMIT = 50
_NOTED_EVERY = timedelta(hours=1)
_NOBODY = "大屏链接"


def make_link(store: Store, actor: Actor, place: str, *, now: datetime) -> str:
    """Make a link for the screen in a place, and return its token: it cannot be read again.

    Raises:
        ForbiddenError: the role may not.
        InputError: no place, or too long a one.
    """
    require(actor, Permission.WALL_LINKS)
    where = clean(place)
    if not where or len(where) > PLACE_LIMIT:
        raise InputError(f"请填写大屏所在位置，不超过 {PLACE_LIMIT} 个字。", "place")
    token = secrets.token_urlsafe(32)
    with store.unit_of_work(actor.username, now) as work:
        wall_links.add_link(work, _hash(token), where)
        work.change("wall.link_made", where)
        work.commit()
    return token


def list_links(store: Store, actor: Actor) -> list[WallLink]:
    """Every link, the newest first.

    Raises:
        ForbiddenError: the role may not.
    """
    require(actor, Permission.WALL_LINKS)
    with store.reading() as reader:
        return wall_links.list_links(reader)


def revoke_link(store: Store, actor: Actor, link_id: int, *, now: datetime) -> None:
    """End a link: walls that show it stop within seconds.

    Raises:
        ForbiddenError: the role may not.
        NotFoundError: there is none that holds.
    """
    require(actor, Permission.WALL_LINKS)
    with store.unit_of_work(actor.username, now) as work:
        link = wall_links.revoke_link(work, link_id)
        if link is None:
            raise NotFoundError("这个大屏链接不存在或已停用，请刷新后再看。")
        work.change("wall.link_revoked", link.place)
        work.commit()


def link_holds(store: Store, token: str) -> bool:
    """Tell whether a token opens the wall."""
    return _find(store, token) is not None


def open_link(store: Store, token: str, *, address: str, now: datetime) -> bool:
    """Tell whether a token opens the wall, and write its use into the journal, at most once an hour."""
    link = _find(store, token)
    if link is None:
        return False
    if link.opened_at is None or utc_moment(now) - link.opened_at >= _NOTED_EVERY:
        with store.unit_of_work(_NOBODY, now) as work:
            wall_links.note_opening(work, link.link_id)
            work.change("wall.link_opened", link.place, detail={"address": address})
            work.commit()
    return True


def _find(store: Store, token: str) -> WallLink | None:
    with store.reading() as reader:
        link = wall_links.find_link(reader, _hash(token))
    return link if link and link.revoked_at is None else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
