"""The wall in a real browser: it fills every screen, paints what others enter, and comes back by itself."""

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.domain.records import Record
from core.services.recording import enter_record
from core.services.wall_links import list_links, make_link, revoke_link
from core.store.engine import Store, open_store
from tests.browser.conftest import Server, free_port, running_server, sign_in
from tests.city_examples import OFFICE

SIZES = ((1920, 1080), (3840, 2160), (1366, 768))
FIELD = '.scene.shown tr:has(th[data-unit="C06"]) td:nth-of-type(2)'
"""消防专委会, 工作会议."""
FAULTS = """() => {
  const faults = [], foot = document.querySelector('.anze-wall footer').getBoundingClientRect()
  const { scrollWidth, scrollHeight } = document.documentElement
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push('the window scrolls')
  for (const panel of document.querySelectorAll('.scene.shown .panel')) {
    const over = panel.scrollHeight > panel.clientHeight + 1 || panel.scrollWidth > panel.clientWidth + 1
    if (over) faults.push('over ' + panel.className)
    if (panel.getBoundingClientRect().bottom > foot.top + 1) faults.push('below ' + panel.className)
  }
  for (const each of document.querySelectorAll('.scene.shown *, .anze-wall header *, .anze-wall footer *')) {
    const words = [...each.childNodes].some((part) => part.nodeType === 3 && part.data.trim())
    const small = parseFloat(getComputedStyle(each).fontSize) < 20
    if (words && small && !each.closest('.unseen')) faults.push('small ' + each.textContent)
  }
  for (const figure of document.querySelectorAll('.scene.shown .value')) {
    if (parseFloat(getComputedStyle(figure).fontSize) < 54) faults.push('small figure')
  }
  return faults
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demonstration_template: Path) -> Path:
    """A folder with a database that outlives its server."""
    folder = tmp_path_factory.mktemp("wall")
    shutil.copyfile(demonstration_template, folder / "anze.db")
    return folder


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Somebody else's hand on the same database."""
    opened = open_store(f"sqlite:///{(folder / 'anze.db').as_posix()}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running_server(folder) as running:
        yield running


def enter(store: Store, unit: str, event: str) -> float:
    """Enter a record as the office would; the moment it was kept."""
    record = Record(unit, event, date(2025, 6, 18), f"测试{uuid.uuid4().hex[:6]}")
    today, now = date(2025, 6, 19), datetime.now(UTC)
    enter_record(store, OFFICE, record, uuid.uuid4().hex, today=today, now=now, sure=True)
    return time.monotonic()


def watch(context: BrowserContext, server: Server, query: str = "scene=1") -> Page:
    """Open the wall as the account 大屏."""
    page = context.new_page()
    page.goto(f"{server.url}/wall?{query}")
    sign_in(page, "screen")
    expect(page.locator(".scene.shown .figures")).to_be_visible()
    return page


def test_every_scene_fills_every_screen_and_nothing_is_cut_or_small(
    server: Server, visitor: BrowserContext
) -> None:
    page = watch(visitor, server)
    faults: dict[Any, Any] = {}
    for scene in (1, 2, 3, 4):
        page.goto(f"{server.url}/wall?scene={scene}")
        expect(page.locator(".turning .place")).to_have_text(f"画面 {scene}/4")
        expect(page.locator(".scene.shown .figures")).to_be_visible()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            faults[scene, width] = page.evaluate(FAULTS)
            box = page.locator(".wall-stage").bounding_box()
            assert box
            assert (round(box["width"]), round(box["height"])) == (width, height)
    assert {key: found for key, found in faults.items() if found} == {}
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.locator("h1")).to_have_text("大屏")


def test_what_another_enters_is_painted_in_place_within_two_seconds(
    server: Server, visitor: BrowserContext, store: Store
) -> None:
    page = watch(visitor, server)
    field = page.locator(FIELD)
    expect(field).to_have_attribute("data-status", "due_soon")
    page.evaluate("field => { window.field = document.querySelector(field) }", FIELD)
    kept = enter(store, "C06", "committee_meeting")
    expect(field).to_have_attribute("data-status", "met", timeout=5_000)
    assert time.monotonic() - kept < 2
    assert page.evaluate("window.field.isConnected && window.field.textContent") == "✓1/1"
    expect(page.locator(".entered li").first).to_contain_text("消防")


def test_scenes_turn_by_themselves_and_by_the_arrow_keys(server: Server, visitor: BrowserContext) -> None:
    page = watch(visitor, server, "rotate=3")
    place, countdown = page.locator(".turning .place"), page.locator(".countdown")
    expect(countdown).to_contain_text("秒后切换")
    expect(place).to_have_text("画面 2/4")
    expect(page.locator(".scene.shown")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("画面 3/4", timeout=1_000)
    page.goto(f"{server.url}/wall?scene=4")
    expect(place).to_have_text("画面 4/4")
    expect(countdown).to_have_text("")


def test_a_wall_that_hears_nothing_for_half_a_minute_says_so(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.clock.install()
    page.goto(f"{server.url}/wall?scene=1")
    sign_in(page, "screen")
    expect(page.locator(".scene.shown .figures")).to_be_visible()
    expect(page.locator(".age")).to_be_hidden()
    page.route("**/live/wall", lambda route: route.abort())
    page.evaluate("window.anzeWall.source.close()")
    page.clock.fast_forward(40_000)
    expect(page.locator(".age")).to_be_visible()
    expect(page.locator(".age")).to_have_text("已 40 秒未收到数据")
    page.unroute("**/live/wall")
    page.clock.fast_forward(5_000)
    expect(page.locator(".age")).to_be_hidden()
    context.close()


def test_a_link_shows_the_wall_without_an_account_until_it_is_revoked(
    server: Server, browser: Browser, store: Store
) -> None:
    token = make_link(store, OFFICE, "一楼大厅", now=datetime.now(UTC))
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{server.url}/wall/{token}?scene=1")
    expect(page.locator(".scene.shown .figures")).to_be_visible()
    assert page.evaluate(FAULTS) == []
    assert context.cookies() == []
    enter(store, "C10", "committee_meeting")
    expect(page.locator(FIELD.replace("C06", "C10"))).to_have_attribute("data-status", "met", timeout=5_000)
    revoke_link(store, OFFICE, list_links(store, OFFICE)[0].link_id, now=datetime.now(UTC))
    expect(page.locator(".anze-wall")).to_have_attribute(
        "data-stopped", "此大屏链接已停用，请向安委会办公室索取新的链接。", timeout=30_000
    )
    page.goto(f"{server.url}/overview")
    expect(page.get_by_label("用户名", exact=True)).to_be_visible()
    context.close()


def test_the_wall_survives_its_server_and_shows_what_came_meanwhile(
    folder: Path, visitor: BrowserContext, store: Store
) -> None:
    port = free_port()
    with ExitStack() as first:
        server = first.enter_context(running_server(folder, port))
        page = watch(visitor, server)
        page.evaluate("window.stayed = true")
    enter(store, "C13", "plenary_meeting")
    expect(page.locator(FIELD)).to_be_visible()
    page.wait_for_timeout(4_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    with running_server(folder, port):
        kept = enter(store, "C05", "committee_meeting")
        expect(page.locator(FIELD.replace("C06", "C05"))).to_have_attribute(
            "data-status", "met", timeout=10_000
        )
        assert time.monotonic() - kept < 10
        assert page.evaluate("window.stayed")
        expect(page.locator(".age")).to_be_hidden()
        page.close()
