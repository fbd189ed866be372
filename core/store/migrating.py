"""Bring a database to the newest form; safe when several processes and threads start at once."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from core.errors import ConfigurationError

_LOG = logging.getLogger(__name__)
_LOCK = threading.Lock()
"""Alembic keeps its context in a module global: two threads migrating at once would trip over each other."""
_MIGRATION_LOCK = 250_104


def migrate(engine: Engine) -> None:
    """Run every migration that the database has not seen, all or nothing.

    Raises:
        ConfigurationError: the database was made by a newer program.
    """
    with engine.connect() as connection:
        if _revision(connection) == newest_revision():
            return
    with _LOCK, _only_process(engine) as connection:
        _upgrade(connection)


def newest_revision() -> str:
    """The name of the newest migration this program knows."""
    return str(_scripts().get_current_head())


def knows(revision: str) -> bool:
    """Tell whether a database of this revision is of this program or an earlier one."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    current = _revision(connection)
    if current == newest_revision():
        return
    if current and not knows(current):
        raise ConfigurationError("数据库由更新版本的程序建立，请先升级程序再打开；数据没有改动。")
    config = _config()
    config.attributes["connection"] = connection
    _LOG.info("migrating from %s to %s", current, newest_revision())
    try:
        command.upgrade(config, "head")
    except Exception as error:
        # Whatever a step stumbled over, the transaction around all of them takes everything back.
        _LOG.exception("a migration failed")
        raise ConfigurationError(
            "数据库升级没有完成，已全部撤回，数据没有改动。"
            "请检查磁盘空间和权限后重试；仍不成功请装回原来版本的程序，并联系开发人员。"
        ) from error


@contextmanager
def _only_process(engine: Engine) -> Iterator[Connection]:
    """A transaction that only one process can hold: SQLite's write lock, PostgreSQL's advisory lock."""
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
