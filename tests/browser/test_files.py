"""Files through a real browser: photographs pasted and chosen, who gets them; an import pressed twice."""

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, enter, settled
from tests.file_examples import PDF, photograph
from tests.workbook_examples import records_book

RECORD = "/records?record=5"
PASTE = """() => new Promise((done) => {
  const canvas = document.createElement('canvas')
  canvas.toBlob((blob) => {
    const carried = new DataTransfer()
    carried.items.add(new File([blob], 'image.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true }))
    done()
  })
})"""


def add_files(page: Page) -> None:
    page.get_by_text("添加照片或文件").click()
    uploader = page.locator("input[type=file]").first
    uploader.set_input_files(
        [
            {"name": "现场.heic", "mimeType": "image/heic", "buffer": photograph("HEIF", (640, 480))},
            {"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": PDF},
            {"name": "假.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a pdf"},
        ]
    )
    expect(page.get_by_text("假.pdf")).to_be_visible()
    page.evaluate(PASTE)
    expect(page.get_by_text("粘贴-")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="上传", exact=True).last.click()


def test_photographs_are_chosen_and_pasted_shown_and_given_only_to_who_may_see_them(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "office", RECORD)
    assert "image/*" in (page.locator("input[type=file]").first.get_attribute("accept") or "")
    add_files(page)
    expect(page.get_by_text("已保存 3 个附件。")).to_be_visible()
    expect(page.get_by_text("假.pdf：不能作为附件")).to_be_visible()
    images = page.locator(".anze-files img")
    expect(images).to_have_count(2)
    addresses = [server.url + "/" + str(each.get_attribute("src")) for each in images.all()]
    answer = visitor.request.get(addresses[0])
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    with page.expect_download() as download:
        page.get_by_role("link", name="纪要.pdf").click()
    assert download.value.suggested_filename == "纪要.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    visitor.clear_cookies()
    assert visitor.request.get(addresses[0]).status == 401


def test_a_workbook_is_previewed_confirmed_twice_kept_once_and_given_out_again(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "office", "/exchange")
    book = records_book(("消防专委会", "专委会工作会议", date(2025, 6, 3), "夏季会议"))
    file = {"name": "六月.xlsx", "mimeType": "application/octet-stream", "buffer": book}
    page.locator("input[type=file]").set_input_files([file])
    confirm = page.get_by_role("button", name="确认导入（新增 1，更新 0）")
    expect(confirm).to_be_visible()
    confirm.dblclick()
    expect(page.get_by_text("导入完成：新增 1，更新 0，未变 0。")).to_be_visible()
    settled(page)
    page.wait_for_timeout(1500)  # the download is made from who is signed in, not from who was a second ago
    page.get_by_role("combobox", name="要取用的表").fill("记录")
    page.get_by_role("option", name="记录", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="记录（Excel）").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))["记录"]
    assert [row[3] for row in sheet.iter_rows(values_only=True)].count("夏季会议") == 1
