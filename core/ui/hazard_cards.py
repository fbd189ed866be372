"""Hazards and measures in a few figures, for the overview and for one unit's page; each leads to its list."""

from collections.abc import Sequence

import streamlit as st

from core.domain.cells import percent
from core.domain.hazard_figures import Figures, Group, Narrowing, figures_of, narrowed
from core.domain.measures import Measure, State
from core.services.proposing import measures_for
from core.ui.asking import Asked, hazards_now
from core.ui.context import Context
from core.ui.frame import Tone, section_head
from core.ui.html import Markup, element, join, link_to
from core.ui.reading import read_steady


def draw_hazard_figures(page: Context, asked: Asked, unit: str = "") -> None:
    """Draw the figures of everything the person may see, or of what concerns one unit."""
    day = asked.question.as_of
    cases = narrowed(hazards_now(page, asked.question), Narrowing(unit=unit), day)
    known = read_steady(page, measures_for, asked.question)
    measures = [each for each in known if not unit or each.unit == unit]
    if not cases and not measures:
        return
    section_head("隐患与督办", f"截至 {day}")
    kept = {"of": unit, "as_of": st.query_params.get("as_of", "")}
    st.html(cards_markup(figures_of(cases, day), measures, asked, kept))


def cards_markup(figures: Figures, measures: Sequence[Measure], asked: Asked, kept: dict[str, str]) -> Markup:
    """Write the figures as a row of cards."""
    waiting = sum(measure.state == State.WAITING for measure in measures)
    late = sum(measure.late(asked.question.as_of) for measure in measures)
    overdue = figures.count(Group.OVERDUE)
    cards = [
        card("未销号隐患", _link(figures, Group.OPEN, kept), _beside(figures, Group.FOUND, kept)),
        card(
            "逾期未改",
            _link(figures, Group.OVERDUE, kept),
            _beside(figures, Group.RETURNED, kept),
            Tone.BAD if overdue else Tone.CALM,
        ),
        card(
            "按期整改率",
            join(percent(figures.rate(Group.ON_TIME, Group.DUE))),
            join(_beside(figures, Group.ON_TIME, kept), "，", _beside(figures, Group.DUE, kept)),
        ),
        card("重大未销号", _link(figures, Group.MAJOR_OPEN, kept), _beside(figures, Group.LISTED, kept)),
        card(
            "待回复督办",
            element("a", str(waiting), href=_register(kept)),
            join(f"共 {len(measures)} 份，逾期未回复 {late}"),
            Tone.WARN if late else Tone.CALM,
        ),
    ]
    return element("dl", *cards, class_="kpis")


def card(label: str, value: Markup, hint: Markup, tone: Tone = Tone.CALM) -> Markup:
    """Write one figure with its word and what belongs beside it."""
    parts = (element("dt", label), element("dd", value), element("dd", hint, class_="hint"))
    return element("div", *parts, class_=tone.value)


def _link(figures: Figures, group: Group, kept: dict[str, str]) -> Markup:
    href = link_to("hazards", {**kept, "view": "list", "show": group.value})
    return element("a", str(figures.count(group)), href=href, data_group=group.value)


def _beside(figures: Figures, group: Group, kept: dict[str, str]) -> Markup:
    return join(f"{group.label} ", _link(figures, group, kept))


def _register(kept: dict[str, str]) -> str:
    return link_to("supervision", {"as_of": kept.get("as_of", ""), "state": State.WAITING.value})
