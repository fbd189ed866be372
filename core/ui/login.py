"""The front door: streamlit-authenticator's form over our own accounts, and the way out."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit_authenticator as stauth
from streamlit.navigation.page import Page as StreamlitPage

from core.auth import Role
from core.config import FULL_TITLE, PRODUCT
from core.services.accounts import DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD, workplace
from core.services.opening import demonstrates
from core.services.signing_in import SignedIn, sign_in, sign_out
from core.ui.context import Edge
from core.ui.html import element, join
from core.ui.page import as_text
from core.ui.sign_on import draw_sign_on, has_arrived, try_sign_on

FIELDS = {"Form name": "账号登录", "Username": "用户名", "Password": "密码", "Login": "登录"}
REFUSED = "用户名或密码不正确，或账号已停用、已锁定。连续失败 5 次锁定 15 分钟。"
_UNCLAIMED = "登录没有完成，请重试。"
_NOTE = "login_note"

_ASSETS = Path(__file__).with_name("assets")
EMBLEM = _ASSETS / "emblem.svg"
BRAND = _ASSETS / "brand.svg"
_EMBLEM_URL = "data:image/svg+xml;base64," + b64encode(EMBLEM.read_bytes()).decode()
_SHEET = (_ASSETS / "login.css").read_text(encoding="utf-8").replace("EMBLEM_URL", _EMBLEM_URL)

_CLAIM_JS = """
export default function ({ data, setTriggerValue }) {
  if (window.anzeTicket === data.ticket) return
  window.anzeTicket = data.ticket
  const failed = () => setTriggerValue("failed", true)
  fetch("session/claim", { method: "POST", body: data.ticket, headers: { "X-Anze": "1" } })
    .then((answer) => (answer.ok ? window.location.reload() : failed()), failed)
}
"""
_TIDY_JS = """
export default function () {
  fetch("session/end", { method: "POST", headers: { "X-Anze": "1" } })
}
"""
_claim = st.components.v2.component("anze_claim", js=_CLAIM_JS)
_tidy = st.components.v2.component("anze_tidy", js=_TIDY_JS)


class _NoCookie:
    """Stands where the library keeps its own cookie: it has none."""

    def get_cookie(self) -> None:
        """No token ever comes back."""

    def set_cookie(self) -> None:
        """Nothing is written."""


class _OurAccounts:
    """Stands where the library checks passwords against its own list."""

    def __init__(self, check: Callable[[str, str], bool]) -> None:
        """Keep what checks a user name and a password."""
        self._check = check

    def login(self, username: str, password: str, *_limits: Any, **_options: Any) -> bool:
        """Check what was typed."""
        return self._check(username or "", password or "")


class SignInForm(stauth.Authenticate):  # type: ignore[misc]  # the library is not typed
    """The library's form and nothing else of it.

    Its constructor would start a cookie manager in a frame and a credential list; the form itself needs
    only what is set here, and a test draws it to see that this is still so.
    """

    def __init__(self, check: Callable[[str, str], bool]) -> None:
        """Put our accounts where the library's were."""
        self.attrs = {"login_sleep_time": 0}
        self.path = None
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _OurAccounts(check)


def draw_login(edge: Edge) -> None:
    """Draw the login and nothing else; a right password leads to a reload of the same address."""
    ticket = _sign_on(edge) if has_arrived() else ""

    def check(username: str, password: str) -> bool:
        nonlocal ticket
        ticket = sign_in(edge.store, username, password, address=edge.address(), now=edge.clock()) or ""
        st.session_state[_NOTE] = "" if ticket else REFUSED
        return bool(ticket)

    with st.container(key="login"):
        draw_front()
        SignInForm(check).login(fields=FIELDS, key="sign_in")
        draw_sign_on()
        _draw_note(ticket)
        if demonstrates(edge.store):
            _draw_demonstration()
    if edge.token() or (has_arrived() and not ticket):
        _tidy(key="tidy")
    if ticket:
        _claim(key="claim", data={"ticket": ticket}, on_failed_change=_say_unclaimed)


def _sign_on(edge: Edge) -> str:
    """The ticket of whom the identity provider vouches for; why there is none is said like a failure."""
    ticket, why_not = try_sign_on(edge)
    if ticket or why_not:
        st.session_state[_NOTE] = why_not
    return ticket


def draw_person(edge: Edge, person: SignedIn, own: StreamlitPage | None = None) -> None:
    """Draw who is signed in, the way to one's own account and the way out, in the sidebar."""
    with st.sidebar.container(key="person"):
        st.text(person.actor.name)
        st.caption(workplace(edge.store, person.actor) or person.actor.role.label)
        if own is not None:
            st.page_link(own, label="我的账号", width="stretch")
        st.button("退出登录", key="sign_out", on_click=_sign_out, args=(edge,), width="stretch")


def _sign_out(edge: Edge) -> None:
    sign_out(edge.store, edge.token(), now=edge.clock())


def _say_unclaimed() -> None:
    st.session_state[_NOTE] = _UNCLAIMED


def _draw_note(ticket: str) -> None:
    if ticket:
        st.success("登录成功，正在进入……")
    elif note := st.session_state.get(_NOTE):
        st.error(as_text(note))


def draw_front() -> None:
    """Draw the emblem and the product's two names; the style sheet reaches nothing but the login."""
    st.html(f"<style>{_SHEET}</style>")
    st.html(element("div", element("h1", PRODUCT), element("p", FULL_TITLE), class_="front"))


def _draw_demonstration() -> None:
    """Say that the data is made up and who can be tried; drawn for a demonstration database only."""
    said = join("演示账号，密码均为 ", element("code", DEMONSTRATION_PASSWORD))
    accounts = (
        element("div", element("dt", Role.of(each.role).label), element("dd", each.username))
        for each in DEMONSTRATION_ACCOUNTS
    )
    tag = element("span", "示例数据", class_="tag sample")
    st.html(element("div", tag, element("p", said), element("dl", *accounts), class_="samples"))
