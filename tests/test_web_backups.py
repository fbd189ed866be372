"""Taking a copy away over HTTP: administrators only, from the folder only, and written down."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from core.auth import Role
from core.services.backing_up import make_backup
from core.services.signing_in import COOKIE
from core.store.engine import Store
from core.web.backups import backup_routes
from core.web.headers import MIDDLEWARE
from tests.account_examples import ADMIN, add_clerk, furnish, journal, signed_in
from tests.asgi import Answer, ask


@pytest.fixture
def store(lite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = furnish(lite_store, monkeypatch)
    add_clerk(store)
    add_clerk(store, "keeper", Role.ADMIN, "")
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    (tmp_path / "secret.db").write_bytes(b"secret")
    return tmp_path / "backups"


def take(store: Store, folder: Path, name: str, username: str = "keeper", **headers: str) -> Answer:
    app = Starlette(routes=backup_routes(lambda: store, lambda: folder), middleware=MIDDLEWARE)
    cookie = {"Cookie": f"{COOKIE}={signed_in(store, datetime.now(UTC), username)}"} if username else {}
    return ask(app, "GET", f"/backup/{name}", cookie | headers)


def test_an_administrator_takes_the_very_file_and_the_journal_knows(store: Store, folder: Path) -> None:
    made = make_backup(store, ADMIN, folder, now=datetime.now(UTC))
    answer = take(store, folder, made.name)
    assert (answer.status, answer.body) == (200, made.path.read_bytes())
    assert answer.header("content-disposition") == f'attachment; filename="{made.name}"'
    assert answer.header("cache-control") == "no-store"
    assert journal(store)[-1] == ("keeper", "backup.taken", made.name)


def test_nobody_else_takes_it(store: Store, folder: Path) -> None:
    made = make_backup(store, ADMIN, folder, now=datetime.now(UTC))
    assert take(store, folder, made.name, "").status == 401
    assert take(store, folder, made.name, "clerk").status == 404
    for led in ("cross-site", "same-site"):
        assert take(store, folder, made.name, **{"Sec-Fetch-Site": led}).status == 403
    assert "backup.taken" not in {action for _, action, _ in journal(store)}


@pytest.mark.parametrize("name", ["secret.db", "..%2Fsecret.db", "../secret.db", "anze-20250101-000000.db"])
def test_nothing_but_copies_in_the_folder_is_given_out(store: Store, folder: Path, name: str) -> None:
    answer = take(store, folder, name)
    assert answer.status == 404
    assert b"secret" not in answer.body
