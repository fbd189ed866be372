"""Sign in with a password, claim a session with a ticket, find out who asks, sign out.

A right password earns a ticket that is good once and for half a minute; the browser trades it for a
session token in a cookie that scripts cannot read. The database knows only hashes of both.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.auth import Actor, Role
from core.config import utc_moment
from core.services.passwords import matches
from core.store import accounts, sessions
from core.store.engine import Store
from core.store.sessions import StoredSession
from core.store.unit_of_work import Reader

COOKIE = "anze_session"
STRANGER = "未登录"
LOCK_AFTER = 5
LOCK_WINDOW = LOCK_TIME = timedelta(minutes=15)
TICKET_LIFE = timedelta(seconds=30)
TOUCH_EVERY = timedelta(minutes=1)
_ADDRESS_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session holds without a sign of life (None: any time), and in all."""

    idle: timedelta | None = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)


_LIVES: Mapping[Role, Life] = {Role.SCREEN: Life(idle=None, whole=timedelta(days=30))}
"""A screen on a wall has nobody who could sign in again; it sees nothing personal."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds: who it is, and a key that tells sessions apart without opening them."""

    actor: Actor
    key: str
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """A session just begun: the token for the cookie and how long it can last."""

    token: str
    life: timedelta


@dataclass(frozen=True, slots=True)
class _Try:
    """An attempt written down: what is needed to settle it."""

    attempt_id: int
    locked: bool
    account: accounts.Account | None
    password_hash: str


def sign_in(store: Store, username: str, password: str, *, address: str, now: datetime) -> str | None:
    """Check a password and hand out a ticket for it, or None: the caller gives one answer for all failures.

    The attempt is written down before the password is looked at, so that many tries at once count too.
    """
    name = normal_username(username)
    tried = _begin(store, name, address[:_ADDRESS_LENGTH], now)
    right = matches(password, tried.password_hash)
    if tried.locked or not right or tried.account is None or not tried.account.active:
        _turn_away(store, tried, address, now)
        return None
    return _let_in(store, tried, tried.account, address, now)


def claim(store: Store, ticket: str, *, address: str, now: datetime) -> Claimed | None:
    """Trade a ticket for a session; None where it was used, is too old, or its account has changed."""
    with store.unit_of_work(STRANGER, now) as work:
        account = sessions.take_ticket(work, _hash(ticket))
        if account is None:
            return None
        token = secrets.token_urlsafe(32)
        work.person = account.username
        sessions.begin_session(work, _hash(token), account, address[:_ADDRESS_LENGTH])
        work.change("session.began", account.username, detail={"address": address})
        work.commit()
    return Claimed(token, _life(account.role).whole)


def who_is(store: Store, token: str, *, now: datetime, touch: bool = False) -> SignedIn | None:
    """Find whose session this token is, None where it no longer holds.

    `touch` keeps the session from idling away; only what a person did may set it, never a timer.
    """
    if not token:
        return None
    key = _hash(token)
    with store.reading() as reader:
        found = sessions.find_session(reader, key)
    if found is None or not _holds(found, utc_moment(now)):
        return None
    if touch and utc_moment(now) - found.seen_at >= TOUCH_EVERY:
        _touch(store, found.account.username, key, now)
    return SignedIn(actor_of(found.account), key, found.account.must_change_password)


def sign_out(store: Store, token: str, *, now: datetime) -> None:
    """End the session of this token, in every tab and on every server."""
    key = _hash(token)
    with store.reading() as reader:
        found = sessions.find_session(reader, key)
    if found is None or found.ended_at is not None:
        return
    with store.unit_of_work(found.account.username, now) as work:
        sessions.end_session(work, key)
        work.change("session.ended", found.account.username)
        work.commit()


def normal_username(text: str) -> str:
    """User names are compared without regard to case, width and white space around them."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def actor_of(account: accounts.Account) -> Actor:
    """The account as somebody who asks."""
    return Actor(account.username, account.name, Role.of(account.role), account.unit)


def _begin(store: Store, name: str, address: str, now: datetime) -> _Try:
    with store.unit_of_work(STRANGER, now) as work:
        account = accounts.find_account(work, name)
        label = _label(name, account)
        attempt_id = sessions.note_attempt(work, label, address)
        tried = _Try(
            attempt_id,
            _is_locked(work, label, attempt_id, work.now),
            account,
            accounts.password_hash_of(work, name),
        )
        work.commit()
    return tried


def _label(name: str, account: accounts.Account | None) -> str:
    """Unknown names are kept as a digest: what was typed there may be a password."""
    return account.username if account else _hash(name)


def _is_locked(reader: Reader, label: str, attempt_id: int, now: datetime) -> bool:
    newest = sessions.newest_attempts(reader, label, attempt_id, LOCK_AFTER)
    if len(newest) < LOCK_AFTER:
        return False
    all_failed = all(attempt.outcome in (sessions.FAILED, sessions.PENDING) for attempt in newest)
    return all_failed and newest[0].at - newest[-1].at <= LOCK_WINDOW and now - newest[0].at < LOCK_TIME


def _turn_away(store: Store, tried: _Try, address: str, now: datetime) -> None:
    outcome = sessions.REFUSED if tried.locked else sessions.FAILED
    with store.unit_of_work(STRANGER, now) as work:
        sessions.settle_attempt(work, tried.attempt_id, outcome)
        subject = tried.account.username if tried.account else "没有这个用户名"
        work.change(f"session.{outcome}", subject, detail={"address": address})
        work.commit()


def _let_in(store: Store, tried: _Try, account: accounts.Account, address: str, now: datetime) -> str:
    ticket = secrets.token_urlsafe(32)
    with store.unit_of_work(account.username, now) as work:
        sessions.settle_attempt(work, tried.attempt_id, sessions.ACCEPTED)
        sessions.keep_ticket(work, _hash(ticket), account, work.now + TICKET_LIFE)
        work.change("session.accepted", account.username, detail={"address": address})
        work.commit()
    return ticket


def _touch(store: Store, username: str, key: str, now: datetime) -> None:
    with store.unit_of_work(username, now) as work:
        sessions.touch_session(work, key)
        work.commit()


def _holds(session: StoredSession, now: datetime) -> bool:
    life = _life(session.account.role)
    return (
        session.ended_at is None
        and session.account.active
        and session.auth_epoch == session.account.auth_epoch
        and now - session.begun_at < life.whole
        and (life.idle is None or now - session.seen_at < life.idle)
    )


def _life(role: str) -> Life:
    return _LIVES.get(Role.of(role), Life())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
