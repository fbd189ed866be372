"""Copy a SQLite database out while others write, and put a copy in its place when nobody does."""

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from core.errors import BackupError
from core.store.failures import fault_of
from core.store.whole_files import placed

_MAGIC = b"SQLite format 3\x00"
_ATTENDANTS = ("-wal", "-shm", "-journal")
_IN_USE = "数据库正在使用，请先停止安责看板（以及其他打开它的程序），再恢复。"


def looks_right(path: Path) -> bool:
    """Tell whether a file begins as SQLite's files do."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def write(engine: Engine, target: Path) -> None:
    """Write the state of this moment into a new file, and read all of it back.

    Raises:
        BackupError: what was written is not whole.
    """
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(target),)).close()
    except sqlite3.Error as error:
        _say_full(error)
        raise
    finally:
        raw.close()
    _refuse_damaged(target)


def revision_in(source: Path) -> str:
    """The form of the database in a file, which is read through on the way.

    Raises:
        BackupError: damaged, or no database of ours.
    """
    _refuse_damaged(source)
    with contextlib.closing(_opened(source)) as connection:
        try:
            found = connection.execute("select version_num from alembic_version").fetchone()
        except sqlite3.Error:
            found = None
    if found is None:
        raise BackupError(f"“{source}”不是安责看板的备份。")
    return str(found[0])


def bring_back(database: Path, source: Path, *, replace: bool, mark: str) -> Path | None:
    """Put a checked copy in the database's place; what stood there with data in it is set aside.

    Raises:
        BackupError: it holds data and `replace` is not said, or somebody uses it.
    """
    if database.exists() and source.samefile(database):
        raise BackupError("这就是正在使用的数据库，不能用它恢复它自己。")
    database.parent.mkdir(parents=True, exist_ok=True)
    aside: Path | None = None
    with placed(database) as unfinished:
        _copy(source, unfinished)
        if database.exists():
            aside = _clear(database, replace=replace, mark=mark)
    return aside


def _copy(source: Path, target: Path) -> None:
    with contextlib.closing(_opened(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.backup(new)
    _refuse_damaged(target)


def _clear(database: Path, *, replace: bool, mark: str) -> Path | None:
    """Take the old file out of the way; None where it held nothing worth keeping."""
    holds = _holds_data_alone(database)
    if holds and not replace:
        raise BackupError("数据库里已有数据，没有恢复。确要用备份替换它，请加上 --replace。")
    aside = database.with_name(f"{database.stem}-{mark}{database.suffix}")
    for ending in ("", *_ATTENDANTS):
        old = database.with_name(database.name + ending)
        if old.exists():
            old.replace(aside.with_name(aside.name + ending))
    if holds:
        return aside
    aside.unlink()
    return None


def _holds_data_alone(database: Path) -> bool:
    """Tell whether a file holds data; one that cannot be read may hold some.

    Raises:
        BackupError: somebody has it open. Only who is alone can take a file out of its write-ahead mode.
    """
    with contextlib.closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            return _holds_data(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise BackupError(_IN_USE) from error
            return True
        except sqlite3.DatabaseError:
            return True


def _holds_data(connection: sqlite3.Connection) -> bool:
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    versions = [name for name in tables if name.endswith("_version") and name != "alembic_version"]
    if any(connection.execute(f'select 1 from "{name}" limit 1').fetchone() for name in versions):  # noqa: S608
        return True
    accounts = "select count(*) from account" if "account" in tables else "select 0"
    return int(connection.execute(accounts).fetchone()[0]) > 1


def _refuse_damaged(path: Path) -> None:
    said = "不是数据库"
    with contextlib.closing(_opened(path)) as connection, contextlib.suppress(sqlite3.DatabaseError):
        said = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    if said != "ok":
        raise BackupError(f"备份文件“{path.name}”已损坏，不能使用。")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _say_full(error: sqlite3.Error) -> None:
    """The target's disk and the database's own report a want of room alike; here it is the target's."""
    if fault_of(error) is not None and error.sqlite_errorcode & 0xFF in {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }:
        raise BackupError(
            "无法写入备份文件，请检查文件夹是否存在、权限和磁盘空间；没有留下不完整的文件。"
        ) from error
