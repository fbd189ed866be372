"""Signing in and out: tickets, sessions, locks, and that one answer covers every failure."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.auth import Role
from core.services import accounts, signing_in
from core.services.scoreboard import news_now
from core.services.signing_in import SignedIn
from core.store.engine import Store, open_store
from tests.account_examples import (
    ADMIN,
    NOON,
    PASSWORD,
    add_clerk,
    full_width,
    furnish,
    journal,
    later,
    signed_in,
    try_password,
)


@pytest.fixture
def store(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(store, monkeypatch)
    add_clerk(store)
    return store


def who(store: Store, token: str, *, touch: bool = False, **time: float) -> SignedIn | None:
    return signing_in.who_is(store, token, now=later(**time), touch=touch)


def fail(store: Store, times: int, **time: float) -> None:
    for _ in range(times):
        assert try_password(store, "wrong", later(**time)) is None


def test_a_right_password_leads_to_a_session_of_that_account(store: Store) -> None:
    person = who(store, signed_in(store))
    assert person
    assert (person.actor.username, person.actor.role, person.actor.unit) == ("clerk", Role.COMMITTEE, "C06")


def test_the_user_name_is_found_whatever_its_case_and_width(store: Store) -> None:
    assert try_password(store, PASSWORD, NOON, f" {full_width('CLERK')} ")


@pytest.mark.parametrize("token", ["", "guess", "\ud800", "x" * 10_000])
def test_a_made_up_token_is_nobody(store: Store, token: str) -> None:
    assert who(store, token) is None


def test_neither_tokens_nor_tickets_nor_passwords_lie_in_the_database(
    lite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    ticket = try_password(store, PASSWORD, NOON)
    token = signed_in(store)
    store.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert ticket
    for secret in (ticket, token, PASSWORD):
        assert secret.encode() not in content


def test_a_ticket_is_good_once(store: Store) -> None:
    ticket = try_password(store, PASSWORD, NOON)
    assert ticket
    assert signing_in.claim(store, ticket, address="", now=NOON)
    assert signing_in.claim(store, ticket, address="", now=NOON) is None


def test_a_ticket_is_good_for_half_a_minute(store: Store) -> None:
    ticket = try_password(store, PASSWORD, NOON)
    assert ticket
    assert signing_in.claim(store, ticket, address="", now=later(seconds=31)) is None


def test_a_ticket_dies_with_the_password_it_was_earned_with(store: Store) -> None:
    ticket = try_password(store, PASSWORD, NOON)
    assert ticket
    accounts.set_password(store, ADMIN, "clerk", "another good password", now=NOON)
    assert signing_in.claim(store, ticket, address="", now=NOON) is None


def test_a_session_ends_after_half_an_hour_without_a_sign_of_life(store: Store) -> None:
    token = signed_in(store)
    assert who(store, token, minutes=29)
    assert who(store, token, minutes=31) is None


def test_what_a_person_does_keeps_the_session_alive_and_a_timer_does_not(store: Store) -> None:
    token = signed_in(store)
    assert who(store, token, touch=True, minutes=20)
    assert who(store, token, minutes=45)
    assert who(store, token, minutes=51) is None


def test_a_session_is_touched_at_most_once_a_minute(store: Store) -> None:
    token = signed_in(store)
    assert who(store, token, touch=True, seconds=59)
    assert who(store, token, minutes=30) is None


def test_no_session_outlives_twelve_hours(store: Store) -> None:
    token = signed_in(store)
    for minutes in range(20, 720, 20):
        assert who(store, token, touch=True, minutes=minutes)
    assert who(store, token, minutes=720) is None


def test_a_screen_needs_no_sign_of_life_for_four_hundred_days(store: Store) -> None:
    add_clerk(store, "screen", Role.SCREEN, "")
    token = signed_in(store, username="screen")
    assert who(store, token, days=399)
    assert who(store, token, days=400) is None


def test_signing_out_ends_the_session_for_whoever_has_its_token(store: Store) -> None:
    token, other = signed_in(store), signed_in(store)
    signing_in.sign_out(store, token, now=NOON)
    assert who(store, token) is None
    assert who(store, other)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: accounts.disable(store, ADMIN, "clerk", now=NOON),
        lambda store: accounts.set_password(store, ADMIN, "clerk", "another good password", now=NOON),
        lambda store: accounts.move(store, ADMIN, "clerk", Role.LEADER, "", now=NOON),
    ],
    ids=["disabled", "password", "role"],
)
def test_a_change_of_the_account_ends_its_sessions_at_once(
    store: Store, change: Callable[[Store], None]
) -> None:
    token = signed_in(store)
    change(store)
    assert who(store, token) is None


def test_enabling_again_does_not_bring_old_sessions_back(store: Store) -> None:
    token = signed_in(store)
    accounts.disable(store, ADMIN, "clerk", now=NOON)
    assert try_password(store, PASSWORD, NOON) is None
    accounts.enable(store, ADMIN, "clerk", now=NOON)
    assert who(store, token) is None
    assert try_password(store, PASSWORD, NOON)


def test_another_process_knows_the_session_and_its_end(store: Store, database_url: str) -> None:
    token = signed_in(store)
    with closing(open_store(database_url)) as other:
        assert who(other, token)
        signing_in.sign_out(other, token, now=NOON)
    assert who(store, token) is None


def test_five_failures_lock_for_a_quarter_of_an_hour(store: Store) -> None:
    fail(store, 5)
    assert try_password(store, PASSWORD, later(minutes=14, seconds=59)) is None
    assert try_password(store, PASSWORD, later(minutes=15))


def test_four_failures_lock_nobody_and_success_starts_the_count_anew(store: Store) -> None:
    fail(store, 4)
    assert try_password(store, PASSWORD, NOON)
    fail(store, 4)
    assert try_password(store, PASSWORD, NOON)


def test_failures_spread_over_more_than_a_quarter_of_an_hour_lock_nobody(store: Store) -> None:
    for minute in (0, 4, 8, 12, 16):
        fail(store, 1, minutes=minute)
    assert try_password(store, PASSWORD, later(minutes=16))


def test_knocking_at_a_lock_does_not_prolong_it(store: Store) -> None:
    fail(store, 5)
    fail(store, 3, minutes=10)
    assert try_password(store, PASSWORD, later(minutes=15))


def test_a_lock_holds_in_other_processes(store: Store, database_url: str) -> None:
    fail(store, 5)
    with closing(open_store(database_url)) as other:
        assert try_password(other, PASSWORD, NOON) is None


def test_tries_that_are_still_being_checked_count_as_failures(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def try_again_meanwhile(password: str, _hash: str, _cost: int) -> bool:
        nonlocal looked_at
        looked_at += 1
        if looked_at < 7:
            try_password(store, "guess", NOON)
        return password == PASSWORD

    monkeypatch.setattr(signing_in, "matches", try_again_meanwhile)
    assert try_password(store, PASSWORD, NOON)
    outcomes = [action for _, action, _ in journal(store) if action.startswith("session.")]
    assert outcomes.count("session.refused") == 2


def test_an_unlocked_account_may_try_at_once(store: Store) -> None:
    fail(store, 5)
    accounts.unlock(store, ADMIN, "clerk", now=NOON)
    assert try_password(store, PASSWORD, NOON)


def test_one_account_does_not_lock_another(store: Store) -> None:
    add_clerk(store, "other")
    fail(store, 5)
    assert try_password(store, PASSWORD, NOON, "other")


def test_an_unknown_user_costs_a_comparison_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(signing_in, "matches", lambda *pair: bool(compared.append(pair)))
    for username in ("clerk", "nobody", ""):
        assert try_password(store, "wrong", NOON, username) is None
    assert len(compared) == 3


def test_everything_is_in_the_journal_and_a_mistyped_name_is_not(store: Store) -> None:
    try_password(store, "wrong", NOON)
    try_password(store, "wrong", NOON, "my-secret-password")
    signing_in.sign_out(store, signed_in(store), now=NOON)
    assert journal(store)[-5:] == [
        ("未登录", "session.failed", "clerk"),
        ("未登录", "session.failed", "没有这个用户名"),
        ("clerk", "session.accepted", "clerk"),
        ("clerk", "session.began", "clerk"),
        ("clerk", "session.ended", "clerk"),
    ]


def test_a_sign_in_is_no_news_for_the_boards(store: Store) -> None:
    before = news_now(store)
    signed_in(store)
    accounts.disable(store, ADMIN, "clerk", now=NOON)
    assert news_now(store) == before


def test_waiting_longer_than_a_session_lives_needs_no_clean_up(store: Store) -> None:
    token = signed_in(store)
    assert who(store, token, days=400) is None
    signing_in.sign_out(store, token, now=NOON + timedelta(days=400))
