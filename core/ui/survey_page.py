"""部门 · 新业态摸底: what the surveys found, who answers for it, whose boundary is not drawn yet."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.findings import Finding, Risk
from core.domain.units import UnitKind
from core.errors import InputError
from core.services.hazards import every_unit
from core.services.looking_up import Lookup, look_up
from core.services.surveying import Survey, keep_finding, remove_finding, surveys_for, surveys_table
from core.ui.asking import Asked, last_day_of
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.downloads import table_downloads
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import Kpi, Tone, empty_state, kpis, section_head
from core.ui.html import Markup, element, link_to
from core.ui.plain_table import plain_table
from core.ui.reading import read_steady

_NONE = "（未明确）"
_HEADS = ("业态", "风险", "责任部门", "监管边界", "发现", "摸底单位", "情况")


def draw_surveys(page: Context, asked: Asked) -> None:
    """Draw figures, what was found, and the form."""
    lookup, day = look_up(page.store, page.actor), asked.question.as_of
    surveys = surveys_for(page.store, page.actor, asked.question)
    section_head("新业态新领域摸底排查", "依据：通知二（二）3")
    if not surveys:
        empty_state("还没有摸底排查", "本年度没有摸底排查的记录。", "请在“录入”中登记“新业态摸底排查”。")
        return
    _draw_figures(surveys, day)
    names = lookup.names.units
    if any(survey.findings for survey in surveys):
        st.html(findings_markup(surveys, names, day))
    else:
        empty_state("还没有登记发现的业态", "摸底排查发现的新业态可在下方逐个登记。")
    table_downloads("下载本表", f"新业态-{day}", lambda: surveys_table(surveys, names, day))
    if day >= page.today:
        _draw_keeping(page, asked, surveys, lookup)


def _draw_figures(surveys: Sequence[Survey], day: date) -> None:
    found = [each for survey in surveys for each, _ in survey.findings]
    open_ones = [each for each in found if not each.settled(day)]
    nobody = sum(not each.department for each in found)
    risky = sum(each.risk == Risk.HIGH for each in open_ones)
    warned = Tone.WARN if open_ones else Tone.CALM
    kpis(
        [
            Kpi(str(len(surveys)), "摸底排查", "本年度次数"),
            Kpi(str(len(found)), "发现新业态", f"其中未明确责任部门 {nobody}"),
            Kpi(str(len(found) - len(open_ones)), "已界定监管边界", f"共 {len(found)}"),
            Kpi(str(len(open_ones)), "未界定", f"其中风险较大 {risky}", warned),
        ]
    )


def findings_markup(surveys: Sequence[Survey], names: Mapping[str, str], day: date) -> Markup:
    """Write what was found as a table: what is not settled first, then by risk."""
    rows = [(each, survey) for survey in surveys for each, _ in survey.findings]
    risks = list(Risk)
    rows.sort(key=lambda pair: (pair[0].settled(day), risks.index(pair[0].risk), pair[0].found_on))
    return plain_table(_HEADS, (_row(each, survey, names, day) for each, survey in rows), "发现的新业态")


def _row(each: Finding, survey: Survey, names: Mapping[str, str], day: date) -> tuple[str, ...]:
    record = element(
        "a",
        names.get(survey.record.unit, survey.record.unit),
        href=link_to("records", {"record": str(survey.record.record_id)}),
    )
    return (
        each.name,
        each.risk.label,
        names.get(each.department, each.department) or "未明确",
        f"✓ 已界定 {each.settled_on}" if each.settled(day) else "○ 未界定",
        each.found_on.isoformat(),
        record,
        each.note,
    )


# Form ------------------------------------------------------------------------------------------------------


def _draw_keeping(page: Context, asked: Asked, surveys: Sequence[Survey], lookup: Lookup) -> None:
    own = {
        survey.record.record_id: survey
        for survey in surveys
        if may(page.actor, Permission.ENTER, survey.record.unit)
    }
    if not own:
        return
    section_head("登记或修改发现的业态")
    names = lookup.names.units
    number = st.selectbox(
        "摸底排查",
        list(own),
        index=None,
        placeholder="请选择",
        format_func=lambda number: _named(own[number], names),
        key="survey_which",
    )
    if number not in own:
        return
    survey = own[number]
    known = {finding.code: (finding, seen) for finding, seen in survey.findings}
    titles = {"": "（新登记）", **{code: finding.name for code, (finding, _) in known.items()}}
    code = st.selectbox(
        "业态", list(titles), format_func=lambda code: titles[code], key=f"finding_which_{number}"
    )
    blank = Finding("", int(number), "", survey.record.occurred_on)
    _draw_form(page, asked, known.get(code, (blank, 0)))


def _named(survey: Survey, names: Mapping[str, str]) -> str:
    record = survey.record
    return f"{record.occurred_on} {names.get(record.unit, record.unit)}：{record.title or '（无标题）'}"


def _draw_form(page: Context, asked: Asked, held: tuple[Finding, int]) -> None:
    finding, seen = held
    form = desk_form(f"finding:{finding.survey}:{finding.code}", seen)
    today = last_day_of(page, asked)
    bounds = (date(asked.question.year, 1, 1), max(today, finding.found_on))
    departments = {u.name: u.code for u in read_steady(page, every_unit) if u.kind == UnitKind.DEPARTMENT}
    fields = form.fields(
        Field("name", "业态名称", start=finding.name, needed=True),
        Field(
            "risk",
            "风险",
            Kind.CHOICE,
            finding.risk.value,
            choices={risk.label: risk.value for risk in Risk},
        ),
        Field("found_on", "发现日期", Kind.DAY, finding.found_on, within=bounds, needed=True),
        Field("department", "责任部门", Kind.CHOICE, finding.department, choices={_NONE: "", **departments}),
        Field("settled_on", "监管边界界定日期（未界定留空）", Kind.DAY, finding.settled_on, within=bounds),
        Field("note", "情况", Kind.LONG, finding.note, wide=True),
    )
    with st.container(border=True):
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, fields, finding, today)
        st.button("保存业态", type="primary", key=form.key("save"), on_click=_keep, args=arguments)
    if finding.code:
        _draw_removal(page, finding, seen)


def _keep(
    page: Context, form: DeskForm, operation: str, fields: FieldSet, finding: Finding, today: date
) -> None:
    def step() -> Finding:
        found_on, settled_on = fields.value("found_on"), fields.value("settled_on")
        if not isinstance(found_on, date):
            raise InputError("请填写发现日期。", "found_on")
        wanted = Finding(
            finding.code,
            finding.survey,
            fields.text("name"),
            found_on,
            Risk.of(fields.text("risk") or finding.risk),
            fields.text("department"),
            settled_on if isinstance(settled_on, date) else None,
            fields.text("note"),
        )
        return keep_finding(page.store, page.actor, wanted, form.press, today=today, now=page.now)

    carry_out(form, operation, step, lambda kept: f"业态“{kept.name}”已保存。")


def _draw_removal(page: Context, finding: Finding, seen: int) -> None:
    form = desk_form(f"finding_out:{finding.code}", seen)
    with st.expander("移除", icon=":material/remove:", expanded=bool(form.faults)):
        fields = form.fields(Field("reason", "移除的原因", needed=True, wide=True))
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, fields, finding)
        st.button("移除业态", key=form.key("save"), on_click=_remove, args=arguments)


def _remove(page: Context, form: DeskForm, operation: str, fields: FieldSet, finding: Finding) -> None:
    carry_out(
        form,
        operation,
        lambda: remove_finding(
            page.store, page.actor, finding, fields.text("reason"), form.press, now=page.now
        ),
        lambda _: f"业态“{finding.name}”已移除，历史保留。",
    )
