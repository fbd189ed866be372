"""How long a start takes, until the server answers and until it has drawn its first page, the login.

    python tests/benchmarks/start.py --repeat 5
    python tests/benchmarks/start.py --database sqlite:////srv/anze/anze.db

The server is started as the README says, on a database that is filled already: the demonstration's, or the
one that is named (it must have been opened by this version). `answers` is `/healthz`; pages are loaded beside
its first answers, so a page that is asked for at once waits a little longer. Seconds, and the processor's.
"""

import argparse
import asyncio
import os
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from load import Told, joined
from stage import cpu_seconds

from core.services.founding import found
from core.store.engine import open_store
from tests.browser.conftest import Server, running_server


def main() -> None:
    """Start it again and again, and tell."""
    asked = _arguments()
    print(f"{os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        url = asked.database or _demonstration(folder)
        starts = [_start(folder, url) for _ in range(asked.repeat)]
    for place, what in enumerate(("answers", "first page", "processor")):
        times = [start[place] for start in starts]
        print(f"{what:>10} {median(times):5.2f} s  ({min(times):.2f} to {max(times):.2f})")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long a start takes.")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--database", help="URL of a filled database; else a demonstration in SQLite")
    return parser.parse_args()


def _demonstration(folder: Path) -> str:
    url = f"sqlite:///{(folder / 'anze.db').as_posix()}"
    with closing(open_store(url)) as store:
        found(store, empty=False, now=datetime.now(UTC))
    return url


def _start(folder: Path, url: str) -> tuple[float, float, float]:
    began = perf_counter()
    with running_server(folder, DATABASE_URL=url) as server:
        answered = perf_counter() - began
        asyncio.run(_first_page(server))
        drawn = perf_counter() - began
        used = cpu_seconds(server.process.pid) if server.process else None
    return answered, drawn, used or 0.0


async def _first_page(server: Server) -> None:
    person = await joined(server, "", Told())
    await person.ask("first page", "overview")
    await person.socket.close()


if __name__ == "__main__":
    main()
