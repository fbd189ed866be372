"""On one unit's page: what it was merged into or out of, and a committee's member units."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from core.domain.units import Unit, UnitKind
from core.services.looking_up import look_up
from core.ui.context import Context
from core.ui.html import Markup, element, join, link_to
from core.ui.member_markup import draw_members_of
from core.ui.picker import kept_address


def draw_unit_people(page: Context, as_of: date, unit: Unit, units: Mapping[str, Unit]) -> None:
    """Draw where the unit comes from and goes to, and its member units."""
    told = succession_markup(unit, units)
    if told:
        st.html(element("p", told, class_="succession"))
    if unit.kind == UnitKind.COMMITTEE:
        draw_members_of(page, unit.code, look_up(page.store, page.actor).names.units, as_of)


def succession_markup(unit: Unit, units: Mapping[str, Unit]) -> Markup:
    """Say what was merged into this unit, or when it ended and what goes on in its place."""
    said = []
    if unit.active_until:
        said.append(join(f"{unit.name} {unit.active_until} 停用"))
    if unit.successor in units:
        said.append(join("并入", _link(units[unit.successor]), "，此前的记录仍在本页。"))
    before = [each for each in units.values() if each.successor == unit.code]
    if before:
        parts = [join(_link(each), f"（至 {each.active_until}）") for each in before]
        said.append(join("含并入的", *parts, "，其此前的记录在各自的页面。"))
    return join(*said)


def _link(unit: Unit) -> Markup:
    kept = {**kept_address(), "unit": unit.code, "within": "unit"}
    kept.pop("obligation", None)
    kept.pop("period", None)
    return element("a", unit.name, href=link_to("", kept))
