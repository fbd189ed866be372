"""企业“九个一”: coverage by locality and industry, registers, spot checks, and staff on the ground."""

from dataclasses import replace

import streamlit as st

from core.auth import Permission, scope_of
from core.domain.boards import matrix_of, only_pressing
from core.domain.enterprises import NINE_ONES_EVENT
from core.domain.units import UnitKind
from core.services.enterprise_stories import checks_table
from core.services.enterprises import (
    EVERYBODY,
    enterprises_table,
    find_enterprises,
    industries,
    nine_of,
    shares_table,
    span_of,
)
from core.services.judging import Question
from core.services.reporting import board_table
from core.services.scoreboard import shown_cells
from core.ui.asking import Asked, asked_of, cells_now, put
from core.ui.board import draw_board
from core.ui.board_page import draw_figures, draw_filters, draw_head, draw_story_of
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.enterprise_desk import draw_enterprise, names_of, places_to_enter
from core.ui.enterprise_filters import (
    NARROWING,
    draw_enterprise_filters,
    kept_by_links,
    search_in_address,
)
from core.ui.enterprise_forms import draw_new_enterprise
from core.ui.enterprise_markup import (
    NINE_HEADS,
    SIX_HEADS,
    beside_markup,
    checks_markup,
    list_markup,
    shares_markup,
)
from core.ui.frame import Kpi, Tone, empty_state, kpis, section_head
from core.ui.html import link_to
from core.ui.kind_board import shown_period
from core.ui.links import draw_links
from core.ui.page import Page
from core.ui.paging import draw_pages, page_number
from core.ui.registers_now import checks_now, register_now
from core.ui.sittings import say_kept
from core.ui.staffing_desk import draw_staffing

PAGE = Page("enterprises", "企业“九个一”", Permission.SEE, frozenset({UnitKind.LOCALITY, UnitKind.COMMITTEE}))
_PER_PAGE = 30
_VIEWS = {"": "覆盖情况", "list": "企业名册", "checks": "四个必查", "staffing": "专职力量"}


def render(page: Context) -> None:
    """Draw the page: one enterprise where the address names one, else one of its four views."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    say_kept()
    scope = scope_of(page.actor)
    if not (scope.everything or scope.kind == UnitKind.LOCALITY):
        draw_staffing(page, asked)
        return
    code = st.query_params.get("enterprise", "")
    if code:
        draw_enterprise(page, asked, code)
        return
    draw = {"list": _draw_list, "checks": _draw_checks, "staffing": draw_staffing}
    draw.get(_draw_view(), _draw_coverage)(page, asked)


def _draw_view() -> str:
    wanted = st.query_params.get("view", "")
    chosen = st.segmented_control(
        "视图",
        list(_VIEWS),
        default=wanted if wanted in _VIEWS else "",
        format_func=lambda name: _VIEWS[name],
        key=f"enterprise_view_{wanted}",
        label_visibility="collapsed",
        required=True,
    )
    if (chosen or "") != wanted:
        for name in (*NARROWING, "page", "town_of"):
            put(name, "")
        put("view", chosen or "")
        st.rerun()
    return wanted


def _shown(asked: Asked) -> Question:
    """The question for the period that is shown: its last day, where that has passed."""
    return replace(asked.question, as_of=min(asked.question.as_of, asked.day))


# Coverage ---------------------------------------------------------------------------------------------------


def _draw_coverage(page: Context, asked: Asked) -> None:
    draw_filters(asked)
    cells = [cell for cell in cells_now(page, asked.question) if cell.obligation.event == NINE_ONES_EVENT]
    if not cells:
        empty_state("还没有属地", "系统中还没有登记属地。", "请安委办导入单位表后再查看。")
        return
    draw_figures(shown_cells(cells, asked.question.year, asked.day))
    section_head("各属地覆盖情况", shown_period(asked).label)
    nine = [each for each in asked.catalogue.obligations if each.event == NINE_ONES_EVENT]
    matrix = matrix_of(f"企业“九个一” {shown_period(asked).label}", nine, cells, asked.day)
    shown = only_pressing(matrix) if asked.pressing else matrix
    if not shown.rows:
        empty_state("没有未完成和临期的事项", "本期各属地“九个一”均无未完成和临近到期。")
    elif draw_board(shown, key="board_nine"):
        st.rerun()
    table_downloads("下载覆盖情况", f"九个一-{asked.question.as_of}", lambda: board_table(matrix, "九个一"))
    _draw_register(page, asked)
    draw_story_of(page, asked)


def _draw_register(page: Context, asked: Asked) -> None:
    """What the registers say beyond the cells: beside what was reported, by industry, the head's six."""
    board, names = register_now(page, _shown(asked)), names_of(page)
    if not board.localities:
        empty_state(
            "还没有企业名册",
            "以上为各属地报送的总数和覆盖数。",
            "建立企业名册后，覆盖数由名册统计：在“企业名册”中逐家登记，或在导入导出页成批导入。",
        )
        return
    kept = {name: st.query_params[name] for name in ("as_of", "year") if st.query_params.get(name)}
    if board.beside:
        section_head("报数与名册不一致", "有名册的，按名册计入")
        draw_links(beside_markup(board.beside, names), key="beside")
    hint = f"{'、'.join(names.get(each, each) for each in board.localities)}，企业 {board.enterprises} 家"
    section_head("按行业", f"{hint}，其中高危 {board.high_risk} 家")
    markup = shares_markup(
        "各行业“九个一”覆盖情况",
        "行业",
        NINE_HEADS,
        board.by_industry,
        lambda code: link_to("", {**kept, "view": "list", "industry": code}),
    )
    if draw_links(markup, key="by_industry"):
        st.rerun()
    table_downloads(
        "下载按行业",
        f"九个一按行业-{asked.question.as_of}",
        lambda: shares_table("按行业", "行业", board.by_industry),
    )
    section_head("主要负责人“六个一次”", "按各自周期的本期计；高危行业每月带队检查")
    six = [replace(row, name=names.get(row.code, row.code)) for row in board.six]
    markup = shares_markup(
        "各属地“六个一次”",
        "属地",
        SIX_HEADS,
        six,
        lambda code: link_to("", {**kept, "view": "list", "place": code}),
    )
    if draw_links(markup, key="six"):
        st.rerun()


