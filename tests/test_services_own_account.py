"""One's own account: the password that must be changed, sessions, one-time codes; and what guessing costs."""

from datetime import datetime, timedelta
from itertools import pairwise

import pyotp
import pytest

from core.auth import Role
from core.errors import ConflictError, ForbiddenError, InputError
from core.services import accounts, own_account, policies, signing_in
from core.services.guessing import place_of, wait_after
from core.services.signing_in import SignedIn
from core.store.engine import Store
from core.store.journal import DEMONSTRATION, set_mark
from tests.account_examples import (
    ADMIN,
    NOON,
    PASSWORD,
    add_clerk,
    furnish,
    journal,
    later,
    settle_password,
    signed_in,
    try_password,
)

NEW = "another good password"


@pytest.fixture
def store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(store, monkeypatch)
    add_clerk(store)
    return store


def arriving(store: Store, token: str, now: datetime = NOON) -> SignedIn:
    person = signing_in.who_arrives(store, token, now=now)
    assert person
    return person


def change(store: Store, token: str, new: str, old: str = PASSWORD, now: datetime = NOON) -> None:
    own_account.change_own_password(store, arriving(store, token, now), old, new, address="10.0.0.7", now=now)


def test_the_first_sign_in_does_nothing_but_change_the_password(store: Store) -> None:
    add_clerk(store, "fresh", fresh=True)
    token = signed_in(store, username="fresh")
    assert arriving(store, token).must_change_password
    assert signing_in.who_is(store, token, now=NOON) is None
    change(store, token, NEW)
    person = signing_in.who_is(store, token, now=NOON)
    assert person
    assert person.actor.username == "fresh"
    assert journal(store)[-1] == ("fresh", "account.own_password", "fresh")


def test_changing_the_password_ends_every_other_session_and_keeps_this_one(store: Store) -> None:
    token, other = signed_in(store), signed_in(store)
    change(store, token, NEW)
    assert signing_in.who_is(store, token, now=NOON)
    assert signing_in.who_arrives(store, other, now=NOON) is None
    assert try_password(store, PASSWORD, NOON) is None
    assert try_password(store, NEW, NOON)


def test_a_password_is_asked_for_again_after_ninety_days(store: Store) -> None:
    change(store, signed_in(store), NEW)
    day = later(days=90)
    assert try_password(store, NEW, day)
    ticket = try_password(store, NEW, day)
    claimed = signing_in.claim(store, ticket or "", address="", now=day)
    assert claimed
    assert arriving(store, claimed.token, day).must_change_password
    assert signing_in.who_is(store, claimed.token, now=day) is None
    policies.set_policy(store, ADMIN, {"days": 0}, now=day)
    assert signing_in.who_is(store, claimed.token, now=day)


def test_no_password_grows_too_old_in_a_demonstration_or_on_a_wall(store: Store) -> None:
    add_clerk(store, "screen", Role.SCREEN, "")
    change(store, signed_in(store, username="screen"), NEW)
    token = signed_in(store)
    change(store, token, NEW)
    with store.unit_of_work("测试", NOON) as work:
        set_mark(work, DEMONSTRATION, "1")
        work.commit()
    now = later(hours=1)
    policies.set_policy(store, ADMIN, {"days": 1}, now=now)
    day = later(days=2)
    ticket = try_password(store, NEW, day)
    claimed = signing_in.claim(store, ticket or "", address="", now=day)
    assert claimed
    assert signing_in.who_is(store, claimed.token, now=day)


def test_the_last_five_passwords_do_not_come_back(store: Store) -> None:
    token, known = signed_in(store), [PASSWORD, *(f"a good passphrase no {n}" for n in range(5))]
    for old, new in pairwise(known):
        change(store, token, new, old)
    for again in known[1:]:
        with pytest.raises(InputError, match="最近5次"):
            change(store, token, again, known[-1])
    change(store, token, PASSWORD, known[-1])


@pytest.mark.parametrize(
    ("new", "said"),
    [("Short-1", "至少10"), ("onlysmalls", "3类"), ("Clerk-2025x", "用户名"), ("Password2025!", "常见")],
)
def test_a_weak_password_is_refused_and_the_old_one_stays(store: Store, new: str, said: str) -> None:
    token = signed_in(store)
    with pytest.raises(InputError, match=said):
        change(store, token, new)
    assert try_password(store, PASSWORD, NOON)


def test_a_wrong_old_password_is_refused_counted_and_locks(store: Store) -> None:
    token = signed_in(store)
    for _ in range(5):
        with pytest.raises(InputError, match="原密码"):
            change(store, token, NEW, "wrong")
    with pytest.raises(ForbiddenError):
        change(store, token, NEW)
    assert try_password(store, PASSWORD, NOON) is None
    assert journal(store)[-2][1] == "session.refused"


