"""Attempts to sign in, one-time tickets and sessions; secrets come in already hashed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, true, update

from core.store.account_rows import AccountRow, AccountSessionRow, ClaimTicketRow, SignInAttemptRow
from core.store.accounts import Account, account_of
from core.store.schema import MarkRow, SettingRow
from core.store.unit_of_work import Reader, UnitOfWork

PENDING, FAILED, ACCEPTED, UNLOCKED = "pending", "failed", "accepted", "unlocked"
REFUSED, HALFWAY = "refused", "halfway"
"""What came of an attempt; a refused one met a lock and does not prolong it, and one that got halfway
(the password right, the one-time code still to come) does not undo the failures before it."""


_AGENT_LENGTH = 200
_SETTING = select(SettingRow.content).where(
    SettingRow.ended_by.is_(None), SettingRow.name == bindparam("setting")
)
_MARK = select(MarkRow.content).where(MarkRow.name == bindparam("mark"))
# Written once: every run of every page asks it.
_SESSION_AND_RULES = (
    select(AccountSessionRow, AccountRow, _SETTING.scalar_subquery(), _MARK.scalar_subquery())
    .join(AccountRow, AccountRow.id == AccountSessionRow.account_id)
    .where(AccountSessionRow.token_hash == bindparam("token_hash"))
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a password; `at` is naive UTC."""

    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session with its account, as they stand; moments are naive UTC."""

    account: Account
    auth_epoch: int
    begun_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    awaits_code: bool = False
    by_sign_on: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket that was taken: whose it is, and whether an identity provider vouched for the person."""

    account: Account
    by_sign_on: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of an account's sessions as its owner sees it; moments are naive UTC."""

    key: str
    begun_at: datetime
    seen_at: datetime
    address: str
    agent: str


def note_attempt(work: UnitOfWork, username: str, address: str, outcome: str = PENDING) -> int:
    """Write an attempt down, before the password is looked at, and return its id."""
    row = SignInAttemptRow(username=username, at=work.now, outcome=outcome, address=address)
    work.session.add(row)
    work.session.flush()
    return row.id


def settle_attempt(work: UnitOfWork, attempt_id: int, outcome: str) -> None:
    """Say what came of an attempt."""
    query = update(SignInAttemptRow).where(SignInAttemptRow.id == attempt_id).values(outcome=outcome)
    work.session.execute(query)


def newest_attempts(reader: Reader, username: str, before: int | None, limit: int) -> list[Attempt]:
    """The newest attempts (before the one with this id), newest first, those that do not count left out."""
    query = (
        select(SignInAttemptRow.at, SignInAttemptRow.outcome)
        .where(
            SignInAttemptRow.username == username,
            true() if before is None else SignInAttemptRow.id < before,
            SignInAttemptRow.outcome.not_in((REFUSED, HALFWAY)),
        )
        .order_by(SignInAttemptRow.id.desc())
        .limit(limit)
    )
    return [Attempt(*row) for row in reader.session.execute(query)]


def failures_from(reader: Reader, address: str, since: datetime, before: int) -> list[datetime]:
    """When attempts from an address failed since a naive UTC moment, before the one with this id."""
    query = select(SignInAttemptRow.at).where(
        SignInAttemptRow.address == address,
        SignInAttemptRow.at >= since,
        SignInAttemptRow.id < before,
        SignInAttemptRow.outcome.in_((FAILED, PENDING)),
    )
    return list(reader.session.scalars(query.order_by(SignInAttemptRow.id)))


def keep_ticket(
    work: UnitOfWork, ticket_hash: str, account: Account, expires_at: datetime, *, by_sign_on: bool = False
) -> None:
    """Keep a ticket for an account until a naive UTC moment, and drop those that nobody came for."""
    work.session.execute(delete(ClaimTicketRow).where(ClaimTicketRow.expires_at < work.now))
    work.session.add(
        ClaimTicketRow(
            ticket_hash=ticket_hash,
            account_id=account.account_id,
            auth_epoch=account.auth_epoch,
            expires_at=expires_at,
            by_sign_on=by_sign_on,
        )
    )
    work.session.flush()


def take_ticket(work: UnitOfWork, ticket_hash: str) -> Taken | None:
    """Take a ticket, which can be done once; the account it was for, where both still hold."""
    row = ClaimTicketRow
    query = (
        delete(row)
        .where(row.ticket_hash == ticket_hash)
        .returning(row.account_id, row.auth_epoch, row.expires_at, row.by_sign_on)
    )
    taken = work.session.execute(query).one_or_none()
    account = work.session.get(AccountRow, taken.account_id) if taken else None
    if taken is None or account is None or taken.expires_at < work.now:
        return None
    if not account.active or account.auth_epoch != taken.auth_epoch:
        return None
    return Taken(account_of(account), taken.by_sign_on)


