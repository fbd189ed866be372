"""The route for drafts: the cookie says whose it is, and nothing but the page's own script may send."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from core.auth import Actor, Role
from core.services.drafting import find_draft
from core.services.signing_in import COOKIE, sign_out
from core.store.engine import Store
from core.web.routes import routes
from tests.account_examples import add_clerk, furnish, signed_in
from tests.asgi import Answer, ask

CLERK = Actor("clerk", "孟庆林", Role.COMMITTEE, "C06")
FORM = "entry:C06:committee_meeting"
SENT = {"person": "clerk", "form": FORM, "operation": "a", "step": 1, "fields": {"title": "会议"}}


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    return store


@pytest.fixture
def token(store: Store) -> str:
    return signed_in(store, datetime.now(UTC))


def put(store: Store, token: str, sent: Any = SENT, **headers: str) -> Answer:
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    own = {"X-Anze": "1", "Cookie": f"{COOKIE}={token}"} | headers
    return ask(Starlette(routes=routes(lambda: store)), "PUT", "/draft", own, body)


def kept(store: Store) -> str:
    found = find_draft(store, CLERK, FORM)
    return found.fields["title"] if found else ""


def test_what_is_typed_is_kept_for_whoever_the_cookie_belongs_to(store: Store, token: str) -> None:
    assert put(store, token).status == 204
    assert kept(store) == "会议"


def test_a_stranger_and_an_ended_session_are_turned_away(store: Store, token: str) -> None:
    sign_out(store, token, now=datetime.now(UTC))
    assert put(store, token).status == 401
    assert put(store, "").status == 401
    assert kept(store) == ""


def test_what_somebody_else_typed_in_this_browser_is_not_kept_for_whoever_signed_in_since(
    store: Store, token: str
) -> None:
    assert put(store, token, SENT | {"person": "committee"}).status == 401
    assert kept(store) == ""


def test_a_page_of_another_origin_cannot_write_a_draft(store: Store, token: str) -> None:
    own = {"Cookie": f"{COOKIE}={token}"}
    answer = ask(Starlette(routes=routes(lambda: store)), "PUT", "/draft", own, json.dumps(SENT).encode())
    assert answer.status == 403
    assert kept(store) == ""


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        SENT | {"fields": ["x"]},
        SENT | {"fields": {"title": 1}},
        SENT | {"step": -1},
        SENT | {"step": "1"},
        SENT | {"form": None},
        b"x" * 900_000,
    ],
)
def test_what_is_no_draft_is_refused_and_changes_nothing(store: Store, token: str, sent: Any) -> None:
    assert put(store, token, sent).status == 400
    assert kept(store) == ""


def test_a_draft_too_long_to_keep_is_refused(store: Store, token: str) -> None:
    sent = SENT | {"fields": {"title": "a" * 120_000, "note": "b" * 120_000}}
    assert put(store, token, sent).status == 403
    assert kept(store) == ""
