"""A table pasted from Excel, in a real browser: nothing is changed on the way in, nothing kept by half."""

import re
import sqlite3

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, enter, settled

PASTED = """\
会商研判\t2025年4月21日\t粘贴的会商
工作会议\t六月三日\t粘贴的会议
行业专题培训 \t2025/4/22\t粘贴的培训"""


def stored(server: Server) -> list[tuple[str, str, str]]:
    with sqlite3.connect(server.database_url.removeprefix("sqlite:///")) as connection:
        query = (
            "select event, occurred_on, title from record_version where title like '粘贴的%' order by title"
        )
        return list(connection.execute(query))


def paste(page: Page, text: str, row: int) -> None:
    """Paste at the first cell of a row (from 1), as a person does."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    box = page.get_by_test_id("stDataFrame").locator("canvas").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 160, box["y"] + 36 * row + 18)
    page.wait_for_timeout(300)
    page.keyboard.press("Control+v")


def test_a_block_from_excel_is_checked_by_cell_corrected_and_kept_whole(
    server: Server, visitor: BrowserContext
) -> None:
    visitor.grant_permissions(["clipboard-read", "clipboard-write"])
    page = enter(visitor, server, "committee", "/entry?way=batch")
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    settled(page)
    paste(page, PASTED, 1)
    save = page.get_by_role("button", name=re.compile("全部保存（3 条）"))
    save.click()
    expect(page.get_by_role("cell", name="第2行")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("“六月三日”不是有效日期"))).to_be_visible()
    assert stored(server) == []
    page.reload()
    expect(page.get_by_role("button", name=re.compile("全部保存（3 条）"))).to_be_enabled()
    settled(page)
    paste(page, "工作会议\t2025-4-23\t粘贴的会议", 2)
    page.wait_for_timeout(1000)
    page.get_by_role("button", name=re.compile("全部保存（3 条）")).dblclick()
    expect(page.get_by_text("已保存：3 条")).to_be_visible()
    assert stored(server) == [
        ("risk_consultation", "2025-04-21", "粘贴的会商"),
        ("committee_meeting", "2025-04-23", "粘贴的会议"),
        ("four_training", "2025-04-22", "粘贴的培训"),
    ]
