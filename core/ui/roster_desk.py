"""系统管理 · 领导名单、成员单位: who holds which post from when to when, and who is a committee's member."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.domain.units import Leader, Member, Unit, UnitKind
from core.errors import InputError
from core.services.keeping_rosters import (
    keep_leader,
    keep_member,
    members_of,
    preview_leader,
    remove_leader,
    remove_member,
    roster_of,
)
from core.services.looking_up import look_up
from core.services.trying import Effect
from core.ui.asking import Asked
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.effect_markup import draw_effect
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup, element
from core.ui.member_markup import members_markup
from core.ui.plain_table import plain_table

_DAYS = (date(2000, 1, 1), date(2100, 12, 31))
_NEW_LEADER, _NEW_MEMBER = "（新增领导）", "（新增成员单位）"


def draw_rosters(page: Context, asked: Asked) -> None:
    """Draw one unit's leaders and the form."""
    units = [unit for unit in look_up(page.store, page.actor).units if unit.kind != UnitKind.CITY]
    section_head("领导名单", "包保督导检查按任职日期考核，截止日之后不再计入")
    code = _choose_unit("单位", units, "roster_unit")
    if code is None:
        return
    roster = roster_of(page.store, page.actor, code)
    if roster:
        st.html(_roster_markup([leader for leader, _ in roster]))
    else:
        empty_state("名单是空的", "没有名单的单位，包保督导检查显示为未报送。", "请在下方新增领导。")
    left, right = st.columns(2, gap="large")
    with left:
        _draw_leader(page, asked, code, roster)
    with right:
        _draw_leader_removal(page, code, roster)


def _choose_unit(label: str, units: Sequence[Unit], key: str) -> str | None:
    names = {unit.code: unit.name for unit in units}
    return st.selectbox(
        label,
        list(names),
        index=None,
        placeholder="请选择",
        format_func=lambda code: names[code],
        key=key,
        width=420,
    )


def _roster_markup(roster: Sequence[Leader]) -> Markup:
    rows = ((each.name, each.title, _day(each.starts), _day(each.until) or "在任") for each in roster)
    return plain_table(("姓名", "职务", "起", "止"), rows, "领导名单")


