"""A chair and a clerk with a phone: on no page they may open does anything scroll sideways."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Server, enter, settled

WIDTH = 390
PATHS = (
    *("overview", "covert_checks", "covert_checks?view=periods", "hazards", "hazards?view=list"),
    *("hazards?view=listed", "entry", "records", "records?record=5", "supervision"),
)
LINES = """(cell) => {
  const range = document.createRange()
  range.selectNodeContents(cell)
  return new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size
}"""
"""How many lines the text of an element takes."""
HOMES = {
    "committee": ("committees", "committees?unit=C06"),
    "locality": ("localities", "localities?unit=L02"),
}


@pytest.mark.parametrize("role", HOMES)
def test_nothing_scrolls_sideways_on_a_phone(server: Server, browser: Browser, role: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": WIDTH, "height": 844})
    page = enter(context, server, role, "/entry")
    wide = {}
    for path in (*HOMES[role], *PATHS):
        page.goto(f"{server.url}/{path}")
        settled(page)
        page.wait_for_timeout(1_200)  # what is drawn in the browser comes after the run has ended
        width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        if width > WIDTH:
            wide[path] = width
    context.close()
    assert wide == {}


def test_a_liaisons_name_and_number_stay_in_one_line(server: Server, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": WIDTH, "height": 844})
    page = enter(context, server, "committee", "/committees?unit=C06")
    cells = page.locator("table.members td.whole")
    cells.first.wait_for()
    lines = {each.evaluate(LINES) for each in cells.all()}
    context.close()
    assert lines == {1}