def test_the_own_sessions_are_listed_and_the_others_can_be_ended(store: Store) -> None:
    tokens = [signed_in(store) for _ in range(3)]
    person = arriving(store, tokens[0])
    add_clerk(store, "stranger")
    stranger = signed_in(store, username="stranger")
    found = own_account.own_sessions(store, person, now=NOON)
    assert len(found) == 3
    assert person.key in {each.key for each in found}
    assert own_account.end_other_sessions(store, person, now=NOON) == 2
    assert [signing_in.who_is(store, each, now=NOON) is not None for each in tokens] == [True, False, False]
    assert signing_in.who_is(store, stranger, now=NOON)
    assert [each.key for each in own_account.own_sessions(store, person, now=NOON)] == [person.key]


def second_factor(store: Store, now: datetime = NOON) -> str:
    """An administrator who uses one-time codes; the secret."""
    add_clerk(store, "chief", Role.ADMIN, "")
    secret = own_account.new_secret()
    person = arriving(store, signed_in(store, now, "chief"), now)
    own_account.begin_codes(store, person, secret, pyotp.TOTP(secret).at(now), now=now)
    return secret


def test_a_session_that_waits_for_its_code_is_nobody_until_it_is_shown(store: Store) -> None:
    secret, now = second_factor(store), later(minutes=1)
    token = signed_in(store, now, "chief")
    waiting = arriving(store, token, now)
    assert waiting.must_show_code
    assert signing_in.who_is(store, token, now=now) is None
    for step in (
        lambda: change(store, token, NEW, now=now),
        lambda: own_account.end_other_sessions(store, waiting, now=now),
        lambda: own_account.begin_codes(store, waiting, secret, "", now=now),
    ):
        with pytest.raises(ForbiddenError):
            step()
    own_account.show_code(store, waiting, pyotp.TOTP(secret).at(now), address="", now=now)
    assert signing_in.who_is(store, token, now=now)


def test_a_code_is_good_once_and_for_one_step_around_its_time(store: Store) -> None:
    secret, now = second_factor(store), later(minutes=5)
    first, second = (arriving(store, signed_in(store, now, "chief"), now) for _ in range(2))
    code = pyotp.TOTP(secret).at(now)
    own_account.show_code(store, first, code, address="", now=now)
    for wrong in (code, pyotp.TOTP(secret).at(now + timedelta(minutes=2)), "", "abcdef", "１２３"):
        with pytest.raises(InputError):
            own_account.show_code(store, second, wrong, address="", now=now)


def test_wrong_codes_lock_however_often_the_password_is_right(store: Store) -> None:
    second_factor(store)
    now = later(minutes=5)
    for _ in range(5):
        person = arriving(store, signed_in(store, now, "chief"), now)
        with pytest.raises(InputError):
            own_account.show_code(store, person, "000000", address="", now=now)
    assert try_password(store, PASSWORD, now, "chief") is None


def test_codes_are_for_administrators_and_the_office_and_an_administrator_can_drop_them(store: Store) -> None:
    secret = own_account.new_secret()
    person = arriving(store, signed_in(store))
    with pytest.raises(ForbiddenError):
        own_account.begin_codes(store, person, secret, pyotp.TOTP(secret).at(NOON), now=NOON)
    second_factor(store)
    accounts.drop_second_factor(store, ADMIN, "chief", now=NOON)
    with pytest.raises(ConflictError):
        accounts.drop_second_factor(store, ADMIN, "chief", now=NOON)
    assert signing_in.who_is(store, signed_in(store, NOON, "chief"), now=NOON)


def test_an_address_that_keeps_failing_is_slowed_down_whatever_names_it_tries(store: Store) -> None:
    for n in range(10):
        assert try_password(store, "wrong", NOON, f"nobody{n}") is None
    assert try_password(store, PASSWORD, NOON) is None
    assert try_password(store, PASSWORD, later(seconds=1))
    assert signing_in.sign_in(store, "clerk", PASSWORD, address="10.0.0.8", now=NOON)


def test_waiting_doubles_up_to_five_minutes_and_ends_with_the_quarter_of_an_hour(store: Store) -> None:
    rules = policies.policy_now(store)
    assert [wait_after(n, rules).total_seconds() for n in (0, 9, 10, 11, 14, 30)] == [0, 0, 1, 2, 16, 300]
    for n in range(30):
        try_password(store, "wrong", later(seconds=n), f"nobody{n}")
    assert try_password(store, PASSWORD, later(minutes=16))


def test_one_ipv6_network_counts_as_one_address() -> None:
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff:1") != place_of("2001:db8:1::1")
    assert place_of("10.0.0.7") == "10.0.0.7"
    assert place_of("nonsense" * 100) == ("nonsense" * 100)[:64]


def test_a_hash_of_another_cost_is_made_anew_at_the_next_sign_in(store: Store) -> None:
    from core.services import passwords  # noqa: PLC0415

    with store.unit_of_work("测试", NOON) as work:
        set_mark(work, "hash_cost", "5")
        work.commit()
    assert try_password(store, PASSWORD, NOON)
    with store.reading() as reader:
        from core.store.accounts import password_hash_of  # noqa: PLC0415

        assert passwords.cost_in(password_hash_of(reader, "clerk")) == 5
    assert try_password(store, PASSWORD, NOON)
    settle_password(store, "clerk")
