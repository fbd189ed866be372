"""Accounts and moments that the tests of sign-in share."""

from datetime import UTC, datetime, timedelta

import pytest

from core.auth import Actor, Role
from core.domain.units import Unit, UnitKind
from core.services import accounts, passwords, signing_in
from core.store import accounts as kept
from core.store.accounts import NewAccount
from core.store.engine import Store
from core.store.journal import journal_page
from core.store.rolls import add_things

NOON = datetime(2025, 6, 19, 4, 0, tzinfo=UTC)
ADMIN = Actor("admin", "管理员", Role.ADMIN)
PASSWORD = "correct horse battery"
UNITS = (
    Unit("C06", UnitKind.COMMITTEE, "城镇燃气专委会"),
    Unit("L02", UnitKind.LOCALITY, "岱岳区"),
    Unit("D01", UnitKind.DEPARTMENT, "市应急局"),
)


def later(**time: float) -> datetime:
    """Noon and then some: `later(minutes=5)`."""
    return NOON + timedelta(**time)


def furnish(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Put three units and an administrator into an empty database; hashes are made cheap for the test."""
    monkeypatch.setattr(passwords, "COST", 4)
    with store.unit_of_work("测试", NOON) as work:
        add_things(work, work.change("found"), UNITS)
        accounts.add_first_administrator(work)
        work.commit()
    return store


def add_clerk(
    store: Store,
    username: str = "clerk",
    role: Role = Role.COMMITTEE,
    unit: str = "C06",
    *,
    fresh: bool = False,
) -> None:
    """Make an account with the known password; a `fresh` one must still change it."""
    accounts.add_account(store, ADMIN, NewAccount(username, "孟庆林", role, unit), PASSWORD, now=NOON)
    if not fresh:
        settle_password(store, username)


def settle_password(store: Store, username: str) -> None:
    """As if the person had changed the password, to the same; it is young on any day a test stands on."""
    name = signing_in.normal_username(username)
    with store.unit_of_work("测试", NOON.replace(year=2099)) as work:
        kept.set_password(work, name, kept.password_hash_of(work, name), must_change=False)
        work.commit()


def try_password(store: Store, password: str, now: datetime, username: str = "clerk") -> str | None:
    """Try to sign in; a ticket, or None."""
    return signing_in.sign_in(store, username, password, address="10.0.0.7", now=now)


def signed_in(store: Store, now: datetime = NOON, username: str = "clerk") -> str:
    """Sign in and claim; the session's token."""
    ticket = try_password(store, PASSWORD, now, username)
    assert ticket
    claimed = signing_in.claim(store, ticket, address="10.0.0.7", now=now)
    assert claimed
    return claimed.token


def journal(store: Store) -> list[tuple[str, str, str]]:
    """The journal as (person, action, subject), oldest first."""
    with store.reading() as reader:
        changes, _ = journal_page(reader, limit=500)
    return [(each.person, each.action, each.subject) for each in reversed(changes)]


def full_width(text: str) -> str:
    """The text as a Chinese input method in full-width mode types it; ASCII without blanks only."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)
