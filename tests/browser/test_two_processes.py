"""Two processes on one PostgreSQL behind nginx, as docs/nginx-two.conf has it: one is lost, nobody is."""

import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.auth import OPERATOR
from core.config import ROOT
from core.domain.records import Record
from core.services.founding import found
from core.services.recording import enter_record
from core.store.engine import Store, open_store
from tests.browser.conftest import Server, running_server, sign_in
from tests.test_docs_nginx import proxying

EXAMPLE = ROOT / "docs" / "nginx-two.conf"
DAY = date(2025, 6, 18)


@dataclass(frozen=True)
class Pair:
    """What the proxy stands before: the two servers by their way, and their database."""

    url: str
    servers: dict[str, Server]
    store: Store


@pytest.fixture
def pair(postgres_url: str, tmp_path: Path) -> Iterator[Pair]:
    store = open_store(postgres_url)
    found(store, empty=False, now=datetime(2026, 1, 20, 1, tzinfo=UTC))
    with ExitStack() as stack:
        servers = {}
        for way in ("a", "b"):
            folder = tmp_path / way
            folder.mkdir()
            servers[way] = stack.enter_context(running_server(folder, DATABASE_URL=postgres_url))
        ports = [each.url.rpartition(":")[2] for each in servers.values()]
        places = {"127.0.0.1:8501": f"127.0.0.1:{ports[0]}", "127.0.0.1:8502": f"127.0.0.1:{ports[1]}"}
        _, safe = stack.enter_context(proxying(tmp_path, EXAMPLE, places))
        yield Pair(f"https://localhost:{safe}", servers, store)
    store.close()


def enter_elsewhere(store: Store, unit: str) -> None:
    """Enter something in this process, which is neither of the two."""
    record = Record(unit, "risk_consultation", DAY, f"另一进程录入{unit}")
    today = date(2026, 1, 20)
    enter_record(store, OPERATOR, record, uuid.uuid4().hex, today=today, now=datetime.now(UTC), sure=True)


def entered(page: Page, unit: str) -> Locator:
    """The line under 刚刚录入 that tells of it."""
    return page.get_by_role("listitem").filter(has_text=re.compile(rf"{unit}\s*会商研判"))


def overview(browser: Browser, pair: Pair) -> Page:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 900}, ignore_https_errors=True
    )
    page = context.new_page()
    page.goto(f"{pair.url}/overview?as_of=2026-01-20&year=2025")
    sign_in(page, "office")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    return page


def way_of(page: Page) -> str:
    return next(each["value"] for each in page.context.cookies() if each["name"] == "anze_way")


def test_who_is_signed_in_stays_so_when_their_process_is_lost_and_news_crosses_processes(
    browser: Browser, pair: Pair
) -> None:
    page = overview(browser, pair)
    expect(page.get_by_text("刚刚录入").first).to_be_visible()
    expect(entered(page, "消防专委会")).to_have_count(0)
    enter_elsewhere(pair.store, "C06")
    expect(entered(page, "消防专委会")).to_be_visible()

    lost = pair.servers[way_of(page)].process
    assert lost
    lost.kill()
    lost.wait()

    # the very page, not loaded anew: it finds the other process, and what is new there
    enter_elsewhere(pair.store, "C14")
    expect(entered(page, "电力能源专委会")).to_be_visible(timeout=60_000)
    page.goto(f"{pair.url}/committees")
    expect(page.get_by_role("heading", name="专委会").first).to_be_visible()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.context.close()
