"""Forms of 督办: issue a measure, reply to it, settle it; each keeps what was typed when it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from core.auth import Permission, may
from core.domain.measures import Follow, Item, Measure, Rung, State, Tread, ladder_from
from core.errors import InputError, SupervisionError
from core.services.proposing import ladder_of, set_ladder
from core.services.supervising import Answer, Draft, answer_measure, issue_measure
from core.ui.attempts import (
    Attempt,
    Reach,
    end_draft,
    faults_by_field,
    keep_typing,
    lay_out,
    say_restored,
)
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.saying import say_once

REPLY_DAYS = 10
_LATEST = date(2100, 12, 31)
_SAID = "measure_said"


@dataclass(frozen=True, slots=True)
class Issue:
    """What the form of a new measure begins with; `before` is the measure it goes beyond."""

    unit: str
    name: str
    rung: Rung
    items: tuple[Item, ...]
    chosen: frozenset[str]
    before: Measure | None = None


def say_done() -> None:
    """Say once what the last press did."""
    say_once(st.session_state.pop(_SAID, ""))


def _state(name: str) -> Attempt:
    state: Attempt = st.session_state.setdefault(name, Attempt(name))
    return state


def draw_issue(page: Context, issue: Issue, today: date) -> None:
    """Draw the form of a new measure, with its items ticked and its text begun."""
    name = f"issue:{issue.unit}:{issue.rung.value}:{issue.before.measure_id if issue.before else 0}"
    state = _state(name)
    fields = lay_out(page, state, _issue_fields(issue, today))
    say_restored(state)
    section_head(f"督办{issue.name}")
    with st.container(border=True):
        titles = {item.reference: f"{item.title}　{item.standing}" for item in issue.items}
        st.multiselect(
            "督办事项（发出后按今天的情况留存，不再变动）",
            list(titles),
            default=[reference for reference in titles if reference in issue.chosen],
            format_func=lambda reference: titles[reference],
            placeholder="请选择",
            key=fields.key("items"),
        )
        say_fault(state.faults, "items")
        draw_fields(fields, state.faults)
        say_fault(state.faults, "")
        st.button(
            "发出",
            type="primary",
            on_click=_issue,
            args=(page, issue, fields, state, state.operation, today),
            key=fields.key("issue"),
        )
    keep_typing(page, state, fields, Reach(submit=fields.key("issue")))


def _issue_fields(issue: Issue, today: date) -> list[Field]:
    rungs = {rung.label: rung.value for rung in Rung}
    return [
        Field("rung", "措施", Kind.CHOICE, issue.rung.value, choices=rungs, needed=True),
        Field(
            "reply_by",
            "回复期限（可不填）",
            Kind.DAY,
            today + timedelta(days=REPLY_DAYS),
            within=(today, _LATEST),
        ),
        Field("content", "内容", Kind.LONG, _begun(issue), needed=True, wide=True),
    ]


def _begun(issue: Issue) -> str:
    again = f"前已发{issue.before.rung.label}（{issue.before.label}）。" if issue.before else ""
    return (
        f"{issue.name}：经查，你单位有关安全生产责任落实事项逾期未完成，具体见所列清单。{again}"
        "请高度重视，立即整改落实，并于回复期限前书面回复市安委会办公室。"
    )


def _issue(
    page: Context,
    issue: Issue,
    fields: FieldSet,
    state: Attempt,
    operation: str,
    today: date,
) -> None:
    """Issue the measure; runs as a callback, before anything is drawn."""
    try:
        measure = issue_measure(
            page.store, page.actor, _draft(issue, fields, operation), today=today, now=page.now
        )
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        end_draft(page, page.actor, state)
        state.start_afresh()
        st.session_state[_SAID] = f"已发出 {measure.label}（{measure.rung.label}）。"
        for name in ("unit", "rung", "obligation", "period", "raise"):
            st.query_params.pop(name, None)
        st.query_params["measure"] = str(measure.measure_id)


def _draft(issue: Issue, fields: FieldSet, operation: str) -> Draft:
    chosen = st.session_state.get(fields.key("items"), [])
    kinds = {item.reference: item.kind for item in issue.items}
    reply_by = fields.value("reply_by")
    return Draft(
        issue.unit,
        Rung.of(fields.text("rung") or issue.rung),
        fields.text("content"),
        tuple((kinds[reference], reference) for reference in chosen if reference in kinds),
        reply_by if isinstance(reply_by, date) else None,
        operation,
        issue.before.measure_id if issue.before else 0,
        issue.before.seen if issue.before else 0,
    )


def draw_answers(page: Context, measure: Measure, today: date) -> None:
    """Draw what this person may do about a measure: reply to it, or settle it."""
    if measure.state in (State.SETTLED, State.RAISED):
        return
    settles = may(page.actor, Permission.MEASURE)
    if may(page.actor, Permission.REPLY, measure.unit):
        _draw_answer(page, measure, Follow.REPLIED, today, kept=not settles)
    if settles:
        _draw_answer(page, measure, Follow.SETTLED, today, kept=True)


_ANSWERS: Mapping[Follow, str] = {Follow.REPLIED: "整改落实情况", Follow.SETTLED: "办结意见"}


def _draw_answer(page: Context, measure: Measure, follow: Follow, today: date, *, kept: bool) -> None:
    """One form; a page keeps the typing of one form only: the one that is the person's own to fill in."""
    name = f"answer:{measure.measure_id}:{follow.value}"
    state = _state(name)
    bounds = (measure.issued_on, max(today, measure.issued_on))
    fields = lay_out(
        page,
        state,
        [
            Field("on", f"{follow.label}日期", Kind.DAY, bounds[1], within=bounds, needed=True),
            Field("note", _ANSWERS[follow], Kind.LONG, needed=True, wide=True),
        ],
    )
    with st.expander(follow.label, expanded=bool(state.faults or state.restored_at)):
        say_restored(state)
        draw_fields(fields, state.faults)
        say_fault(state.faults, "")
        arguments = (page, measure, follow, fields, state, state.operation, today)
        st.button(f"确认{follow.label}", on_click=_answer, args=arguments, key=fields.key("confirm"))
    if kept:
        keep_typing(page, state, fields, Reach(submit=fields.key("confirm")))


