"""One hazard in a real browser: found, assigned, rectified, returned, rectified again, closed."""

import io

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import Server, enter, settled

PLACE = "演示粮油加工公司"


def photograph(shade: int) -> list[FilePayload]:
    """A small picture, another one for each shade."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 90, 60)).save(out, "JPEG")
    return [{"name": f"现场{shade}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}]


def choose(page: Page, label: str, option: str) -> None:
    form = page.get_by_test_id("stExpander").first
    form.get_by_role("combobox", name=label).click()
    page.keyboard.type(option)  # a long list draws only what is in sight
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def upload(page: Page, shade: int) -> None:
    page.locator("input[type=file]").last.set_input_files(photograph(shade))
    expect(page.get_by_text(f"现场{shade}.jpg")).to_be_visible()
    settled(page)


def say(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).last.fill(text)
    page.get_by_label(label).last.blur()
    settled(page)


def pick(page: Page, deed: str) -> None:
    page.get_by_role("button", name=deed, exact=True).or_(page.get_by_role("radio", name=deed)).first.click()
    settled(page)


def confirm(page: Page, deed: str) -> None:
    page.get_by_role("button", name=f"确认{deed}").click()
    expect(page.get_by_text(f"已办理“{deed}”")).to_be_visible()


def register(page: Page) -> str:
    """Register and assign to 岱岳区 with a photograph; the address of the hazard's page."""
    page.get_by_text("登记隐患").first.click()
    pick(page, "交办整改")
    choose(page, "属地", "岱岳区")
    say(page, "地点或企业", PLACE)
    say(page, "问题描述", "粉碎机除尘管道积尘")
    choose(page, "发现单位", "市应急管理局")
    choose(page, "责任单位", "岱岳区")
    due = page.get_by_test_id("stDateInput").filter(has_text="整改期限")
    for part, typed in zip(due.get_by_role("spinbutton").all(), ("2025", "06", "30"), strict=True):
        part.click()
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    settled(page)
    upload(page, 200)
    page.get_by_role("button", name="登记隐患").last.click()
    said = page.get_by_text("已登记 YH2025-").first
    expect(said).to_be_visible()
    return "/hazards?hazard=" + (said.text_content() or "").split()[1]


def rectify(page: Page, shade: int) -> None:
    pick(page, "整改完成")
    page.get_by_role("button", name="确认整改完成").click()
    expect(page.get_by_text("请上传整改后的照片。")).to_be_visible()
    upload(page, shade)
    confirm(page, "整改完成")


def test_a_hazard_goes_from_found_to_closed_in_the_hands_of_two_people(
    browser: Browser, visitor: BrowserContext, server: Server
) -> None:
    office = enter(visitor, server, "office", "/hazards")
    settled(office)
    address = register(office)
    other = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    local = enter(other, server, "locality", address)
    expect(local.get_by_role("heading", name=PLACE)).to_be_visible()
    rectify(local, 120)

    office.goto(server.url + address)
    pick(office, "复查退回")
    say(office, "退回原因", "积尘仍未清理干净")
    confirm(office, "复查退回")

    local.goto(server.url + address)
    expect(local.get_by_text("积尘仍未清理干净")).to_be_visible()
    rectify(local, 60)

    office.goto(server.url + address)
    pick(office, "复查销号")
    confirm(office, "复查销号")
    expect(office.locator(".stage")).to_have_text("已销号")
    expect(office.locator(".sides section").first.locator("img")).to_have_count(1)
    expect(office.locator(".sides section").last.locator("img")).to_have_count(2)
    for image in office.locator(".sides img").all():
        assert image.evaluate("each => each.complete && each.naturalWidth > 0")
    deeds = [each.get_attribute("data-deed") for each in office.locator("ol.moves li").all()]
    assert deeds == ["closed", "rectified", "returned", "rectified", "assigned", "found"]
    other.close()


def test_a_number_leads_to_its_list_and_back(visitor: BrowserContext, server: Server) -> None:
    page = enter(visitor, server, "leader", "/hazards")
    number = page.locator("a[data-group=overdue]").first
    count = int(number.text_content() or "")
    number.click()
    expect(page.get_by_role("heading", name="逾期未改")).to_be_visible()
    assert "show=overdue" in page.url
    expect(page.locator("tr[data-hazard]")).to_have_count(count)
    page.locator("tr[data-hazard] a").first.click()
    expect(page.locator("ol.moves")).to_be_visible()
    page.get_by_role("button", name="返回").click()
    expect(page.locator("tr[data-hazard]")).to_have_count(count)
