"""Forms of functional zones: register, plan, fill a checklist, assess, accept and return."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.zone_standing import AreaStanding, AreaState
from core.domain.zone_work import ChecklistItem, Deed, ItemState, Mark, Plan
from core.domain.zones import Area, Zone
from core.errors import InputError
from core.services.zone_work import (
    MarksWish,
    PlanWish,
    StepWish,
    assess_area,
    draw_plan,
    judge_area,
    mark_items,
    register_zone,
)
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault

_CLOSED = (AreaState.ASSESSED, AreaState.ACCEPTED)


def draw_registering(page: Context, localities: dict[str, str]) -> None:
    """Draw the form of a new zone, for those localities that the person may act for."""
    own = {name: code for code, name in localities.items() if may(page.actor, Permission.PLAN_ZONE, code)}
    if not own:
        return
    form = desk_form("zone_new")
    only = next(iter(own.values())) if len(own) == 1 else None
    fields = form.fields(
        Field("locality", "所属属地", Kind.CHOICE, only, choices=own, needed=True),
        Field("name", "功能区名称", needed=True),
    )
    with st.expander("登记功能区", icon=":material/add:", expanded=bool(form.faults)):
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, fields)
        st.button("登记", type="primary", key=form.key("save"), on_click=_register, args=arguments)


def _register(page: Context, form: DeskForm, operation: str, fields: FieldSet) -> None:
    carry_out(
        form,
        operation,
        lambda: register_zone(
            page.store, page.actor, fields.text("locality"), fields.text("name"), operation, now=page.now
        ),
        lambda zone: f"已登记 {zone.name}（编码 {zone.code}）。请点开它，制定“一区一策”方案。",
    )


# The plan --------------------------------------------------------------------------------------------------


def draw_planning(page: Context, zone: Zone, plan: Plan | None, seen: int, today: date) -> None:
    """Draw the form of the plan, filled with the one that holds."""
    form = desk_form(f"zone_plan:{zone.code}", seen)
    due = plan.due if plan else (None,) * len(Area)
    within = (date(today.year, 1, 1), date(today.year, 12, 31))
    fields = form.fields(
        Field("content", "“一区一策”方案", Kind.LONG, plan.content if plan else "", needed=True, wide=True),
        *(
            Field(f"due_{area.value}", f"{area.label}计划完成", Kind.DAY, day, within=within)
            for area, day in zip(Area, due, strict=True)
        ),
    )
    with st.expander("修改方案" if plan else "制定方案", expanded=bool(form.faults)):
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, zone, form, form.operation, fields, today)
        st.button("保存方案", type="primary", key=form.key("save"), on_click=_plan, args=arguments)


def _plan(page: Context, zone: Zone, form: DeskForm, operation: str, fields: FieldSet, today: date) -> None:
    due = tuple(fields.value(f"due_{area.value}") for area in Area)
    wanted = PlanWish(zone.code, fields.text("content"), due)
    carry_out(
        form,
        operation,
        lambda: draw_plan(page.store, page.actor, wanted, form.press, today=today, now=page.now),
        lambda _: "方案已保存，原来的仍保留在办理记录中。",
    )


# An area ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Work:
    """An area of a zone as the person read it; `seen` is the newest change about the zone."""

    page: Context
    zone: Zone
    area: AreaStanding
    seen: int
    today: date

    def form(self, name: str) -> DeskForm:
        """The form of this name for the area."""
        return desk_form(f"{name}:{self.zone.code}:{self.area.area.value}", self.seen)


def draw_area_forms(work: Work) -> None:
    """Draw what this person may do about an area now."""
    state, actor = work.area.state, work.page.actor
    if may(actor, Permission.PLAN_ZONE, work.zone.locality) and state not in _CLOSED:
        _draw_marking(work)
        _draw_step(work, Deed.ASSESSED)
    if may(actor, Permission.ACCEPT_ZONE) and state in _CLOSED:
        if state == AreaState.ASSESSED:
            _draw_step(work, Deed.ACCEPTED)
        _draw_step(work, Deed.RETURNED)


def _draw_marking(work: Work) -> None:
    form = work.form("zone_marks")
    numbered = enumerate(work.area.marks, start=1)
    fields = form.fields(*(each for number, pair in numbered for each in _mark_fields(number, *pair)))
    with st.expander("填报清单", icon=":material/checklist:", expanded=bool(form.faults)):
        draw_fields(fields, form.faults)
        st.caption("得分不填的，已落实按满分计，其余按 0 分计。")
        say_fault(form.faults, "")
        arguments = (work, form, form.operation, fields)
        st.button("保存清单", type="primary", key=form.key("save"), on_click=_mark, args=arguments)


def _mark_fields(number: int, item: ChecklistItem, mark: Mark | None) -> list[Field]:
    states = {state.label: state.value for state in ItemState}
    state = mark.state.value if mark else ItemState.NOT_STARTED.value
    score = str(mark.score) if mark else ""
    return [
        Field(
            f"state_{item.code}",
            f"{number}. {item.content}",
            Kind.CHOICE,
            state,
            choices=states,
            needed=True,
        ),
        Field(f"score_{item.code}", f"第 {number} 条得分（满分 {item.points}）", Kind.COUNT, score),
    ]


def _mark(work: Work, form: DeskForm, operation: str, fields: FieldSet) -> None:
    page = work.page

    def step() -> int:
        marks = {item.code: _marked(fields, item) for item, _ in work.area.marks}
        wanted = MarksWish(work.zone.code, work.area.area, marks)
        return mark_items(page.store, page.actor, wanted, form.press, today=work.today, now=page.now)

    carry_out(form, operation, step, lambda count: f"已保存 {count} 条清单。")


def _marked(fields: FieldSet, item: ChecklistItem) -> tuple[ItemState, int]:
    state = ItemState.of(fields.text(f"state_{item.code}") or ItemState.NOT_STARTED)
    score = fields.count(f"score_{item.code}")
    usual = item.points if state == ItemState.DONE else 0
    return state, usual if score is None else score


_LABELS = {
    Deed.ASSESSED: ("提交自评", "自评说明"),
    Deed.ACCEPTED: ("验收通过", "验收意见（可不填）"),
    Deed.RETURNED: ("退回", "退回原因和要求"),
}


def _draw_step(work: Work, deed: Deed) -> None:
    form, area, today = work.form(f"zone_{deed.value}"), work.area, work.today
    label, said = _LABELS[deed]
    within = (date(today.year, 1, 1), today)
    fields = [Field("on", "日期", Kind.DAY, today, within=within, needed=True)]
    if deed == Deed.ACCEPTED:
        fields.append(Field("score", "验收得分（满分 100）", Kind.COUNT, str(area.self_score), needed=True))
    drawn = form.fields(*fields, Field("note", said, Kind.LONG, wide=True))
    with st.expander(label, expanded=bool(form.faults)):
        if deed == Deed.ASSESSED:
            st.caption(f"自评得分 {area.self_score} 分，按清单得分计算；佐证材料 {area.evidence} 份。")
        draw_fields(drawn, form.faults)
        say_fault(form.faults, "")
        arguments = (work, deed, form, form.operation, drawn)
        st.button(f"确认{label}", key=form.key("save"), on_click=_take, args=arguments)


def _take(work: Work, deed: Deed, form: DeskForm, operation: str, fields: FieldSet) -> None:
    page = work.page

    def step() -> None:
        on = fields.value("on")
        if not isinstance(on, date):
            raise InputError("请填写日期。", "on")
        score = fields.count("score") if deed == Deed.ACCEPTED else None
        wanted = StepWish(work.zone.code, work.area.area, deed, on, score, fields.text("note"))
        service = assess_area if deed == Deed.ASSESSED else judge_area
        service(page.store, page.actor, wanted, form.press, today=work.today, now=page.now)

    said = f"{work.zone.name}“{work.area.area.label}”已{_LABELS[deed][0]}。"
    carry_out(form, operation, step, lambda _: said)
