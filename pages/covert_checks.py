"""暗查暗访: the quota by unit and quarter, the four mores, a calendar, what was found, and photographs."""

from datetime import date

import streamlit as st

from core.auth import Permission, may, scope_of
from core.domain.cells import FULFILLED, Cell
from core.domain.covert_checks import COVERT_CHECK, Check, Mores
from core.domain.periods import Cadence, Period, parse_period, period_nearest, periods_of
from core.domain.units import Unit
from core.services.checking_covertly import CheckBook, check_book, checks_table, newest_pictures
from core.services.entering import units_to_enter_for
from core.services.hazards import every_unit
from core.services.key_periods import key_periods
from core.services.looking_up import look_up
from core.ui.asking import Asked, asked_of, cells_now, last_day_of, put
from core.ui.board_page import draw_city, draw_head, draw_story_of
from core.ui.check_form import draw_check_form
from core.ui.check_markup import Sheet, calendar_markup, checks_markup, gallery_markup, quota_markup
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import Kpi, empty_state, kpis, section_head
from core.ui.key_period_desk import draw_key_periods
from core.ui.links import draw_links
from core.ui.page import Page
from core.ui.reading import read_now, read_steady

PAGE = Page("covert_checks", "暗查暗访", Permission.SEE)
_KEPT = ("as_of", "year", "quarter")
_LONGEST_MARK = 15
"""A month or a season would colour every day of the calendar."""
_VIEWS = {"": "季度情况", "periods": "重点时段"}


