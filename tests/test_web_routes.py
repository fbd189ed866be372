"""The routes beside Streamlit: the cookie they set, what they refuse, health, and their headers."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware

from core.errors import ConfigurationError
from core.services import signing_in
from core.services.signing_in import COOKIE
from core.store.engine import Store
from core.web.headers import HEADERS, START_PAGE_SCRIPT, SecurityHeaders
from core.web.routes import routes
from tests.account_examples import PASSWORD, add_clerk, furnish, signed_in, try_password
from tests.asgi import Answer, ask

OWN = {"X-Anze": "1"}


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    return store


@pytest.fixture
def app(store: Store) -> Starlette:
    return Starlette(routes=routes(lambda: store), middleware=[Middleware(SecurityHeaders)])


def ticket_of(store: Store) -> bytes:
    ticket = try_password(store, PASSWORD, datetime.now(UTC))
    assert ticket
    return ticket.encode()


def claim(app: Any, ticket: bytes, **headers: str) -> Answer:
    return ask(app, "POST", "/session/claim", OWN | headers, ticket)


def test_a_ticket_buys_a_cookie_that_scripts_cannot_read(app: Starlette, store: Store) -> None:
    answer = claim(app, ticket_of(store))
    cookie = answer.header("set-cookie")
    assert answer.status == 204
    assert answer.header("cache-control") == "no-store"
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    token = cookie.split("=", 1)[1].split(";")[0]
    assert signing_in.who_is(store, token, now=datetime.now(UTC))


@pytest.mark.parametrize(("spoken", "secure"), [("https", True), ("https, http", True), ("http", False)])
def test_the_cookie_is_secure_behind_https(
    app: Starlette, store: Store, spoken: str, *, secure: bool
) -> None:
    answer = claim(app, ticket_of(store), **{"X-Forwarded-Proto": spoken})
    assert ("Secure" in answer.header("set-cookie")) == secure


def test_a_ticket_that_was_used_buys_nothing(app: Starlette, store: Store) -> None:
    ticket = ticket_of(store)
    claim(app, ticket)
    again = claim(app, ticket)
    assert (again.status, again.header("set-cookie")) == (403, "")


@pytest.mark.parametrize("ticket", [b"", b"guess", b"\xff\xfe", b"x" * 100_000])
def test_a_made_up_ticket_buys_nothing(app: Starlette, ticket: bytes) -> None:
    answer = claim(app, ticket)
    assert (answer.status, answer.header("set-cookie")) == (403, "")


def test_a_form_of_another_site_cannot_claim(app: Starlette, store: Store) -> None:
    ticket = ticket_of(store)
    assert ask(app, "POST", "/session/claim", {}, ticket).status == 403
    assert claim(app, ticket).status == 204


def test_nothing_is_claimed_by_following_a_link(app: Starlette) -> None:
    assert ask(app, "GET", "/session/claim").status == 405
    assert ask(app, "GET", "/session/end").status == 405


def test_the_cookie_of_an_ended_session_is_taken_away_and_a_living_one_stays(
    app: Starlette, store: Store
) -> None:
    token = signed_in(store, datetime.now(UTC))
    living = ask(app, "POST", "/session/end", {"Cookie": f"{COOKIE}={token}"})
    assert (living.status, living.header("set-cookie")) == (204, "")
    signing_in.sign_out(store, token, now=datetime.now(UTC))
    ended = ask(app, "POST", "/session/end", {"Cookie": f"{COOKIE}={token}"})
    assert "Max-Age=0" in ended.header("set-cookie")


def test_health_is_ok_while_the_database_answers(app: Starlette) -> None:
    answer = ask(app, "GET", "/healthz")
    assert (answer.status, answer.body) == (200, b"ok")


def test_health_is_unavailable_when_it_does_not(store: Store, tmp_path: Path) -> None:
    store.close()
    for path in tmp_path.iterdir():
        path.unlink()
    assert ask(Starlette(routes=routes(lambda: store)), "GET", "/healthz").status == 503


def test_health_is_unavailable_when_the_database_cannot_be_opened() -> None:
    def refuse() -> Store:
        raise ConfigurationError("无法打开数据库")

    assert ask(Starlette(routes=routes(refuse)), "GET", "/healthz").status == 503


@pytest.mark.parametrize("path", ["/healthz", "/nothing"])
def test_every_answer_bears_the_security_headers(app: Starlette, path: str) -> None:
    answer = ask(app, "GET", path)
    assert {name: answer.header(name.lower()) for name in HEADERS} == HEADERS


def test_no_script_may_be_written_into_a_page_nor_evaluated() -> None:
    scripts = re.search(r"script-src ([^;]+)", HEADERS["Content-Security-Policy"])
    assert scripts
    assert "unsafe" not in scripts[1]


def test_the_one_script_in_the_start_page_of_this_streamlit_is_the_one_we_know() -> None:
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    assert digests == [START_PAGE_SCRIPT.removeprefix("sha256-")]
