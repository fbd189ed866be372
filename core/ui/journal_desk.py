"""系统管理 · 变更日志: who did what, when, to what and why; newest first."""

from collections.abc import Sequence

import streamlit as st

from core.config import local_moment
from core.services.journalling import Line, read_journal
from core.services.reporting import Taken, journal_table
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup, element

_PER_PAGE = 50
_HEADS = ("编号", "时间", "人员", "地址", "操作", "对象", "原因", "变更前后")
_SHORT = 120
_TAKEN_AT_MOST = 200_000


def draw_journal(page: Context) -> None:
    """Draw a page of the journal with its search."""
    words = st.text_input("查找", placeholder="人员、操作、对象、原因", max_chars=100, key="journal_words")
    number = st.session_state.get("journal_page", 1)
    lines, total = read_journal(page.store, page.actor, words, _PER_PAGE, (number - 1) * _PER_PAGE)
    section_head("变更日志", f"共 {total} 条")
    if not lines:
        empty_state("没有符合条件的日志", "换一个词再找。")
        return
    st.html(element("div", _table(lines), class_="anze-lists"))

    later = page.lasting()

    def whole() -> Taken:
        return journal_table(read_journal(later.store, later.actor, words, _TAKEN_AT_MOST)[0])

    table_downloads("下载日志", "变更日志", whole)
    last = max(1, -(-total // _PER_PAGE))
    st.number_input("页", 1, last, min(number, last), key="journal_page", width=160)


def _table(lines: Sequence[Line]) -> Markup:
    heads = [element("th", each, scope="col") for each in _HEADS]
    rows = [
        element(
            "tr",
            element("td", str(each.change_id)),
            element("td", f"{local_moment(each.at):%Y-%m-%d %H:%M:%S}"),
            element("td", each.person),
            element("td", each.address),
            element("td", each.action if each.succeeded else f"{each.action}（未成功）"),
            element("td", each.subject),
            element("td", each.reason),
            element("td", _short(each.content), title=each.content),
        )
        for each in lines
    ]
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="plain")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
