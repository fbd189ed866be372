"""系统管理 · 单位: the list, a form to add or change, closing and merging, the order."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from core.domain.units import Unit, UnitKind
from core.errors import InputError
from core.services.keeping_units import (
    Closing,
    close_unit,
    keep_unit,
    place_unit,
    preview_closing,
    preview_unit,
    unit_list,
)
from core.services.trying import Effect
from core.ui.asking import Asked
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.effect_markup import draw_effect
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.html import Markup
from core.ui.page import as_text
from core.ui.plain_table import plain_table

_HEADS = ("名称", "编码", "类别", "顺序", "牵头单位", "标记", "启用", "停用", "并入")
_NONE = "（无）"
_FIRST = "（本类最前）"
_DAYS = (date(2000, 1, 1), date(2100, 12, 31))
Known = Mapping[str, tuple[Unit, int]]


def draw_units(page: Context, asked: Asked) -> None:
    """Draw the list and the forms."""
    known = unit_list(page.store, page.actor)
    section_head("单位", f"共 {len(known)} 个；编码不变，改名、停用都留有历史")
    left, right = st.columns(2, gap="large")
    with left:
        _draw_keeping(page, asked, known)
    with right:
        _draw_closing(page, asked, known)
        _draw_order(page, known)
    st.html(_table(known))


def _table(known: Known) -> Markup:
    names = {code: unit.name for code, (unit, _) in known.items()}
    return plain_table(_HEADS, (_row(unit, names) for unit, _ in known.values()), "单位")


def _row(unit: Unit, names: Mapping[str, str]) -> tuple[str, ...]:
    marks = [word for held, word in ((unit.county, "县市区"), (unit.heavy_duty, "任务较重")) if held]
    return (
        *(unit.name, unit.code, unit.kind.label, str(unit.sort_no)),
        *(names.get(unit.lead_unit, unit.lead_unit), "、".join(marks)),
        *(_day(unit.active_from), _day(unit.active_until), names.get(unit.successor, unit.successor)),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# Add and change --------------------------------------------------------------------------------------------


def _draw_keeping(page: Context, asked: Asked, known: Known) -> None:
    section_head("新增或修改")
    titles = {"": "（新增单位）", **{code: f"{code} {unit.name}" for code, (unit, _) in known.items()}}
    code = st.selectbox(
        "单位", list(titles), format_func=lambda code: titles[code], placeholder="请选择", key="unit_which"
    )
    unit, seen = known.get(code, (None, 0))
    form = desk_form(f"unit:{code}", seen)
    fields = form.fields(*_fields(unit, known))
    draw_fields(fields, form.faults)
    for name in {"", *form.faults} - {field.name for field in fields.fields}:
        say_fault(form.faults, name)
    texts = _texts(fields, unit)
    if _changed(texts, unit) and not form.faults:
        question = asked.question
        draw_effect(
            lambda: preview_unit(page.store, page.actor, texts, question, now=page.now), question.as_of
        )
    arguments = (page, asked, form, form.operation, fields, unit)
    st.button("保存单位", type="primary", key=form.key("save"), on_click=_keep, args=arguments)


def _fields(unit: Unit | None, known: Known) -> list[Field]:
    kinds = {kind.label: kind.value for kind in UnitKind}
    leads = {_NONE: "", **_named(known, UnitKind.DEPARTMENT)}
    parents = {_NONE: "", **_named(known, UnitKind.CITY), **_named(known, UnitKind.LOCALITY)}
    own = unit or Unit(
        "", UnitKind.COMMITTEE, "", parent=next(iter(_named(known, UnitKind.CITY).values()), "")
    )
    new = [
        Field("code", "编码（保存后不能改）", needed=True),
        Field("kind", "类别", Kind.CHOICE, own.kind.value, choices=kinds, needed=True),
    ]
    return [
        *([] if unit else new),
        Field("name", "名称", start=own.name, needed=True),
        Field("parent", "上级", Kind.CHOICE, own.parent, choices=parents),
        Field("lead_unit", "牵头单位", Kind.CHOICE, own.lead_unit, choices=leads),
        Field("active_from", "启用日期", Kind.DAY, own.active_from, within=_DAYS),
        Field("active_until", "停用日期", Kind.DAY, own.active_until, within=_DAYS)
        if unit and unit.active_until
        else Field("county", "县市区", Kind.TICK, own.county),
    ]


def _named(known: Known, kind: UnitKind) -> dict[str, str]:
    return {unit.name: code for code, (unit, _) in known.items() if unit.kind == kind}


def _texts(fields: FieldSet, unit: Unit | None) -> dict[str, str]:
    """The form as a row of the import file, whose checks are the form's too."""
    held = {each.name: fields.value(each.name) for each in fields.fields}
    texts = {name: _text(value) for name, value in held.items()}
    if unit:
        texts |= {"code": unit.code, "kind": unit.kind.value}
        if "active_until" in texts and not texts["active_until"]:
            texts["successor"] = ""
    return texts


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _changed(texts: Mapping[str, str], unit: Unit | None) -> bool:
    if unit is None:
        return bool(texts.get("code") and texts.get("name"))
    return any(
        text != _text(getattr(unit, name)) for name, text in texts.items() if name not in ("code", "kind")
    )


