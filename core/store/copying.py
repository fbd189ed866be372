"""Copies of a whole database, made while others write, and brought back: a SQLite file or a dump."""

from pathlib import Path

from sqlalchemy import URL, make_url

from core.errors import BackupError
from core.store import copying_postgresql, copying_sqlite
from core.store.engine import Store
from core.store.failures import translated
from core.store.migrating import knows
from core.store.whole_files import placed

ENDINGS = {"sqlite": ".db", "postgresql": ".dump"}
_OTHER = {"sqlite": "PostgreSQL", "postgresql": "SQLite"}


def ending_of(store: Store) -> str:
    """How the file of a copy of this database ends."""
    return ENDINGS[store.engine.dialect.name]


def copy_out(store: Store, target: Path) -> None:
    """Write a consistent, checked copy of everything into a file; others go on working.

    The file is there whole or not at all; an earlier copy of the same name is replaced at the very end.

    Raises:
        BackupError: the file cannot be written, would overwrite something that is no copy, or is not whole.
        StoreError: the database does not answer.
    """
    url = store.engine.url
    _refuse_strange_target(url, target)
    with placed(target) as unfinished, translated():
        if store.engine.dialect.name == "sqlite":
            copying_sqlite.write(store.engine, unfinished)
            _refuse_newer(copying_sqlite.revision_in(unfinished))
        else:
            copying_postgresql.write(store.engine, unfinished)


def bring_back(url_text: str, source: Path, *, replace: bool, mark: str) -> Path | None:
    """Put a copy in the place of the database at an address; nobody else may use it meanwhile.

    Returns:
        Where the SQLite file that stood there lies now, `mark` in its name; None where there was nothing.

    Raises:
        BackupError: not a whole copy, one of another kind or a newer program, data that would be lost, or
            a database in use.
    """
    url = make_url(url_text)
    kind = url.get_backend_name()
    if not source.is_file():
        raise BackupError(f"找不到备份文件“{source}”。")
    if not _kind_matches(kind, source):
        raise BackupError(f"“{source}”不是{'SQLite' if kind == 'sqlite' else 'PostgreSQL'}数据库的备份文件。")
    with translated():
        if kind == "sqlite":
            _refuse_newer(copying_sqlite.revision_in(source))
            return copying_sqlite.bring_back(Path(url.database or ""), source, replace=replace, mark=mark)
        copying_postgresql.bring_back(url, source, replace=replace)
        return None


def _kind_matches(kind: str, source: Path) -> bool:
    looks = copying_sqlite.looks_right if kind == "sqlite" else copying_postgresql.looks_right
    return looks(source)


def _refuse_strange_target(url: URL, target: Path) -> None:
    """A slip of the finger must not overwrite the database itself, nor a letter."""
    if not target.exists():
        return
    database = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if database and database.exists() and target.samefile(database):
        raise BackupError("备份文件不能就是正在使用的数据库，请换一个文件名。")
    if not (copying_sqlite.looks_right(target) or copying_postgresql.looks_right(target)):
        raise BackupError(f"“{target}”已存在，且不是备份文件，请换一个文件名。")


def _refuse_newer(revision: str) -> None:
    if not knows(revision):
        raise BackupError("备份由更新版本的程序制作，请先升级程序再恢复；数据没有改动。")
