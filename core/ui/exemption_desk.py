"""系统管理 · 豁免: free a unit from an obligation for periods, with a reason, and lift it again."""

from collections.abc import Sequence

import streamlit as st

from core.config import local_moment
from core.domain.obligations import Obligation
from core.domain.units import Unit
from core.services.exempting import Wish, exempt, exemptions_of, lift, preview_exemption, preview_lifting
from core.services.looking_up import Lookup, look_up
from core.store.exemptions import Granted
from core.ui.asking import Asked
from core.ui.board_page import draw_year
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.effect_markup import draw_effect
from core.ui.fields import Field, FieldSet, draw_fields, say_fault
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup
from core.ui.plain_table import plain_table


def draw_exemptions(page: Context, asked: Asked) -> None:
    """Draw what is exempted, the form to exempt, and the form to lift."""
    lookup = look_up(page.store, page.actor)
    held = exemptions_of(page.store, page.actor, asked.question.year)
    section_head("豁免", f"{asked.question.year}年共 {len(held)} 项，已豁免的格照常显示，不计入完成率")
    draw_year(asked)
    if held:
        st.html(_table(held, asked, lookup))
    else:
        empty_state("还没有豁免", "本年度没有豁免任何单位的事项。")
    left, right = st.columns(2, gap="large")
    with left:
        _draw_granting(page, asked, lookup)
    with right:
        _draw_lifting(page, asked, lookup, held)


def _table(held: Sequence[Granted], asked: Asked, lookup: Lookup) -> Markup:
    rows = (
        (
            lookup.names.units.get(each.exemption.unit, each.exemption.unit),
            _title(asked, each.exemption.obligation),
            each.exemption.period,
            each.exemption.reason,
            _by_whom(each, lookup),
        )
        for each in held
    )
    return plain_table(("单位", "事项", "周期", "理由", "批准"), rows, "豁免")


def _title(asked: Asked, code: str) -> str:
    found = asked.catalogue.obligation(code)
    return found.title if found else code


def _by_whom(each: Granted, lookup: Lookup) -> str:
    at = f"{local_moment(each.standing.at):%Y-%m-%d}" if each.standing.at else ""
    return f"{lookup.people.get(each.standing.person, each.standing.person)} {at}"


def _draw_granting(page: Context, asked: Asked, lookup: Lookup) -> None:
    section_head("新增豁免")
    units = {unit.code: unit for unit in lookup.units}
    unit = st.selectbox(
        "单位",
        list(units),
        index=None,
        placeholder="请选择",
        format_func=lambda code: units[code].name,
        key="exempt_unit",
    )
    if unit is None:
        return
    owed = {each.code: each for each in asked.catalogue.owed_by(units[unit])}
    code = st.selectbox(
        "事项",
        list(owed),
        index=None,
        placeholder="请选择",
        format_func=lambda code: owed[code].title,
        key=f"exempt_what_{unit}",
    )
    if code is not None:
        _draw_wish(page, asked, units[unit], owed[code])


def _draw_wish(page: Context, asked: Asked, unit: Unit, obligation: Obligation) -> None:
    form = desk_form(f"exempt:{asked.question.year}:{unit.code}:{obligation.code}")
    periods = {each.code: each.short_label for each in obligation.periods(asked.question.year)}
    st.multiselect(
        "周期",
        list(periods),
        default=list(periods) if len(periods) == 1 else [],
        format_func=lambda code: periods[code],
        placeholder="请选择",
        key=form.key("periods"),
    )
    say_fault(form.faults, "periods")
    fields = form.fields(Field("reason", "理由", needed=True, wide=True))
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    say_fault(form.faults, "obligation")
    wish = _wish(form, fields, unit.code, obligation.code)
    if wish.periods and wish.reason.strip():
        draw_effect(
            lambda: preview_exemption(page.store, page.actor, wish, asked.question, now=page.now),
            asked.question.as_of,
        )
    arguments = (page, asked, form, form.operation, fields, (unit.code, obligation.code))
    st.button("豁免", type="primary", key=form.key("save"), on_click=_exempt, args=arguments)


def _wish(form: DeskForm, fields: FieldSet, unit: str, obligation: str) -> Wish:
    periods = tuple(st.session_state.get(form.key("periods")) or ())
    return Wish(unit, obligation, periods, fields.text("reason"))


def _exempt(
    page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, what: tuple[str, str]
) -> None:
    carry_out(
        form,
        operation,
        lambda: exempt(
            page.store, page.actor, _wish(form, fields, *what), asked.question, operation, now=page.now
        ),
        lambda effect: f"已豁免。{effect.told}",
    )


def _draw_lifting(page: Context, asked: Asked, lookup: Lookup, held: Sequence[Granted]) -> None:
    if not held:
        return
    section_head("取消豁免")
    by_id = {each.standing.version_id: each for each in held}
    chosen = st.selectbox(
        "豁免",
        list(by_id),
        index=None,
        placeholder="请选择",
        format_func=lambda number: _named(by_id[number], asked, lookup),
        key="lift_which",
    )
    if chosen not in by_id:
        return
    form = desk_form(f"lift:{chosen}")
    fields = form.fields(Field("reason", "取消的理由", needed=True, wide=True))
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    draw_effect(
        lambda: preview_lifting(page.store, page.actor, chosen, asked.question, now=page.now),
        asked.question.as_of,
    )
    arguments = (page, asked, form, form.operation, fields, chosen)
    st.button("取消豁免", key=form.key("save"), on_click=_lift, args=arguments)


def _named(each: Granted, asked: Asked, lookup: Lookup) -> str:
    free = each.exemption
    unit = lookup.names.units.get(free.unit, free.unit)
    return f"{unit} · {_title(asked, free.obligation)} · {free.period}"


def _lift(
    page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, version_id: int
) -> None:
    carry_out(
        form,
        operation,
        lambda: lift(
            page.store,
            page.actor,
            version_id,
            fields.text("reason"),
            asked.question,
            operation,
            now=page.now,
        ),
        lambda effect: f"已取消豁免。{effect.told}",
    )
