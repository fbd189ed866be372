"""ORM rows of accounts, sessions and sign-in; private to the package.

Accounts are changed in place: what they were is in the journal. Secrets that people or browsers hold
(passwords, session tokens, tickets) are kept only as hashes.
"""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from core.store.schema import Base


class AccountRow(Base):
    """One account; a higher `auth_epoch` ends every session that was begun under a lower one."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(100))
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    auth_epoch: Mapped[int] = mapped_column(Integer, server_default="0")
    must_change_password: Mapped[bool] = mapped_column(Boolean, server_default=false())
    created_at: Mapped[datetime]
    password_set_at: Mapped[datetime]
    totp_secret: Mapped[str] = mapped_column(String(64), server_default="")
    totp_step: Mapped[int] = mapped_column(Integer, server_default="0")
    external_id: Mapped[str | None] = mapped_column(String(200), unique=True, index=True)


class PasswordPastRow(Base):
    """The hash of a password that an account had, so that it does not come back too soon."""

    __tablename__ = "password_past"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(100))
    set_at: Mapped[datetime]


class AccountSessionRow(Base):
    """One signed-in browser, known by the SHA-256 of its token."""

    __tablename__ = "account_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    auth_epoch: Mapped[int] = mapped_column(Integer)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200), server_default="")
    awaits_code: Mapped[bool] = mapped_column(Boolean, server_default=false())
    by_sign_on: Mapped[bool] = mapped_column(Boolean, server_default=false())


class ClaimTicketRow(Base):
    """A one-time ticket between a right password and the cookie."""

    __tablename__ = "claim_ticket"

    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    auth_epoch: Mapped[int] = mapped_column(Integer)
    expires_at: Mapped[datetime]
    by_sign_on: Mapped[bool] = mapped_column(Boolean, server_default=false())


class SignInAttemptRow(Base):
    """One try at a password, kept for user names that exist and for those that do not alike."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(64), index=True)
