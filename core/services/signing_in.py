"""Sign in with a password, claim a session with a ticket, find out who asks, sign out.

A right password earns a ticket that is good once and for half a minute; the browser trades it for a
session token in a cookie that scripts cannot read. The database knows only hashes of both.
"""

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.auth import Actor, Role
from core.config import utc_moment
from core.domain.policies import Policy
from core.errors import StoreError
from core.services.guessing import Try, begin_try
from core.services.passwords import COST, cost_in, hash_password, matches
from core.services.policies import SETTING, policy_from, policy_of
from core.services.tracing import note_person
from core.store import accounts, sessions
from core.store.engine import Store
from core.store.journal import DEMONSTRATION, HASH_COST, read_mark
from core.store.sessions import StoredSession
from core.store.unit_of_work import ADDRESS_LENGTH, Reader, UnitOfWork

COOKIE = "anze_session"
STRANGER = "未登录"
TICKET_LIFE = timedelta(seconds=30)
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session holds without a sign of life (None: any time), and in all."""

    idle: timedelta | None
    whole: timedelta


_LIVES: Mapping[Role, Life] = {Role.SCREEN: Life(idle=None, whole=timedelta(days=400))}
"""A screen on a wall has nobody who could sign in again; it sees nothing personal.

No browser keeps a cookie for longer than 400 days.
"""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that holds: who it is, and a key that tells sessions apart without opening them.

    `must_change_password` and `must_show_code` say what is still due; until then the person may do nothing.
    """

    actor: Actor
    key: str
    must_change_password: bool
    must_show_code: bool = False

    @property
    def admitted(self) -> bool:
        """Nothing is due any more."""
        return not (self.must_change_password or self.must_show_code)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A session just begun: the token for the cookie and how long it can last."""

    token: str
    life: timedelta


@dataclass(frozen=True, slots=True)
class _Knock:
    """An attempt written down, with what is needed to settle it."""

    tried: Try
    account: accounts.Account | None
    password_hash: str
    cost: int
    address: str


def sign_in(store: Store, username: str, password: str, *, address: str, now: datetime) -> str | None:
    """Check a password and hand out a ticket for it, or None: the caller gives one answer for all failures.

    The attempt is written down before the password is looked at, so that many tries at once count too.
    """
    name = normal_username(username)
    knock = _knock(store, name, address[:ADDRESS_LENGTH], now)
    right = matches(password, knock.password_hash, knock.cost)
    if knock.tried.barred or not right or knock.account is None or not knock.account.active:
        _turn_away(store, knock, now)
        return None
    return _let_in(store, knock, knock.account, password, now)


def claim(store: Store, ticket: str, *, address: str, now: datetime, agent: str = "") -> Claimed | None:
    """Trade a ticket for a session; None where it was used, is too old, or its account has changed.

    `agent` is what the browser calls itself, for the person's own list of sessions.
    """
    with store.unit_of_work(STRANGER, now) as work:
        taken = sessions.take_ticket(work, _hash(ticket))
        if taken is None:
            return None
        account = taken.account
        token = secrets.token_urlsafe(32)
        work.person, work.address = account.username, address[:ADDRESS_LENGTH]
        sessions.begin_session(work, _hash(token), taken, work.address, agent)
        work.change("session.began", account.username, detail={"agent": agent})
        whole = life_of(account.role, policy_of(work)).whole
        work.commit()
    return Claimed(token, whole)


def who_is(store: Store, token: str, *, now: datetime, touch: bool = False) -> SignedIn | None:
    """Find whose session this token is, None where it no longer holds or the person is not admitted yet.

    `touch` keeps the session from idling away; only what a person did may set it, never a timer.
    """
    person = who_arrives(store, token, now=now, touch=touch)
    return person if person and person.admitted else None


def who_arrives(store: Store, token: str, *, now: datetime, touch: bool = False) -> SignedIn | None:
    """As `who_is`, but also somebody who must first change the password or show a one-time code."""
    if not token:
        return None
    key, moment = _hash(token), utc_moment(now)
    with store.reading() as reader:
        asked = sessions.find_session_and_rules(reader, key, SETTING, DEMONSTRATION)
    if asked is None:
        return None
    found, policy, demonstration = asked[0], policy_from(asked[1]), asked[2]
    if not holds(found, moment, policy):
        return None
    note_person(found.account.username)
    if touch and moment - found.seen_at >= TOUCH_EVERY:
        _touch(store, found.account.username, key, now)
    account = found.account
    must_change = not found.by_sign_on and (
        account.must_change_password or (not demonstration and is_too_old(account, moment, policy))
    )
    return SignedIn(actor_of(account), key, must_change, found.awaits_code)


def key_of(token: str) -> str:
    """What `SignedIn.key` is of a token: tells sessions apart, opens none."""
    return _hash(token)


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


def new_ticket(work: UnitOfWork, account: accounts.Account, *, by_sign_on: bool = False) -> str:
    """Make a ticket for an account: whoever brings it to `claim` within half a minute is that person.

    After single sign-on nobody is asked for a new password of ours: it was not what let the person in.
    """
    ticket = secrets.token_urlsafe(32)
    expires_at = work.now + TICKET_LIFE
    sessions.keep_ticket(work, _hash(ticket), account, expires_at, by_sign_on=by_sign_on)
    return ticket


def normal_username(text: str) -> str:
    """User names are compared without regard to case, width and white space around them."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def actor_of(account: accounts.Account) -> Actor:
    """The account as somebody who asks."""
    return Actor(account.username, account.name, Role.of(account.role), account.unit)


