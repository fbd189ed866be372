"""提醒 and 到期日历 in a real browser: a text is copied as it stands, a calendar taken away and followed."""

from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Server, enter


def test_the_text_is_copied_as_it_stands(server: Server, visitor: BrowserContext) -> None:
    visitor.grant_permissions(["clipboard-read", "clipboard-write"])
    page = enter(visitor, server, "office", "/supervision?view=reminders")
    shown = page.locator(".copying pre").inner_text()
    page.get_by_role("button", name="复制文本").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == shown
    assert copied.startswith("【安全生产责任落实提醒】")


def test_without_a_clipboard_the_text_is_copied_all_the_same(server: Server, visitor: BrowserContext) -> None:
    visitor.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = enter(visitor, server, "office", "/supervision?view=reminders")
    page.get_by_role("button", name="复制文本").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_a_calendar_is_downloaded_and_followed_without_signing_in(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/committees?unit=C06")
    page.get_by_text("到期日历").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载日历").click()
    taken = Calendar.from_ical(Path(download.value.path()).read_bytes())
    page.get_by_label("链接用途").fill("手机")
    page.get_by_role("button", name="新建订阅链接").click()
    address = page.locator("code", has_text=".ics").inner_text()
    visitor.clear_cookies()
    answer = visitor.request.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    followed = Calendar.from_ical(answer.body())
    assert [each["uid"] for each in followed.events] == [each["uid"] for each in taken.events]
    assert len(followed.events) > 10