def begin_session(work: UnitOfWork, token_hash: str, taken: Taken, address: str, agent: str = "") -> None:
    """Begin a session; one of an account with a second factor waits for the one-time code."""
    account = taken.account
    work.session.add(
        AccountSessionRow(
            token_hash=token_hash,
            account_id=account.account_id,
            auth_epoch=account.auth_epoch,
            begun_at=work.now,
            seen_at=work.now,
            address=address,
            agent=agent[:_AGENT_LENGTH],
            awaits_code=account.second_factor,
            by_sign_on=taken.by_sign_on,
        )
    )
    work.session.flush()


def find_session(reader: Reader, token_hash: str) -> StoredSession | None:
    """The session of this token and its account, whether it still holds or not."""
    query = (
        select(AccountSessionRow, AccountRow)
        .join(AccountRow, AccountRow.id == AccountSessionRow.account_id)
        .where(AccountSessionRow.token_hash == token_hash)
    )
    found = reader.session.execute(query).one_or_none()
    if found is None:
        return None
    row, account = found
    return _stored(row, account_of(account))


def find_session_and_rules(
    reader: Reader, token_hash: str, setting: str, mark: str
) -> tuple[StoredSession, str, str] | None:
    """The session of this token, an office setting and a mark (empty where not set), in one question."""
    asked = {"token_hash": token_hash, "setting": setting, "mark": mark}
    found = reader.session.execute(_SESSION_AND_RULES, asked).one_or_none()
    if found is None:
        return None
    row, account, setting_now, mark_now = found
    return _stored(row, account_of(account)), setting_now or "", mark_now or ""


def sessions_of(reader: Reader, account: Account) -> list[tuple[OpenSession, StoredSession]]:
    """The sessions of an account that nobody ended, newest first; some may have run out of time."""
    query = (
        select(AccountSessionRow)
        .where(
            AccountSessionRow.account_id == account.account_id,
            AccountSessionRow.auth_epoch == account.auth_epoch,
            AccountSessionRow.ended_at.is_(None),
        )
        .order_by(AccountSessionRow.begun_at.desc())
    )
    return [(_open(row), _stored(row, account)) for row in reader.session.scalars(query)]


def end_other_sessions(work: UnitOfWork, account: Account, token_hash: str) -> int:
    """End all sessions of an account but the one with this token; how many there were."""
    query = update(AccountSessionRow).where(
        AccountSessionRow.account_id == account.account_id,
        AccountSessionRow.token_hash != token_hash,
        AccountSessionRow.ended_at.is_(None),
    )
    result = work.session.execute(query.values(ended_at=work.now).returning(AccountSessionRow.token_hash))
    return len(result.all())


def end_all_sessions(work: UnitOfWork) -> None:
    """End every session and make every ticket void: the database was brought back from a copy."""
    open_ones = update(AccountSessionRow).where(AccountSessionRow.ended_at.is_(None))
    work.session.execute(open_ones.values(ended_at=work.now))
    work.session.execute(delete(ClaimTicketRow))


def keep_session(work: UnitOfWork, token_hash: str, auth_epoch: int) -> None:
    """Carry a session over into the account's new epoch: its own password change does not end it."""
    query = update(AccountSessionRow).where(AccountSessionRow.token_hash == token_hash)
    work.session.execute(query.values(auth_epoch=auth_epoch))


def admit_session(work: UnitOfWork, token_hash: str) -> None:
    """The one-time code was right: the session need not wait any longer."""
    query = update(AccountSessionRow).where(AccountSessionRow.token_hash == token_hash)
    work.session.execute(query.values(awaits_code=False))


def touch_session(work: UnitOfWork, token_hash: str) -> None:
    """Note that the person is still there."""
    query = update(AccountSessionRow).where(AccountSessionRow.token_hash == token_hash)
    work.session.execute(query.values(seen_at=work.now))


def end_session(work: UnitOfWork, token_hash: str) -> None:
    """End a session for good."""
    query = update(AccountSessionRow).where(
        AccountSessionRow.token_hash == token_hash, AccountSessionRow.ended_at.is_(None)
    )
    work.session.execute(query.values(ended_at=work.now))


def _open(row: AccountSessionRow) -> OpenSession:
    return OpenSession(row.token_hash, row.begun_at, row.seen_at, row.address, row.agent)


def _stored(row: AccountSessionRow, account: Account) -> StoredSession:
    moments = (row.begun_at, row.seen_at, row.ended_at)
    return StoredSession(account, row.auth_epoch, *moments, row.awaits_code, row.by_sign_on)
