"""The figures for a monitor: what they say, and that strangers do not read them."""

import re
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from core.errors import Fault, StoreError
from core.services.measuring import measure
from core.store.engine import Store
from core.web.headers import MIDDLEWARE
from core.web.metrics import metrics_routes
from tests.asgi import Answer, ask

TOKEN = "a-token-of-the-monitor"


def app_of(store: Store, token: str = "") -> Starlette:
    return Starlette(routes=metrics_routes(lambda: store, lambda: token), middleware=MIDDLEWARE)


def read(app: Starlette, client: str = "127.0.0.1", **headers: str) -> Answer:
    return ask(app, "GET", "/metrics", headers, client=client)


def test_the_figures_are_those_of_the_database(town: Store) -> None:
    said = read(app_of(town)).body.decode()
    figures = measure(town, now=datetime.now(UTC))
    assert f"anze_records {float(figures.records)}" in said
    assert f"anze_newest_change {float(figures.newest_change)}" in said
    assert "anze_database_up 1.0" in said
    assert re.search(r"process_resident_memory_bytes [1-9]|anze_open_tabs", said)


def test_requests_are_counted_by_outcome(town: Store) -> None:
    app = app_of(town)
    counted = r'anze_http_requests_total\{method="GET",status="404"\} (\d+)'
    ask(app, "GET", "/nothing")
    before = int(re.findall(counted, read(app).body.decode())[0])
    ask(app, "GET", "/nothing")
    ask(app, "GET", "/nothing")
    assert int(re.findall(counted, read(app).body.decode())[0]) == before + 2


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("10.0.0.7", {}),
        ("::ffff:10.0.0.7", {}),
        ("testclient", {}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.7"}),
        ("10.0.0.7", {"Authorization": "Bearer "}),
    ],
)
def test_a_stranger_reads_nothing(town: Store, client: str, headers: dict[str, str]) -> None:
    answer = read(app_of(town), client, **headers)
    assert answer.status == 403
    assert b"anze_" not in answer.body


@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
def test_this_machine_reads_them(town: Store, client: str) -> None:
    assert read(app_of(town), client).status == 200


def test_with_a_token_the_token_alone_decides(town: Store) -> None:
    app = app_of(town, TOKEN)
    assert read(app, "10.0.0.7", Authorization=f"Bearer {TOKEN}").status == 200
    for said in ("", TOKEN, f"Bearer {TOKEN}x", "Bearer 令牌".encode().decode("latin-1")):
        assert read(app, "127.0.0.1", Authorization=said).status == 403


def test_a_database_that_is_away_is_a_figure_too() -> None:
    def away() -> Store:
        raise StoreError(Fault.AWAY)

    app = Starlette(routes=metrics_routes(away, str), middleware=MIDDLEWARE)
    answer = read(app)
    assert answer.status == 200
    assert b"anze_database_up 0.0" in answer.body
    assert b"anze_records" not in answer.body
