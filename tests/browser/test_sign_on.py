"""Single sign-on in a real browser, against a small identity provider: in at once, and never by a copy."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from core.auth import KEEPER
from core.services import accounts
from core.services.signing_in import COOKIE
from core.store.accounts import NewAccount
from core.store.engine import open_store
from tests.browser.conftest import FreshServer, Server, free_port
from tests.browser.identity_provider import CLIENT, SECRET, Provider, running_provider

TAKEN_BACK = "_streamlit_user"
FIRST_PASSWORD = "Tai-Shan-2026-Red"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture(scope="module")
def office(fresh_server: FreshServer, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server whose office has an identity provider, and a clerk who never used the first password."""
    port = free_port()
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    lines = (
        "[auth]",
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"',
        'cookie_secret = "only-for-this-test-0123456789abcdef"',
        f'client_id = "{CLIENT}"',
        f'client_secret = "{SECRET}"',
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"',
    )
    secrets.write_text("\n".join(lines), encoding="utf-8")
    server = fresh_server(port=port, STREAMLIT_SECRETS_FILES=str(secrets))
    store = open_store(server.database_url)
    now = datetime.now(UTC)
    accounts.add_account(store, KEEPER, NewAccount("zhao", "赵敏", "office", "T00"), FIRST_PASSWORD, now=now)
    accounts.bind(store, KEEPER, "zhao", "zhao.min", now=now)
    store.close()
    return server


@pytest.fixture(autouse=True)
def vouching_for_zhao(provider: Provider) -> None:
    provider.person, provider.seconds_old = "zhao.min", 0


def names_of_cookies(context: BrowserContext) -> set[str]:
    return {str(cookie.get("name")) for cookie in context.cookies()}


def press(page: Page, server: Server) -> list[str]:
    """Press 单点登录; the cookies that Streamlit set on the way back, as whoever copies them would."""
    copied: list[str] = []

    def look(answer: Response) -> None:
        if "/oauth2callback" in answer.url:
            copied.extend(each["value"] for each in answer.headers_array() if each["name"] == "set-cookie")

    page.on("response", look)
    page.goto(server.url)
    page.get_by_role("button", name="单点登录").click()
    page.wait_for_url(lambda url: url.startswith(server.url))
    return copied


def come_in(page: Page, server: Server) -> list[str]:
    copied = press(page, server)
    expect(page.locator("[data-testid=stSidebar]").get_by_text("赵敏", exact=True)).to_be_visible()
    return copied


def test_without_a_provider_the_login_offers_none(server: Server, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(server.url)
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="单点登录")).to_have_count(0)


def test_one_press_and_the_person_is_in_without_a_password_of_ours(
    office: Server, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    copied = come_in(page, office)
    expect(page.get_by_role("heading", level=1)).to_have_text("总览")
    assert any(each.startswith(TAKEN_BACK) for each in copied)
    names = names_of_cookies(visitor)
    assert COOKIE in names
    assert not any(name.startswith(TAKEN_BACK) for name in names)


def test_a_copy_of_what_the_provider_said_opens_nothing_after_signing_out(
    office: Server, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    copied = come_in(page, office)
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="单点登录")).to_be_visible()
    pairs = [each.split(";")[0].partition("=") for each in copied if each.startswith(TAKEN_BACK)]
    kept = [(name, value) for name, _, value in pairs if value.strip('"')]
    assert kept
    visitor.add_cookies([{"name": name, "value": value, "url": office.url} for name, value in kept])
    page.goto(f"{office.url}/overview")
    expect(page.get_by_text("单点登录的结果已经过期")).to_be_visible()
    expect(page.locator("[data-testid=stSidebarNav]")).to_have_count(0)


def test_an_identity_without_an_account_is_told_whom_to_ask(
    office: Server, visitor: BrowserContext, provider: Provider
) -> None:
    provider.person = "sun.li"
    page = visitor.new_page()
    press(page, office)
    expect(page.get_by_text("单点登录的身份“sun.li”还没有绑定账号")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="单点登录")).to_be_visible()
    expect(page.get_by_text("还没有绑定账号")).to_have_count(0)
    assert not any(name.startswith(TAKEN_BACK) for name in names_of_cookies(visitor))


def test_an_old_word_of_the_provider_is_not_believed(
    office: Server, visitor: BrowserContext, provider: Provider
) -> None:
    provider.seconds_old = 600
    page = visitor.new_page()
    press(page, office)
    expect(page.get_by_text("单点登录的结果已经过期")).to_be_visible()
    assert COOKIE not in names_of_cookies(visitor)


def test_the_login_with_both_ways_in_looks_as_it_should(
    office: Server, visitor: BrowserContext, tmp_path: Path
) -> None:
    page = visitor.new_page()
    page.goto(office.url)
    button = page.get_by_role("button", name="单点登录")
    form = page.get_by_role("button", name="登录", exact=True)
    expect(button).to_be_visible()
    below, above = button.bounding_box(), form.bounding_box()
    assert below
    assert above
    assert below["y"] > above["y"] + above["height"]
    page.screenshot(path=tmp_path / "login.png")
