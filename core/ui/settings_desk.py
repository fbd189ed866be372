"""系统管理 · 事项设置: what the notice sets and what the office may; every change shows its effect first."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.domain.adjustments import Adjustment
from core.domain.texts import parse_count
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.adjusting import (
    Setting,
    adjust,
    grace_setting,
    preview_adjustment,
    preview_grace_days,
    preview_heavy_duty,
    set_grace_days,
    set_heavy_duty,
    settings_of,
    unit_seen,
)
from core.services.looking_up import look_up
from core.services.trying import Effect
from core.ui.asking import Asked
from core.ui.board_page import draw_year
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.effect_markup import draw_effect, show_effect, tried
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.html import Markup, element, join
from core.ui.plain_table import plain_table

_HEADS = ("事项", "条款", "依据", "要求", "提前提醒", "办公室调整")
_ORDER = (UnitKind.COMMITTEE, UnitKind.LOCALITY, UnitKind.DEPARTMENT, UnitKind.CITY)
_SUBJECTS = {kind: kind.label for kind in _ORDER}


def draw_settings(page: Context, asked: Asked) -> None:
    """Draw the year's obligations, the form to adjust one, the grace days and the heavy duty."""
    year = asked.question.year
    section_head("事项设置", f"{year}年")
    draw_year(asked)
    settings = settings_of(page.store, page.actor, year)
    _draw_adjusting(page, asked, settings)
    left, right = st.columns(2, gap="large")
    with left:
        _draw_grace(page)
    with right:
        _draw_heavy_duty(page, asked)
    for kind, label in _SUBJECTS.items():
        own = [each for each in settings if each.plain.subject == kind]
        if own:
            section_head(label, f"{len(own)} 项")
            st.html(settings_markup(own, label))


def settings_markup(settings: Sequence[Setting], caption: str) -> Markup:
    """Write one kind's obligations as a table."""
    return plain_table(_HEADS, map(_row, settings), f"{caption}的事项")


def _row(each: Setting) -> tuple[str, ...]:
    warned = f"{each.now.warn_days} 天" if each.plain.warns else "—"
    return each.now.title, each.now.clause, each.now.basis.label, each.now.head, warned, each.told


# One obligation --------------------------------------------------------------------------------------------


def _draw_adjusting(page: Context, asked: Asked, settings: Sequence[Setting]) -> None:
    by_code = {each.plain.code: each for each in settings}
    kinds = {each.plain.code: _SUBJECTS[each.plain.subject] for each in settings}
    code = st.selectbox(
        "选择要调整的事项",
        list(by_code),
        index=None,
        placeholder="请选择",
        format_func=lambda code: f"{kinds[code]} · {by_code[code].now.title}",
        key=f"setting_{asked.question.year}",
    )
    if code:
        with st.container(border=True):
            _draw_one(page, asked, by_code[code])


def _draw_one(page: Context, asked: Asked, setting: Setting) -> None:
    year, plain = asked.question.year, setting.plain
    st.html(_source_markup(setting))
    if not setting.adjustable:
        st.html(element("p", "这一事项由通知规定，没有可以调整的内容。", class_="nothing"))
        return
    form = desk_form(f"setting:{year}:{plain.code}", setting.standing.version_id)
    fields = form.fields(*_fields(setting))
    as_of, now = asked.question.as_of, page.now
    effect: Effect | None = None
    faults: Mapping[str, str] = form.faults
    if _changed(fields, setting):
        effect, faults = tried(
            lambda: preview_adjustment(
                page.store, page.actor, _wanted(fields, setting, year), as_of=as_of, now=now
            )
        )
        # What the form was refused for is told anew by the preview; that somebody was first is not.
        faults = {**{name: said for name, said in form.faults.items() if not name}, **faults}
    draw_fields(fields, faults)
    say_fault(faults, "")
    say_fault(faults, "also")
    st.caption("数字留空即恢复为目录原有的规定。")
    if effect:
        show_effect(effect, as_of)
    st.button(
        "保存设置",
        type="primary",
        key=form.key("save"),
        on_click=_save,
        args=(page, asked, form, form.operation, fields, setting),
    )


def _source_markup(setting: Setting) -> Markup:
    each = setting.plain
    fixed = "" if setting.number_is_free else "要求和期限由通知规定，不能调整。"
    told = element("p", element("b", "现行设置："), setting.told) if setting.told else join()
    return element(
        "div",
        element("blockquote", f"“{each.quote}”"),
        element("p", f"通知「{each.clause}」　{each.basis.label}　{each.head}。{fixed}"),
        told,
        class_="setting-source",
    )


def _fields(setting: Setting) -> list[Field]:
    fields = []
    if setting.number_is_free:
        fields.append(Field("required", "要求数（次）", Kind.COUNT, str(setting.now.required or "")))
    if setting.plain.warns:
        fields.append(Field("warn_days", _warn_label(setting), Kind.COUNT, str(setting.now.warn_days)))
    for event in setting.plain.countable:
        name = f"“{setting.events[event]}”一并计入"
        fields.append(Field(f"also_{event}", name, Kind.TICK, event in setting.now.also, wide=True))
    return fields


