"""系统管理 · 账号: the list, a form to add one, and what can be done to one."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from core.auth import KIND_OF_ROLE, Role
from core.domain.policies import LIMITS, numbers_of
from core.domain.units import Unit
from core.errors import SupervisionError
from core.services import accounts
from core.services.policies import policy_now, set_policy
from core.store.accounts import Account, NewAccount
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.html import Markup, element
from core.ui.page import as_text
from core.ui.sign_on import is_offered

_SAID = "account_desk"
_POLICY = "policy_"


def draw_accounts(page: Context) -> None:
    """Draw the whole desk."""
    said = st.session_state.pop(_SAID, None)
    if said:
        (st.success if said[0] else st.error)(as_text(said[1]))
    units = accounts.places(page.store, page.actor)
    every = accounts.list_accounts(page.store, page.actor)
    section_head("账号", f"共 {len(every)} 个")
    st.html(element("div", _table(every, {unit.code: unit.name for unit in units}), class_="anze-lists"))
    left, right = st.columns(2, gap="large")
    with left:
        _draw_one(page, every)
    with right:
        _draw_new(page, units)


def draw_policy(page: Context) -> None:
    """Draw the rules for passwords, sessions and guessing, to be changed."""
    section_head("安全设置", "修改后立即生效")
    policy = numbers_of(policy_now(page.store))
    with st.form("policy"):
        columns = st.columns(2)
        for place, (name, limit) in enumerate(LIMITS.items()):
            said = f"{limit.label}（{limit.unit}）"
            columns[place % 2].number_input(
                said, limit.least, limit.most, policy[name], key=f"{_POLICY}{name}"
            )
        st.form_submit_button("保存安全设置", on_click=_save_policy, args=(page,))


def _save_policy(page: Context) -> None:
    numbers = {name: st.session_state[f"{_POLICY}{name}"] for name in LIMITS}
    _try(lambda: set_policy(page.store, page.actor, numbers, now=page.now), "安全设置已保存。")


def _table(every: Sequence[Account], units: dict[str, str]) -> Markup:
    heads = [element("th", each, scope="col") for each in ("用户名", "姓名", "角色", "单位", "状态")]
    rows = [
        element(
            "tr",
            element("td", each.username),
            element("td", each.name),
            element("td", Role.of(each.role).label),
            element("td", units.get(each.unit, each.unit) or "—"),
            element("td", "启用" if each.active else "已停用"),
        )
        for each in every
    ]
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="plain")


def _draw_one(page: Context, every: Sequence[Account]) -> None:
    section_head("管理一个账号")
    names = {each.username: f"{each.username}（{each.name}）" for each in every}
    chosen = st.selectbox("账号", list(names), format_func=lambda name: names[name], key="account_chosen")
    steps: tuple[tuple[str, Callable[..., None]], ...] = (
        ("停用", accounts.disable),
        ("启用", accounts.enable),
        ("解除锁定", accounts.unlock),
        ("取消动态验证码", accounts.drop_second_factor),
    )
    with st.container(horizontal=True):
        for label, step in steps:
            st.button(label, on_click=_act, args=(page, step, chosen, f"账号 {chosen} 已{label}。"))
        st.button("重设密码", on_click=_reset, args=(page, chosen))
    if is_offered():
        _draw_binding(page, next(each for each in every if each.username == chosen))


def _draw_binding(page: Context, account: Account) -> None:
    """By what name the identity provider knows the account; shown where single sign-on is set up."""
    key = f"external_id_{account.username}_{account.external_id}"
    form = st.form(f"binding_{account.username}", border=False)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("单点登录标识", account.external_id, max_chars=200, key=key, autocomplete="off")
        st.form_submit_button("绑定", on_click=_bind, args=(page, account.username, key))


def _bind(page: Context, username: str, key: str) -> None:
    wanted = st.session_state[key]
    done = f"账号 {username} 已{'绑定单点登录标识' if wanted.strip() else '解除单点登录绑定'}。"
    _try(lambda: accounts.bind(page.store, page.actor, username, wanted, now=page.now), done)


def _draw_new(page: Context, units: Sequence[Unit]) -> None:
    section_head("新增账号")
    names = {"": "（无）", **{unit.code: unit.name for unit in units}}
    with st.form("new_account"):
        st.text_input("用户名", max_chars=32, key="new_username", autocomplete="off")
        st.text_input("姓名", max_chars=50, key="new_name")
        st.selectbox("角色", list(Role), format_func=lambda role: Role.of(role).label, key="new_role")
        st.selectbox("单位", list(names), format_func=lambda code: names[code], key="new_unit")
        kinds = "、".join(kind.label for kind in KIND_OF_ROLE.values())
        st.caption(f"{kinds}账号须选本类单位。初始密码随机生成，只显示一次。")
        st.form_submit_button("新增账号", type="primary", on_click=_add, args=(page,))


def _act(page: Context, step: Callable[..., None], username: str, done: str) -> None:
    _try(lambda: step(page.store, page.actor, username, now=page.now), done)


def _reset(page: Context, username: str) -> None:
    password = accounts.fresh_password(page.store)
    done = f"账号 {username} 的密码已重设为：{password}（只显示这一次，原有登录全部失效，首次登录时须修改）"
    _try(
        lambda: accounts.set_password(page.store, page.actor, username, password, now=page.now),
        done,
    )


def _add(page: Context) -> None:
    state, password = st.session_state, accounts.fresh_password(page.store)
    account = NewAccount(
        state["new_username"], state["new_name"], Role.of(state["new_role"]), state["new_unit"]
    )
    done = f"账号 {account.username} 已建立，初始密码：{password}（只显示这一次，首次登录时须修改）"
    _try(lambda: accounts.add_account(page.store, page.actor, account, password, now=page.now), done)


def _try(step: Callable[[], Any], done: str) -> None:
    try:
        step()
    except SupervisionError as error:
        st.session_state[_SAID] = (False, str(error))
    else:
        st.session_state[_SAID] = (True, done)
