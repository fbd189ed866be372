"""A committee's member units as a table, and on its page: who is the liaison, and where one is lacking."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.domain.units import Member
from core.services.keeping_rosters import members_of
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.html import Markup, element


def draw_members_of(page: Context, committee: str, names: Mapping[str, str], as_of: date) -> None:
    """Draw a committee's member units on its page, where there are any."""
    held = [each for each, _ in members_of(page.store, page.actor, committee) if each.active_on(as_of)]
    if held:
        lacking = sum(not each.liaison for each in held)
        section_head("成员单位", f"{len(held)} 个" + (f"，{lacking} 个没有明确联络员" if lacking else ""))
        st.html(element("div", members_markup(held, names, as_of), class_="anze-lists"))


def members_markup(held: Sequence[Member], names: Mapping[str, str], as_of: date) -> Markup:
    """Write member units as a table; a missing office or liaison is said."""
    heads = [
        *(element("th", each, scope="col") for each in ("成员单位", "责任科室", "联络员", "电话")),
        *(element("th", each, scope="col", class_="span") for each in ("起", "止")),
    ]
    rows = [
        element(
            "tr",
            element("td", names.get(each.member, each.member)),
            element("td", each.office or "未明确"),
            element("td", each.liaison or "未明确", class_="whole"),
            element("td", each.phone or "—", class_="whole"),
            element("td", each.starts.isoformat() if each.starts else "—", class_="span"),
            element("td", _until(each, as_of), class_="span"),
        )
        for each in held
    ]
    caption = element("caption", "成员单位", class_="unseen")
    body = element("tbody", *rows)
    return element("table", caption, element("thead", element("tr", *heads)), body, class_="plain members")


def _until(each: Member, as_of: date) -> str:
    if each.until is None:
        return "—"
    return each.until.isoformat() + ("" if each.active_on(as_of) else "（已退出）")
