"""Entry in a real browser: with the keyboard alone and in seconds, and one record whatever happens."""

import re
import sqlite3
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.conftest import Server, enter, settled

SECONDS = 15
TYPING_PAUSE = 200
"""Milliseconds from one character to the next: with an input method a Chinese one takes two or three keys."""


class Keyboard:
    """Types as a person does, and counts the strokes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.strokes += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=TYPING_PAUSE)
        self.strokes += len(text)


def stored(server: Server, title: str) -> int:
    """How many current records bear the title."""
    with sqlite3.connect(server.database_url.removeprefix("sqlite:///")) as connection:
        query = "select count(*) from record_version where title = ? and ended_by is null"
        return int(connection.execute(query, (title,)).fetchone()[0])


def open_meeting(visitor: BrowserContext, server: Server, day: str) -> Page:
    page = enter(visitor, server, "committee", f"/entry?event=risk_consultation&as_of={day}")
    expect(page.get_by_label("标题")).to_be_focused()
    return page


def day_of(server: Server, title: str) -> str:
    with sqlite3.connect(server.database_url.removeprefix("sqlite:///")) as connection:
        query = "select occurred_on from record_version where title = ? and ended_by is null"
        return str(connection.execute(query, (title,)).fetchone()[0])


def saved_once(page: Page, server: Server, title: str) -> None:
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    settled(page)
    page.wait_for_timeout(1000)  # whatever else was sent has arrived by then
    assert stored(server, title) == 1


def test_a_meeting_is_entered_with_the_keyboard_alone_within_fifteen_seconds(
    server: Server, visitor: BrowserContext, capsys: pytest.CaptureFixture[str]
) -> None:
    page = enter(visitor, server, "committee", "/entry")
    picker = page.get_by_label("事项（可输入文字查找）")
    expect(picker).to_be_focused()
    keys, begun = Keyboard(page), time.monotonic()
    keys.type("工作会议")
    keys.press("Enter")
    expect(page.get_by_label("标题")).to_be_focused()
    keys.type("第二季度专委会工作会议")
    keys.press("Enter")
    expect(page.get_by_text("第二季度 工作会议 1/1 ✓")).to_be_visible()
    took = time.monotonic() - begun
    expect(page.get_by_role("button", name="再录一条")).to_be_focused()
    assert stored(server, "第二季度专委会工作会议") == 1
    with capsys.disabled():
        print(f"\nkeyboard alone: {took:.1f} s, {keys.strokes} characters and keys")  # noqa: T201 - the measure
    assert took <= SECONDS


def test_another_event_is_found_by_typing_and_the_next_entry_is_one_key_away(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/entry?as_of=2025-05-12")
    keys = Keyboard(page)
    expect(page.get_by_label("事项（可输入文字查找）")).to_be_focused()
    keys.type("会商")
    keys.press("Enter")
    title = page.get_by_label("标题")
    expect(title).to_be_focused()
    expect(title).to_have_value(re.compile("会商研判"))
    keys.type("五月会商")
    keys.press("Tab")
    keys.type("20250508")
    keys.press("Enter")
    saved_once(page, server, "五月会商")
    assert day_of(server, "五月会商") == "2025-05-08"
    keys.press("Enter")
    expect(title).to_be_focused()
    expect(title).to_have_value(re.compile("会商研判"))


def double_click(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).dblclick()


def press_enter_twice(page: Page) -> None:
    page.get_by_label("标题").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")


def click_five_times(page: Page) -> None:
    button = page.get_by_role("button", name="保存", exact=True)
    button.evaluate("button => { for (let n = 0; n < 5; n++) setTimeout(() => button.click(), n * 60) }")


@pytest.mark.parametrize(
    ("press", "day"),
    [(double_click, "2025-04-01"), (press_enter_twice, "2025-04-02"), (click_five_times, "2025-04-03")],
)
def test_one_record_however_often_it_is_pressed(
    server: Server, visitor: BrowserContext, press: Callable[[Page], None], day: str
) -> None:
    page = open_meeting(visitor, server, day)
    title = f"会商 {press.__name__}"
    page.get_by_label("标题").fill(title)
    press(page)
    saved_once(page, server, title)


def test_two_tabs_with_the_same_content_make_one_record(server: Server, visitor: BrowserContext) -> None:
    first = open_meeting(visitor, server, "2025-04-07")
    second = visitor.new_page()
    second.goto(first.url)
    for page in (first, second):
        expect(page.get_by_label("标题")).to_be_focused()
        page.get_by_label("标题").fill("两个页面的会商")
    for page in (first, second):
        page.get_by_role("button", name="保存", exact=True).click()
    expect(second.get_by_text("刚刚已保存过，没有重复保存")).to_be_visible()
    saved_once(first, server, "两个页面的会商")


class Line:
    """The line between page and server: cut as soon as a message with this text was sent, the answer lost."""

    def __init__(self, page: Page, text: str) -> None:
        self.text = text.encode()
        self.broken = False
        page.route_web_socket(re.compile("/_stcore/stream"), self.connect)

    def connect(self, socket: WebSocketRoute) -> None:
        server, alive = socket.connect_to_server(), [True]

        def send(message: str | bytes) -> None:
            server.send(message)
            if not self.broken and isinstance(message, bytes) and self.text in message:
                self.broken, alive[0] = True, False
                socket.close()

        socket.on_message(send)
        server.on_message(lambda message: socket.send(message) if alive[0] else None)


def test_sending_again_after_the_line_broke_makes_one_record(server: Server, visitor: BrowserContext) -> None:
    page = enter(visitor, server, "committee", "/overview")
    line = Line(page, "断线重发的会商")
    page.goto(f"{server.url}/entry?event=risk_consultation&as_of=2025-04-08")
    expect(page.get_by_label("标题")).to_be_focused()
    page.get_by_label("标题").fill("断线重发的会商")
    save = page.get_by_role("button", name="保存", exact=True)
    save.click()
    page.wait_for_timeout(3000)  # the browser connects again by itself
    assert line.broken
    if save.is_visible():
        save.click()
    saved_once(page, server, "断线重发的会商")