def _answer(
    page: Context,
    measure: Measure,
    follow: Follow,
    fields: FieldSet,
    state: Attempt,
    operation: str,
    today: date,
) -> None:
    try:
        on = fields.value("on")
        if not isinstance(on, date):
            raise InputError("请填写日期。", "on")
        answer = Answer(measure.measure_id, measure.seen, follow, on, fields.text("note"), operation)
        answered = answer_measure(page.store, page.actor, answer, today=today, now=page.now)
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        end_draft(page, page.actor, state)
        state.start_afresh()
        st.session_state[_SAID] = f"{answered.label}已{follow.label}。"


def draw_ladder(page: Context) -> None:
    """Draw the ladder as the office sets it: days by rung, empty for one that is not used."""
    held: Mapping[Rung, Tread] = {tread.rung: tread for tread in ladder_of(page.store)}
    state = _state("ladder")
    fields = FieldSet(
        f"ladder:{state.drawing}",
        [
            Field(rung.value, f"{rung.label}（天）", Kind.COUNT, str(held[rung].days) if rung in held else "")
            for rung in Rung
        ],
    )
    with st.expander("督办阶梯（办公室设定）", icon=":material/stairs:", expanded=bool(state.faults)):
        st.caption("逾期满所填天数建议第一级；上一级发出满所填天数仍未解决，建议下一级。留空表示不用这一级。")
        draw_fields(fields, state.faults)
        say_fault(state.faults, "")
        st.button("保存阶梯", on_click=_set_ladder, args=(page, fields, state), key=fields.key("save"))


def _set_ladder(page: Context, fields: FieldSet, state: Attempt) -> None:
    try:
        set_ladder(
            page.store,
            page.actor,
            ladder_from((rung, fields.text(rung.value)) for rung in Rung),
            now=page.now,
        )
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        state.faults = {}
        state.drawing += 1
        st.session_state[_SAID] = "督办阶梯已保存。"