def _warn_label(setting: Setting) -> str:
    return "报送期限（检查后天数）" if setting.plain.rule == "followup" else "提前提醒天数"


def _changed(fields: FieldSet, setting: Setting) -> bool:
    now = {
        "required": str(setting.now.required or ""),
        "warn_days": str(setting.now.warn_days),
        **{f"also_{event}": event in setting.now.also for event in setting.plain.countable},
    }
    held = {each.name: fields.value(each.name) for each in fields.fields}
    return any(value is not None and value != now[name] for name, value in held.items())


def _wanted(fields: FieldSet, setting: Setting, year: int) -> Adjustment:
    """What the form says; an emptied number is as in the catalogue.

    Raises:
        InputError: no number.
    """
    also = tuple(event for event in setting.plain.countable if fields.value(f"also_{event}"))
    return Adjustment(
        year, setting.plain.code, _number(fields, "required"), _number(fields, "warn_days"), also
    )


def _number(fields: FieldSet, name: str) -> int | None:
    if fields.text(name).strip().startswith("-"):
        raise InputError("不能小于 0，请填写不小于 0 的整数。", name)
    return fields.count(name)


def _save(
    page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, setting: Setting
) -> None:
    year, as_of = asked.question.year, asked.question.as_of
    carry_out(
        form,
        operation,
        lambda: adjust(
            page.store,
            page.actor,
            _wanted(fields, setting, year),
            form.press,
            as_of=as_of,
            now=page.now,
        ),
        lambda effect: f"“{setting.plain.title}”的设置已保存。{effect.told}",
    )


# Grace days and heavy duty ---------------------------------------------------------------------------------


def _draw_grace(page: Context) -> None:
    grace = grace_setting(page.store, page.actor)
    section_head("补录宽限", f"现为 {grace.days} 天，标为补录的记录 {grace.marked} 条")
    form = desk_form("grace", grace.standing.version_id)
    fields = form.fields(Field("days", "超过几天录入标为补录", Kind.COUNT, str(grace.days), wide=True))
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    typed = fields.text("days")
    if typed and typed != str(grace.days) and not form.faults:
        _draw_grace_effect(page, typed, grace.marked)
    arguments = (page, form, form.operation, fields)
    st.button("保存宽限天数", key=form.key("save"), on_click=_save_grace, args=arguments)


def _draw_grace_effect(page: Context, typed: str, marked: int) -> None:
    try:
        count = preview_grace_days(page.store, page.actor, parse_count(typed) or 0)
    except InputError as error:
        say_fault({"days": str(error)}, "days")
        return
    told = f"标为补录的记录由 {marked} 条变为 {count} 条；各格状态不受影响。"
    st.html(element("p", element("b", "保存后的影响："), told, class_="effect", role="status"))


def _save_grace(page: Context, form: DeskForm, operation: str, fields: FieldSet) -> None:
    def step() -> None:
        days = _number(fields, "days")
        if days is None:
            raise InputError("请填写天数。", "days")
        set_grace_days(page.store, page.actor, days, form.press, now=page.now)

    carry_out(form, operation, step, lambda _: "补录宽限天数已保存。")


def _draw_heavy_duty(page: Context, asked: Asked) -> None:
    units = {unit.code: unit for unit in look_up(page.store, page.actor).units}
    marked = [unit.name for unit in units.values() if unit.heavy_duty]
    section_head("任务较重", "、".join(marked) or "尚未标记")
    code = st.selectbox(
        "单位",
        list(units),
        index=None,
        placeholder="请选择",
        format_func=lambda code: units[code].name + ("（任务较重）" if units[code].heavy_duty else ""),
        key="heavy_unit",
    )
    if code is None:
        return
    form = desk_form(f"heavy:{code}", unit_seen(page.store, page.actor, code))
    heavy, question = not units[code].heavy_duty, asked.question
    draw_effect(
        lambda: preview_heavy_duty(
            page.store, page.actor, code, heavy=heavy, question=question, now=page.now
        ),
        question.as_of,
    )
    for name in form.faults:
        say_fault(form.faults, name)
    label = "标为任务较重" if heavy else "取消任务较重标记"
    arguments = (page, asked, form, form.operation, code, heavy)
    st.button(label, key=form.key("save"), on_click=_save_heavy, args=arguments)


def _save_heavy(
    page: Context,
    asked: Asked,
    form: DeskForm,
    operation: str,
    code: str,
    heavy: bool,  # noqa: FBT001 - a callback's arguments come by place
) -> None:
    carry_out(
        form,
        operation,
        lambda: set_heavy_duty(
            page.store,
            page.actor,
            code,
            form.press,
            heavy=heavy,
            question=asked.question,
            now=page.now,
        ),
        lambda effect: f"任务较重标记已保存。{effect.told}",
    )
