"""Attempts to sign in, one-time tickets and sessions; secrets come in already hashed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from core.store.account_rows import AccountRow, AccountSessionRow, ClaimTicketRow, SignInAttemptRow
from core.store.accounts import Account, account_of
from core.store.unit_of_work import Reader, UnitOfWork

PENDING, FAILED, REFUSED, ACCEPTED, UNLOCKED = "pending", "failed", "refused", "accepted", "unlocked"
"""What came of an attempt; a refused one met a lock and does not prolong it."""


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


def newest_attempts(reader: Reader, username: str, before: int, limit: int) -> list[Attempt]:
    """The newest attempts before the one with this id, newest first, refused ones left out."""
    query = (
        select(SignInAttemptRow.at, SignInAttemptRow.outcome)
        .where(
            SignInAttemptRow.username == username,
            SignInAttemptRow.id < before,
            SignInAttemptRow.outcome != REFUSED,
        )
        .order_by(SignInAttemptRow.id.desc())
        .limit(limit)
    )
    return [Attempt(*row) for row in reader.session.execute(query)]


def keep_ticket(work: UnitOfWork, ticket_hash: str, account: Account, expires_at: datetime) -> None:
    """Keep a ticket for an account until a naive UTC moment, and drop those that nobody came for."""
    work.session.execute(delete(ClaimTicketRow).where(ClaimTicketRow.expires_at < work.now))
    work.session.add(
        ClaimTicketRow(
            ticket_hash=ticket_hash,
            account_id=account.account_id,
            auth_epoch=account.auth_epoch,
            expires_at=expires_at,
        )
    )
    work.session.flush()


def take_ticket(work: UnitOfWork, ticket_hash: str) -> Account | None:
    """Take a ticket, which can be done once; the account it was for, where both still hold."""
    query = (
        delete(ClaimTicketRow)
        .where(ClaimTicketRow.ticket_hash == ticket_hash)
        .returning(ClaimTicketRow.account_id, ClaimTicketRow.auth_epoch, ClaimTicketRow.expires_at)
    )
    taken = work.session.execute(query).one_or_none()
    row = work.session.get(AccountRow, taken.account_id) if taken else None
    if taken is None or row is None or taken.expires_at < work.now:
        return None
    return account_of(row) if row.active and row.auth_epoch == taken.auth_epoch else None


def begin_session(work: UnitOfWork, token_hash: str, account: Account, address: str) -> None:
    """Begin a session."""
    work.session.add(
        AccountSessionRow(
            token_hash=token_hash,
            account_id=account.account_id,
            auth_epoch=account.auth_epoch,
            begun_at=work.now,
            seen_at=work.now,
            address=address,
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
    return StoredSession(account_of(account), row.auth_epoch, row.begun_at, row.seen_at, row.ended_at)


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
