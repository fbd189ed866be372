"""隐患闭环: hazards from found to closed, as figures, as a list, and one by one."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.charts import ageing_chart, ageing_frame
from core.domain.hazard_figures import Group, figures_of, narrowed
from core.domain.hazards import Case, Source
from core.services.hazards import every_unit, hazard_story, hazards_table
from core.services.looking_up import look_up
from core.ui.asking import Asked, asked_of, hazards_now, last_day_of, put
from core.ui.board_page import draw_city, draw_head
from core.ui.charts import draw_chart
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import empty_state, section_head
from core.ui.hazard_filters import (
    Lists,
    back_address,
    draw_hazard_filters,
    lists_of,
    narrowing_in_address,
    without_group,
)
from core.ui.hazard_form import Finding, draw_registration
from core.ui.hazard_markup import ages_markup, breakdown_markup, figures_markup, list_markup
from core.ui.hazard_moves import draw_moves
from core.ui.hazard_story import facts_markup, pictures_markup, timeline_markup
from core.ui.letter_buttons import draw_hazard_notices
from core.ui.links import draw_links
from core.ui.listing_desk import draw_listing
from core.ui.page import Page
from core.ui.paging import draw_pages, page_number
from core.ui.reading import read_steady

PAGE = Page("hazards", "隐患闭环", Permission.SEE)
_PER_PAGE = 30


def render(page: Context) -> None:
    """Draw the page: one hazard where the address names one, else figures and lists."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    draw_city(asked)
    code = st.query_params.get("hazard", "")
    if code:
        _draw_one(page, asked, code)
        return
    lookup = look_up(page.store, page.actor)
    cases = hazards_now(page, asked.question)
    _draw_registering(page, asked)
    if not cases:
        empty_state("还没有隐患", "这一天以前没有登记过您可以查看的隐患。", "检查中发现的隐患请在上方登记。")
        return
    draw_hazard_filters(read_steady(page, every_unit), cases)
    lists = lists_of({**lookup.names.units, **{source.value: source.label for source in Source}})
    view = _draw_view()
    if view == "list":
        _draw_list(asked, list(cases), lists)
    elif view == "listed":
        within = narrowed(cases, without_group(narrowing_in_address()), asked.question.as_of)
        draw_listing(page, within, asked.question.as_of, lists)
    else:
        _draw_figures(asked, list(cases), lists)


def _draw_registering(page: Context, asked: Asked) -> None:
    last_day = last_day_of(page, asked)
    if may(page.actor, Permission.HANDLE) and asked.question.as_of >= page.today:
        with st.expander("登记隐患", icon=":material/add:"):
            draw_registration(page, read_steady(page, every_unit), Finding(), last_day)


def _draw_view() -> str:
    names = {"": "概况", "list": "清单", "listed": "挂牌督办"}
    wanted = st.query_params.get("view", "")
    chosen = st.segmented_control(
        "视图",
        list(names),
        default=wanted if wanted in names else "",
        format_func=lambda name: names[name],
        key=f"hazard_view_{wanted}",
        label_visibility="collapsed",
        required=True,
    )
    if (chosen or "") != wanted:
        for name in ("show", "age", "page"):
            put(name, "")
        put("view", chosen or "")
        st.rerun()
    return wanted


def _draw_figures(asked: Asked, cases: list[Case], lists: Lists) -> None:
    day = asked.question.as_of
    within = narrowed(cases, without_group(narrowing_in_address()), day)
    if draw_links(figures_markup(figures_of(within, day), lists), key="hazard_figures"):
        st.rerun()
    section_head("未销号隐患已有多久", "按发现日期计")
    draw_chart(ageing_chart, ageing_frame(within, day))
    if draw_links(ages_markup(within, day, lists), key="hazard_ages"):
        st.rerun()
    left, right = st.columns(2, gap="large")
    with left:
        _draw_breakdown("属地", "locality", lambda case: case.hazard.locality, (within, day, lists))
        _draw_breakdown("来源", "source", lambda case: case.hazard.source, (within, day, lists))
    with right:
        _draw_breakdown("行业专委会", "industry", lambda case: case.hazard.industry, (within, day, lists))


def _draw_breakdown(
    head: str, name: str, key: Callable[[Case], str], told: tuple[list[Case], date, Lists]
) -> None:
    section_head(f"按{head}")
    if draw_links(breakdown_markup(head, name, key, *told), key=f"by_{name}"):
        st.rerun()


def _draw_list(asked: Asked, cases: list[Case], lists: Lists) -> None:
    day, wanted = asked.question.as_of, narrowing_in_address()
    found = narrowed(cases, wanted, day)
    section_head((wanted.group or Group.FOUND).label, f"共 {len(found)} 处")
    if not found:
        empty_state("没有符合条件的隐患", "换一个条件再找，或清空筛选。")
        return
    number = min(page_number(), -(-len(found) // _PER_PAGE))
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    if draw_links(list_markup(shown, day, lists), key="hazard_list"):
        st.rerun()
    draw_pages(number, len(found), _PER_PAGE)

    table_downloads("下载本清单", f"隐患清单-{day}", lambda: hazards_table(found, lists.names, day))


def _draw_one(page: Context, asked: Asked, code: str) -> None:
    if st.button("返回", icon=":material/arrow_back:"):
        st.query_params.from_dict(back_address())
        st.rerun()
    day: date = asked.question.as_of
    story = hazard_story(page.store, page.actor, code, day)
    lookup = look_up(page.store, page.actor)
    section_head(story.case.hazard.place or code, code)
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.html(facts_markup(story, lookup.names.units, day))
        draw_hazard_notices(page, story.case)
        if day >= page.today:
            draw_moves(page, story.case, read_steady(page, every_unit), last_day_of(page, asked))
    with right:
        section_head("整改前后")
        st.html(pictures_markup(story.pictures))
        section_head("办理过程", f"{len(story.case.moves)} 步")
        st.html(timeline_markup(story.case, lookup.names.units, {**lookup.people, **story.people}))
