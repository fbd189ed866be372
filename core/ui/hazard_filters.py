"""How a list of hazards is narrowed: read from the address, drawn in one row, written into every link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.domain.hazard_figures import AGES, Group, Narrowing
from core.domain.hazards import Case, Level, Source
from core.domain.units import Unit, UnitKind
from core.ui.asking import put
from core.ui.html import link_to

NARROWING = ("locality", "industry", "source", "level", "words", "of")
"""The address parameters that narrow every number; `show` and `age` narrow the list alone."""
_KEPT = ("as_of", "year", *NARROWING)
_ALL = "全部"


@dataclass(frozen=True, slots=True)
class Lists:
    """Names of units by code, and how to write the address of a list."""

    names: Mapping[str, str]
    kept: Mapping[str, str]

    def link(self, group: Group | None = None, **more: str) -> str:
        """The address of the list of a group, within what the page is narrowed to."""
        shown = {"view": "list", "show": group.value if group else ""}
        return link_to("", {**self.kept, **shown, **more})

    def case_link(self, code: str) -> str:
        """The address of one hazard, from which one comes back to the same list."""
        return link_to("", {**self.kept, **_list_state(), "hazard": code})

    def name(self, code: str) -> str:
        """A unit's name."""
        return self.names.get(code, code)


def lists_of(names: Mapping[str, str]) -> Lists:
    """What links on this page keep."""
    kept = {name: st.query_params.get(name, "") for name in _KEPT}
    return Lists(names, {name: value for name, value in kept.items() if value})


def narrowing_in_address() -> Narrowing:
    """What the address asks for; what cannot be read does not narrow."""
    asked = st.query_params
    age = asked.get("age", "")
    return Narrowing(
        Group.parse(asked.get("show", "")),
        age if any(each.code == age for each in AGES) else "",
        *(asked.get(name, "") for name in ("locality", "industry", "source", "level", "of", "words")),
    )


def without_group(wanted: Narrowing) -> Narrowing:
    """What narrows the numbers themselves."""
    return Narrowing(
        None, "", wanted.locality, wanted.industry, wanted.source, wanted.level, wanted.unit, wanted.words
    )


def draw_hazard_filters(units: Sequence[Unit], cases: Sequence[Case]) -> None:
    """The filters in one row; each lives in the address."""
    places = {each.code: each.name for each in units if each.kind == UnitKind.LOCALITY}
    sectors = {each.code: each.name for each in units if each.kind == UnitKind.COMMITTEE}
    found = {case.hazard.locality for case in cases}, {case.hazard.industry for case in cases}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choice("属地", "locality", {code: name for code, name in places.items() if code in found[0]})
        _choice("行业", "industry", {code: name for code, name in sectors.items() if code in found[1]})
        _choice("来源", "source", _sources(cases))
        _choice("等级", "level", {level.value: level.label for level in Level})
        words = st.text_input(
            "关键词",
            st.query_params.get("words", ""),
            placeholder="编号、地点、问题",
            max_chars=100,
            width=200,
            key="hazard_words",
        )
    put("words", words)
    _draw_unit_alone({each.code: each.name for each in units})


def _draw_unit_alone(names: Mapping[str, str]) -> None:
    """Say that only one unit's hazards are shown, and take that away with a click."""
    unit = st.query_params.get("of", "")
    if unit and st.button(f"只看{names.get(unit, unit)}", icon=":material/close:"):
        put("of", "")
        st.rerun()


def _sources(cases: Sequence[Case]) -> dict[str, str]:
    labels = {case.hazard.source: case.hazard.source_label for case in cases if case.hazard.source}
    known = [source.value for source in Source if source.value in labels]
    return {code: labels[code] for code in [*known, *sorted(set(labels) - set(known))]}


def _choice(label: str, name: str, options: Mapping[str, str]) -> None:
    wanted = st.query_params.get(name, "")
    codes = ["", *options]
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(wanted) if wanted in codes else 0,
        format_func=lambda code: options.get(code, _ALL),
        width=180,
        key=f"hazard_{name}_{wanted}",
    )
    if chosen != wanted and (chosen or wanted in codes):
        put(name, chosen)
        st.rerun()


def _list_state() -> dict[str, str]:
    return {
        name: st.query_params[name] for name in ("view", "show", "age", "page") if st.query_params.get(name)
    }


def back_address() -> dict[str, str]:
    """The address without the one hazard."""
    return {name: value for name, value in st.query_params.items() if name != "hazard"}
