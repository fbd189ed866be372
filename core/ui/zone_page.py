"""One functional zone on its own page: plan, areas with their checklists and evidence, what was done."""

from functools import partial

import streamlit as st

from core.auth import Permission, may
from core.domain.attachments import OwnerKind
from core.domain.zone_standing import AreaStanding
from core.services.looking_up import Lookup, look_up
from core.services.zoning import ZoneStory, evidence_number, zone_story
from core.ui.asking import Asked, last_day_of, put
from core.ui.attachments import draw_attachments
from core.ui.context import Context
from core.ui.frame import section_head
from core.ui.sections import draw_sections
from core.ui.zone_forms import Work, draw_area_forms, draw_planning
from core.ui.zone_markup import area_markup, head_markup, history_markup, plan_markup


def draw_zone(page: Context, asked: Asked, code: str, left: dict[str, str]) -> None:
    """Draw one zone; on a past day it is only to be read."""
    if st.button("返回", icon=":material/arrow_back:"):
        for name in ("zone", "area"):
            put(name, "")
        st.rerun()
    story = zone_story(page.store, page.actor, code, asked.question)
    lookup, day = look_up(page.store, page.actor), asked.question.as_of
    zone = story.standing.zone
    section_head(zone.name, f"{story.standing.accepted}/{len(story.standing.areas)} 项已验收")
    place = lookup.names.units.get(zone.locality, zone.locality)
    st.html(head_markup(story.standing, place, left.get(zone.locality, ""), day))
    open_now = day >= page.today
    _draw_plan(page, asked, story, lookup, open_now=open_now)
    section_head("五项建设")
    draw_sections(
        {
            area.area.value: (
                area.area.label,
                partial(_draw_area, page, asked, story, area, open_now=open_now),
            )
            for area in story.standing.areas
        },
        address="area",
        label="建设内容",
    )
    section_head("办理记录")
    items = {item.code: item.content for area in story.standing.areas for item, _ in area.marks}
    st.html(history_markup(story.dossier, items, lookup.people))


def _draw_plan(page: Context, asked: Asked, story: ZoneStory, lookup: Lookup, *, open_now: bool) -> None:
    zone = story.standing.zone
    section_head("“一区一策”方案")
    st.html(plan_markup(story.standing.plan, lookup.people))
    own = open_now and may(page.actor, Permission.PLAN_ZONE, zone.locality)
    if own:
        draw_planning(page, zone, story.standing.plan, story.seen, last_day_of(page, asked))
    draw_attachments(page, OwnerKind.ZONE_PLAN, zone.code, may_add=own, title="方案文件")


def _draw_area(page: Context, asked: Asked, story: ZoneStory, area: AreaStanding, *, open_now: bool) -> None:
    zone = story.standing.zone
    st.html(area_markup(area, asked.question.as_of))
    own = open_now and may(page.actor, Permission.PLAN_ZONE, zone.locality)
    number = evidence_number(zone.code, area.area)
    draw_attachments(page, OwnerKind.ZONE_AREA, number, may_add=own, title="佐证材料")
    if open_now:
        draw_area_forms(Work(page, zone, area, story.seen, last_day_of(page, asked)))
