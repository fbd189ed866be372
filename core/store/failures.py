"""What goes wrong below the SQL, said as a sentence; the one place where errors of drivers are read."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)

from core.errors import Fault, StoreError

_LOG = logging.getLogger(__name__)
_TROUBLE: Final = (OperationalError, InterfaceError, InternalError)
_PRIMARY = 0xFF
"""SQLite's extended codes carry the plain code in their lowest byte."""
_SQLITE: Mapping[int, Fault] = {
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR: Fault.UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: Fault.AWAY,
}
_POSTGRESQL: Mapping[str, Fault] = {
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,
    "53300": Fault.BUSY,
    "55P03": Fault.BUSY,
    "40001": Fault.BUSY,
    "40P01": Fault.BUSY,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    "58030": Fault.UNREADABLE,
}
_AWAY_CLASSES = ("08", "57")
"""PostgreSQL's connection errors, and its being shut down or not yet up."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database or its disk refuses into a StoreError; a mistake of the program stays one."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        fault = fault_of(error)
        if fault is None:
            raise
        _LOG.error("database: %s (%s)", fault.value, type(error).__name__)
        raise StoreError(fault) from error


def fault_of(error: Exception) -> Fault | None:
    """What is wrong with the database; None where it is the question that was wrong."""
    if isinstance(error, PoolTimeoutError):
        return Fault.BUSY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY)
    if isinstance(error, _TROUBLE) or type(error) is DatabaseError:
        return _postgresql(getattr(cause, "sqlstate", None))
    return _POSTGRESQL.get(getattr(cause, "sqlstate", None) or "")


def _postgresql(state: str | None) -> Fault | None:
    """A driver that has no state to tell lost the line, or never had one."""
    if state is None or state[:2] in _AWAY_CLASSES:
        return Fault.AWAY
    return _POSTGRESQL.get(state)
