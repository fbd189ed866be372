"""Private links to a unit's calendar, made by its own people or the office for programs that sign in nowhere.

A link bears nobody's name and gives nothing but the unit's deadlines. The database knows only its token's
hash.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.auth import Actor, Permission, Scope, require
from core.config import utc_moment
from core.domain.texts import clean
from core.errors import InputError, NotFoundError
from core.services.calendars import calendar_within
from core.services.catalogues import default_year
from core.services.judging import Question
from core.store import calendar_links
from core.store.calendar_links import CalendarLink
from core.store.engine import Store
from core.store.rolls import units
from core.store.unit_of_work import Reader

PURPOSE_LIMIT = 50
_NOTED_EVERY = timedelta(hours=1)
_NOBODY = "日历链接"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks for a calendar: from which address, when, and the day that the boards stand on."""

    address: str
    today: date
    now: datetime


def make_calendar_link(store: Store, actor: Actor, unit: str, purpose: str, *, now: datetime) -> str:
    """Make a link to the unit's calendar, and return its token: it cannot be read again.

    Raises:
        ForbiddenError: another unit's, or the role may not.
        InputError: no purpose, or too long a one.
        NotFoundError: there is no such unit.
    """
    require(actor, Permission.CALENDAR_LINKS, unit)
    what_for = clean(purpose)
    if not what_for or len(what_for) > PURPOSE_LIMIT:
        raise InputError(f"请填写链接用途，不超过 {PURPOSE_LIMIT} 个字。", "purpose")
    token = secrets.token_urlsafe(32)
    with store.unit_of_work(actor.username, now) as work:
        if unit not in {each.code for each in units(work)}:
            raise NotFoundError(f"没有编码为“{unit}”的单位。")
        calendar_links.add_link(work, _hash(token), unit, what_for)
        work.change("calendar.link_made", f"{unit} {what_for}")
        work.commit()
    return token


def list_calendar_links(store: Store, actor: Actor, unit: str) -> list[CalendarLink]:
    """The unit's links, the newest first.

    Raises:
        ForbiddenError: another unit's, or the role may not.
    """
    require(actor, Permission.CALENDAR_LINKS, unit)
    with store.reading() as reader:
        return calendar_links.list_links(reader, unit)


def revoke_calendar_link(store: Store, actor: Actor, link_id: int, *, now: datetime) -> None:
    """End a link for good; calendars that follow it get nothing more.

    Raises:
        ForbiddenError: another unit's, or the role may not.
        NotFoundError: there is none that holds.
    """
    require(actor, Permission.CALENDAR_LINKS)
    with store.unit_of_work(actor.username, now) as work:
        link = calendar_links.link_of(work, link_id)
        if link is None or link.revoked_at is not None:
            raise NotFoundError("这个日历链接不存在或已停用，请刷新后再看。")
        require(actor, Permission.CALENDAR_LINKS, link.unit)
        calendar_links.revoke_link(work, link_id)
        work.change("calendar.link_revoked", f"{link.unit} {link.purpose}")
        work.commit()


def open_calendar_link(store: Store, token: str, visit: Visit) -> bytes | None:
    """The calendar behind a token; None where it holds no longer, or its unit is gone or out of service.

    Its use goes into the journal, at most once an hour.
    """
    with store.reading() as reader:
        link = calendar_links.find_link(reader, _hash(token))
        if link is None or link.revoked_at is not None or not _in_service(reader, link.unit, visit.today):
            return None
        question = Question(default_year(reader, visit.today), visit.today)
        calendar = calendar_within(reader, Scope(unit=link.unit), link.unit, question, link.unit)
    _note(store, link, visit)
    return calendar


def _in_service(reader: Reader, unit: str, today: date) -> bool:
    return any(each.code == unit and each.active_on(today) for each in units(reader))


def _note(store: Store, link: CalendarLink, visit: Visit) -> None:
    if link.opened_at is not None and utc_moment(visit.now) - link.opened_at < _NOTED_EVERY:
        return
    with store.unit_of_work(_NOBODY, visit.now) as work:
        calendar_links.note_opening(work, link.link_id)
        subject = f"{link.unit} {link.purpose}"
        work.change("calendar.link_opened", subject, detail={"address": visit.address})
        work.commit()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
