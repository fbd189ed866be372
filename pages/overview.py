"""总览: the city against the notice on one page."""

from functools import partial

import streamlit as st

from core.auth import Permission
from core.charts import completion_chart, completion_frame
from core.domain.cells import Cell, rates_of
from core.domain.summaries import summary_of
from core.domain.units import UnitKind
from core.services.recording import just_entered
from core.services.scoreboard import shown_cells
from core.ui.asking import Asked, asked_of, cells_now, put
from core.ui.board_page import draw_figures, draw_filters, draw_head, draw_story_of
from core.ui.charts import draw_chart
from core.ui.context import Context
from core.ui.frame import empty_state, section_head, summary_line
from core.ui.hazard_cards import draw_hazard_figures
from core.ui.kind_board import draw_board_of
from core.ui.live import FALLBACK_SECONDS, keep_living
from core.ui.page import Page, refusals_shown
from core.ui.picker import draw_picker, kept_address
from core.ui.pressing_markup import Names, draw_entered, most_pressing, pressing_markup
from core.ui.progress_cards import draw_progress
from core.ui.reading import read_now
from core.ui.replay import draw_replay, draw_replay_button, replayed
from core.ui.tile_markup import draw_tile_map
from core.ui.turnstile import CAN_WAIT_SECONDS, TURNSTILE

PAGE = Page("overview", "总览", Permission.SEE)
_LISTED = 10
_ORDER = (UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT, UnitKind.CITY)


def render(page: Context) -> None:
    """Draw the page."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    then = replayed(page, asked)
    if then:
        draw_replay(page, asked, partial(_draw_boards, page))
    else:
        draw_filters(asked)
        draw_replay_button(page, asked)
        _live(page, asked)
    draw_story_of(page, then or asked)


@st.fragment(run_every=FALLBACK_SECONDS)
def _live(page: Context, asked: Asked) -> None:
    with TURNSTILE.passed(CAN_WAIT_SECONDS), refusals_shown():
        keep_living(page, asked.question)
        cells = cells_now(page, asked.question)
        if not cells:
            empty_state("还没有数据", "系统中还没有登记单位。", "请安委办导入单位、领导和记录后再查看。")
            return
        shown = shown_cells(cells, asked.question.year, asked.day)
        _draw_own(page, asked, cells)
        draw_figures(shown)
        _draw_lists(page, asked, list(cells), shown)
        draw_hazard_figures(page, asked)
        draw_progress(page, asked)
        _draw_boards(page, asked, cells)


def _draw_own(page: Context, asked: Asked, cells: tuple[Cell, ...]) -> None:
    """What the person's own unit still lacks, first of all."""
    own = [cell for cell in cells if cell.unit.code == page.actor.unit]
    if own and own[0].unit.kind != UnitKind.CITY:
        summary_line(f"{own[0].unit.name}：{summary_of(own, asked.question.as_of)}")


def _draw_lists(page: Context, asked: Asked, cells: list[Cell], shown: list[Cell]) -> None:
    pressing, rates, entered = st.columns([5, 4, 4], gap="large")
    with pressing:
        section_head("最紧要", "逾期最久和最快到期的事项")
        urgent = most_pressing(cells, _LISTED)
        markup = pressing_markup(urgent, asked.question.as_of, kept_address())
        if draw_picker(markup, key="pressing"):
            st.rerun()
    with rates:
        section_head("完成率", "本期到期事项")
        _draw_rates(shown)
        draw_tile_map(shown)
    with entered:
        section_head("刚刚录入")
        names = Names({cell.unit.code: cell.unit.name for cell in cells}, asked.catalogue.events)
        question = asked.question
        draw_entered(read_now(page, just_entered, question.as_of, _LISTED, question.city), names)


def _draw_rates(shown: list[Cell]) -> None:
    """By kind of unit, or unit by unit where the person sees one kind only."""
    kinds = {cell.unit.kind for cell in shown}
    groups: dict[str, list[Cell]] = {kind.label: [] for kind in _ORDER if kind in kinds and len(kinds) > 1}
    for cell in shown:
        groups.setdefault(cell.unit.kind.label if len(kinds) > 1 else cell.unit.name, []).append(cell)
    frame = completion_frame((name, rates_of(cells)) for name, cells in groups.items())
    draw_chart(completion_chart, frame)


def _draw_boards(page: Context, asked: Asked, cells: tuple[Cell, ...]) -> None:
    names = [kind.value for kind in _ORDER if any(cell.unit.kind == kind for cell in cells)]
    if len(names) == 1:
        draw_board_of(page, asked, UnitKind.of(names[0]), cells)
        return
    wanted = st.query_params.get("board", names[0])
    chosen = st.segmented_control(
        "看板",
        names,
        default=wanted if wanted in names else names[0],
        format_func=lambda name: UnitKind.of(name).label,
        key="board_kind",
        label_visibility="collapsed",
        required=True,
    )
    put("board", "" if chosen in (None, names[0]) else str(chosen))
    draw_board_of(page, asked, UnitKind.of(str(chosen or names[0])), cells)
