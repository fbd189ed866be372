"""Copy a PostgreSQL database out while others write, and bring a copy back, by its own programs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine, create_engine, inspect, text

from core.errors import BackupError
from core.store.migrating import knows

_MAGIC = b"PGDMP"
_SUFFIX = ".exe" if os.name == "nt" else ""
_TAIL = 300
Connecting = tuple[str, Mapping[str, str]]


def looks_right(path: Path) -> bool:
    """Tell whether a file begins as pg_dump's files do."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def write(engine: Engine, target: Path) -> None:
    """Dump our schema as it is at this moment, and have the dump's list read back.

    Raises:
        BackupError: the programs are not there, or refuse.
    """
    with engine.connect() as connection:
        schema = str(connection.scalar(text("select current_schema()")))
    address, environment = _connecting(engine.url)
    dump = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}", f"--file={target}"]
    _run([_program("pg_dump"), *dump, f"--dbname={address}"], environment)
    _listed(target)


def bring_back(url: URL, source: Path, *, replace: bool) -> None:
    """Put a dump into the database's schema, all or nothing.

    Raises:
        BackupError: the dump is damaged, the database holds data and `replace` is not said, somebody is
            connected to it, or the programs refuse.
    """
    listed = _listed(source)
    _refuse_newer(source)
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            _refuse_company(connection.scalar(text(_OTHERS)) or 0)
            if not replace and _holds_data(engine):
                raise BackupError("数据库里已有数据，没有恢复。确要用备份替换它，请加上 --replace。")
            clearing = _clearing(engine)
    finally:
        engine.dispose()
    _play(url, source, listed, clearing)


_OTHERS = """select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and usename is not null"""


def _refuse_company(others: int) -> None:
    if others:
        raise BackupError("数据库正在使用，请先停止安责看板（以及其他连着它的程序），再恢复。")


def _play(url: URL, source: Path, listed: str, clearing: str) -> None:
    """Run the dump's script after what clears the way, in one transaction.

    The script is written whole before any of it is run: half of one would be kept as if it were all.
    """
    address, environment = _connecting(url)
    with tempfile.TemporaryDirectory(dir=source.parent, prefix=".restore-") as folder:
        wanted, first, script = (Path(folder) / name for name in ("list", "clearing.sql", "script.sql"))
        wanted.write_text(listed, encoding="utf-8")
        first.write_text(clearing, encoding="utf-8")
        reading = ["--no-owner", "--no-privileges", f"--use-list={wanted}", f"--file={script}", str(source)]
        _run([_program("pg_restore"), *reading], environment)
        psql = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
        _run(
            [_program("psql"), *psql, f"--file={first}", f"--file={script}", f"--dbname={address}"],
            environment,
        )


def _listed(source: Path) -> str:
    """What is in a dump, but for the schema itself, which is there already."""
    lines = _run([_program("pg_restore"), "--list", str(source)], {}).decode("utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if " SCHEMA - " not in line)


def _refuse_newer(source: Path) -> None:
    told = _run(
        [_program("pg_restore"), "--data-only", "--table=alembic_version", "--file=-", str(source)], {}
    )
    lines = told.decode("utf-8").splitlines()
    place = next((number for number, line in enumerate(lines) if line.startswith("COPY ")), None)
    if place is None:
        raise BackupError(f"“{source}”不是安责看板的备份。")
    if not knows(lines[place + 1].strip()):
        raise BackupError("备份由更新版本的程序制作，请先升级程序再恢复；数据没有改动。")


def _holds_data(engine: Engine) -> bool:
    names = inspect(engine).get_table_names()
    versions = [name for name in names if name.endswith("_version") and name != "alembic_version"]
    with engine.connect() as connection:
        found = (connection.scalar(text(f'select 1 from "{name}" limit 1')) for name in versions)  # noqa: S608
        if any(found):
            return True
        accounts = "select count(*) from account" if "account" in names else "select 0"
        return int(connection.scalar(text(accounts)) or 0) > 1


def _clearing(engine: Engine) -> str:
    """What takes away all that is in our schema, to be run before a dump is played."""
    with engine.connect() as connection:
        schema = str(connection.scalar(text("select current_schema()")))
        functions = connection.scalars(text(_FUNCTIONS), {"schema": schema}).all()
    quoted = engine.dialect.identifier_preparer.quote(schema)
    tables = inspect(engine).get_table_names()
    drops = [f'drop table if exists {quoted}."{name}" cascade;' for name in tables]
    drops += [f"drop function if exists {name} cascade;" for name in functions]
    return "".join(f"{drop}\n" for drop in drops)


_FUNCTIONS = """select p.oid::regprocedure::text from pg_proc p
join pg_namespace n on n.oid = p.pronamespace where n.nspname = :schema
and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""


def _connecting(url: URL) -> Connecting:
    """How the programs reach the database; the password goes where no other user of the machine looks."""
    plain = url.translate_connect_args(username="user", database="dbname") | dict(url.query)
    password = str(plain.pop("password", "") or "")
    return make_conninfo("", **plain), {"PGPASSWORD": password} if password else {}


def _program(name: str) -> str:
    """Where a program is: PG_BIN, the PATH, Debian's folders."""
    places = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    found = shutil.which(name)
    places += [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_by_length, reverse=True)
    at = next((place for place in places if (place / f"{name}{_SUFFIX}").is_file()), None)
    if at is None:
        raise BackupError(
            f"找不到 {name}。请安装 PostgreSQL 的客户端程序，或用环境变量 PG_BIN 指明它所在的文件夹。"
        )
    return str(at / f"{name}{_SUFFIX}")


def _by_length(path: Path) -> tuple[int, str]:
    """Version 15 comes after version 9."""
    return len(str(path)), str(path)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> bytes:
    done = _finished(command, {**os.environ, "PGCONNECT_TIMEOUT": "5", **environment})
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-_TAIL:]
        name = Path(command[0]).stem
        raise BackupError(f"{name} 没有完成，数据没有改动。它说：{said or '（无说明）'}")
    return done.stdout


def _finished(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - programs found above, arguments never reach a shell
            command, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise BackupError(f"无法运行 {Path(command[0]).stem}。") from error
