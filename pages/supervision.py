"""督办: who is due which step and why, measures issued, replies, and the ladder."""

import streamlit as st

from core.auth import Permission, may
from core.domain.measures import Measure, Rung, State
from core.domain.proposals import Proposal
from core.errors import NotFoundError
from core.services.looking_up import Lookup, look_up
from core.services.proposing import cell_to_urge, items_of, measures_for, measures_table, proposals_for
from core.services.reporting import Taken
from core.ui.asking import Asked, asked_of, last_day_of, put
from core.ui.board_page import draw_city, draw_head
from core.ui.context import Context
from core.ui.downloads import table_downloads
from core.ui.frame import Kpi, Tone, empty_state, kpis, section_head
from core.ui.letter_buttons import draw_measure_letter
from core.ui.links import draw_links
from core.ui.measure_forms import Issue, draw_answers, draw_issue, draw_ladder, say_done
from core.ui.measure_markup import (
    items_markup,
    measure_markup,
    proposals_markup,
    register_markup,
    steps_markup,
)
from core.ui.page import Page
from core.ui.reading import read_now, read_steady
from core.ui.reminder_desk import draw_reminders

PAGE = Page("supervision", "督办", Permission.SEE)
_KEPT = ("as_of", "year")
_CHOSEN = ("measure", "unit", "rung", "obligation", "period", "raise")
_VIEWS = {"": "督办", "reminders": "提醒"}
_STATES = {"": "全部", **{state.value: state.label for state in State}}


