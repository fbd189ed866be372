"""Zones and “一件事” in a few figures, for whoever sees the whole city; each leads to its page."""

from collections.abc import Sequence

import streamlit as st

from core.auth import scope_of
from core.domain.one_matters import Gap, Link
from core.domain.zone_standing import AreaState, ZoneStanding
from core.services.one_matters import links_for
from core.services.zoning import zone_board
from core.ui.asking import Asked
from core.ui.context import Context
from core.ui.frame import Tone, section_head
from core.ui.hazard_cards import card
from core.ui.html import Markup, element, join, link_to
from core.ui.reading import read_steady


def draw_progress(page: Context, asked: Asked) -> None:
    """Draw the figures; nothing where there are neither zones nor chains to show."""
    if not scope_of(page.actor).everything:
        return
    zones = read_steady(page, zone_board, asked.question).zones
    links = [link for link, _ in read_steady(page, links_for, asked.question)]
    if not zones and not links:
        return
    section_head("功能区与“一件事”", f"截至 {asked.question.as_of}")
    kept = {"as_of": st.query_params.get("as_of", "")}
    st.html(progress_markup(zones, links, asked, kept))


def progress_markup(
    zones: Sequence[ZoneStanding], links: Sequence[Link], asked: Asked, kept: dict[str, str]
) -> Markup:
    """Write the figures as a row of cards."""
    day = asked.question.as_of
    areas = [area for zone in zones for area in zone.areas]
    states = {state: sum(area.state == state for area in areas) for state in AreaState}
    late, planless = sum(area.late(day) for area in areas), sum(not zone.plan for zone in zones)
    gaps = {gap: sum(link.gap(day) == gap for link in links) for gap in Gap}
    complete = sum(zone.complete for zone in zones)
    cards = [
        card(
            "功能区规范化",
            _to("zones", f"{complete}/{len(zones)}", kept),
            join(f"五项建设已验收 {states[AreaState.ACCEPTED]}/{len(areas)}"),
        ),
        card(
            "待验收、已退回",
            _to("zones", f"{states[AreaState.ASSESSED]}、{states[AreaState.RETURNED]}", kept),
            join(f"超过计划 {late} 项，没有方案 {planless} 个"),
            Tone.WARN if late or states[AreaState.RETURNED] else Tone.CALM,
        ),
        card(
            "“一件事”环节厘清",
            _to("departments", f"{gaps[Gap.SETTLED]}/{len(links)}", {**kept, "view": "one_matter"}),
            join(f"待厘清 {gaps[Gap.UNSETTLED]}，未明确部门 {gaps[Gap.NO_DEPARTMENT]}"),
            Tone.WARN if gaps[Gap.NO_DEPARTMENT] else Tone.CALM,
        ),
    ]
    return element("dl", *cards, class_="kpis")


def _to(page: str, words: str, kept: dict[str, str]) -> Markup:
    return element("a", words, href=link_to(page, kept))
