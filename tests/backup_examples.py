"""Two databases of one kind, one to copy and one to bring the copy back to."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from core.cli.commands import status_line
from core.domain.attachments import Owner, OwnerKind
from core.services.attaching import add_attachment
from core.services.judging import Question
from core.services.scoreboard import cells_for
from core.store.engine import Store, open_store
from tests.city_examples import NOW, OFFICE, TODAY, take_in
from tests.hazard_examples import picture

NewUrl = Callable[[], str]


@contextmanager
def postgresql_databases(server: str) -> Iterator[NewUrl]:
    """Makes empty databases on a server: the programs that copy them see whole databases, not our schemas."""
    names: list[str] = []
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)

    def make() -> str:
        names.append(f"b_{uuid.uuid4().hex[:12]}")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'create database "{names[-1]}"'.encode())
        return make_url(server).set(database=names[-1]).render_as_string(hide_password=False)

    yield make
    with psycopg.connect(plain, autocommit=True) as connection:
        for name in names:
            connection.execute(f'drop database "{name}" with (force)'.encode())


def lived_in(url: str) -> Store:
    """The small city with a photograph on its first record."""
    store = open_store(url)
    take_in(store)
    add_attachment(store, OFFICE, Owner(OwnerKind.RECORD, "1"), picture(1), now=NOW)
    return store


def status_of(store: Store) -> list[tuple[object, ...]]:
    """Every cell as the command line prints it."""
    return [status_line(cell) for cell in cells_for(store, OFFICE, Question(2025, TODAY))]


def has_postgresql_programs() -> bool:
    """Tell whether a copy of a PostgreSQL database can be made here."""
    return bool(shutil.which("pg_dump") or list(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))