def _keep(
    page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, unit: Unit | None
) -> None:
    def step() -> Effect:
        texts = _texts(fields, unit)
        return keep_unit(page.store, page.actor, texts, asked.question, form.press, now=page.now)

    carry_out(form, operation, step, lambda effect: f"单位已保存。{effect.told}")


# Close and merge -------------------------------------------------------------------------------------------


def _draw_closing(page: Context, asked: Asked, known: Known) -> None:
    section_head("停用或合并", "记录仍归原单位，停用日之后不再考核")
    open_ones = {code: unit for code, (unit, _) in known.items() if unit.active_until is None}
    code = st.selectbox(
        "要停用的单位",
        list(open_ones),
        index=None,
        placeholder="请选择",
        format_func=lambda code: open_ones[code].name,
        key="close_which",
    )
    if code is None:
        return
    unit, seen = known[code]
    form = desk_form(f"close:{code}", seen)
    into = {each.name: other for other, each in open_ones.items() if each.kind == unit.kind and other != code}
    fields = form.fields(
        Field("last_day", "最后一天", Kind.DAY, asked.question.as_of, within=_DAYS, needed=True),
        Field("successor", "并入（不合并则留空）", Kind.CHOICE, "", choices={_NONE: "", **into}),
        Field("reason", "原因", wide=True, needed=True),
    )
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    led = [each.name for each in open_ones.values() if each.lead_unit == code]
    if led:
        st.caption(as_text(f"以它为牵头单位的有：{'、'.join(led)}，请另行调整牵头单位。"))
    if fields.text("reason").strip() and not form.faults:
        draw_effect(
            lambda: preview_closing(
                page.store, page.actor, _closing(fields, code), asked.question, now=page.now
            ),
            asked.question.as_of,
        )
    arguments = (page, asked, form, form.operation, fields, code)
    st.button("停用", key=form.key("save"), on_click=_close, args=arguments)


def _closing(fields: FieldSet, code: str) -> Closing:
    last_day = fields.value("last_day")
    if not isinstance(last_day, date):
        raise InputError("请填写最后一天。", "last_day")
    return Closing(code, last_day, fields.text("reason"), fields.text("successor"))


def _close(page: Context, asked: Asked, form: DeskForm, operation: str, fields: FieldSet, code: str) -> None:
    def step() -> Effect:
        closing = _closing(fields, code)
        return close_unit(page.store, page.actor, closing, asked.question, form.press, now=page.now)

    carry_out(form, operation, step, lambda effect: f"已停用。{effect.told}")


# Order -----------------------------------------------------------------------------------------------------


def _draw_order(page: Context, known: Known) -> None:
    section_head("顺序", "看板、导出按此排列")
    form = desk_form("place_unit")
    names = {code: unit.name for code, (unit, _) in known.items()}
    left, right = st.columns(2)
    code = left.selectbox(
        "把单位",
        list(names),
        index=None,
        placeholder="请选择",
        format_func=lambda code: names[code],
        key=form.key("code"),
    )
    kind = known[code][0].kind if code else None
    others = [other for other, (unit, _) in known.items() if unit.kind == kind and other != code]
    titles = {"": _FIRST, **{other: names[other] for other in others}}
    after = right.selectbox(
        "排在其后", list(titles), format_func=lambda other: titles[other], key=form.key("after")
    )
    say_fault(form.faults, "")
    arguments = (page, form, form.operation, code or "", after or "")
    st.button("调整顺序", key=form.key("save"), on_click=_place, args=arguments)


def _place(page: Context, form: DeskForm, operation: str, code: str, after: str) -> None:
    def step() -> object:
        if not code:
            raise InputError("请选择要调整的单位。")
        return place_unit(page.store, page.actor, code, after, operation, now=page.now)

    carry_out(form, operation, step, lambda _: "顺序已调整。")