def render(page: Context) -> None:
    """Draw the page."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    draw_city(asked)
    view = _draw_view()
    if view == "periods":
        draw_key_periods(page, asked.question)
        return
    quarter = _draw_quarter(asked)
    _draw_entering(page, asked)
    lookup = look_up(page.store, page.actor)
    kept = {name: st.query_params[name] for name in _KEPT if st.query_params.get(name)}
    sheet = Sheet(quarter, lookup.names.units, kept)
    book = read_now(page, check_book, asked.question)
    cells = [cell for cell in cells_now(page, asked.question) if cell.obligation.event == COVERT_CHECK]
    _draw_quarter_figures(cells, book, quarter)
    within = [check for check in book.checks if check.record.occurred_on in quarter]
    if _is_narrowed():
        _draw_list(page, asked, within, book, sheet)
    partly = "" if scope_of(page.actor).everything else "，隐患和照片只计与本单位有关的"
    section_head("各单位暗访和“四多”", sheet.quarter.label + partly)
    _draw_quota(list(lookup.units), cells, book, sheet)
    _draw_calendar(page, within, sheet)
    if not _is_narrowed():
        _draw_list(page, asked, within, book, sheet)
    draw_story_of(page, asked)


def _draw_view() -> str:
    wanted = st.query_params.get("view", "")
    chosen = st.segmented_control(
        "视图",
        list(_VIEWS),
        default=wanted if wanted in _VIEWS else "",
        format_func=lambda name: _VIEWS[name],
        key=f"check_view_{wanted}",
        label_visibility="collapsed",
        required=True,
    )
    if (chosen or "") != wanted:
        put("view", chosen or "")
        st.rerun()
    return wanted


def _draw_quarter(asked: Asked) -> Period:
    year, as_of = asked.question.year, asked.question.as_of
    quarters = {each.code: each for each in periods_of(Cadence.QUARTER, year)}
    now = period_nearest(Cadence.QUARTER, year, as_of)
    wanted = parse_period(st.query_params.get("quarter", "")) or now
    shown = wanted if wanted.code in quarters else now
    chosen = st.selectbox(
        "季度",
        list(quarters),
        index=list(quarters).index(shown.code),
        format_func=lambda code: quarters[code].label,
        width=200,
        key=f"quarter_{shown.code}",
    )
    if chosen != shown.code:
        for name in ("day", "of"):
            put(name, "")
        put("quarter", chosen)
        st.rerun()
    return shown


def _draw_entering(page: Context, asked: Asked) -> None:
    if not may(page.actor, Permission.ENTER) or asked.question.as_of < page.today:
        return
    with st.expander("登记暗查暗访和隐患", icon=":material/add:"):
        own = units_to_enter_for(page.store, page.actor)
        draw_check_form(page, own, read_steady(page, every_unit), last_day_of(page, asked))


def _draw_quarter_figures(cells: list[Cell], book: CheckBook, quarter: Period) -> None:
    own = [cell for cell in cells if cell.period == quarter]
    met = sum(cell.status in FULFILLED for cell in own)
    total = sum((mores for (_, period), mores in book.mores.items() if period == quarter), Mores())
    per_check = f"{total.hazards / total.checks:.1f}" if total.checks else "—"
    kpis(
        [
            Kpi(f"{met}/{len(own)}", "已完成单位", f"{quarter.short_label}应开展 {len(own)} 个单位"),
            Kpi(str(total.checks), "多暗访", f"{quarter.short_label}次数"),
            Kpi(str(total.hazards), "发现隐患", f"每次 {per_check} 处"),
            Kpi(str(total.pictures), "多拍摄", "隐患场景照片"),
            Kpi(str(total.letters), "多发督促函", "份"),
            Kpi(str(total.bulletins), "多通报", "期"),
        ]
    )


def _draw_quota(units: list[Unit], cells: list[Cell], book: CheckBook, sheet: Sheet) -> None:
    by_place = {(cell.unit.code, cell.period): cell for cell in cells}
    counted = {unit for unit, _ in by_place} | {unit for unit, _ in book.mores}
    shown = [unit for unit in units if unit.code in counted]
    if draw_links(quota_markup(shown, by_place, book.mores, sheet), key="check_quota"):
        st.rerun()


def _draw_calendar(page: Context, within: list[Check], sheet: Sheet) -> None:
    section_head("暗访日历", "点日期看当天的检查；灰底为休息日，黄底为重点时段")
    marks = [(each.name, each.starts, each.until) for each in key_periods(page.store, sheet.quarter.year)]
    short = [mark for mark in marks if (mark[2] - mark[1]).days < _LONGEST_MARK]
    if draw_links(calendar_markup(within, short, sheet), key="check_calendar"):
        st.rerun()


def _draw_list(page: Context, asked: Asked, within: list[Check], book: CheckBook, sheet: Sheet) -> None:
    shown = _narrowed(within)
    section_head("检查清单", f"共 {len(shown)} 次，发现隐患 {sum(len(check.cases) for check in shown)} 处")
    if not shown:
        empty_state("没有暗查暗访", "这一范围内还没有登记暗查暗访。", "请从上方“登记暗查暗访和隐患”录入。")
        return
    draw_links(checks_markup(shown, book.pictures, sheet), key="check_list")
    name = f"暗查暗访-{sheet.quarter.code}-{asked.question.as_of}"
    table_downloads("下载本清单", name, lambda: checks_table(shown, sheet.names))
    pictures = newest_pictures(page.store, shown)
    if pictures:
        section_head("隐患场景", f"最近 {len(pictures)} 张")
        st.html(gallery_markup(pictures, sheet))


def _is_narrowed() -> bool:
    return bool(st.query_params.get("of") or st.query_params.get("day"))


def _narrowed(checks: list[Check]) -> list[Check]:
    """The checks of the day or unit that the address names."""
    unit, day = st.query_params.get("of", ""), _day(st.query_params.get("day", ""))
    if (unit or day) and st.button("显示本季全部检查", icon=":material/close:"):
        put("of", "")
        put("day", "")
        st.rerun()
    if day:
        checks = [check for check in checks if check.record.occurred_on == day]
    return [check for check in checks if check.record.unit == unit] if unit not in ("", "all") else checks


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
