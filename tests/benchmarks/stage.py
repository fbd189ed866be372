"""What the benchmarks of living pages share: a server on a city of its own, browsers, a hand that enters."""

import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a file

from core.auth import Actor, Role
from core.domain.records import Record
from core.services.founding import found
from core.services.recording import enter_record
from core.store.engine import Store, open_store
from tests.browser.conftest import Server, running_server, sign_in

OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")
TODAY = date(2025, 6, 19)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ASKED_EVERY_SECONDS = 0.9
"""As live.js does."""
SIZE = {"width": 1920, "height": 1080}
WATCH = """() => {
  window.painted = []
  const paint = () => requestAnimationFrame(() => setTimeout(() => window.painted.push(Date.now())))
  const all = { subtree: true, childList: true, characterData: true }
  new MutationObserver(paint).observe(document.querySelector(SPOT), all)
}"""


@dataclass(frozen=True)
class Stage:
    """A running server, its database, and a browser."""

    server: Server
    store: Store
    browser: Browser
    process: int


@contextmanager
def stage() -> Iterator[Stage]:
    """Set everything up on a demonstration city of its own, and take it down."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as playwright:
        folder = Path(name)
        store = open_store(f"sqlite:///{(folder / 'anze.db').as_posix()}")
        found(store, empty=False, now=datetime.now(UTC))
        before = set(_children())
        with running_server(folder) as server:
            process = next(iter(set(_children()) - before), 0)
            browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
            yield Stage(server, store, browser, process)
            browser.close()
        store.close()


def signed_in(stage: Stage, username: str) -> dict[str, Any]:
    """Sign in once; what a browser keeps of it, to open more of them with."""
    context = stage.browser.new_context(locale="zh-CN", viewport=SIZE)
    page = context.new_page()
    page.goto(stage.server.url)
    sign_in(page, username)
    page.wait_for_function("() => !document.querySelector('input[type=password]')")
    page.wait_for_timeout(1_500)
    kept = context.storage_state()
    context.close()
    return dict(kept)


def watching(stage: Stage, kept: dict[str, Any], path: str, spot: str) -> tuple[BrowserContext, Page]:
    """Open a page in a browser profile of its own and note each moment in which a spot was painted."""
    context = stage.browser.new_context(locale="zh-CN", viewport=SIZE, storage_state=kept)
    page = context.new_page()
    page.goto(f"{stage.server.url}/{path}")
    page.wait_for_selector(spot)
    page.evaluate(WATCH.replace("SPOT", repr(spot)))
    return context, page


def enter(stage: Stage, unit: str, event: str = "covert_check") -> float:
    """Enter a record in this process; milliseconds since 1970 at which it was kept."""
    record = Record(unit, event, date(2025, 6, 18), f"测试{uuid.uuid4().hex[:8]}")
    now = datetime.now(UTC)
    enter_record(stage.store, OFFICE, record, uuid.uuid4().hex, today=TODAY, now=now, sure=True)
    return time.time() * 1000


class Client:
    """One that hears what a wall or board hears, and draws nothing; `heard` are milliseconds since 1970."""

    def __init__(self, url: str, kept: dict[str, Any], kind: str) -> None:
        """Begin to listen, or to ask."""
        self.heard: list[float] = []
        self._stopped = False
        cookies = "; ".join(f"{each['name']}={each['value']}" for each in kept["cookies"])
        connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
        work = self._listen if kind == "walls" else self._ask
        Thread(target=work, args=(connection, {"Cookie": cookies}), daemon=True).start()

    def stop(self) -> None:
        """End with the next thing that is heard."""
        self._stopped = True

    def _listen(self, connection: HTTPConnection, headers: dict[str, str]) -> None:
        connection.request("GET", "/live/wall", headers=headers)
        answer = connection.getresponse()
        while not self._stopped and (line := answer.readline()):
            if line.startswith(b"event: paint"):
                self.heard.append(time.time() * 1000)

    def _ask(self, connection: HTTPConnection, headers: dict[str, str]) -> None:
        last = b""
        while not self._stopped:
            connection.request("GET", "/live/newest", headers=headers)
            newest = connection.getresponse().read()
            if newest != last:
                self.heard.append(time.time() * 1000)
            last = newest
            time.sleep(ASKED_EVERY_SECONDS)


def cpu_seconds(process: int) -> float | None:
    """Processor time a process has used; None where the system does not tell it in /proc."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def resident_megabytes(process: int) -> float | None:
    """Memory a process holds; None where the system does not tell it in /proc."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), None)


def _children() -> list[int]:
    """The processes this one has started, where /proc tells."""
    path = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return [int(each) for each in path.read_text(encoding="ascii").split()] if path.exists() else []


def _chromium() -> str | None:
    return os.environ.get("CHROME_BIN") or next(filter(None, map(shutil.which, _NAMES)), None)