# The list ---------------------------------------------------------------------------------------------------


def _draw_list(page: Context, asked: Asked) -> None:
    names, question = names_of(page), asked.question
    known = industries(page.store, page.actor)
    _draw_registering(page, asked, known)
    board = register_now(page, question)
    if not board.localities:
        empty_state("还没有企业", "名册中还没有企业。", "请在上方逐家登记，或在导入导出页成批导入。")
        return
    draw_enterprise_filters({each: names.get(each, each) for each in board.localities}, known)
    spans = {duty: span_of(each, question) for duty, each in nine_of(asked.catalogue).items()}
    gaps = frozenset(each.enterprise.code for each in checks_now(page, question) if each.differences)
    search = search_in_address(spans, question.as_of, gaps)
    number = page_number()
    offset = (number - 1) * _PER_PAGE
    lines, total = find_enterprises(page.store, page.actor, question, search, _PER_PAGE, offset)
    section_head("企业名册", f"共 {total} 家，“九个一”按本期计")
    if not total:
        empty_state("没有符合条件的企业", "换一个条件再找，或清空筛选。")
        return
    if draw_links(list_markup(lines, names, kept_by_links()), key="enterprises"):
        st.rerun()
    draw_pages(number, total, _PER_PAGE)
    lasting = page.lasting()
    table_downloads(
        "下载本名册",
        f"企业名册-{question.as_of}",
        lambda: enterprises_table(
            find_enterprises(lasting.store, lasting.actor, question, search, EVERYBODY)[0], names
        ),
    )


def _draw_registering(page: Context, asked: Asked, known: list[str]) -> None:
    places = places_to_enter(page)
    if places and asked.question.as_of >= page.today:
        draw_new_enterprise(page, places, known)


# Spot checks ------------------------------------------------------------------------------------------------


def _draw_checks(page: Context, asked: Asked) -> None:
    names, checks = names_of(page), checks_now(page, asked.question)
    if not checks:
        empty_state(
            "还没有检查记录",
            "督查、巡查、执法检查、明查暗访中抽查企业“九个一”的情况登记在企业页面。",
            "请在“企业名册”中找到企业，打开后登记。",
        )
        return
    gaps = [each for each in checks if each.differences]
    told = sum(len(each.differences) for each in checks)
    kpis(
        [
            Kpi(str(len(checks)), "抽查", f"{len({each.enterprise.code for each in checks})} 家企业"),
            Kpi(str(len(gaps)), "与登记不一致", f"{told} 项", Tone.WARN if gaps else Tone.CALM),
        ]
    )
    only = st.toggle("只看不一致的", value=st.query_params.get("gap") == "1", key="only_gaps")
    put("gap", "1" if only else "")
    shown = gaps if only else list(checks)
    number = min(page_number(), max(1, -(-len(shown) // _PER_PAGE)))
    some = shown[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    section_head("四个必查", f"{asked.question.year}年，共 {len(shown)} 次")
    if draw_links(checks_markup(some, names, kept_by_links()), key="checks"):
        st.rerun()
    draw_pages(number, len(shown), _PER_PAGE)
    table_downloads("下载检查", f"四个必查-{asked.question.as_of}", lambda: checks_table(shown, names))
