"""A board in a real browser: by mouse, by keyboard, by address, and on a phone."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server, enter, settled

CELL = 'td[data-unit="C06"][data-obligation="committee.meeting"][data-period="2025Q2"]'
PICKED = re.compile(r"unit=C06&obligation=committee\.meeting&period=2025Q2")


def opened(context: BrowserContext, server: Server, path: str = "/committees") -> Page:
    page = enter(context, server, "office", path)
    settled(page)
    return page


def test_a_click_opens_the_cell_without_a_reload_and_escape_cleans_the_address(
    server: Server, visitor: BrowserContext
) -> None:
    page = opened(visitor, server)
    page.evaluate("window.stayed = true")
    page.locator(CELL).get_by_role("link").click()
    expect(page.get_by_role("dialog")).to_contain_text("每季度至少召开1次专委会工作会议")
    expect(page).to_have_url(PICKED)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("unit="))
    assert page.evaluate("window.stayed")


def test_the_keyboard_walks_the_grid_opens_a_cell_and_comes_back_to_it(
    server: Server, visitor: BrowserContext
) -> None:
    page = opened(visitor, server)
    link = page.locator(CELL).get_by_role("link")
    link.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_another_period_of_the_year_turns_the_page_of_the_same_dialog(
    server: Server, visitor: BrowserContext
) -> None:
    page = opened(visitor, server)
    page.locator(CELL).get_by_role("link").click()
    page.get_by_role("dialog").get_by_role("link", name="第一季度").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="工作会议 第一季度")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(PICKED)
    expect(page.get_by_role("dialog").get_by_role("heading", name="工作会议 第二季度")).to_be_visible()


def test_the_address_alone_opens_the_cell(server: Server, visitor: BrowserContext) -> None:
    page = opened(visitor, server)
    page.goto(f"{server.url}/committees?unit=C06&obligation=committee.meeting&period=2025Q2")
    expect(page.get_by_role("dialog")).to_contain_text("消防专委会")


@pytest.mark.parametrize("path", ["/overview", "/committees", "/localities", "/departments"])
def test_a_phone_gets_a_list_and_nothing_scrolls_sideways(
    server: Server, browser: Browser, path: str
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = opened(context, server, path)
    expect(page.locator(".board-narrow article").first).to_be_visible()
    expect(page.locator(".board-wide").first).to_be_hidden()
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    context.close()
    assert width <= 390


@pytest.mark.parametrize("path", ["/committees", "/localities", "/departments"])
def test_a_desk_screen_shows_every_column(server: Server, browser: Browser, path: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    page = opened(context, server, path)
    expect(page.locator(".board-wide table").first).to_be_visible()
    fits = page.evaluate(
        "[...document.querySelectorAll('.board-wide')].every(e => e.scrollWidth <= e.clientWidth)"
    )
    context.close()
    assert fits


def test_the_page_speaks_chinese_to_those_who_listen(server: Server, visitor: BrowserContext) -> None:
    page = opened(visitor, server)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    spoken = page.evaluate(
        "[...document.querySelectorAll('[aria-label]')].filter(e => e.checkVisibility())"
        ".map(e => e.getAttribute('aria-label'))"
    )
    assert [words for words in spoken if re.search("[A-Za-z]{2,}", words)] == []
