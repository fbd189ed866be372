"""专职力量 on screen: committee offices, towns one by one, special inspectors, insurance."""

from collections.abc import Mapping

import streamlit as st

from core.domain.cells import Cell
from core.domain.staffing import TOWN_STAFF_EVENT
from core.services.staffing import towns_table
from core.ui.asking import Asked, cells_now, last_day_of
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.enterprise_desk import names_of
from core.ui.frame import section_head
from core.ui.links import draw_links
from core.ui.registers_now import staffing_now
from core.ui.staffing_forms import draw_staffing_forms
from core.ui.staffing_markup import insurance_markup, offices_markup, places_markup, towns_markup

_OFFICES = "staffing_report"


def draw_staffing(page: Context, asked: Asked) -> None:
    """Draw committee offices and, for whoever sees localities, towns, inspectors and insurance."""
    cells = cells_now(page, asked.question)
    offices = [cell for cell in cells if cell.obligation.event == _OFFICES]
    towns = {cell.unit.code: cell for cell in cells if cell.obligation.event == TOWN_STAFF_EVENT}
    if offices:
        short = sum(cell.missing > 0 for cell in offices)
        section_head("专委会办公室", f"不少于 3 人，任务较重不少于 5 人；未达标 {short} 个")
        draw_links(offices_markup(offices), key="offices")
    if towns:
        _draw_places(page, asked, towns)


def _draw_places(page: Context, asked: Asked, towns: Mapping[str, Cell]) -> None:
    board, names = staffing_now(page, asked.question), names_of(page)
    kept = {name: st.query_params[name] for name in ("as_of", "year", "view") if st.query_params.get(name)}
    section_head("属地监管力量", "乡镇（街道）在编不少于 3 人，任务重不少于 5 人；点属地看各乡镇")
    if draw_links(places_markup(board, towns, kept), key="places"):
        st.rerun()
    if asked.question.as_of >= page.today:
        draw_staffing_forms(page, board, last_day_of(page, asked))
    chosen = st.query_params.get("town_of", "") or page.actor.unit
    own = [line for line in board.towns if line.town.locality == chosen]
    if own:
        short = sum(line.enough is not True for line in own)
        section_head(
            f"{names.get(chosen, chosen)}各乡镇（街道）", f"{len(own)} 个，未达标或未统计 {short} 个"
        )
        draw_links(towns_markup(own), key="towns")
    if board.towns:
        table_downloads("下载乡镇力量", f"乡镇力量-{asked.question.as_of}", lambda: towns_table(board))
    if board.insurance:
        section_head("安责险", "矿山、危险化学品等八个高风险行业，按企业名册的保单起止日")
        draw_links(insurance_markup(board.insurance, names), key="insurance")
