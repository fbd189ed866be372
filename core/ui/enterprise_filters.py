"""How the list of enterprises is narrowed: read from the address, drawn in one row, kept by every link."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.domain.enterprises import NINE, Duty, EnterpriseSearch, Span, industry_label
from core.ui.asking import put

NARROWING = ("words", "place", "industry", "risk", "lacking", "gap")
_KEPT = ("as_of", "year", "view", *NARROWING, "page")
_ALL = "全部"


def kept_by_links() -> dict[str, str]:
    """What links on this page carry on."""
    return {name: st.query_params[name] for name in _KEPT if st.query_params.get(name)}


def draw_enterprise_filters(places: Mapping[str, str], industries: Sequence[str]) -> None:
    """The filters in one row; each lives in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(places) > 1:
            _choice("属地", "place", places)
        _choice("行业", "industry", {each: industry_label(each) for each in industries})
        _choice("高危", "risk", {"1": "高危行业", "0": "其他"})
        lacking = {duty.value: f"本期缺“{duty.label}”" for duty in NINE}
        _choice("缺项", "lacking", lacking | {Duty.INSURANCE.value: "未投保安责险"})
        _choice("检查", "gap", {"1": "检查与登记不一致"})
        words = st.text_input(
            "关键词",
            st.query_params.get("words", ""),
            placeholder="名称、编码、行业",
            max_chars=100,
            width=200,
            key="enterprise_words",
        )
    if words != st.query_params.get("words", ""):
        put("page", "")
        put("words", words)


def _choice(label: str, name: str, options: Mapping[str, str]) -> None:
    wanted = st.query_params.get(name, "")
    codes = ["", *options]
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(wanted) if wanted in codes else 0,
        format_func=lambda code: options.get(code, _ALL),
        width=170,
        key=f"enterprise_{name}_{wanted}",
    )
    if chosen != wanted and (chosen or wanted in codes):
        put("page", "")
        put(name, chosen)
        st.rerun()


def search_in_address(spans: Mapping[Duty, Span], day: date, gaps: frozenset[str]) -> EnterpriseSearch:
    """What the address asks for; what cannot be read does not narrow."""
    asked = st.query_params
    duty = Duty.parse(asked.get("lacking", ""))
    span = spans.get(duty, (day, day)) if duty else None
    place, risk = asked.get("place", ""), asked.get("risk", "")
    return EnterpriseSearch(
        asked.get("words", "")[:100],
        frozenset({place}) if place else None,
        asked.get("industry", ""),
        {"1": True, "0": False}.get(risk),
        (duty, span) if duty and span and (duty in spans or duty == Duty.INSURANCE) else None,
        gaps if asked.get("gap") == "1" else None,
    )
