"""Long lists in pages; the number lives in the address."""

import streamlit as st

from core.ui.asking import put


def page_number() -> int:
    """The page that the address asks for, from 1."""
    typed = st.query_params.get("page", "1")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < len("1000000") else 1


def draw_pages(number: int, total: int, per_page: int) -> None:
    """Draw the way to the page before and after; nothing where one page holds all."""
    last = max(1, -(-total // per_page))
    if last == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("上一页", disabled=number <= 1):
            put("page", str(number - 1))
            st.rerun()
        st.text(f"第 {number} 页，共 {last} 页", width="content")
        if st.button("下一页", disabled=number >= last):
            put("page", str(number + 1))
            st.rerun()
