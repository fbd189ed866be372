"""The log: one JSON object a line, with request and person, and nothing in it that opens a door."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text as statement
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from core.errors import Fault, StoreError
from core.services import signing_in
from core.services.logbook import begin_log, without_secrets
from core.services.signing_in import COOKIE
from core.store.engine import Store
from core.web.headers import MIDDLEWARE
from tests.account_examples import add_clerk, furnish, signed_in
from tests.asgi import ask


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What this process logs from now on."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    begin_log(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    return store


def app_of(store: Store) -> Starlette:
    def greet(request: Request) -> Response:
        person = signing_in.who_is(store, request.cookies.get(COOKIE, ""), now=datetime.now(UTC))
        logging.getLogger("test").warning("第一行\n第二行 %s", bool(person))
        return PlainTextResponse("好")

    def away(_request: Request) -> Response:
        raise StoreError(Fault.AWAY)

    routes = [Route("/greet", greet), Route("/away", away), Route("/wall/{token}", greet)]
    return Starlette(routes=routes, middleware=MIDDLEWARE)


def test_a_request_is_one_line_with_its_number_its_person_and_no_token(
    store: Store, log: io.StringIO
) -> None:
    token = signed_in(store, datetime.now(UTC))
    answer = ask(app_of(store), "GET", "/greet", {"Cookie": f"{COOKIE}={token}"}, query="key=geheim")
    said, told = lines(log)
    assert said["message"] == "第一行\n第二行 True"
    assert said["request"] == told["request"] == answer.header("x-request-id") != ""
    assert said["person"] == told["person"] == "clerk"
    assert (told["method"], told["path"], told["status"]) == ("GET", "/greet", 200)
    assert token not in log.getvalue()
    assert "geheim" not in log.getvalue()


def test_a_link_to_the_wall_is_not_written_down(store: Store, log: io.StringIO) -> None:
    ask(app_of(store), "GET", "/wall/abcdefghijklmnop")
    assert "abcdefgh" not in log.getvalue()
    assert lines(log)[-1]["path"] == "/wall/…"


def test_a_database_that_is_away_is_told_in_a_sentence(store: Store, log: io.StringIO) -> None:
    answer = ask(app_of(store), "GET", "/away")
    assert (answer.status, answer.header("retry-after")) == (503, "5")
    assert "数据库暂时连不上" in answer.body.decode()
    assert answer.header("content-security-policy")
    assert lines(log)[-1]["status"] == 503


def test_an_error_stays_in_its_line(log: io.StringIO) -> None:
    try:
        int("x")
    except ValueError:
        logging.getLogger("test").exception("failed")
    (line,) = lines(log)
    assert "ValueError" in str(line["error"])


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql://anze:geheim@db/anze", "geheim"),
        ("Cookie: anze_session=abcDEF123_-; x=1", "abcDEF123_-"),
        ("Authorization: Bearer abcDEF123", "abcDEF123"),
        ("GET /calendar/abcDEF123.ics", "abcDEF123"),
    ],
)
def test_what_opens_a_door_is_blotted_out(text: str, secret: str) -> None:
    assert secret not in without_secrets(text)


def test_statements_are_logged_without_what_was_put_into_them(store: Store) -> None:

    with store.reading() as reader, pytest.raises(DBAPIError) as failed:
        reader.session.execute(statement("select * from nowhere where x = :x"), {"x": "geheim"})
    assert "geheim" not in str(failed.value)
