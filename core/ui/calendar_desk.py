"""日历: one unit's deadlines to take away, and private links that calendar programs follow by themselves."""

from collections.abc import Sequence
from urllib.parse import urljoin

import streamlit as st

from core.auth import Permission, may
from core.config import local_moment
from core.errors import SupervisionError
from core.reports.calendars import MIME
from core.services.calendar_links import (
    PURPOSE_LIMIT,
    list_calendar_links,
    make_calendar_link,
    revoke_calendar_link,
)
from core.services.calendars import unit_calendar
from core.services.judging import Question
from core.store.calendar_links import CalendarLink
from core.ui.context import Context
from core.ui.frame import Download, downloads
from core.ui.html import Markup, element
from core.ui.page import as_text

_MADE, _SAID = "calendar_link_made", "calendar_link_said"


def draw_calendar(page: Context, question: Question, unit: str) -> None:
    """Draw the desk, folded; a link that was just made unfolds it."""
    made, said = st.session_state.pop(_MADE, ""), st.session_state.pop(_SAID, "")
    with st.expander("到期日历", icon=":material/calendar_month:", expanded=bool(made or said)):
        st.caption("各项任务、隐患整改和督办回复的到期日，导入手机、电脑或 WPS 的日历后按时提醒。")
        later = page.lasting()
        downloads(
            [
                Download(
                    "下载日历",
                    f"日历-{unit}-{question.year}.ics",
                    lambda: unit_calendar(later.store, later.actor, question, unit),
                    MIME,
                )
            ]
        )
        if may(page.actor, Permission.CALENDAR_LINKS, unit):
            _draw_links(page, unit, made, said)


def _draw_links(page: Context, unit: str, made: str, said: str) -> None:
    st.caption(
        "订阅链接让日历随看板更新。拿到链接的人无需登录即可看到本单位的到期事项，请勿转发；不用时停用。"
    )
    with st.container():  # as say_once
        _draw_said(made, said)
    links = list_calendar_links(page.store, page.actor, unit)
    key = f"calendar_purpose_{unit}"
    with (
        st.form(f"calendar_link_{unit}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("链接用途", max_chars=PURPOSE_LIMIT, key=key, placeholder="如：办公室手机", width=320)
        st.form_submit_button("新建订阅链接", on_click=_make, args=(page, unit, key))
    if links:
        st.html(element("div", _table(links), class_="anze-lists"))
    _draw_revoking(page, unit, [each for each in links if each.revoked_at is None])


def _draw_said(made: str, said: str) -> None:
    """Show what came of the last press; a link's address only now and never again."""
    if said:
        st.error(as_text(said))
    if made:
        st.success("链接已建立，只显示这一次，请立即复制到日历程序的“订阅日历”中。")
        st.code(urljoin(st.context.url or "", f"calendar/{made}.ics"), language=None, wrap_lines=True)


def _make(page: Context, unit: str, key: str) -> None:
    try:
        purpose = st.session_state[key]
        st.session_state[_MADE] = make_calendar_link(page.store, page.actor, unit, purpose, now=page.now)
        st.session_state[key] = ""
    except SupervisionError as error:
        st.session_state[_SAID] = str(error)


def _draw_revoking(page: Context, unit: str, held: Sequence[CalendarLink]) -> None:
    if not held:
        return
    names = {
        each.link_id: f"{each.purpose}（{local_moment(each.made_at):%Y-%m-%d %H:%M} 建立）" for each in held
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "停用订阅链接",
            list(names),
            format_func=lambda number: names[number],
            width=420,
            key=f"calendar_revoked_{unit}",
        )
        st.button("停用", key=f"calendar_revoke_{unit}", on_click=_revoke, args=(page, chosen))


def _revoke(page: Context, link_id: int) -> None:
    try:
        revoke_calendar_link(page.store, page.actor, link_id, now=page.now)
    except SupervisionError as error:
        st.session_state[_SAID] = str(error)


def _table(links: Sequence[CalendarLink]) -> Markup:
    heads = [element("th", each, scope="col") for each in ("用途", "建立时间", "最近读取", "状态")]
    return element(
        "table",
        element("caption", "订阅链接", class_="unseen"),
        element("thead", element("tr", *heads)),
        element("tbody", *map(_row, links)),
        class_="plain",
    )


def _row(link: CalendarLink) -> Markup:
    made, opened = local_moment(link.made_at), link.opened_at and local_moment(link.opened_at)
    return element(
        "tr",
        element("td", link.purpose),
        element("td", f"{made:%Y-%m-%d %H:%M}"),
        element("td", f"{opened:%Y-%m-%d %H:%M}" if opened else "尚未读取"),
        element("td", "已停用" if link.revoked_at else "可用"),
    )
