"""重点时段: whether a check of each first director and locality fell into each key period: advice only."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from core.auth import Permission, may
from core.domain.key_periods import KeyPeriod
from core.domain.units import Unit, UnitKind
from core.errors import SupervisionError
from core.services.judging import Question
from core.services.key_periods import KeyPeriodBoard, keep_period, key_period_board, set_lead_days, take_out
from core.ui.context import Context
from core.ui.frame import banner, section_head
from core.ui.html import Markup, element
from core.ui.page import as_text

_HEADS = {
    UnitKind.COMMITTEE: "专委会第一主任检查",
    UnitKind.LOCALITY: "属地检查（包保督导、暗查暗访、联合执法）",
}
_SAID = "key_period_said"


def draw_key_periods(page: Context, question: Question) -> None:
    """Draw the boards, and for the office what there is to set."""
    board = key_period_board(page.store, page.actor, question)
    banner(
        f"重点时段只作提示，不设次数、不算未完成。时段开始前 {board.lead_days} 天内的检查也计入。"
        "依据：通知二（一）2、二（三）1“重点时段，应适当增加检查频次”。"
    )
    for kind, head in _HEADS.items():
        units = [unit for unit in board.units if unit.kind == kind]
        if units:
            section_head(head, f"{question.year}年")
            st.html(board_markup(units, board, question.as_of))
    if may(page.actor, Permission.SETTINGS):
        _draw_settings(page, board, question.year)


def board_markup(units: Sequence[Unit], board: KeyPeriodBoard, as_of: date) -> Markup:
    """Write units down, periods across: how many checks, or that there has been none yet."""
    heads = [element("th", "单位", scope="col"), *(_head(period) for period in board.periods)]
    rows = [
        element(
            "tr",
            element("th", unit.name, scope="row"),
            *(
                _cell(board.counts.get((unit.code, period.code), 0), period, board, as_of)
                for period in board.periods
            ),
        )
        for unit in units
    ]
    table = element(
        "table",
        element("caption", "重点时段检查情况", class_="unseen"),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="plain periods",
    )
    return element("div", table, class_="anze-links periods-wrap")


def _head(period: KeyPeriod) -> Markup:
    span = f"{period.starts.month}.{period.starts.day}–{period.until.month}.{period.until.day}"
    return element("th", period.name, element("small", span), scope="col")


def _cell(count: int, period: KeyPeriod, board: KeyPeriodBoard, as_of: date) -> Markup:
    if count:
        return element("td", f"✓ {count}次", class_="done")
    if as_of < period.starts - timedelta(days=board.lead_days):
        return element("td", "未到", class_="ahead")
    return element("td", "—", class_="none", title="尚无检查（仅提示）")


def _draw_settings(page: Context, board: KeyPeriodBoard, year: int) -> None:
    for good, said in st.session_state.pop(_SAID, []):
        (st.success if good else st.error)(as_text(said))
    with st.expander("调整重点时段", icon=":material/edit_calendar:"):
        names = {
            period.code: f"{period.name}（{period.starts} 至 {period.until}）" for period in board.periods
        }
        st.text_input("新增时段名称", placeholder="如：全国两会、国际登山节", key="period_name")
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        bounds = (date(year, 1, 1), date(year, 12, 31))
        left.date_input("自", None, *bounds, format="YYYY-MM-DD", key="period_starts")
        middle.date_input("至", None, *bounds, format="YYYY-MM-DD", key="period_until")
        right.button("新增时段", on_click=_add, args=(page,))
        st.multiselect(
            "取消时段",
            list(names),
            format_func=lambda code: names[code],
            placeholder="请选择",
            key="period_out",
        )
        st.button("取消所选时段", on_click=_remove, args=(page, board))
        st.number_input("节前计入天数", 0, 30, board.lead_days, key="period_lead")
        st.button("保存天数", on_click=_set_lead, args=(page,))


def _say(said: str, *, good: bool = True) -> None:
    st.session_state[_SAID] = [(good, said)]


def _add(page: Context) -> None:
    held = st.session_state
    starts, until = held.get("period_starts"), held.get("period_until")
    if not isinstance(starts, date) or not isinstance(until, date):
        _say("请填写时段的起止日期。", good=False)
        return
    try:
        kept = keep_period(
            page.store, page.actor, KeyPeriod("", held["period_name"], starts, until), now=page.now
        )
    except SupervisionError as error:
        _say(str(error), good=False)
    else:
        held.update(period_name="", period_starts=None, period_until=None)
        _say(f"已新增重点时段“{kept.name}”。")


def _remove(page: Context, board: KeyPeriodBoard) -> None:
    chosen = set(st.session_state.get("period_out", []))
    try:
        take_out(
            page.store, page.actor, [each for each in board.periods if each.code in chosen], now=page.now
        )
    except SupervisionError as error:
        _say(str(error), good=False)
    else:
        st.session_state["period_out"] = []
        _say(f"已取消 {len(chosen)} 个重点时段，原设置保留在日志中。")


def _set_lead(page: Context) -> None:
    try:
        set_lead_days(page.store, page.actor, int(st.session_state["period_lead"]), now=page.now)
    except SupervisionError as error:
        _say(str(error), good=False)
    else:
        _say("节前计入天数已保存。")
