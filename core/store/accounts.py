"""Accounts: who may sign in, as what, and with which password hash."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.store.account_rows import AccountRow, PasswordPastRow
from core.store.unit_of_work import Reader, UnitOfWork


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it stands; moments are naive UTC."""

    account_id: int
    username: str
    name: str
    role: str
    unit: str
    active: bool
    auth_epoch: int
    must_change_password: bool
    password_set_at: datetime
    second_factor: bool = False
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What makes an account, but for its password."""

    username: str
    name: str
    role: str
    unit: str = ""


def find_account(reader: Reader, username: str) -> Account | None:
    """The account of this user name, active or not."""
    row = _row(reader, username)
    return account_of(row) if row else None


def find_by_external_id(reader: Reader, external_id: str) -> Account | None:
    """The account that the identity provider knows by this name."""
    row = reader.session.scalars(
        select(AccountRow).where(AccountRow.external_id == external_id)
    ).one_or_none()
    return account_of(row) if row else None


def list_accounts(reader: Reader) -> list[Account]:
    """All accounts by user name."""
    rows = reader.session.scalars(select(AccountRow).order_by(AccountRow.username))
    return [account_of(row) for row in rows]


def password_hash_of(reader: Reader, username: str) -> str:
    """The password's hash; empty where there is no such account."""
    row = _row(reader, username)
    return row.password_hash if row else ""


def add_account(work: UnitOfWork, account: NewAccount, password_hash: str, *, must_change: bool) -> None:
    """Make an account; the user name must be free."""
    work.session.add(
        AccountRow(
            username=account.username,
            name=account.name,
            role=account.role,
            unit=account.unit,
            password_hash=password_hash,
            active=True,
            auth_epoch=0,
            must_change_password=must_change,
            created_at=work.now,
            password_set_at=work.now,
        )
    )
    work.session.flush()


def set_password(work: UnitOfWork, username: str, password_hash: str, *, must_change: bool) -> None:
    """Give an account another password and end its sessions."""
    row = _present(work, username)
    past = PasswordPastRow(account_id=row.id, password_hash=row.password_hash, set_at=row.password_set_at)
    work.session.add(past)
    row.password_hash = password_hash
    row.password_set_at = work.now
    row.must_change_password = must_change
    row.auth_epoch += 1
    work.session.flush()


def replace_hash(work: UnitOfWork, username: str, password_hash: str) -> None:
    """Hash the same password anew; nothing ends."""
    _present(work, username).password_hash = password_hash
    work.session.flush()


def last_hashes(reader: Reader, username: str, number: int) -> list[str]:
    """The hashes of the account's newest passwords, the present one first."""
    row = _row(reader, username)
    if row is None:
        return []
    query = select(PasswordPastRow.password_hash).where(PasswordPastRow.account_id == row.id)
    past = reader.session.scalars(query.order_by(PasswordPastRow.id.desc()).limit(number))
    return [row.password_hash, *past][:number]


def second_factor_of(reader: Reader, username: str) -> tuple[str, int]:
    """The secret of the account's one-time codes (empty: none) and the last time step it was used in."""
    row = _row(reader, username)
    return (row.totp_secret, row.totp_step) if row else ("", 0)


def set_second_factor(work: UnitOfWork, username: str, secret: str, step: int) -> None:
    """Keep, change or (empty) drop the secret of the account's one-time codes, and the last used step."""
    row = _present(work, username)
    row.totp_secret, row.totp_step = secret, step
    work.session.flush()


def set_external_id(work: UnitOfWork, username: str, external_id: str) -> None:
    """Say by what name the identity provider knows the account; empty: by none. Its sessions end."""
    row = _present(work, username)
    row.external_id = external_id or None
    row.auth_epoch += 1
    work.session.flush()


def set_active(work: UnitOfWork, username: str, *, active: bool) -> None:
    """Let an account in or shut it out, and end its sessions."""
    row = _present(work, username)
    row.active = active
    row.auth_epoch += 1
    work.session.flush()


def set_place(work: UnitOfWork, username: str, role: str, unit: str) -> None:
    """Give an account another role or unit and end its sessions."""
    row = _present(work, username)
    row.role, row.unit = role, unit
    row.auth_epoch += 1
    work.session.flush()


def account_of(row: AccountRow) -> Account:
    """Take a row out of the store's hands; for this package."""
    return Account(
        row.id,
        row.username,
        row.name,
        row.role,
        row.unit,
        row.active,
        row.auth_epoch,
        row.must_change_password,
        row.password_set_at,
        bool(row.totp_secret),
        row.external_id or "",
    )


def _row(reader: Reader, username: str) -> AccountRow | None:
    return reader.session.scalars(select(AccountRow).where(AccountRow.username == username)).one_or_none()


def _present(work: UnitOfWork, username: str) -> AccountRow:
    return work.session.scalars(select(AccountRow).where(AccountRow.username == username)).one()


def names_of_accounts(reader: Reader) -> dict[str, str]:
    """Each user name with the person's name, to sign what somebody entered."""
    rows = reader.session.execute(select(AccountRow.username, AccountRow.name))
    return {username: name for username, name in rows}  # noqa: C416 - a row is no pair to a type checker