def _day(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""


def _draw_leader(page: Context, asked: Asked, unit: str, roster: Sequence[tuple[Leader, int]]) -> None:
    section_head("新增或修改")
    known = {leader.name: (leader, seen) for leader, seen in roster}
    titles = {"": _NEW_LEADER, **{name: name for name in known}}
    name = st.selectbox(
        "领导", list(titles), format_func=lambda name: titles[name], key=f"leader_which_{unit}"
    )
    leader, seen = known.get(name, (Leader(unit, ""), 0))
    form = desk_form(f"leader:{unit}:{name}", seen)
    own = [] if name else [Field("name", "姓名", needed=True)]
    fields = form.fields(
        *own,
        Field("title", "职务", start=leader.title),
        Field("from", "任职起", Kind.DAY, leader.starts, within=_DAYS),
        Field("until", "任职止（在任留空）", Kind.DAY, leader.until, within=_DAYS),
    )
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    texts = _leader_texts(fields, leader)
    was = {"title": leader.title, "from": _day(leader.starts), "until": _day(leader.until)}
    if texts["name"] and (not name or {key: texts[key] for key in was} != was) and not form.faults:
        question = asked.question
        draw_effect(
            lambda: preview_leader(page.store, page.actor, texts, question, now=page.now), question.as_of
        )
    arguments = (page, asked, form, form.operation, fields, leader)
    st.button("保存领导", type="primary", key=form.key("save"), on_click=_keep_leader, args=arguments)


def _leader_texts(fields: FieldSet, leader: Leader) -> dict[str, str]:
    return {
        "unit": leader.unit,
        "name": leader.name or fields.text("name"),
        "title": fields.text("title"),
        "from": _day(fields.value("from")),
        "until": _day(fields.value("until")),
    }


def _keep_leader(
    page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, leader: Leader
) -> None:
    def step() -> Effect:
        texts = _leader_texts(fields, leader)
        return keep_leader(page.store, page.actor, texts, asked.question, form.press, now=page.now)

    carry_out(form, operation, step, lambda effect: f"领导名单已保存。{effect.told}")


def _draw_leader_removal(page: Context, unit: str, roster: Sequence[tuple[Leader, int]]) -> None:
    if not roster:
        return
    section_head("移除误录", "调离、退休的请填写任职止")
    seen = {leader.name: number for leader, number in roster}
    name = st.selectbox("误录的领导", list(seen), index=None, placeholder="请选择", key=f"leader_out_{unit}")
    if name is None:
        return
    form = desk_form(f"leader_out:{unit}:{name}", seen[name])
    fields = form.fields(Field("reason", "原因", needed=True, wide=True))
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    arguments = (page, form, form.operation, fields, (unit, name))
    st.button("移除", key=form.key("save"), on_click=_remove_leader, args=arguments)


def _remove_leader(
    page: Context, form: DeskForm, operation: str, fields: FieldSet, who: tuple[str, str]
) -> None:
    def step() -> None:
        remove_leader(page.store, page.actor, *who, fields.text("reason"), form.press, now=page.now)

    carry_out(form, operation, step, lambda _: f"已将{who[1]}移出名单。")


# Members ---------------------------------------------------------------------------------------------------


def draw_members(page: Context, asked: Asked) -> None:
    """Draw one committee's member units and the form."""
    lookup = look_up(page.store, page.actor)
    section_head("成员单位", "责任科室、联络员；依据：通知二（一）3")
    committees = [unit for unit in lookup.units if unit.kind == UnitKind.COMMITTEE]
    code = _choose_unit("专委会", committees, "member_committee")
    if code is None:
        return
    held = members_of(page.store, page.actor, code)
    if held:
        markup = members_markup([member for member, _ in held], lookup.names.units, asked.question.as_of)
        st.html(element("div", markup, class_="anze-lists"))
    else:
        empty_state("还没有成员单位", "这个专委会没有登记成员单位。", "请在下方新增。")
    left, right = st.columns(2, gap="large")
    with left:
        _draw_member(page, code, held, lookup.units)
    with right:
        _draw_member_removal(page, held, lookup.names.units)


def _draw_member(
    page: Context, committee: str, held: Sequence[tuple[Member, int]], units: Sequence[Unit]
) -> None:
    section_head("新增或修改")
    names = {unit.code: unit.name for unit in units}
    known = {member.member: (member, seen) for member, seen in held}
    titles = {"": _NEW_MEMBER, **{each: names.get(each, each) for each in known}}
    which = st.selectbox(
        "成员", list(titles), format_func=lambda each: titles[each], key=f"member_which_{committee}"
    )
    member, seen = known.get(which, (Member(committee, ""), 0))
    form = desk_form(f"member:{committee}:{which}", seen)
    departments = {u.name: u.code for u in units if u.kind == UnitKind.DEPARTMENT and u.code not in known}
    new = [
        Field("member", "部门", Kind.CHOICE, None, choices=departments),
        Field("other", "不在系统中的单位，填写全称"),
    ]
    fields = form.fields(
        *([] if which else new),
        Field("office", "责任科室", start=member.office),
        Field("liaison", "联络员", start=member.liaison),
        Field("phone", "电话", start=member.phone),
        Field("starts", "起", Kind.DAY, member.starts, within=_DAYS),
        Field("until", "止", Kind.DAY, member.until, within=_DAYS),
    )
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    arguments = (page, form, form.operation, fields, member)
    st.button("保存成员单位", type="primary", key=form.key("save"), on_click=_keep_member, args=arguments)


def _keep_member(page: Context, form: DeskForm, operation: str, fields: FieldSet, member: Member) -> None:
    def step() -> Member:
        starts, until = fields.value("starts"), fields.value("until")
        wanted = Member(
            member.committee,
            member.member or fields.text("other") or fields.text("member"),
            fields.text("office"),
            fields.text("liaison"),
            fields.text("phone"),
            starts if isinstance(starts, date) else None,
            until if isinstance(until, date) else None,
        )
        return keep_member(page.store, page.actor, wanted, form.press, now=page.now)

    carry_out(form, operation, step, lambda _: "成员单位已保存。")


def _draw_member_removal(page: Context, held: Sequence[tuple[Member, int]], names: Mapping[str, str]) -> None:
    if not held:
        return
    section_head("移除成员单位")
    known = {member.member: (member, seen) for member, seen in held}
    which = st.selectbox(
        "要移除的成员单位",
        list(known),
        index=None,
        placeholder="请选择",
        format_func=lambda each: names.get(each, each),
        key="member_out",
    )
    if which not in known:
        return
    member, seen = known[which]
    form = desk_form(f"member_out:{member.committee}:{which}", seen)
    fields = form.fields(Field("reason", "原因", needed=True, wide=True))
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    arguments = (page, form, form.operation, fields, member)
    st.button("移除成员单位", key=form.key("save"), on_click=_remove_member, args=arguments)


def _remove_member(page: Context, form: DeskForm, operation: str, fields: FieldSet, member: Member) -> None:
    def step() -> None:
        if not member.member:
            raise InputError("请选择要移除的成员单位。")
        remove_member(page.store, page.actor, member, fields.text("reason"), form.press, now=page.now)

    carry_out(form, operation, step, lambda _: "已移除，历史保留。")
