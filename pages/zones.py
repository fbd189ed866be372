"""功能区规范化: counties against their target, each zone as five bars, experiences, the checklists."""

import streamlit as st

from core.auth import Permission
from core.domain.cells import FULFILLED, PRESSING, Cell
from core.domain.obligations import Rule
from core.domain.sentences import month_and_day
from core.domain.units import UnitKind
from core.domain.zone_standing import AreaState, ZoneStanding
from core.services.zoning import ZoneBoard, checklists_table, zone_board, zones_table
from core.ui.asking import Asked, asked_of, cells_now, put
from core.ui.board_page import draw_city, draw_head
from core.ui.checklist_desk import draw_checklists
from core.ui.context import Context
from core.ui.desk_forms import say_done
from core.ui.downloads import table_downloads
from core.ui.experience_desk import draw_experiences
from core.ui.frame import Kpi, Tone, empty_state, kpis, section_head
from core.ui.links import draw_links
from core.ui.page import Page
from core.ui.reading import read_steady
from core.ui.sections import draw_sections
from core.ui.zone_forms import draw_registering
from core.ui.zone_markup import burn_ups_markup, zones_markup
from core.ui.zone_page import draw_zone

PAGE = Page("zones", "功能区规范化", Permission.SEE, frozenset({UnitKind.LOCALITY}))
_KEPT = ("as_of", "year", "locality", "standing")
_STANDINGS = {
    "": "全部",
    "complete": "五项全部验收",
    "unfinished": "尚未完成",
    AreaState.ASSESSED.value: "有待验收",
    AreaState.RETURNED.value: "有退回",
}


def render(page: Context) -> None:
    """Draw one zone where the address names one, else the progress, the library or the checklists."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    draw_city(asked)
    say_done()
    cells = [cell for cell in cells_now(page, asked.question) if cell.obligation.rule == Rule.ZONE]
    left = {cell.unit.code: _left_words(cell) for cell in cells}
    if st.query_params.get("zone"):
        draw_zone(page, asked, st.query_params["zone"], left)
        return
    board = read_steady(page, zone_board, asked.question)
    draw_sections(
        {
            "progress": ("进度", lambda: _draw_progress(page, asked, board, cells)),
            "experiences": ("经验做法", lambda: draw_experiences(page, asked, board)),
            "checklists": ("规范化清单", lambda: draw_checklists(page, board.items)),
        },
        address="view",
    )


def _left_words(cell: Cell) -> str:
    if cell.days_left is not None:
        return f"距{_due_words(cell)}剩 {cell.days_left} 天"
    return "" if cell.status in FULFILLED else f"已过{_due_words(cell)}期限"


def _due_words(cell: Cell) -> str:
    return month_and_day(cell.obligation.due) if cell.obligation.due else "年底"


def _draw_progress(page: Context, asked: Asked, board: ZoneBoard, cells: list[Cell]) -> None:
    day = asked.question.as_of
    _draw_figures(board, cells)
    names = {unit.code: unit.name for unit in board.localities}
    if day >= page.today:
        draw_registering(page, names)
    if not board.zones:
        empty_state("还没有功能区", "截至这一天没有登记功能区。", "请登记功能区，或导入功能区表。")
        return
    if cells:
        section_head("县市区进度", _target_words(cells))
        if draw_links(burn_ups_markup(cells, board.zones, _kept(), day), key="zone_burn_up"):
            st.rerun()
    shown = _narrowed(board)
    section_head("各功能区", f"{len(shown)} 个")
    if not shown:
        empty_state("没有符合条件的功能区", "请放宽上方的筛选条件。")
        return
    left = {cell.unit.code: _left_words(cell) for cell in cells}
    if draw_links(zones_markup(shown, names, left, _kept(), day), key="zone_table"):
        st.rerun()
    table_downloads("下载进度", f"功能区规范化-{day}", lambda: zones_table(board, shown, asked.question))
    table_downloads("下载清单填报", f"功能区清单-{day}", lambda: checklists_table(board, shown))


def _kept() -> dict[str, str]:
    return {name: st.query_params[name] for name in _KEPT if st.query_params.get(name)}


def _target_words(cells: list[Cell]) -> str:
    met = sum(cell.status in FULFILLED for cell in cells)
    return f"{_due_words(cells[0])}前各完成 1 至 2 个，已有 {met}/{len(cells)} 个县市区达到要求"


def _draw_figures(board: ZoneBoard, cells: list[Cell]) -> None:
    areas = [area for zone in board.zones for area in zone.areas]
    met = sum(cell.status in FULFILLED for cell in cells)
    open_cells = [cell for cell in cells if cell.days_left is not None]
    left = str(open_cells[0].days_left) if open_cells else "—"
    pressing = any(cell.status in PRESSING for cell in cells)
    counts = {state: sum(area.state == state for area in areas) for state in AreaState}
    kpis(
        [
            Kpi(f"{met}/{len(cells)}", "县市区已达到要求", "至少 1 个功能区五项全部验收"),
            Kpi(left, "剩余天数", "距县市区完成期限", Tone.WARN if pressing else Tone.CALM),
            Kpi(f"{sum(zone.complete for zone in board.zones)}/{len(board.zones)}", "功能区规范化", "个"),
            Kpi(f"{counts[AreaState.ACCEPTED]}/{len(areas)}", "五项建设已验收", "项"),
            Kpi(str(counts[AreaState.ASSESSED]), "待验收", "属地已自评"),
            Kpi(str(counts[AreaState.RETURNED]), "已退回", "属地正在补充"),
        ]
    )


def _narrowed(board: ZoneBoard) -> list[ZoneStanding]:
    """The zones that the address asks for; what it names and nothing has does not narrow."""
    with_zones = {each.zone.locality for each in board.zones}
    places = {"": "全部", **{u.code: u.name for u in board.localities if u.code in with_zones}}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        locality = _choice("属地", "locality", places)
        standing = _choice("状态", "standing", _STANDINGS)
    return [
        each
        for each in board.zones
        if (not locality or each.zone.locality == locality) and _stands(each, standing)
    ]


def _stands(each: ZoneStanding, standing: str) -> bool:
    state = AreaState.parse(standing)
    if state:
        return each.has(state)
    return not standing or each.complete == (standing == "complete")


def _choice(label: str, name: str, options: dict[str, str]) -> str:
    asked = st.query_params.get(name, "")
    wanted = asked if asked in options else ""
    chosen = st.selectbox(
        label,
        list(options),
        index=list(options).index(wanted),
        format_func=options.__getitem__,
        width=220,
        key=f"zones_{name}_{wanted}",
    )
    if (chosen or "") != wanted:
        put(name, chosen or "")
        st.rerun()
    return wanted
