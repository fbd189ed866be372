"""通报报告 in a real browser: words outlive a reload, two presses issue one, files are what the page says."""

import io
from contextlib import closing
from pathlib import Path

import docx
from playwright.sync_api import BrowserContext, Page, expect

from core.auth import OPERATOR
from core.domain.documents import Document
from core.services.issuing import documents_for
from core.store.engine import open_store
from tests.browser.conftest import Server, enter, settled

TYPED = "本季度完成率 {完成率}，总体平稳。"
SHOWN = "本季度完成率 92.9%，总体平稳。"


def kept(server: Server) -> list[Document]:
    with closing(open_store(server.database_url)) as store:
        return documents_for(store, OPERATOR)


def words(page: Page) -> str:
    return page.get_by_label("总体情况", exact=True).input_value()


def test_words_outlive_a_reload_and_are_issued_once_however_often_one_presses(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "office", "/reports")
    settled(page)
    if not page.get_by_label("总体情况", exact=True).is_visible():  # open already where a draft lies
        page.get_by_text("修改文字").click()
    page.get_by_label("总体情况", exact=True).fill(TYPED)
    expect(page.get_by_text("已自动存为草稿")).to_be_visible()
    page.reload()
    expect(page.get_by_label("总体情况", exact=True)).to_have_value(TYPED)
    page.get_by_role("button", name="发出并存档").click()
    expect(page.get_by_text("有改过的文字还没有预览，没有发出")).to_be_visible()
    assert (words(page), kept(server)) == (TYPED, [])
    page.get_by_role("button", name="按修改预览").click()
    expect(page.locator(".anze-paper")).to_contain_text(SHOWN)
    page.get_by_role("button", name="发出并存档").dblclick()
    expect(page.get_by_text("已发出并存档：")).to_be_visible()
    settled(page)
    assert [document.words["overall"] for document in kept(server)] == [TYPED]


def test_what_was_issued_is_found_in_the_list_and_taken_away_as_a_word_file(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "office", "/reports?quarter=2025Q1")
    page.get_by_role("button", name="发出并存档").click()
    expect(page.get_by_text("已发出并存档：")).to_be_visible()
    document = kept(server)[0]
    page.goto(f"{server.url}/reports?section=issued")
    row = page.get_by_role("table", name="已发出的文书").get_by_role("row").nth(1)
    expect(row).to_contain_text(document.title)
    expect(row).to_contain_text(document.sha256[:12])
    line = row.locator("td").first.evaluate("cell => getComputedStyle(cell).borderBottomWidth")
    assert line == "1px"
    with page.expect_download() as download:
        page.get_by_role("button", name="下载原件（Word）").click()
    book = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert any("2025年第一季度" in paragraph.text for paragraph in book.paragraphs)
    page.get_by_role("button", name="按原始数据重新生成并核对").click()
    expect(page.get_by_text("重新生成的文件与存档逐字节一致。")).to_be_visible()


def test_a_leader_of_a_unit_takes_away_the_one_page_brief_on_a_phone(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "committee", "/reports")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".anze-paper")).to_contain_text("消防专委会履职情况")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.get_by_role("button", name="一页简报（Word）").click()
    assert download.value.suggested_filename == "消防专委会一页简报.docx"
