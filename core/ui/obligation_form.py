"""The form of one obligation in a year's draft: changed, or added."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import streamlit as st

from core.domain.catalogue import Catalogue
from core.domain.catalogue_drafts import NEW_RULES, free_obligation_code, with_event
from core.domain.obligations import Basis, Obligation, Rule
from core.domain.periods import Cadence
from core.domain.texts import clean
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.new_years import YearDraft, revise_obligation
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault

_NEW: Final = "（新增事项）"
_NONE: Final = "（无）"
_COUNTS = (Rule.QUOTA, Rule.DEADLINE, Rule.ZONE, Rule.THRESHOLD)
_PERIODS = (Rule.QUOTA, Rule.ROSTER, Rule.TRACKED, Rule.COVERAGE)
_DATES = (Rule.DEADLINE, Rule.ZONE, Rule.COVERAGE)


def draw_obligation(page: Context, draft: YearDraft) -> None:
    """Draw the choice of an obligation, and its form."""
    catalogue = draft.catalogue
    titles = {"": _NEW, **{each.code: _titled(each) for each in catalogue.obligations}}
    with st.expander("修改或新增事项", icon=":material/edit:", expanded=True):
        code = st.selectbox(
            "事项",
            list(titles),
            index=None,
            placeholder="请选择",
            format_func=lambda code: titles[code],
            key=f"draft_what_{catalogue.year}",
        )
        if code is None:
            return
        found = catalogue.obligation(code)
        _draw_form(page, draft, found or _blank(catalogue), new=found is None)


def _titled(each: Obligation) -> str:
    return f"{each.subject.label} · {each.title}（{each.head}）"


def _blank(catalogue: Catalogue) -> Obligation:
    """What a new obligation begins with."""
    return Obligation(
        code="",
        subject=UnitKind.COMMITTEE,
        title="",
        short="",
        clause="",
        quote="",
        basis=Basis.OFFICE,
        rule=Rule.QUOTA,
        event=next(iter(catalogue.events)),
        cadence=Cadence.QUARTER,
        required=1,
        warn_days=15,
    )


def _draw_form(page: Context, draft: YearDraft, each: Obligation, *, new: bool) -> None:
    catalogue = draft.catalogue
    form = desk_form(f"duty:{catalogue.year}:{each.code}", draft.standing.version_id)
    rule = _chosen_rule(form) if new else each.rule
    fields = form.fields(*_fields(catalogue, each, rule, new=new))
    if new:
        _draw_rule(form)
    draw_fields(fields, form.faults)
    for name in {"", *form.faults} - {field.name for field in fields.fields}:
        say_fault(form.faults, name)
    arguments = (page, form, form.operation, fields, draft, replace(each, rule=rule))
    st.button("保存事项", type="primary", key=form.key("save"), on_click=_save, args=arguments)


def _draw_rule(form: DeskForm) -> None:
    rules = list(NEW_RULES)
    st.selectbox("考核方式", rules, format_func=lambda rule: Rule.of(rule).label, key=form.key("rule"))


def _chosen_rule(form: DeskForm) -> Rule:
    return Rule.of(st.session_state.get(form.key("rule"), Rule.QUOTA))


def _fields(catalogue: Catalogue, each: Obligation, rule: Rule, *, new: bool) -> list[Field]:
    fields = _new_fields(catalogue, each) if new else []
    fields += [
        Field("title", "标题", start=each.title, needed=True, wide=True),
        Field("short", "简称（看板表头）", start=each.short, needed=True),
        Field("clause", "条款", start=each.clause, needed=True),
        Field("quote", "通知原文", Kind.LONG, each.quote, needed=True, wide=True),
        Field("basis", "依据", Kind.CHOICE, each.basis.value, choices=_labels(Basis)),
    ]
    if rule in _PERIODS:
        fields.append(Field("cadence", "周期", Kind.CHOICE, _cadence(each), choices=_cadences(rule)))
    if rule in _DATES:
        within = (date(catalogue.year, 1, 1), date(catalogue.year, 12, 31))
        fields.append(Field("due", "期限", Kind.DAY, each.due, within=within))
    if rule in _COUNTS:
        fields.append(Field("required", "要求数", Kind.COUNT, str(each.required or "")))
    if rule == Rule.THRESHOLD:
        fields.append(
            Field("required_heavy", "任务较重单位要求数", Kind.COUNT, str(each.required_heavy or ""))
        )
    if rule not in (Rule.TRACKED, Rule.THRESHOLD):
        fields.append(Field("warn_days", "提前提醒天数", Kind.COUNT, str(each.warn_days)))
    return fields


def _new_fields(catalogue: Catalogue, each: Obligation) -> list[Field]:
    events = {name: code for code, name in catalogue.events.items()}
    return [
        Field("subject", "对象", Kind.CHOICE, each.subject.value, choices=_labels(UnitKind), needed=True),
        Field("event", "统计的事项", Kind.CHOICE, None, choices=events),
        Field("new_event", "没有合适的统计事项时，填写新名称", wide=True),
    ]


def _labels(kind: type[Basis] | type[UnitKind]) -> Mapping[str, str]:
    return {member.label: member.value for member in kind}


def _cadence(each: Obligation) -> str:
    return each.cadence.value if each.cadence else _NONE


def _cadences(rule: Rule) -> Mapping[str, str]:
    none = {_NONE: _NONE} if rule == Rule.COVERAGE else {}
    return {**{cadence.label: cadence.value for cadence in Cadence}, **none}


def _save(
    page: Context, form: DeskForm, operation: str, fields: FieldSet, draft: YearDraft, each: Obligation
) -> None:
    def step() -> Catalogue:
        base, wanted = _wanted(fields, draft.catalogue, each)
        return revise_obligation(page.store, page.actor, wanted, base, form.press, now=page.now)

    carry_out(
        form, operation, step, lambda made: f"已保存，{made.year}年目录现有 {len(made.obligations)} 项。"
    )


def _wanted(fields: FieldSet, catalogue: Catalogue, each: Obligation) -> tuple[Catalogue, Obligation]:
    """The draft, perhaps with a new event, and the obligation as typed."""
    base, wanted = (catalogue, each) if each.code else _new(fields, catalogue, each)
    named = {field.name for field in fields.fields}
    texts: dict[str, Any] = {name: clean(fields.text(name)) for name in ("title", "short", "clause", "quote")}
    wanted = replace(wanted, **texts, basis=Basis.of(fields.text("basis") or each.basis))
    return base, replace(
        wanted,
        cadence=Cadence.parse(fields.text("cadence")) if "cadence" in named else wanted.cadence,
        due=fields.value("due") if "due" in named else wanted.due,
        required=_number(fields, "required") if "required" in named else wanted.required,
        required_heavy=_number(fields, "required_heavy") if "required_heavy" in named else None,
        warn_days=(_number(fields, "warn_days") or 0) if "warn_days" in named else wanted.warn_days,
    )


def _number(fields: FieldSet, name: str) -> int | None:
    if fields.text(name).strip().startswith("-"):
        raise InputError("不能小于 0，请填写不小于 0 的整数。", name)
    return fields.count(name)


def _new(fields: FieldSet, catalogue: Catalogue, each: Obligation) -> tuple[Catalogue, Obligation]:
    subject, name = UnitKind.parse(fields.text("subject")), clean(fields.text("new_event"))
    if subject is None:
        raise InputError("请选择对象。", "subject")
    base, event = with_event(catalogue, name) if name else (catalogue, fields.text("event"))
    if not event:
        raise InputError("请选择统计的事项，或填写新名称。", "event")
    required = each.required if each.rule in _COUNTS else None
    code = free_obligation_code(catalogue, subject)
    return base, replace(each, code=code, subject=subject, event=event, required=required)
