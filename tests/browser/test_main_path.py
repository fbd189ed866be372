"""The main path in a real browser: a meeting is entered, the cell turns, the cell explains itself."""

import re
import sqlite3

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, enter

CELL = 'td[data-unit="C06"][data-obligation="committee.meeting"][data-period="2025Q2"]'


def test_a_clerk_enters_a_meeting_and_the_cell_turns_from_0_to_1(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/committees")
    cell = page.locator(CELL)
    expect(cell).to_have_attribute("data-status", "due_soon")
    expect(cell).to_contain_text("0/1")

    cell.get_by_role("link").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("每季度至少召开1次专委会工作会议")
    expect(dialog).to_contain_text("本季度还差 1 次，剩 11 天")
    assert "obligation=committee.meeting" in page.url
    dialog.get_by_role("link", name="录入").click()

    expect(page.get_by_label("标题")).to_have_value(re.compile("消防专委会2025年第二季度"))
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("第二季度 工作会议 1/1")).to_be_visible()

    page.goto(f"{server.url}/committees")
    expect(page.locator(CELL)).to_have_attribute("data-status", "met")
    expect(page.locator(CELL)).to_contain_text("1/1")
    page.locator(CELL).get_by_role("link").click()
    expect(page.get_by_role("dialog")).to_contain_text("孟庆林")


def test_an_open_board_shows_what_somebody_else_entered_without_a_reload(
    server: Server, visitor: BrowserContext
) -> None:
    board = enter(visitor, server, "committee", "/committees")
    cell = board.locator(CELL.replace("committee.meeting", "committee.joint_enforcement").replace("Q2", "H1"))
    expect(cell).to_contain_text("0/1")
    form = visitor.new_page()
    form.goto(f"{server.url}/entry?unit=C06&event=joint_enforcement")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(form.get_by_text("上半年 联合执法 1/1")).to_be_visible()
    expect(cell).to_contain_text("1/1")
    form.close()


def test_text_is_shown_as_the_text_that_it_is(server: Server, visitor: BrowserContext) -> None:
    hostile = "<img src=x onerror=document.title='hit'> **粗** [链接](javascript:alert(1)) =1+1"
    page = enter(visitor, server, "committee", "/entry?unit=C06&event=risk_consultation")
    page.get_by_label("标题").fill(hostile)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text(re.compile("已保存"))).to_be_visible()
    expect(page.get_by_text(hostile).first).to_be_visible()
    page.goto(f"{server.url}/records?words=onerror")
    expect(page.get_by_role("link", name=hostile)).to_be_visible()
    page.get_by_role("link", name=hostile).click()
    expect(page.get_by_text(hostile).first).to_be_visible()
    assert "hit" not in page.title()
    assert stored_titles(server, hostile) == 1


def stored_titles(server: Server, title: str) -> int:
    path = server.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        query = "select count(*) from record_version where title = ? and ended_by is null"
        return int(connection.execute(query, (title,)).fetchone()[0])


def test_a_record_is_corrected_with_a_reason_and_its_history_stays(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "office", "/records?words=工作会议&for_unit=C01")
    page.get_by_role("link", name=re.compile("工作会议")).first.click()
    open_expander(page, "更正")
    page.get_by_label("标题").fill("改正后的标题")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("请填写原因")).to_be_visible()
    page.get_by_label("更正原因").fill("标题写错")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已更正")).to_be_visible()
    expect(page.get_by_text("原因：标题写错")).to_be_visible()
    expect(page.get_by_text("2 个版本")).to_be_visible()


def open_expander(page: Page, name: str) -> None:
    summary = page.locator("summary").filter(has_text=name).first
    expect(summary).to_be_visible()
    if summary.locator("xpath=..").get_attribute("open") is None:
        summary.click()
