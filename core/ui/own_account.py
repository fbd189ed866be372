"""我的账号: the own password, the own sessions, one-time codes; and what is due before anything else."""

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from core.config import local_moment
from core.domain.policies import Policy
from core.errors import InputError, SupervisionError
from core.services import own_account
from core.services.policies import policy_now
from core.services.signing_in import SignedIn, sign_out
from core.store.sessions import OpenSession
from core.ui.context import Edge, SignedOutError
from core.ui.frame import section_head
from core.ui.html import Markup, element
from core.ui.login import draw_front
from core.ui.page import refusals_shown
from core.ui.saying import say_once

TITLE = "我的账号"
PATH = "account"
_SAID, _SECRET = "own_account_said", "own_account_secret"
_FIELDS = ("old_password", "new_password", "new_password_again")


def draw_due(edge: Edge, person: SignedIn) -> None:
    """Draw what is still due, a one-time code or another password, in place of any page."""
    with st.container(key="login"):
        draw_front()
        with refusals_shown():
            if person.must_show_code:
                _draw_code(edge)
            else:
                _draw_password(edge, "首次登录、密码被重设或密码已过有效期，请先修改密码。")
            _draw_said()
        st.button("退出登录", on_click=lambda: sign_out(edge.store, edge.token(), now=edge.clock()))


def draw_own_account(edge: Edge, home: StreamlitPage | None = None) -> None:
    """Draw the page of one's own account, with the way back to where the role starts."""
    with refusals_shown():
        person = _present(edge)
        st.title(TITLE)
        if home is not None:
            st.page_link(home, label="返回", icon=":material/arrow_back:")
        _draw_said()
        left, right = st.columns(2, gap="large")
        with left:
            section_head("修改密码")
            _draw_password(edge)
            if person.actor.role in own_account.MAY_USE_CODES:
                _draw_second_factor(edge, person)
        with right:
            _draw_sessions(edge, person)


def rules_in_words(policy: Policy) -> str:
    """The rules for a password, as one sentence."""
    days = f"有效期 {policy.days} 天。" if policy.days else ""
    return (
        f"至少 {policy.shortest} 个字符并含大写字母、小写字母、数字、其他字符中的 {policy.classes} 类，"
        f"或不少于 {policy.passphrase} 个字符；不含用户名，不用常见密码，"
        f"不与最近 {policy.remembered} 次相同。{days}"
    )


def _draw_password(edge: Edge, why: str = "") -> None:
    with st.form("own_password"):
        if why:
            st.info(why)
        st.text_input("原密码", type="password", key=_FIELDS[0], autocomplete="current-password")
        st.text_input("新密码", type="password", key=_FIELDS[1], autocomplete="new-password")
        st.text_input("再次输入新密码", type="password", key=_FIELDS[2], autocomplete="new-password")
        st.caption(rules_in_words(policy_now(edge.store)))
        st.form_submit_button("修改密码", type="primary", on_click=_change_password, args=(edge,))


def _draw_code(edge: Edge) -> None:
    with st.form("own_code", clear_on_submit=True):
        st.text_input("动态验证码", max_chars=10, key="own_code_typed", autocomplete="one-time-code")
        st.caption("请输入手机验证器上显示的 6 位数字。")
        st.form_submit_button("继续", type="primary", on_click=_show_code, args=(edge,))


def _draw_sessions(edge: Edge, person: SignedIn) -> None:
    found = own_account.own_sessions(edge.store, person, now=edge.clock())
    section_head("登录情况", f"共 {len(found)} 处")
    rows = [_session_row(each, this=each.key == person.key) for each in found]
    heads = [element("th", each, scope="col") for each in ("登录时间", "最近操作", "地址", "浏览器")]
    body = (element("thead", element("tr", *heads)), element("tbody", *rows))
    st.html(element("div", element("table", *body, class_="plain"), class_="anze-lists"))
    st.button("结束其他登录", disabled=len(found) < 2, on_click=_end_others, args=(edge,))  # noqa: PLR2004


