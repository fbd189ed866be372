"""A functional zone in a real browser: registered, planned, worked on, handed in, returned, accepted."""

import io
import re
from contextlib import suppress
from uuid import uuid4

import docx
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from core.domain.zone_checklists import starting_checklist
from core.domain.zones import Area
from tests.browser.conftest import Server, enter, settled

PLAN = "先补齐责任清单，再建应急物资库，年底前接入监管平台。"
ITEMS = [item for item in starting_checklist() if item.area == Area.DUTY]


def plan_file() -> bytes:
    book, out = docx.Document(), io.BytesIO()
    book.add_paragraph(PLAN)
    book.save(out)
    return out.getvalue()


def photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 140, 90)).save(out, "JPEG")
    return out.getvalue()


def unfold(page: Page, label: str) -> None:
    settled(page)
    page.get_by_test_id("stExpander").get_by_text(label, exact=True).first.click()
    page.wait_for_timeout(600)  # while it unfolds, what is in it moves away under the pointer


def choose(page: Page, label: str, option: str) -> None:
    """Open a choice and take one; a run that ends just then closes the list, and it is opened again."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(5):
        settled(page)
        page.get_by_role("combobox", name=label).click()
        with suppress(PlaywrightTimeout):
            wanted.click(timeout=4_000)
            break
    settled(page)


def say(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).last.fill(text)
    page.get_by_label(label).last.blur()
    settled(page)


def add_file(page: Page, name: str, kind: str, content: bytes, *, last: bool) -> None:
    places = page.get_by_test_id("stExpander").filter(has_text="添加照片或文件")
    place = places.last if last else places.first
    place.get_by_text("添加照片或文件").click()
    place.locator("input[type=file]").set_input_files([{"name": name, "mimeType": kind, "buffer": content}])
    settled(page)
    place.get_by_role("button", name="上传").click()
    expect(page.get_by_text("已保存 1 个附件。")).to_be_visible()
    settled(page)


def register(page: Page, name: str) -> str:
    """Register the zone; the address of its page."""
    unfold(page, "登记功能区")
    say(page, "功能区名称", name)
    page.get_by_role("button", name="登记", exact=True).dblclick()
    said = page.get_by_text(f"已登记 {name}")
    expect(said).to_be_visible()
    code = re.search(r"编码 ([^）]+)", said.text_content() or "")
    assert code
    return f"/zones?zone={code[1]}&area={Area.DUTY.value}"


def draw_up_the_plan(page: Page) -> None:
    unfold(page, "制定方案")
    page.get_by_role("button", name="保存方案").click()
    expect(page.get_by_text("请填写“一区一策”方案")).to_be_visible()
    say(page, "“一区一策”方案", PLAN)
    page.get_by_role("button", name="保存方案").click()
    expect(page.get_by_text("方案已保存")).to_be_visible()
    add_file(
        page,
        "一区一策.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        plan_file(),
        last=False,
    )


def fill_in_the_checklist(page: Page) -> None:
    unfold(page, "填报清单")
    for number, item in enumerate(ITEMS, start=1):
        choose(page, f"{number}. {item.content}", "已落实")
    page.get_by_role("button", name="保存清单").click()
    expect(page.get_by_text(f"已保存 {len(ITEMS)} 条清单。")).to_be_visible()


def hand_in(page: Page) -> None:
    unfold(page, "提交自评")
    page.get_by_role("button", name="确认提交自评").click()


def test_a_zone_goes_from_its_plan_to_acceptance_in_the_hands_of_two_people(
    browser: Browser, visitor: BrowserContext, server: Server
) -> None:
    local = enter(visitor, server, "locality", "/zones")
    settled(local)
    name = f"岱岳临港物流园（试填{uuid4().int % 10_000}）"  # another one when it is tried again
    address = register(local, name)
    local.goto(server.url + address)
    draw_up_the_plan(local)
    fill_in_the_checklist(local)
    hand_in(local)
    expect(local.get_by_role("alert").filter(has_text="佐证材料")).to_be_visible()
    add_file(local, "责任书.jpg", "image/jpeg", photograph(), last=True)
    local.reload()
    settled(local)
    hand_in(local)
    expect(local.get_by_text(f"{name}“{Area.DUTY.label}”已提交自评。")).to_be_visible()

    other = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    office = enter(other, server, "office", address)
    unfold(office, "退回")
    office.get_by_role("button", name="确认退回").click()
    expect(office.get_by_text(re.compile("退回.*原因|原因.*退回")).first).to_be_visible()
    say(office, "退回原因和要求", "责任书缺园区管委会盖章")
    office.get_by_role("button", name="确认退回").click()
    expect(office.get_by_text(f"{name}“{Area.DUTY.label}”已退回。")).to_be_visible()

    local.goto(server.url + address)
    expect(local.get_by_text("责任书缺园区管委会盖章").first).to_be_visible()
    hand_in(local)
    expect(local.get_by_text(f"{name}“{Area.DUTY.label}”已提交自评。")).to_be_visible()

    office.goto(server.url + address)
    unfold(office, "验收通过")
    office.get_by_role("button", name="确认验收通过").dblclick()
    expect(office.get_by_text(f"{name}“{Area.DUTY.label}”已验收通过。")).to_be_visible()
    expect(office.get_by_text("1/5 项已验收")).to_be_visible()
    other.close()
