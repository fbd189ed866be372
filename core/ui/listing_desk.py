"""挂牌督办: the register of major hazards with their clocks, whose days the office sets."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.clocks import MOST_DAYS, Clock, ticking
from core.domain.hazards import Case, Deed, Level
from core.errors import SupervisionError
from core.services.hazards import clock_days_of, set_clock_days
from core.ui.context import Context
from core.ui.frame import empty_state, section_head
from core.ui.hazard_filters import Lists
from core.ui.hazard_markup import stage_markup
from core.ui.html import Markup, element, join
from core.ui.links import draw_links
from core.ui.page import as_text

_HEADS = ("编号", "属地与责任人", "重大隐患", "挂牌", "期限", "状态", "应办时限")
_SAID = "clock_said"
_BLANK = join()


def draw_listing(page: Context, cases: Sequence[Case], as_of: date, lists: Lists) -> None:
    """Draw every major hazard that was ever listed or should be; what runs out first stands first."""
    days = clock_days_of(page.store)
    major = [case for case in cases if case.hazard.level == Level.MAJOR]
    section_head("挂牌督办台账", f"重大隐患 {len(major)} 处，时限按工作日计，天数由办公室设定")
    if not major:
        empty_state("没有重大隐患", "截至这一天没有登记重大隐患。")
    elif draw_links(register_markup(_by_urgency(major, days), days, as_of, lists), key="listing"):
        st.rerun()
    if may(page.actor, Permission.SETTINGS):
        _draw_settings(page, days)


def _by_urgency(cases: Sequence[Case], days: Mapping[Clock, int]) -> list[Case]:
    def first_due(case: Case) -> tuple[bool, date]:
        dues = [each.due for each in ticking(case, days)]
        return (not case.course.open, min(dues, default=date.max))

    return sorted(cases, key=first_due)


def register_markup(cases: Sequence[Case], days: Mapping[Clock, int], as_of: date, lists: Lists) -> Markup:
    """Write the register as a table; each code opens its hazard."""
    rows = [_row(case, days, as_of, lists) for case in cases]
    return element(
        "table",
        element("caption", "挂牌督办台账", class_="unseen"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in _HEADS))),
        element("tbody", *rows),
        class_="plain hazards",
    )


def _row(case: Case, days: Mapping[Clock, int], as_of: date, lists: Lists) -> Markup:
    hazard, course = case.hazard, case.course
    listing = next((move for move in reversed(case.moves) if move.deed == Deed.LISTED), None)
    told = dict(listing.detail) if listing else {}
    document = listing.document if listing else "未挂牌"
    clocks = [_clock(each.clock, each.due, late=each.late(as_of)) for each in ticking(case, days)]
    what = join(element("b", hazard.place), element("span", hazard.description))
    return element(
        "tr",
        element("td", element("a", hazard.code, href=lists.case_link(hazard.code)), class_="code"),
        element("td", lists.name(case.responsible), element("small", told.get("responsible", ""))),
        element("td", element("div", what, class_="what")),
        element("td", f"{course.listed_on or '—'}", element("small", document), data_label="挂牌"),
        element("td", f"{course.due or '—'}", class_="day", data_label="期限"),
        element("td", stage_markup(case), _off(case)),
        element("td", *clocks) if clocks else element("td", "—"),
        data_hazard=hazard.code,
    )


def _off(case: Case) -> Markup:
    return element("small", f"{case.course.delisted_on} 摘牌") if case.course.delisted_on else _BLANK


def _clock(clock: Clock, due: date, *, late: bool) -> Markup:
    said = f"{clock.label}：{due}" + ("，已超期" if late else "")
    return element("small", said, class_="late" if late else None)


def _draw_settings(page: Context, days: Mapping[Clock, int]) -> None:
    for good, said in st.session_state.pop(_SAID, []):
        (st.success if good else st.error)(as_text(said))
    with st.expander("挂牌督办时限（工作日，办公室设定）", icon=":material/timer:"):
        for clock in Clock:
            st.number_input(f"{clock.label}（工作日）", 1, MOST_DAYS, days[clock], key=f"clock_{clock.value}")
        st.button("保存时限", on_click=_set_days, args=(page,))


def _set_days(page: Context) -> None:
    wanted = {clock: int(st.session_state[f"clock_{clock.value}"]) for clock in Clock}
    try:
        set_clock_days(page.store, page.actor, wanted, now=page.now)
    except SupervisionError as error:
        st.session_state[_SAID] = [(False, str(error))]
    else:
        st.session_state[_SAID] = [(True, "挂牌督办时限已保存。")]