def _session_row(session: OpenSession, *, this: bool) -> Markup:
    return element(
        "tr",
        element("td", f"{local_moment(session.begun_at):%Y-%m-%d %H:%M}"),
        element("td", "本次登录" if this else f"{local_moment(session.seen_at):%Y-%m-%d %H:%M}"),
        element("td", session.address),
        element("td", browser_name(session.agent)),
    )


def browser_name(agent: str) -> str:
    """What people call a browser and its system; 未知 where it does not say."""
    systems = {
        "Windows": "Windows",
        "Android": "安卓",
        "iPhone": "iPhone",
        "Mac OS": "macOS",
        "Linux": "Linux",
    }
    browsers = {
        "MicroMessenger": "微信",
        "Edg": "Edge",
        "Firefox": "Firefox",
        "Chrome": "Chrome",
        "Safari": "Safari",
    }
    found = (next((said for sign, said in each.items() if sign in agent), "") for each in (browsers, systems))
    return " · ".join(filter(None, found)) or "未知"


def _draw_second_factor(edge: Edge, person: SignedIn) -> None:
    section_head("动态验证码")
    if own_account.uses_codes(edge.store, person):
        st.success("已启用：登录时须输入手机验证器上的验证码。手机遗失请系统管理员取消。")
        return
    if _SECRET not in st.session_state:
        st.caption("启用后，登录除密码外还须输入手机验证器（如各类 Authenticator 应用）上的 6 位数字。")
        st.button("启用动态验证码", on_click=_begin_secret)
        return
    secret = st.session_state[_SECRET]
    st.caption("在手机验证器中选择“手动输入密钥”，输入下面的密钥（按时间、6 位、30 秒），再填写显示的数字。")
    st.code(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), language=None)
    with st.form("own_codes"):
        st.text_input("动态验证码", max_chars=10, key="own_first_code", autocomplete="one-time-code")
        st.form_submit_button("确认启用", type="primary", on_click=_begin_codes, args=(edge,))


def _begin_secret() -> None:
    st.session_state[_SECRET] = own_account.new_secret()


def _begin_codes(edge: Edge) -> None:
    secret, code = st.session_state[_SECRET], st.session_state["own_first_code"]

    def act(person: SignedIn) -> str:
        own_account.begin_codes(edge.store, person, secret, code, now=edge.clock())
        del st.session_state[_SECRET]
        return "动态验证码已启用，下次登录时须输入。"

    _try(edge, act)


def _change_password(edge: Edge) -> None:
    old, new, again = (st.session_state[name] for name in _FIELDS)

    def act(person: SignedIn) -> str:
        if new != again:
            raise InputError("两次输入的新密码不一致。")
        own_account.change_own_password(
            edge.store, person, old, new, address=edge.address(), now=edge.clock()
        )
        return "密码已修改，其他登录已全部结束。"

    _try(edge, act)
    st.session_state.update(dict.fromkeys(_FIELDS, ""))


def _show_code(edge: Edge) -> None:
    code = st.session_state["own_code_typed"]

    def act(person: SignedIn) -> str:
        own_account.show_code(edge.store, person, code, address=edge.address(), now=edge.clock())
        return ""

    _try(edge, act)


def _end_others(edge: Edge) -> None:
    def act(person: SignedIn) -> str:
        return f"已结束其他 {own_account.end_other_sessions(edge.store, person, now=edge.clock())} 处登录。"

    _try(edge, act)


def _present(edge: Edge) -> SignedIn:
    """Who is there at this moment: a callback outlives the run that drew its button."""
    person = edge.comes(True)
    if person is None:
        raise SignedOutError("登录已失效，请重新登录。")
    return person


def _try(edge: Edge, act: Callable[[SignedIn], str]) -> None:
    try:
        st.session_state[_SAID] = (True, act(_present(edge)))
    except SupervisionError as error:
        st.session_state[_SAID] = (False, str(error))


def _draw_said() -> None:
    done, said = st.session_state.pop(_SAID, (True, ""))
    say_once(others=[("success" if done else "error", said)] if said else [])