def render(page: Context) -> None:
    """Draw the page: one measure, the form of a new one, or proposals and the register."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    draw_city(asked)
    say_done()
    office = may(page.actor, Permission.MEASURE)
    if may(page.actor, Permission.REMIND) and _draw_view() == "reminders":
        draw_reminders(page, asked)
        return
    lookup = look_up(page.store, page.actor)
    measures = read_steady(page, measures_for, asked.question)
    if st.query_params.get("measure"):
        _draw_measure(page, asked, lookup, measures)
    elif office and st.query_params.get("unit"):
        _draw_issue(page, asked, lookup, measures)
    else:
        if office:
            _draw_proposals(page, asked, lookup)
        _draw_register(asked, lookup, measures)
        if office:
            draw_ladder(page)


def _draw_view() -> str:
    """The switch between measures and reminders; within one measure or its form there is none."""
    if any(st.query_params.get(name) for name in _CHOSEN):
        return ""
    wanted = st.query_params.get("view", "")
    chosen = st.segmented_control(
        "视图",
        list(_VIEWS),
        default=wanted if wanted in _VIEWS else "",
        format_func=lambda name: _VIEWS[name],
        key=f"supervision_view_{wanted}",
        label_visibility="collapsed",
        required=True,
    )
    if (chosen or "") != wanted:
        put("view", chosen or "")
        st.rerun()
    return wanted


def _kept() -> dict[str, str]:
    return {name: st.query_params[name] for name in _KEPT if st.query_params.get(name)}


def _draw_proposals(page: Context, asked: Asked, lookup: Lookup) -> None:
    proposals = read_now(page, proposals_for, asked.question)
    counts = {rung: sum(each.rung == rung for each in proposals) for rung in Rung}
    section_head("建议督办", "按督办阶梯自动提出，由办公室决定是否发出")
    kpis([Kpi(str(count), f"建议{rung.label}", "个单位") for rung, count in counts.items()])
    if not proposals:
        empty_state("没有需要督办的单位", "截至这一天，没有达到督办条件的逾期事项或隐患。")
        return
    with st.expander(f"查看 {len(proposals)} 条建议", expanded=True):
        if draw_links(proposals_markup(proposals, lookup.names.units, _kept()), key="proposals"):
            st.rerun()
    table_downloads(
        "下载建议", f"督办建议-{asked.question.as_of}", lambda: _proposals_table(proposals, lookup)
    )


def _proposals_table(proposals: list[Proposal], lookup: Lookup) -> Taken:
    names = lookup.names.units
    lines = [
        (
            names.get(each.unit, each.unit),
            each.rung.label,
            reason.item.title,
            reason.item.standing,
            reason.said,
        )
        for each in proposals
        for reason in each.reasons
    ]
    return Taken("督办建议", ("单位", "建议措施", "事项", "情况", "依据"), lines)


def _draw_register(asked: Asked, lookup: Lookup, measures: list[Measure]) -> None:
    day = asked.question.as_of
    late = sum(measure.late(day) for measure in measures)
    section_head("督办登记", f"共 {len(measures)} 份")
    counts = {state: sum(measure.state == state for measure in measures) for state in State}
    tiles = [Kpi(str(count), state.label) for state, count in counts.items()]
    kpis([*tiles, Kpi(str(late), "逾期未回复", "", Tone.BAD if late else Tone.CALM)])
    if not measures:
        empty_state("还没有督办", "截至这一天没有发出督办。")
        return
    shown = _narrowed(measures)
    if draw_links(register_markup(shown, lookup.names.units, _kept(), day), key="register"):
        st.rerun()
    table_downloads("下载登记", f"督办登记-{day}", lambda: measures_table(shown, lookup.names.units))


def _narrowed(measures: list[Measure]) -> list[Measure]:
    wanted = st.query_params.get("state", "")
    chosen = st.segmented_control(
        "状态",
        list(_STATES),
        default=wanted if wanted in _STATES else "",
        format_func=lambda state: _STATES[state],
        key=f"measure_state_{wanted}",
        required=True,
    )
    if (chosen or "") != wanted:
        put("state", chosen or "")
        st.rerun()
    return [each for each in measures if each.state == wanted] if wanted in list(State) else measures


def _back() -> None:
    if st.button("返回", icon=":material/arrow_back:"):
        for name in _CHOSEN:
            put(name, "")
        st.rerun()


def _draw_measure(page: Context, asked: Asked, lookup: Lookup, measures: list[Measure]) -> None:
    _back()
    number = st.query_params.get("measure", "")
    measure = next((each for each in measures if str(each.measure_id) == number), None)
    if measure is None:
        raise NotFoundError("没有这份督办，或您无权查看。")
    day = asked.question.as_of
    section_head(measure.label, measure.rung.label)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.html(measure_markup(measure, lookup.names.units, lookup.people, day))
        draw_measure_letter(page, measure, lookup.names.units.get(measure.unit, measure.unit))
        section_head("督办事项", f"{len(measure.items)} 项，按发出当天的情况留存")
        st.html(items_markup(measure.items))
    with right:
        section_head("办理过程")
        st.html(steps_markup(measure, lookup.people))
        if day >= page.today:
            draw_answers(page, measure, last_day_of(page, asked))
            _draw_raising(page, measure)


def _draw_raising(page: Context, measure: Measure) -> None:
    """The way to the next rung, for the office."""
    rungs = list(Rung)
    over = measure.state in (State.SETTLED, State.RAISED) or measure.rung == rungs[-1]
    if over or not may(page.actor, Permission.MEASURE):
        return
    following = rungs[rungs.index(measure.rung) + 1]
    if st.button(f"升级为{following.label}", icon=":material/arrow_upward:"):
        st.query_params.from_dict(
            {**_kept(), "unit": measure.unit, "rung": following.value, "raise": str(measure.measure_id)}
        )
        st.rerun()


def _draw_issue(page: Context, asked: Asked, lookup: Lookup, measures: list[Measure]) -> None:
    _back()
    if asked.question.as_of < page.today:
        empty_state("正在查看过去的日期", "督办按今天的情况发出。", "请把截至日期改回今天。")
        return
    code = st.query_params.get("unit", "")
    unit = next((each for each in lookup.units if each.code == code), None)
    if unit is None:
        raise NotFoundError(f"没有编码为“{code}”的单位。")
    before = next((m for m in measures if str(m.measure_id) == st.query_params.get("raise", "")), None)
    rung = Rung.parse(st.query_params.get("rung", "")) or Rung.LETTER
    draw_issue(page, _issue(page, asked, (unit.code, unit.name), rung, before), last_day_of(page, asked))


def _issue(page: Context, asked: Asked, unit: tuple[str, str], rung: Rung, before: Measure | None) -> Issue:
    """What the form begins with: the cell of the address, the proposal's items, or those of the measure."""
    items = {item.reference: item for item in items_of(page.store, page.actor, asked.question, unit[0])}
    obligation, period = st.query_params.get("obligation", ""), st.query_params.get("period", "")
    if obligation and period:
        cell = cell_to_urge(page.store, page.actor, asked.question, unit[0], obligation, period)
        items = {cell.reference: cell, **items}
        return Issue(*unit, rung, tuple(items.values()), frozenset({cell.reference}))
    if before:
        again = frozenset(item.reference for item in before.items)
        return Issue(*unit, rung, tuple(items.values()), again, before)
    proposals = read_now(page, proposals_for, asked.question)
    wanted = next((each for each in proposals if (each.unit, each.rung) == (unit[0], rung)), None)
    chosen = frozenset(reason.item.reference for reason in wanted.reasons) if wanted else frozenset[str]()
    raised = wanted.before if wanted and wanted.before and wanted.before.state != State.RAISED else None
    return Issue(*unit, rung, tuple(items.values()), chosen, raised)
