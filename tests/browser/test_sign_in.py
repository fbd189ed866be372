"""The front door in a real browser: strangers, every role, reload, other tabs, signing out, old cookies."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.auth import KEEPER, Role
from core.services import accounts
from core.services.signing_in import COOKIE
from core.store.accounts import NewAccount
from core.store.engine import open_store
from tests.browser.conftest import FreshServer, Server, enter, settled, sign_in

BUSINESS = ("/overview", "/committees", "/localities", "/departments", "/entry", "/records")
WALL = ("大屏",)
CHECKS = ("暗查暗访", "隐患闭环")
KINDS = ("专委会", "属地", "部门")
NINE = ("企业“九个一”",)
ZONES = ("功能区规范化",)
ENTRY = ("录入", "台账")
PAPERS = ("督办", "通报报告")
MENUS = {
    "office": ["总览", *WALL, *KINDS, *CHECKS, *ZONES, *NINE, *ENTRY, *PAPERS, "导入导出", "系统管理"],
    "committee": ["总览", "专委会", *CHECKS, *NINE, *ENTRY, *PAPERS],
    "locality": ["总览", "属地", *CHECKS, *ZONES, *NINE, *ENTRY, *PAPERS],
    "department": ["总览", "部门", *CHECKS, *ENTRY, *PAPERS],
    "leader": ["总览", *WALL, *KINDS, *CHECKS, *ZONES, *NINE, "台账", *PAPERS],
    "admin": [],
    "auditor": [],
}
PEOPLE = {
    "office": ("周明远", "泰安市安委会办公室"),
    "committee": ("孟庆林", "消防专委会"),
    "locality": ("宋雅琴", "岱岳区"),
}


def expect_login_only(page: Page) -> None:
    expect(page.get_by_label("用户名", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    settled(page)
    assert page.locator("[data-testid=stSidebarNav]").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    assert page.get_by_role("table").count() == 0
    assert "截至" not in page.inner_text("body")


def cookie_of(context: BrowserContext) -> dict[str, object]:
    return next((dict(cookie) for cookie in context.cookies() if cookie.get("name") == COOKIE), {})


def test_a_stranger_sees_nothing_but_the_login_on_any_page_of_a_fresh_server(
    fresh_server: FreshServer, visitor: BrowserContext
) -> None:
    server, page = fresh_server(), visitor.new_page()
    for path in ("/records", "/admin", "/wall", *BUSINESS[:-1], "/", "/nonsense?unit=C06"):
        page.goto(server.url + path)
        expect_login_only(page)
        assert "消防专委会" not in page.inner_text("body")
    page.goto(f"{server.url}/pages/records")
    assert "消防专委会" not in page.inner_text("body")


@pytest.mark.parametrize("username", MENUS)
def test_each_role_signs_in_at_the_first_click_and_finds_its_own_menu(
    server: Server, visitor: BrowserContext, username: str
) -> None:
    page = enter(visitor, server, username)
    settled(page)
    menu = page.locator("[data-testid=stSidebarNav] a")
    expect(menu).to_have_count(len(MENUS[username]))
    assert menu.all_inner_texts() == MENUS[username]
    for text in PEOPLE.get(username, ()):
        expect(page.locator("[data-testid=stSidebar]").get_by_text(text, exact=True)).to_be_visible()
    cookie = cookie_of(visitor)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


def test_the_start_page_is_overview_under_both_addresses(server: Server, visitor: BrowserContext) -> None:
    page = enter(visitor, server, "leader", "/?as_of=2025-05-20")
    expect(page).to_have_url(f"{server.url}/overview?as_of=2025-05-20")
    expect(page.get_by_role("heading", level=1, name="总览", exact=True)).to_be_visible()
    page.goto(f"{server.url}/overview?as_of=2025-05-20")
    expect(page.get_by_role("heading", level=1, name="总览", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{server.url}/overview?as_of=2025-05-20")


def test_a_deep_link_survives_the_login_the_reload_and_a_new_tab(
    server: Server, visitor: BrowserContext
) -> None:
    link = "/committees?as_of=2025-05-20"
    page = enter(visitor, server, "committee", link)
    tab = visitor.new_page()
    tab.goto(server.url + link)
    page.reload()
    for each in (page, tab):
        expect(each.get_by_role("heading", level=1, name="专委会", exact=True)).to_be_visible()
        expect(each).to_have_url(server.url + link)


def test_a_page_beyond_the_role_is_refused_in_a_sentence(server: Server, visitor: BrowserContext) -> None:
    page = enter(visitor, server, "committee", "/localities")
    expect(page.get_by_text("“专委会”账号不能查看“属地”。")).to_be_visible()
    assert page.get_by_role("table").count() == 0


def test_an_address_without_a_page_says_so(server: Server, visitor: BrowserContext) -> None:
    page = enter(visitor, server, "leader", "/nonsense")
    expect(page.get_by_role("heading", name="没有这个页面")).to_be_visible()
    expect(page.get_by_text("“nonsense”")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_wrong_password_gets_the_same_sentence_as_an_unknown_user(
    server: Server, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    page.goto(server.url)
    for username, password in (("auditor", "wrong"), ("nobody", "wrong"), ("", "")):
        page.reload()
        sign_in(page, username, password)
        expect(page.get_by_text("用户名或密码不正确")).to_be_visible()
        assert not cookie_of(visitor)


def test_signing_out_reaches_the_other_tab_and_ends_the_cookie_for_good(
    server: Server, visitor: BrowserContext
) -> None:
    page = enter(visitor, server, "locality", "/localities")
    other = visitor.new_page()
    other.goto(f"{server.url}/overview")
    expect(other.get_by_role("button", name="退出登录")).to_be_visible()
    stolen = visitor.cookies()
    page.get_by_role("button", name="退出登录").click()
    expect_login_only(page)
    expect_login_only(other)
    expect(page).to_have_url(f"{server.url}/localities")
    assert not cookie_of(visitor)

    visitor.add_cookies(stolen)
    page.goto(f"{server.url}/localities")
    expect_login_only(page)

    sign_in(page, "locality")
    expect(page.get_by_role("heading", level=1, name="属地", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="属地", exact=True)).to_be_visible()


def test_a_disabled_account_is_out_of_its_open_page_and_cannot_come_back(
    fresh_server: FreshServer, visitor: BrowserContext
) -> None:
    server = fresh_server()
    page = enter(visitor, server, "department", "/departments")
    store = open_store(server.database_url)
    accounts.disable(store, KEEPER, "department", now=datetime.now(UTC))
    store.close()
    expect_login_only(page)
    sign_in(page, "department")
    expect(page.get_by_text("用户名或密码不正确")).to_be_visible()


def test_the_watcher_leaves_half_typed_text_alone(server: Server, visitor: BrowserContext) -> None:
    page = enter(visitor, server, "leader", "/records")
    settled(page)
    field = page.get_by_role("textbox").first
    field.click()
    field.press_sequentially("半句话", delay=50)
    page.wait_for_timeout(6_000)
    expect(field).to_have_value("半句话")
    expect(field).to_be_focused()


def test_the_login_breaks_no_rule_of_the_browser(server: Server, visitor: BrowserContext) -> None:
    said: list[str] = []
    strangers: list[str] = []
    page = visitor.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: strangers.append(request.url))
    page.goto(server.url)
    sign_in(page, "office")
    expect(page.get_by_role("heading", level=1, name="总览", exact=True)).to_be_visible()
    settled(page)
    assert not [line for line in said if "Content Security Policy" in line or "Refused to" in line]
    assert not [url for url in strangers if not url.startswith((server.url, "data:", "blob:"))]


def test_the_login_names_the_demonstration_and_speaks_chinese_only(
    server: Server, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    page.goto(server.url)
    expect(page.get_by_text("Anze-Demo-2025")).to_be_visible()
    expect(page.get_by_text("示例数据")).to_be_visible()
    expect(page).to_have_title("安责看板")
    form = page.locator("[data-testid=stForm]").inner_text()
    assert not any("a" <= sign <= "z" for sign in form.replace("visibility", "").lower())


def test_the_first_sign_in_changes_the_password_before_any_page_and_ends_other_sessions(
    fresh_server: FreshServer, visitor: BrowserContext, browser: Browser
) -> None:
    server = fresh_server()
    store = open_store(server.database_url)
    account = NewAccount("newcomer", "某人", Role.LEADER)
    accounts.add_account(store, KEEPER, account, "handed over on paper", now=datetime.now(UTC))
    store.close()
    page = visitor.new_page()
    page.goto(f"{server.url}/committees")
    sign_in(page, "newcomer", "handed over on paper")
    change_password(page, "handed over on paper", "short")
    expect(page.get_by_text("密码至少10个字符。")).to_be_visible()
    assert page.get_by_role("table").count() == 0
    assert page.locator("[data-testid=stSidebarNav]").count() == 0
    change_password(page, "handed over on paper", "a passphrase of my own")
    expect(page.get_by_role("heading", level=1, name="专委会", exact=True)).to_be_visible()

    elsewhere = browser.new_context(locale="zh-CN")
    other = elsewhere.new_page()
    other.goto(server.url)
    sign_in(other, "newcomer", "a passphrase of my own")
    expect(other.get_by_role("button", name="退出登录")).to_be_visible()
    page.get_by_role("link", name="我的账号").click()
    page.get_by_role("button", name="结束其他登录").click()
    expect_login_only(other)
    expect(page.get_by_text("已结束其他 1 处登录。")).to_be_visible()
    elsewhere.close()


def change_password(page: Page, old: str, new: str) -> None:
    """Fill in the form and press the button."""
    page.get_by_label("原密码", exact=True).fill(old)
    page.get_by_label("新密码", exact=True).fill(new)
    page.get_by_label("再次输入新密码", exact=True).fill(new)
    page.get_by_role("button", name="修改密码").click()
