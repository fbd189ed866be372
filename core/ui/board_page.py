"""The three boards (专委会, 属地, 部门) and one unit's year: the same page for another kind of unit."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.config import DEMONSTRATION_DATE
from core.domain.cells import PRESSING, Cell, Status, percent, rates_of
from core.domain.periods import Cadence, periods_of
from core.domain.summaries import summary_of
from core.domain.units import UnitKind
from core.errors import NotFoundError
from core.services.explaining import explain
from core.services.reporting import cells_table
from core.services.scoreboard import shown_cells
from core.ui.asking import Asked, asked_of, cells_now, moment_of, put
from core.ui.calendar_desk import draw_calendar
from core.ui.cell_detail import open_story
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import (
    Kpi,
    Tone,
    banner,
    date_banner,
    empty_state,
    kpis,
    page_head,
    section_head,
    summary_line,
)
from core.ui.hazard_cards import draw_hazard_figures
from core.ui.kind_board import draw_board_of
from core.ui.live import FALLBACK_SECONDS, keep_living
from core.ui.page import refusals_shown
from core.ui.picker import clear_address, draw_picker, kept_address, picked_in_address
from core.ui.turnstile import CAN_WAIT_SECONDS, TURNSTILE
from core.ui.unit_people import draw_unit_people
from core.ui.year_markup import year_markup

_WITHIN = "within"


def draw_head(page: Context, title: str, asked: Asked) -> None:
    """Draw the first heading and, where the date is not the calendar's, its banner."""
    page_head(title, moment_of(page, asked.question), demonstration=page.demonstration)
    if page.settings.fixed_today:
        banner(f"{page.calendar.note}：这是演示或测试用的日期。", Tone.WARN)
    elif page.demonstration:
        _demonstration_banner(asked.question.as_of)


def _demonstration_banner(as_of: date) -> None:
    span = (date(DEMONSTRATION_DATE.year, 1, 1), date(DEMONSTRATION_DATE.year + 1, 12, 31))
    chosen = date_banner("演示日期", min(max(as_of, span[0]), span[1]), key=f"demo_{as_of}", within=span)
    if chosen != min(max(as_of, span[0]), span[1]):
        put("as_of", chosen.isoformat())
        st.rerun()


def render_board(page: Context, title: str, kind: UnitKind) -> None:
    """Draw a kind's board, or one unit's year where the address names a unit."""
    asked = asked_of(page)
    draw_head(page, title, asked)
    draw_board_below(page, asked, kind)


def draw_board_below(page: Context, asked: Asked, kind: UnitKind) -> None:
    """Draw what stands below the head: the board, or one unit's year where the address names a unit."""
    picked = picked_in_address()
    unit = picked.unit if picked and (not picked.obligation or st.query_params.get(_WITHIN)) else ""
    if unit:
        put(_WITHIN, "unit")
        _live_unit(page, asked, kind, unit)
        _draw_calendar_of(page, asked, kind, unit)
    else:
        draw_filters(asked)
        _live_board(page, asked, kind)
    if picked and picked.obligation:
        draw_story_of(page, asked, keep_unit=bool(unit))


def _draw_calendar_of(page: Context, asked: Asked, kind: UnitKind, unit: str) -> None:
    """Outside of the living part, so that what somebody types there is not drawn anew."""
    if any((cell.unit.code, cell.unit.kind) == (unit, kind) for cell in cells_now(page, asked.question)):
        draw_calendar(page, asked.question, unit)


def draw_story_of(page: Context, asked: Asked, *, keep_unit: bool = False) -> None:
    """Open the dialog of the cell that the address names."""
    picked = picked_in_address()
    if picked and picked.obligation:
        story = explain(page.store, page.actor, asked.question, picked.unit, picked.obligation, picked.period)
        open_story(page, story, keep_unit=keep_unit)


def draw_filters(asked: Asked) -> None:
    """The filters in one row; each lives in the address."""
    year, as_of = asked.question.year, asked.question.as_of
    quarters = {"": "本期", **{each.code: each.label for each in periods_of(Cadence.QUARTER, year)}}
    shown = asked.period.code if asked.period else ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_city(asked)
        draw_year(asked)
        period = st.selectbox(
            "周期",
            list(quarters),
            index=list(quarters).index(shown) if shown in quarters else 0,
            format_func=lambda code: quarters[code],
            width=200,
            key=f"period_{shown}",
        )
        day = st.date_input("截至日期", as_of, format="YYYY-MM-DD", width=180, key=f"as_of_{as_of}")
        pressing = st.toggle("只看未完成和临期", value=asked.pressing, key=f"pressing_{asked.pressing}")
        known = asked.question.known_at is not None
        as_known = st.toggle(
            "按当时所知",
            value=known,
            key=f"as_known_{known}",
            help="只算截至那一天已经录入的记录，重现当时看到的看板；后来补录的不算。",
        )
    chosen = day if isinstance(day, date) else as_of
    _follow_filters(asked, {"period_shown": period, "pressing": pressing, "as_known": as_known}, chosen)
    if known:
        banner(f"按 {as_of} 当时所知显示：此后补录、更正的内容不计入。", Tone.WARN)


