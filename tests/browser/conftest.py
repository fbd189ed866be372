"""A running server and a real browser for the tests in this folder.

`server` is one server with the demonstration city for a test module, `fresh_server` makes more of them;
`browser` is one Chromium for the whole run, `visitor` a browser profile of its own for each test.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION_PASSWORD = "Anze-Demo-2025"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_SECONDS = 60

expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what happens in a browser another try: a busy machine may paint later than a test waits."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=2))


@dataclass(frozen=True)
class Server:
    """A server under test: where it is, the database behind it, its log and its process."""

    url: str
    database_url: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None


FreshServer = Callable[..., Server]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, or skip; under CI a missing browser is a failure."""
    found = os.environ.get("CHROME_BIN") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        missing("Chromium or Chrome (put it on PATH or set CHROME_BIN)")
    flags = [*_FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=flags)
        yield running
        running.close()


@pytest.fixture(scope="module")
def fresh_server(
    tmp_path_factory: pytest.TempPathFactory, demonstration_template: Path
) -> Iterator[FreshServer]:
    """Start servers that nobody has visited; `fresh_server(ANZE_TODAY="2025-06-19")` sets the environment."""
    with ExitStack() as stack:

        def start(*, port: int | None = None, **environment: str) -> Server:
            folder = tmp_path_factory.mktemp("server")
            shutil.copyfile(demonstration_template, folder / "anze.db")
            return stack.enter_context(running_server(folder, port, **environment))

        yield start


@pytest.fixture(scope="module")
def server(fresh_server: FreshServer) -> Server:
    """One server for all tests of a module."""
    return fresh_server()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own, at the size of a desk screen."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@contextmanager
def running_server(folder: Path, port: int | None = None, **environment: str) -> Iterator[Server]:
    """Run `streamlit run app.py` as the README says, on the database `anze.db` in a folder.

    Without a port it takes a free one.
    """
    database_url = f"sqlite:///{(folder / 'anze.db').as_posix()}"
    port, log = port or free_port(), folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.headless", "true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_well(process, f"http://127.0.0.1:{port}", log)
            yield Server(f"http://127.0.0.1:{port}", database_url, log, process)
        finally:
            process.terminate()
            process.wait(timeout=50)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign_in(page: Page, username: str, password: str = DEMONSTRATION_PASSWORD) -> None:
    """Fill in the login and press the button once."""
    page.get_by_label("用户名", exact=True).fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def enter(context: BrowserContext, server: Server, username: str, path: str = "/") -> Page:
    """Open an address, sign in, and wait until somebody is in."""
    page = context.new_page()
    page.goto(server.url + path)
    sign_in(page, username)
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    return page


def settled(page: Page) -> None:
    """Wait until Streamlit is not running anything."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def _wait_until_well(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
