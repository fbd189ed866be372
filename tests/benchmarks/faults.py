"""Kill the server again and again while it saves, and count what was lost: nothing may be.

Run it from the project's folder: `python -m tests.benchmarks.faults --kills 200 --app 10`. Each database is a
new one in a temporary folder, begun anew every 25 kills; PostgreSQL is a real server started for this, with
its own safety on. `--app` kills the whole program as it is started by the readme, while it takes in drafts
over HTTP. It ends with 1 when anything was lost, doubled, half written or damaged.
"""

import argparse
import random
import secrets
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from json import dumps, loads
from pathlib import Path

import psycopg
from sqlalchemy import make_url, text

from core.services import signing_in
from core.services.verifying import verify
from core.store.engine import open_store
from tests.browser.conftest import running_server
from tests.city_examples import ADMIN, take_in
from tests.conftest import sqlite_url
from tests.crashing import Toll, kill_once
from tests.postgres import find_binaries, running_cluster

AFRESH_EVERY = 25
NewUrl = Callable[[], str]
Chance = random.Random


def main() -> int:
    """Kill as often as asked; 0 when nothing was lost."""
    asked = _asked()
    chance = Chance(asked.seed)
    clean = True
    for kind in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        with _databases(kind) as new_url:
            clean &= _report(f"{kind}：进程", _kill_writers(new_url, asked.kills, chance))
    if asked.app:
        clean &= _report("sqlite：整个程序", _kill_app(asked.app, chance))
    return 0 if clean else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills of a writing process, each database")
    parser.add_argument("--app", type=int, default=10, help="kills of the whole program")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=20250619)
    return parser.parse_args()


@contextmanager
def _databases(kind: str) -> Iterator[NewUrl]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        numbers = count(1)
        if kind == "sqlite":
            yield lambda: sqlite_url(folder / f"{next(numbers)}.db")
            return
        binaries = find_binaries()
        if binaries is None:
            raise SystemExit("no PostgreSQL on this machine")
        url = stack.enter_context(running_cluster(binaries, speed=("max_connections=50",))).url
        yield lambda: _new_database(url, f"faults_{next(numbers)}")


def _new_database(url: str, name: str) -> str:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _kill_writers(new_url: NewUrl, kills: int, chance: Chance) -> Toll:
    toll, url = Toll(), ""
    for number in range(kills):
        if number % AFRESH_EVERY == 0:
            url = new_url()
            with closing(open_store(url)) as store:
                take_in(store)
        kill_once(url, chance, toll)
    return toll


def _kill_app(kills: int, chance: Chance) -> Toll:
    toll = Toll()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(kills):
            _kill_app_once(Path(folder), chance, toll)
    return toll


def _kill_app_once(folder: Path, chance: Chance, toll: Toll) -> None:
    with running_server(folder) as server:
        cookie, told = _cookie(server.database_url), set[str]()
        threads = [
            threading.Thread(target=_put_for_ever, args=(server.url, cookie, told), daemon=True)
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.2, 3.0))
        if server.process:
            server.process.kill()
        for thread in threads:
            thread.join()
    toll.kills += 1
    toll.told |= told
    with closing(open_store(server.database_url)) as store:
        with store.reading() as reader:
            drafts = reader.session.execute(text("select form, step, content from draft")).all()
        for form, step, fields in drafts:
            toll.kept |= {f"{form} {number}" for number in range(1, step + 1)}
            toll.halved += [form] if loads(fields) != {"title": _title(step)} else []
        toll.lost += sorted(told - toll.kept)
        toll.damages += verify(store, ADMIN)


def _cookie(url: str) -> str:
    """Somebody who is signed in, as the login would have it."""
    now = datetime.now(UTC)
    with closing(open_store(url)) as store:
        password = "Anze-Demo-2025"
        ticket = signing_in.sign_in(store, "committee", password, address="127.0.0.1", now=now)
        claimed = signing_in.claim(store, ticket or "", address="127.0.0.1", now=now)
    return claimed.token if claimed else ""


def _put_for_ever(url: str, cookie: str, told: set[str]) -> None:
    """Send a draft, each time with a little more in it, until nobody answers; note what was acknowledged."""
    form = f"faults:{secrets.token_hex(8)}"
    for step in count(1):
        said = {"person": "committee", "form": form, "operation": form, "step": step}
        body = dumps(said | {"fields": {"title": _title(step)}}).encode()
        headers = {"X-Anze": "1", "Cookie": f"{signing_in.COOKIE}={cookie}"}
        asked = urllib.request.Request(f"{url}/draft", body, headers, method="PUT")  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - our own server
                if answer.status == 204:
                    told.add(f"{form} {step}")
        except (urllib.error.URLError, ConnectionError, TimeoutError, OSError):
            return


def _title(step: int) -> str:
    return f"{step} " * 500


def _report(what: str, toll: Toll) -> bool:
    print(
        f"{what}：强行终止 {toll.kills} 次，已确认 {len(toll.told)} 笔，丢失 {len(toll.lost)}，"
        f"重复 {len(toll.doubled)}，残缺 {len(toll.halved)}，核对发现 {len(toll.damages)} 处；"
        f"已保存未及确认 {len(toll.kept - toll.told)} 笔",
        flush=True,
    )
    for line in (*toll.lost, *toll.doubled, *toll.halved, *toll.damages)[:20]:
        print(f"  {line}")
    return toll.clean


if __name__ == "__main__":
    sys.exit(main())
