"""Forms of the register of enterprises: add one, or correct one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from core.domain.enterprises import HIGH_RISK, Enterprise, Industry
from core.services.enterprise_stories import EnterpriseStory
from core.services.registering import (
    LikelySameError,
    WantedEnterprise,
    keep_enterprise,
)
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields
from core.ui.sittings import Sitting, carry_out, say_other_faults, sitting

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)
_OTHERS = ("工贸", "商贸流通", "城镇燃气", "仓储物流", "餐饮住宿", "电力能源", "文化旅游", "农业农村", "其他")


def draw_new_enterprise(page: Context, places: Mapping[str, str], known: Sequence[str]) -> None:
    """Draw the form of a new enterprise; `places` are the localities by name that may be entered for."""
    held = sitting("enterprise")
    first = next(iter(places.values())) if len(places) == 1 else None
    blank = Enterprise("", "", first or "", "")
    fields = FieldSet(held.prefix, _fields(blank, places, known))
    with st.expander("登记企业", icon=":material/add:", expanded=bool(held.faults)):
        _draw(held, fields)
        arguments = (page, held, fields, blank, 0, held.operation)
        st.button("保存企业", type="primary", on_click=_keep, args=arguments, key=fields.key("save"))


def draw_correction(
    page: Context, story: EnterpriseStory, places: Mapping[str, str], known: Sequence[str]
) -> None:
    """Draw the form that corrects an enterprise."""
    each = story.enterprise
    held = sitting(f"enterprise:{each.code}:{story.version}")
    shown = places if each.locality in places.values() else {each.locality: each.locality}
    reason = Field("reason", "更正原因", needed=True, wide=True)
    fields = FieldSet(held.prefix, [*_fields(each, shown, known), reason])
    with st.expander("更正企业信息", icon=":material/edit:", expanded=bool(held.faults)):
        _draw(held, fields)
        arguments = (page, held, fields, each, story.version, held.operation)
        st.button("保存更正", on_click=_keep, args=arguments, key=fields.key("save"))


def _draw(held: Sitting, fields: FieldSet) -> None:
    draw_fields(fields, held.faults)
    say_other_faults(held, fields)


def _fields(each: Enterprise, places: Mapping[str, str], known: Sequence[str]) -> list[Field]:
    others = dict.fromkeys([*_OTHERS, *(one for one in known if one not in HIGH_RISK)])
    if each.industry and each.industry not in HIGH_RISK:
        others.setdefault(each.industry)
    industries = {one.label: one.value for one in Industry} | {one: one for one in others}
    return [
        Field("name", "企业名称", start=each.name, needed=True),
        Field("locality", "属地", Kind.CHOICE, each.locality or None, choices=places, needed=True),
        Field("industry", "行业", Kind.CHOICE, each.industry or None, choices=industries, needed=True),
        Field("other", "其他行业名称（列表中没有时填写）"),
        Field("staff", "从业人数", Kind.COUNT, "" if each.staff is None else str(each.staff)),
        Field("high_risk", "属于高危行业（八大行业自动计入）", Kind.TICK, each.high_risk),
        Field("active_from", "启用日期（可不填）", Kind.DAY, each.active_from, within=(_EARLIEST, _LATEST)),
        Field("active_until", "停用日期（可不填）", Kind.DAY, each.active_until, within=(_EARLIEST, _LATEST)),
    ]


def _keep(
    page: Context, held: Sitting, fields: FieldSet, before: Enterprise, seen: int, operation: str
) -> None:
    """Keep the enterprise; runs as a callback, before anything is drawn."""
    carry_out(held, lambda: _kept(page, held, fields, before, seen, operation))


def _kept(
    page: Context, held: Sitting, fields: FieldSet, before: Enterprise, seen: int, operation: str
) -> str:
    fresh = _typed(fields, before)
    wanted = WantedEnterprise(fresh, operation, seen, fields.text("reason"))
    try:
        kept = keep_enterprise(
            page.store, page.actor, wanted, now=page.now, sure=held.sure_of == (fresh.name or " ")
        )
    except LikelySameError:
        held.sure_of = fresh.name
        raise
    return f"已保存 {kept.code} {kept.name}。"


def _typed(fields: FieldSet, before: Enterprise) -> Enterprise:
    industry = fields.text("other").strip() or fields.text("industry")
    return replace(
        before,
        name=fields.text("name"),
        locality=fields.text("locality"),
        industry=industry,
        high_risk=bool(fields.value("high_risk")) or industry in HIGH_RISK,
        staff=fields.count("staff"),
        active_from=_day_or_none(fields.value("active_from")),
        active_until=_day_or_none(fields.value("active_until")),
    )


def _day_or_none(value: Any) -> date | None:
    return value if isinstance(value, date) else None
