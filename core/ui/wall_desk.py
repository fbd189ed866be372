"""系统管理 · 大屏链接: made for a screen that nobody signs in on, shown once, revoked."""

from collections.abc import Sequence
from urllib.parse import urljoin

import streamlit as st

from core.config import local_moment
from core.errors import SupervisionError
from core.services.wall_links import PLACE_LIMIT, list_links, make_link, revoke_link
from core.store.wall_links import WallLink
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.html import Markup, element
from core.ui.page import as_text

_MADE, _SAID, _PLACE = "wall_link_made", "wall_link_said", "wall_link_place"


def draw_wall_links(page: Context) -> None:
    """Draw the whole desk."""
    section_head("大屏链接", "打开即可查看大屏，无需登录，不显示个人信息，可随时停用")
    with st.container():  # as say_once
        _draw_said()
    links = list_links(page.store, page.actor)
    with st.form("wall_link", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "大屏所在位置", max_chars=PLACE_LIMIT, key=_PLACE, placeholder="如：一楼大厅", width=320
        )
        st.form_submit_button("新建链接", on_click=_make, args=(page,))
    if links:
        st.html(element("div", _table(links), class_="anze-lists"))
    _draw_revoking(page, [each for each in links if each.revoked_at is None])


def _draw_said() -> None:
    """Show what came of the last click; a link's address only now and never again."""
    token, said = st.session_state.pop(_MADE, ""), st.session_state.pop(_SAID, "")
    if said:
        st.error(as_text(said))
    if token:
        st.success("链接已建立，只显示这一次，请立即复制并在大屏的浏览器中打开。")
        st.code(urljoin(st.context.url or "", f"wall/{token}"), language=None)


def _make(page: Context) -> None:
    try:
        st.session_state[_MADE] = make_link(page.store, page.actor, st.session_state[_PLACE], now=page.now)
        st.session_state[_PLACE] = ""
    except SupervisionError as error:
        st.session_state[_SAID] = str(error)


def _draw_revoking(page: Context, held: Sequence[WallLink]) -> None:
    if not held:
        return
    names = {
        each.link_id: f"{each.place}（{local_moment(each.made_at):%Y-%m-%d %H:%M} 建立）" for each in held
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("停用链接", list(names), format_func=lambda number: names[number], width=420)
        st.button("停用", key="wall_link_revoke", on_click=_revoke, args=(page, chosen))


def _revoke(page: Context, link_id: int) -> None:
    try:
        revoke_link(page.store, page.actor, link_id, now=page.now)
    except SupervisionError as error:
        st.session_state[_SAID] = str(error)


def _table(links: Sequence[WallLink]) -> Markup:
    heads = [element("th", each, scope="col") for each in ("位置", "建立时间", "最近打开", "状态")]
    return element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *map(_row, links)),
        class_="plain",
    )


def _row(link: WallLink) -> Markup:
    made, opened = local_moment(link.made_at), link.opened_at and local_moment(link.opened_at)
    return element(
        "tr",
        element("td", link.place),
        element("td", f"{made:%Y-%m-%d %H:%M}"),
        element("td", f"{opened:%Y-%m-%d %H:%M}" if opened else "尚未打开"),
        element("td", "已停用" if link.revoked_at else "可用"),
    )
