"""What everybody may do to the own account: change the password, see and end sessions, use one-time codes."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

from core.auth import Role
from core.config import utc_moment
from core.errors import ConflictError, ForbiddenError, InputError
from core.services.accounts import new_hash
from core.services.guessing import begin_try
from core.services.passwords import matches
from core.services.policies import policy_of
from core.services.signing_in import SignedIn, holds
from core.store import accounts, sessions
from core.store.engine import Store
from core.store.sessions import OpenSession
from core.store.unit_of_work import UnitOfWork

MAY_USE_CODES = (Role.ADMIN, Role.OFFICE)
_ISSUER = "安责看板"
_STEP_SECONDS = 30
_BARRED = "尝试次数过多，请 15 分钟后再试。"
_CODE_WRONG = "动态验证码不正确，或已经用过。"


@dataclass(frozen=True, slots=True)
class Guess:
    """A try at a secret of the own account, written down before it is looked at."""

    attempt_id: int
    address: str


def change_own_password(
    store: Store, person: SignedIn, old: str, new: str, *, address: str, now: datetime
) -> None:
    """Give the own account another password; all its other sessions end.

    Raises:
        InputError: the old password is wrong, or the new one breaks a rule; `field` says which.
        ForbiddenError: too many tries.
    """
    _require_code(person)
    guess = _begin(store, person, address, now)
    username = person.actor.username
    with store.reading() as reader:
        right = matches(old, accounts.password_hash_of(reader, username))
    _settle(store, person, guess, right=right, now=now)
    if not right:
        raise InputError("原密码不正确。", "原密码")
    password_hash = new_hash(store, username, new)
    with store.unit_of_work(username, now) as work:
        work.address = address
        accounts.set_password(work, username, password_hash, must_change=False)
        _keep_this_session(work, person)
        work.change("account.own_password", username)
        work.commit()


def own_sessions(store: Store, person: SignedIn, *, now: datetime) -> list[OpenSession]:
    """The sessions of the own account that hold, newest first; the present one has `person.key`."""
    with store.reading() as reader:
        account = accounts.find_account(reader, person.actor.username)
        policy = policy_of(reader)
        found = sessions.sessions_of(reader, account) if account else []
    return [shown for shown, stored in found if holds(stored, utc_moment(now), policy)]


def end_other_sessions(store: Store, person: SignedIn, *, now: datetime) -> int:
    """End all sessions of the own account but the present one; how many there were."""
    _require_code(person)
    with store.unit_of_work(person.actor.username, now) as work:
        account = accounts.find_account(work, person.actor.username)
        ended = sessions.end_other_sessions(work, account, person.key) if account else 0
        work.change("session.others_ended", person.actor.username, detail={"sessions": ended})
        work.commit()
    return ended


def new_secret() -> str:
    """A secret for one-time codes, to be typed into the telephone; nothing is kept yet."""
    return pyotp.random_base32()


def address_of_secret(person: SignedIn, secret: str) -> str:
    """The secret as the address that telephones read."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.actor.username, issuer_name=_ISSUER)


def uses_codes(store: Store, person: SignedIn) -> bool:
    """Tell whether the own account asks for one-time codes."""
    with store.reading() as reader:
        return bool(accounts.second_factor_of(reader, person.actor.username)[0])


def begin_codes(store: Store, person: SignedIn, secret: str, code: str, *, now: datetime) -> None:
    """Ask for one-time codes from now on, once the telephone has shown a right one; other sessions end.

    Raises:
        ForbiddenError: the role does not use them.
        InputError: the code does not fit the secret.
    """
    _require_code(person)
    if person.actor.role not in MAY_USE_CODES:
        raise ForbiddenError(f"“{person.actor.role.label}”账号不使用动态验证码。")
    step = step_of(secret, code, now)
    if step is None:
        raise InputError(_CODE_WRONG, "动态验证码")
    with store.unit_of_work(person.actor.username, now) as work:
        account = accounts.find_account(work, person.actor.username)
        if account is None or account.second_factor:
            raise ConflictError("动态验证码已经启用。")
        accounts.set_second_factor(work, account.username, secret, step)
        sessions.end_other_sessions(work, account, person.key)
        detail = {"before": {"second_factor": False}, "after": {"second_factor": True}}
        work.change("account.codes_begun", account.username, detail=detail)
        work.commit()


def show_code(store: Store, person: SignedIn, code: str, *, address: str, now: datetime) -> None:
    """Admit the session that waits for a one-time code; a code is good once.

    Raises:
        InputError: a wrong or used code.
        ForbiddenError: too many tries.
    """
    guess = _begin(store, person, address, now)
    if not _take_code(store, person, code, now):
        _settle(store, person, guess, right=False, now=now)
        raise InputError(_CODE_WRONG, "动态验证码")
    _settle(store, person, guess, right=True, now=now)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, one step early or late at most; None where it is wrong."""
    typed, totp = "".join(code.split()), pyotp.TOTP(secret)
    present = int(now.timestamp()) // _STEP_SECONDS
    steps = (step for step in (present - 1, present, present + 1))
    return next(
        (step for step in steps if pyotp.utils.strings_equal(totp.at(step * _STEP_SECONDS), typed)), None
    )


def _require_code(person: SignedIn) -> None:
    """Somebody who knows the password alone changes nothing of an account that asks for codes."""
    if person.must_show_code:
        raise ForbiddenError("请先输入动态验证码。")


def _take_code(store: Store, person: SignedIn, code: str, now: datetime) -> bool:
    """Use the code up and admit the session, in one transaction."""
    username = person.actor.username
    with store.unit_of_work(username, now) as work:
        secret, used = accounts.second_factor_of(work, username)
        step = step_of(secret, code, now) if secret else None
        if step is None or step <= used:
            return False
        accounts.set_second_factor(work, username, secret, step)
        sessions.admit_session(work, person.key)
        work.change("session.code_accepted", username)
        work.commit()
    return True


def _begin(store: Store, person: SignedIn, address: str, now: datetime) -> Guess:
    with store.unit_of_work(person.actor.username, now) as work:
        work.address = address
        tried = begin_try(work, person.actor.username, address)
        if tried.barred:
            sessions.settle_attempt(work, tried.attempt_id, sessions.REFUSED)
            work.change("session.refused", person.actor.username, succeeded=False)
        work.commit()
    if tried.barred:
        raise ForbiddenError(_BARRED)
    return Guess(tried.attempt_id, address)


def _settle(store: Store, person: SignedIn, guess: Guess, *, right: bool, now: datetime) -> None:
    with store.unit_of_work(person.actor.username, now) as work:
        work.address = guess.address
        sessions.settle_attempt(work, guess.attempt_id, sessions.ACCEPTED if right else sessions.FAILED)
        if not right:
            work.change("session.failed", person.actor.username, succeeded=False)
        work.commit()


def _keep_this_session(work: UnitOfWork, person: SignedIn) -> None:
    account = accounts.find_account(work, person.actor.username)
    if account:
        sessions.keep_session(work, person.key, account.auth_epoch)
