"""Single sign-on: the provider's word is believed once, while fresh, for a bound account that is not shut."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.auth import KEEPER
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services import accounts
from core.services.signing_in import claim, sign_in, who_arrives, who_is
from core.services.signing_on import Identity, sign_on
from core.store.accounts import NewAccount
from core.store.engine import Store
from tests.city_examples import journal

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
PASSWORD = "Tai-Shan-2026-Red"
NAME = "zhao.min"


def said(seconds_ago: float = 5, name: str = NAME, nonce: str = "n1") -> Identity:
    return Identity("https://id.example", name, (NOW - timedelta(seconds=seconds_ago)).timestamp(), nonce)


@pytest.fixture
def office(lite_store: Store) -> Store:
    """A real database with one clerk, bound to the provider's name, who never changed the first password."""
    accounts.add_account(lite_store, KEEPER, NewAccount("zhao", "赵敏", "office"), PASSWORD, now=NOW)
    accounts.bind(lite_store, KEEPER, "zhao", NAME, now=NOW)
    return lite_store


def come_in(store: Store, identity: Identity) -> str:
    ticket = sign_on(store, identity, address="10.0.0.8", now=NOW)
    session = claim(store, ticket, address="10.0.0.8", now=NOW)
    assert session
    return session.token


def test_whom_the_provider_vouches_for_is_in_without_our_password(office: Store) -> None:
    person = who_is(office, come_in(office, said()), now=NOW)
    assert person
    assert person.actor.username == "zhao"
    assert [each.action for each in journal(office)[-2:]] == ["session.accepted", "session.began"]


def test_with_a_password_the_same_person_must_still_change_it(office: Store) -> None:
    ticket = sign_in(office, "zhao", PASSWORD, address="10.0.0.8", now=NOW)
    session = claim(office, ticket or "", address="10.0.0.8", now=NOW)
    assert session
    assert who_is(office, session.token, now=NOW) is None


def test_the_same_statement_is_believed_once(office: Store) -> None:
    come_in(office, said())
    with pytest.raises(ForbiddenError, match="已经过期"):
        sign_on(office, said(), address="", now=NOW)


@pytest.mark.parametrize("seconds_ago", [121, 3600, -61, 40 * 365 * 86400])
def test_an_old_statement_and_one_from_the_future_open_nothing(office: Store, seconds_ago: float) -> None:
    with pytest.raises(ForbiddenError, match="已经过期"):
        sign_on(office, said(seconds_ago), address="", now=NOW)


@pytest.mark.parametrize("moment", [1e300, -1e300, float("inf"), float("nan"), -1.0])
def test_a_moment_that_no_calendar_knows_opens_nothing(office: Store, moment: float) -> None:
    with pytest.raises(ForbiddenError, match="已经过期"):
        sign_on(office, replace(said(), issued_at=moment), address="", now=NOW)


@pytest.mark.parametrize("name", [NAME + "\x00", NAME + "\n", "x" * 100_000, "", NAME.upper()])
def test_a_name_that_no_account_can_have_opens_nothing_and_is_not_kept_whole(
    office: Store, name: str
) -> None:
    with pytest.raises(ForbiddenError, match="还没有绑定账号"):
        sign_on(office, said(name=name), address="", now=NOW)
    assert len(journal(office)[-1].detail) < 1_000


@pytest.mark.parametrize("seconds_ago", [120, 0, -60])
def test_a_statement_of_the_last_two_minutes_is_fresh(office: Store, seconds_ago: float) -> None:
    assert sign_on(office, said(seconds_ago), address="", now=NOW)


@pytest.mark.parametrize("name", ["wang.wei", "", "ZHAO.MIN"])
def test_an_identity_that_no_account_is_bound_to_is_told_what_to_do_and_written_down(
    office: Store, name: str
) -> None:
    with pytest.raises(ForbiddenError, match="还没有绑定账号"):
        sign_on(office, said(name=name), address="10.0.0.8", now=NOW)
    last = journal(office)[-1]
    assert (last.action, last.succeeded, last.address) == ("session.failed", False, "10.0.0.8")
    assert name in last.detail


def test_a_disabled_account_stays_out(office: Store) -> None:
    accounts.disable(office, KEEPER, "zhao", now=NOW)
    with pytest.raises(ForbiddenError, match="停用或已锁定"):
        sign_on(office, said(), address="", now=NOW)


def test_a_locked_account_stays_out_until_the_lock_is_over(office: Store) -> None:
    for _ in range(5):
        sign_in(office, "zhao", "wrong", address="10.0.0.9", now=NOW)
    with pytest.raises(ForbiddenError, match="停用或已锁定"):
        sign_on(office, said(), address="", now=NOW)
    accounts.unlock(office, KEEPER, "zhao", now=NOW)
    assert sign_on(office, said(nonce="n2"), address="", now=NOW)


def test_a_session_ends_when_the_binding_changes(office: Store) -> None:
    token = come_in(office, said())
    accounts.bind(office, KEEPER, "zhao", "", now=NOW)
    assert who_arrives(office, token, now=NOW) is None
    with pytest.raises(ForbiddenError):
        sign_on(office, said(nonce="n2"), address="", now=NOW)


def test_one_identity_belongs_to_one_account(office: Store) -> None:
    accounts.add_account(office, KEEPER, NewAccount("qian", "钱伟", "leader"), PASSWORD, now=NOW)
    with pytest.raises(ConflictError, match="已经绑定账号“zhao”"):
        accounts.bind(office, KEEPER, "qian", NAME, now=NOW)
    accounts.bind(office, KEEPER, "zhao", NAME, now=NOW)


@pytest.mark.parametrize("external_id", ["a" * 201, "a\nb", "a\x00"])
def test_an_identity_that_cannot_be_is_refused(office: Store, external_id: str) -> None:
    with pytest.raises(InputError, match="单点登录标识"):
        accounts.bind(office, KEEPER, "zhao", external_id, now=NOW)
    with pytest.raises(NotFoundError):
        accounts.bind(office, KEEPER, "nobody", "x", now=NOW)


def test_a_statement_is_known_by_all_that_it_says() -> None:
    one = said()
    others = [replace(one, issuer="x"), replace(one, name="x"), replace(one, issued_at=1.0)]
    others.append(replace(one, nonce="x"))
    assert len({each.operation for each in (one, *others)}) == 5
