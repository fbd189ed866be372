"""Open a database, bring it to the newest form, and hand out readers and units of work."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from core.config import utc_moment
from core.errors import ConfigurationError
from core.store.failures import translated
from core.store.finishing import Underway
from core.store.migrating import migrate
from core.store.turns import Line
from core.store.unit_of_work import Reader, UnitOfWork, newest_change

WRITES = "writes"
_WRITER_LOCK = 250_103
_BUSY_MILLISECONDS = 30_000
_AGAIN_SECONDS = 0.02
_PATIENCE = {"connect_timeout": "5", "keepalives_idle": "10", "tcp_user_timeout": "10000"}
"""A PostgreSQL whose machine is gone does not even refuse: give up after seconds instead of minutes."""


class Store:
    """One database; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine; use `open_store` to get one that is migrated."""
        self._engine = engine
        self._reading = _snapshots(engine)
        self._writing = engine.execution_options(**{WRITES: True})
        self.whereabouts: Callable[[], str] = str
        """Where whoever asks sits, for the journal; the edge of the program knows how to find out."""
        self.turns = 0
        """Grows with every unit of work that ends here: what was read before the last is not the latest."""
        self._mine = threading.local()
        self._underway = Underway()
        self._line = Line()

    @property
    def url(self) -> str:
        """The database's address, its password hidden."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def engine(self) -> Engine:
        """The engine below; for this package."""
        return self._engine

    @contextmanager
    def reading(self, known_at: datetime | None = None) -> Iterator[Reader]:
        """Read one consistent state, of now or as it was known at a moment; nothing can be written.

        Raises:
            StoreError: the database does not answer, or its file is damaged.
        """
        with translated(), Session(self._reading, autoflush=False) as session:
            reader = Reader(session)
            if known_at is not None:
                reader.known = newest_change(reader, utc_moment(known_at))
            yield reader
            session.rollback()

    @contextmanager
    def unit_of_work(self, person: str, now: datetime) -> Iterator[UnitOfWork]:
        """Write in one transaction, one writer at a time; nothing is kept unless `commit()` was called.

        Raises:
            StoreError: the database does not answer, or cannot keep anything.
        """
        with (
            translated(),
            self._underway.one_more(),
            self._holding_back(),
            self._line.turn(),
            Session(self._writing, expire_on_commit=False) as session,
        ):
            if self._engine.dialect.name == "postgresql":
                session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _WRITER_LOCK})
            try:
                yield UnitOfWork(session, person, now, self.whereabouts())
            finally:
                self.turns += 1
            session.rollback()

    def afterwards(self, step: Callable[[], None]) -> None:
        """Take a step that writes by itself: at once, or when this thread's unit of work is over.

        Begun inside of one it would wait for the writer's place that this very thread holds.
        """
        waiting: list[Callable[[], None]] | None = getattr(self._mine, "waiting", None)
        if waiting is None:
            step()
        else:
            waiting.append(step)

    @contextmanager
    def _holding_back(self) -> Iterator[None]:
        if getattr(self._mine, "waiting", None) is not None:
            yield
            return
        waiting: list[Callable[[], None]] = []
        self._mine.waiting = waiting
        try:
            yield
        finally:
            self._mine.waiting = None
            for step in waiting:
                step()

    def finish(self, seconds: float) -> bool:
        """Let what is being saved be saved, for so long at most; whether all of it is."""
        return self._underway.wait(seconds)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """Open the database at a SQLAlchemy URL and migrate it.

    Raises:
        ConfigurationError: an address that is none, a database that cannot be reached or is newer.
    """
    engine = _engine(url)
    try:
        migrate(engine)
    except ConfigurationError:
        engine.dispose()
        raise
    except (OperationalError, DatabaseError, OSError) as error:
        engine.dispose()
        raise ConfigurationError(
            f"无法打开数据库 {engine.url.render_as_string(hide_password=True)}："
            "请检查地址、权限和磁盘空间后重试。"
        ) from error
    return Store(engine)


def _snapshots(engine: Engine) -> Engine:
    """Hold one state throughout a read: SQLite does so by itself, PostgreSQL must be asked to."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(url)
        patience = {name: value for name, value in _PATIENCE.items() if name not in parsed.query}
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            hide_parameters=True,
            connect_args=patience,
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigurationError(
            "DATABASE_URL 不是可用的数据库地址，请写成 sqlite:///data/anze.db "
            "或 postgresql+psycopg://用户:密码@主机/库名 的形式。"
        ) from error


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=10, max_overflow=50, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """Take transactions into our own hands, since the driver would begin them too late."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have writes go ahead of the file; of several that would do so first, SQLite turns all but one away."""
    deadline = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    """Writers queue at the start: one that reads first and writes later would be turned away at once."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