def hash_cost(reader: Reader) -> int:
    """How dear a password's hash is made in this database."""
    return int(read_mark(reader, HASH_COST) or COST)


def holds(session: StoredSession, now: datetime, policy: Policy) -> bool:
    """Tell whether a session holds at a naive UTC moment."""
    life = life_of(session.account.role, policy)
    return (
        session.ended_at is None
        and session.account.active
        and session.auth_epoch == session.account.auth_epoch
        and now - session.begun_at < life.whole
        and (life.idle is None or now - session.seen_at < life.idle)
    )


def is_too_old(account: accounts.Account, now: datetime, policy: Policy) -> bool:
    """Tell whether an account's password must be changed for its age; a screen has nobody who could."""
    if not policy.days or Role.of(account.role) == Role.SCREEN:
        return False
    return now - account.password_set_at >= timedelta(days=policy.days)


def life_of(role: str, policy: Policy) -> Life:
    """How long a session of a role lasts."""
    usual = Life(timedelta(minutes=policy.idle_minutes), timedelta(hours=policy.session_hours))
    return _LIVES.get(Role.of(role), usual)


def _knock(store: Store, name: str, address: str, now: datetime) -> _Knock:
    with store.unit_of_work(STRANGER, now) as work:
        account = accounts.find_account(work, name)
        tried = begin_try(work, _label(name, account), address)
        knock = _Knock(tried, account, accounts.password_hash_of(work, name), hash_cost(work), address)
        work.commit()
    return knock


def _label(name: str, account: accounts.Account | None) -> str:
    """Unknown names are kept as a digest: what was typed there may be a password."""
    return account.username if account else _hash(name)


def _turn_away(store: Store, knock: _Knock, now: datetime) -> None:
    outcome = sessions.REFUSED if knock.tried.barred else sessions.FAILED
    with store.unit_of_work(STRANGER, now) as work:
        work.address = knock.address
        sessions.settle_attempt(work, knock.tried.attempt_id, outcome)
        subject = knock.account.username if knock.account else "没有这个用户名"
        work.change(f"session.{outcome}", subject, succeeded=False)
        work.commit()


def _let_in(store: Store, knock: _Knock, account: accounts.Account, password: str, now: datetime) -> str:
    anew = hash_password(password, knock.cost) if cost_in(knock.password_hash) != knock.cost else ""
    with store.unit_of_work(account.username, now) as work:
        work.address = knock.address
        outcome = sessions.HALFWAY if account.second_factor else sessions.ACCEPTED
        sessions.settle_attempt(work, knock.tried.attempt_id, outcome)
        ticket = new_ticket(work, account)
        _hash_anew(work, knock, account, anew)
        work.change("session.accepted", account.username)
        work.commit()
    return ticket


def _hash_anew(work: UnitOfWork, knock: _Knock, account: accounts.Account, anew: str) -> None:
    """Keep the dearer hash, unless the password was changed while this one was being looked at."""
    if anew and accounts.password_hash_of(work, account.username) == knock.password_hash:
        accounts.replace_hash(work, account.username, anew)


def _touch(store: Store, username: str, key: str, now: datetime) -> None:
    """A database that takes nothing in, such as one on a full disk, can still be looked at."""
    with suppress(StoreError), store.unit_of_work(username, now) as work:
        sessions.touch_session(work, key)
        work.commit()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