def draw_city(asked: Asked) -> None:
    """Let another city be chosen, where several share the database."""
    codes, now = list(asked.cities.names), asked.question.city
    if asked.cities.are_several:
        chosen = st.selectbox(
            "城市",
            codes,
            index=codes.index(now) if now in codes else 0,
            format_func=lambda code: asked.cities.names[code],
            width=220,
            key=f"city_{now}",
        )
        if chosen != now:
            put("city", str(chosen))
            st.rerun()


def draw_year(asked: Asked) -> None:
    """Let another year be chosen, where there is one."""
    years, now = sorted(asked.catalogues), asked.question.year
    if len(years) > 1:
        chosen = st.selectbox(
            "年度", years, index=years.index(now), format_func="{}年".format, width=120, key=f"year_{now}"
        )
        if chosen != now:
            put("year", str(chosen))
            put("period_shown", "")
            st.rerun()


def _follow_filters(asked: Asked, chosen: Mapping[str, str | bool], day: date) -> None:
    before = {
        "period_shown": asked.period.code if asked.period else "",
        "pressing": asked.pressing,
        "as_known": asked.question.known_at is not None,
    }
    if chosen == before and day == asked.question.as_of:
        return
    for name, value in chosen.items():
        put(name, ("1" if value else "") if isinstance(value, bool) else value)
    if day != asked.question.as_of:
        put("as_of", day.isoformat())
    st.rerun()


@st.fragment(run_every=FALLBACK_SECONDS)
def _live_board(page: Context, asked: Asked, kind: UnitKind) -> None:
    with TURNSTILE.passed(CAN_WAIT_SECONDS), refusals_shown():
        keep_living(page, asked.question)
        every = cells_now(page, asked.question)
        cells = [cell for cell in every if cell.unit.kind == kind]
        if not cells:
            empty_state("还没有单位", f"系统中还没有登记{kind.label}。", "请安委办导入单位表后再查看。")
            return
        draw_figures(shown_cells(cells, asked.question.year, asked.day))
        draw_board_of(page, asked, kind, every)


def draw_figures(cells: Sequence[Cell]) -> None:
    """The numbers that belong together: due, done, rate, on time, on-time rate, and what presses."""
    rates = rates_of(cells)
    soon = sum(cell.status == Status.DUE_SOON for cell in cells)
    missed = sum(cell.status == Status.MISSED for cell in cells)
    other = sum(cell.status in PRESSING for cell in cells) - soon - missed
    kpis(
        [
            Kpi(percent(rates.completion), "完成率", f"应完成 {rates.settled}，已完成 {rates.fulfilled}"),
            Kpi(percent(rates.punctuality), "及时率", f"按期完成 {rates.on_time}"),
            Kpi(str(soon), "临近到期", "尚未完成，即将到期", Tone.WARN if soon else Tone.CALM),
            Kpi(str(missed), "未完成", "已过期限", Tone.BAD if missed else Tone.CALM),
            Kpi(str(other), "未达标、未报送", "人数不足或没有报告"),
        ]
    )


@st.fragment(run_every=FALLBACK_SECONDS)
def _live_unit(page: Context, asked: Asked, kind: UnitKind, unit: str) -> None:
    with TURNSTILE.passed(CAN_WAIT_SECONDS), refusals_shown():
        keep_living(page, asked.question)
        every = cells_now(page, asked.question)
        cells = [cell for cell in every if cell.unit.code == unit]
        if not cells or cells[0].unit.kind != kind:
            raise NotFoundError(f"没有编码为“{unit}”的{kind.label}，或您无权查看。")
        _draw_unit(asked, cells)
        draw_unit_people(page, asked.question.as_of, cells[0].unit, {c.unit.code: c.unit for c in every})
        draw_hazard_figures(page, asked, unit)


def _draw_unit(asked: Asked, cells: Sequence[Cell]) -> None:
    name = cells[0].unit.name
    with st.container(horizontal=True, vertical_alignment="center"):
        section_head(name, f"{asked.question.year}年全年")
        if st.button("返回看板", icon=":material/arrow_back:"):
            clear_address()
            put(_WITHIN, "")
            st.rerun()
    summary_line(summary_of(cells, asked.question.as_of))
    draw_figures(cells)
    if draw_picker(year_markup(name, cells, kept_address()), key="year"):
        st.rerun()
    table_downloads("下载本表", f"{name}-{asked.question.as_of}", lambda: cells_table(cells, name))
