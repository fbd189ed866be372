"""Databases for the tests: every test of the store runs on a real SQLite file and on a real PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from core.config import LOCAL_ZONE
from core.services.founding import found
from core.store.engine import Store, open_store
from tests.city_examples import take_in
from tests.postgres import find_binaries, running_server

# How long an example takes says more of the machine than of the law.
settings.register_profile("anze", deadline=None)
settings.load_profile("anze")

FOUNDED_AT = datetime(2026, 1, 20, 9, 0, tzinfo=LOCAL_ZONE)
"""After the last entry of the demonstration."""


def missing(what: str) -> NoReturn:
    """Skip a test for what the machine lacks; where CI is set, fail it."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {what}", pytrace=False)
    pytest.skip(f"this machine has no {what}")


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path.as_posix()}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the run; starting one takes 1.4 seconds."""
    binaries = find_binaries()
    if binaries is None:
        missing("PostgreSQL (set PG_BIN to the folder of initdb)")
    with running_server(binaries) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty schema of its own; a database of its own would take 25 times as long."""
    schema = f"t_{uuid.uuid4().hex}"
    plain = make_url(postgres_server).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'create schema "{schema}"'.encode())
        yield f"{postgres_server}&options=-csearch_path%3D{schema}"
        connection.execute(f'drop schema "{schema}" cascade'.encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of either kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "anze.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty, migrated database, of either kind."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def lite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty, migrated SQLite database, for what does not depend on the kind."""
    opened = open_store(sqlite_url(tmp_path / "anze.db"))
    yield opened
    opened.close()


@pytest.fixture
def city(store: Store) -> Store:
    """The small city, in either kind of database."""
    take_in(store)
    return store


@pytest.fixture
def town(lite_store: Store) -> Store:
    """The same city in SQLite, where only a service's own rules are asked."""
    take_in(lite_store)
    return lite_store


@pytest.fixture(scope="session")
def demonstration_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the demonstration city, to be copied."""
    path = tmp_path_factory.mktemp("demonstration") / "anze.db"
    template = open_store(sqlite_url(path))
    found(template, empty=False, now=FOUNDED_AT)
    template.close()  # the last connection to go takes the write-ahead log into the file
    return path


@pytest.fixture
def demonstration_url(demonstration_template: Path, tmp_path: Path) -> str:
    """The URL of a demonstration city of one's own, in SQLite."""
    path = tmp_path / "demonstration.db"
    shutil.copyfile(demonstration_template, path)
    return sqlite_url(path)


@pytest.fixture
def demonstration(demonstration_url: str) -> Iterator[Store]:
    """A demonstration city of one's own, in SQLite."""
    opened = open_store(demonstration_url)
    yield opened
    opened.close()
