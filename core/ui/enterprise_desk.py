"""One enterprise on screen: who it is, what it did, what visits found, and the forms about it."""

from collections.abc import Mapping

import streamlit as st

from core.auth import Permission, may
from core.domain.units import UnitKind
from core.services.enterprise_stories import enterprise_story
from core.services.enterprises import industries
from core.services.looking_up import look_up
from core.ui.asking import Asked, last_day_of, put
from core.ui.context import Context
from core.ui.enterprise_duty_forms import draw_marking, draw_spot_check
from core.ui.enterprise_forms import draw_correction
from core.ui.enterprise_story import (
    facts_markup,
    history_markup,
    insurance_history_markup,
    standing_markup,
    visits_markup,
)
from core.ui.frame import section_head


def names_of(page: Context) -> Mapping[str, str]:
    """The units' names by code."""
    return look_up(page.store, page.actor).names.units


def places_to_enter(page: Context) -> dict[str, str]:
    """The localities by name that the person may enter for."""
    return {
        unit.name: unit.code
        for unit in look_up(page.store, page.actor).units
        if unit.kind == UnitKind.LOCALITY and may(page.actor, Permission.ENTER, unit.code)
    }


def draw_enterprise(page: Context, asked: Asked, code: str) -> None:
    """Draw everything about one enterprise, and what may be done to it."""
    if st.button("返回", icon=":material/arrow_back:"):
        put("enterprise", "")
        st.rerun()
    question, day = asked.question, asked.question.as_of
    story, names = enterprise_story(page.store, page.actor, question, code), names_of(page)
    section_head(story.enterprise.name, names.get(story.enterprise.locality, ""))
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.html(facts_markup(story, names))
        if day >= page.today:
            last_day = last_day_of(page, asked)
            draw_marking(page, story, last_day)
            draw_spot_check(page, story.enterprise, last_day)
            if may(page.actor, Permission.CORRECT, story.enterprise.locality):
                known = industries(page.store, page.actor)
                draw_correction(page, story, places_to_enter(page), known)
        if story.enterprise.insurable or story.insurance:
            section_head("安责险")
            st.html(insurance_history_markup(story.insurance, day))
    with right:
        section_head("企业“九个一”", f"截至 {day}")
        st.html(standing_markup("企业“九个一”", story.nine, day))
        section_head("主要负责人“六个一次”", f"截至 {day}")
        st.html(standing_markup("主要负责人“六个一次”", story.six, day))
    section_head("四个必查", f"{len(story.checks)} 次")
    if story.checks:
        st.html(visits_markup(story))
    with st.expander("登记过程", icon=":material/history:"):
        st.html(history_markup(story))
