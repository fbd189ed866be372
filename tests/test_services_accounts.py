"""Accounts: who may make and change them, what is refused, what is written down."""

from collections.abc import Callable

import pytest

from core.auth import Actor, Role
from core.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from core.services import accounts, passwords
from core.store.accounts import NewAccount
from core.store.engine import Store
from tests.account_examples import (
    ADMIN,
    NOON,
    PASSWORD,
    add_clerk,
    full_width,
    furnish,
    journal,
    try_password,
)

NEW = "another good password"


@pytest.fixture
def store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    return furnish(store, monkeypatch)


def test_a_new_account_is_listed_and_written_down_and_must_change_its_password(store: Store) -> None:
    add_clerk(store, fresh=True)
    clerk = next(a for a in accounts.list_accounts(store, ADMIN) if a.username == "clerk")
    assert (clerk.role, clerk.unit, clerk.active, clerk.must_change_password) == (
        "committee", "C06", True, True,
    )  # fmt: skip
    assert journal(store)[-1] == ("admin", "account.added", "clerk")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_an_administrator_touches_accounts(store: Store, role: Role) -> None:
    actor = Actor("somebody", "某人", role, "C06")
    attempts: list[Callable[[], object]] = [
        lambda: accounts.add_account(store, actor, NewAccount("x1", "甲", Role.LEADER), PASSWORD, now=NOON),
        lambda: accounts.list_accounts(store, actor),
        lambda: accounts.disable(store, actor, "admin", now=NOON),
        lambda: accounts.enable(store, actor, "admin", now=NOON),
        lambda: accounts.set_password(store, actor, "admin", NEW, now=NOON),
        lambda: accounts.move(store, actor, "admin", Role.LEADER, "", now=NOON),
        lambda: accounts.unlock(store, actor, "admin", now=NOON),
    ]
    before = journal(store)
    for attempt in attempts:
        with pytest.raises(ForbiddenError):
            attempt()
    assert journal(store) == before


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (NewAccount("a", "甲", Role.LEADER), "用户名"),
        (NewAccount("two words", "甲", Role.LEADER), "用户名"),
        (NewAccount("<b>bold</b>", "甲", Role.LEADER), "用户名"),
        (NewAccount("x" * 33, "甲", Role.LEADER), "用户名"),
        (NewAccount("fine", " ", Role.LEADER), "姓名"),
        (NewAccount("fine", "甲" * 51, Role.LEADER), "姓名"),
        (NewAccount("fine", "甲", "king"), "角色"),
        (NewAccount("fine", "甲", Role.COMMITTEE), "单位"),
        (NewAccount("fine", "甲", Role.COMMITTEE, "L02"), "单位"),
        (NewAccount("fine", "甲", Role.LEADER, "X99"), "单位"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_field(
    store: Store, account: NewAccount, field: str
) -> None:
    with pytest.raises(InputError) as refusal:
        accounts.add_account(store, ADMIN, account, PASSWORD, now=NOON)
    assert refusal.value.field == field


def test_a_chinese_user_name_is_fine_and_case_and_width_do_not_make_another(store: Store) -> None:
    add_clerk(store, "张三")
    add_clerk(store, "Li.Si")
    with pytest.raises(ConflictError):
        add_clerk(store, full_width("LI") + ".si")


@pytest.mark.parametrize("password", ["short", "clerk12345", "aaaaaaaaaaaa", ""])
def test_an_easily_guessed_password_is_refused(store: Store, password: str) -> None:
    with pytest.raises(InputError):
        accounts.add_account(store, ADMIN, NewAccount("clerk", "甲", Role.LEADER), password, now=NOON)


def test_disabling_and_enabling_twice_is_written_down_once(store: Store) -> None:
    add_clerk(store)
    for _ in range(2):
        accounts.disable(store, ADMIN, "clerk", now=NOON)
    for _ in range(2):
        accounts.enable(store, ADMIN, "Clerk", now=NOON)
    assert [line[1] for line in journal(store)[-2:]] == ["account.disabled", "account.enabled"]


def test_the_last_administrator_stays(store: Store) -> None:
    with pytest.raises(ConflictError):
        accounts.disable(store, ADMIN, "admin", now=NOON)
    with pytest.raises(ConflictError):
        accounts.move(store, ADMIN, "admin", Role.LEADER, "", now=NOON)
    add_clerk(store, "second", Role.ADMIN, "")
    accounts.disable(store, ADMIN, "admin", now=NOON)


def test_a_new_password_replaces_the_old_one(store: Store) -> None:
    add_clerk(store)
    accounts.set_password(store, ADMIN, "clerk", NEW, now=NOON)
    assert try_password(store, PASSWORD, NOON) is None
    assert try_password(store, NEW, NOON)
    assert NEW not in repr(journal(store))


def test_an_account_can_be_given_another_role(store: Store) -> None:
    add_clerk(store)
    accounts.move(store, ADMIN, "clerk", "属地", "L02", now=NOON)
    clerk = next(a for a in accounts.list_accounts(store, ADMIN) if a.username == "clerk")
    assert (clerk.role, clerk.unit) == ("locality", "L02")
    assert accounts.workplace(store, Actor("clerk", "甲", Role.LOCALITY, "L02")) == "岱岳区"


def test_an_unknown_account_is_named(store: Store) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        accounts.unlock(store, ADMIN, "nobody", now=NOON)


def test_every_role_has_a_demonstration_account_and_random_passwords_differ() -> None:
    assert {account.role for account in accounts.DEMONSTRATION_ACCOUNTS} == set(Role)
    assert len({passwords.random_password() for _ in range(20)}) == 20


def test_a_long_password_counts_to_its_last_character() -> None:
    long = "安全生产责任制" * 30
    kept = passwords.hash_password(long + "甲")
    assert passwords.matches(long + "甲", kept)
    assert not passwords.matches(long + "乙", kept)
    assert not passwords.matches(long, kept)


def test_a_password_typed_with_other_code_points_is_the_same_text() -> None:
    kept = passwords.hash_password(full_width("password") + " é")
    assert passwords.matches("password e\u0301", kept)


def test_a_password_may_hold_a_nul_and_half_a_surrogate_pair() -> None:
    kept = passwords.hash_password("one\x00two\ud800")
    assert passwords.matches("one\x00two\ud800", kept)
    assert not passwords.matches("one", kept)


def test_the_hash_for_nobody_costs_as_much_as_a_real_one_and_never_matches() -> None:
    assert passwords.cost_in(passwords.nobody(9)) == 9
    assert not passwords.matches("anything", "")
