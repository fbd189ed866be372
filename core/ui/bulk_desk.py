"""Many records at once: tick them in the ledger, see what will become of them, confirm with one reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from core.auth import Permission, may
from core.domain.records import Record, RecordSearch
from core.domain.texts import REASON_LIMIT
from core.errors import SupervisionError
from core.services.looking_up import Lookup
from core.services.recording import find_records
from core.services.tidying import AT_MOST, Step, move_many, preview_moving, preview_voiding, void_many
from core.ui.asking import put
from core.ui.context import Context
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup, element, join
from core.ui.page import as_text

_BULK = "bulk"
_STATE = "bulk_desk"
_VOID, _MOVE = "作废", "改派到其他单位"
_HEADS = ("编号", "日期", "单位", "事项", "标题", "带队领导")


@dataclass(slots=True)
class _State:
    """What the desk remembers: `round` grows when it is done with a selection; what it said last."""

    round: int = 0
    kept: bool = True
    said: str = ""


def is_bulk(page: Context) -> bool:
    """Tell whether the address asks for many at once and the person may correct anything."""
    return st.query_params.get(_BULK) == "1" and may(page.actor, Permission.CORRECT)


def offer_bulk(page: Context) -> None:
    """Draw the way in, for whoever may correct anything."""
    if may(page.actor, Permission.CORRECT):
        st.button("批量处理", icon=":material/checklist:", on_click=put, args=(_BULK, "1"))


def draw_bulk(page: Context, lookup: Lookup, search: RecordSearch, today: date) -> None:
    """Draw the ledger to tick in, and under it what will be done."""
    st.button("返回台账", icon=":material/arrow_back:", on_click=put, args=(_BULK, ""))
    state: _State = st.session_state.setdefault(_STATE, _State())
    if state.said:
        (st.success if state.kept else st.error)(as_text(state.said))
        state.said = ""
    own = frozenset(unit.code for unit in lookup.units if may(page.actor, Permission.CORRECT, unit.code))
    within = replace(search, units=own if search.units is None else own & search.units)
    records, total = find_records(page.store, page.actor, within, AT_MOST)
    if not records:
        empty_state("没有可以处理的记录", "换一个条件再找，或清空筛选。")
        return
    more = f"，只列出最近的 {AT_MOST} 条，可用筛选缩小范围" if total > AT_MOST else ""
    section_head("勾选要处理的记录", f"共 {total} 条{more}")
    ticked = _draw_table(lookup, records, state.round)
    if ticked:
        _draw_deed(page, lookup, [each.record_id for each in ticked], today)


def _draw_table(lookup: Lookup, records: Sequence[Record], drawing: int) -> list[Record]:
    rows = [_row(lookup, each) for each in records]
    picked = st.dataframe(
        pd.DataFrame(rows, columns=list(_HEADS)),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"bulk_table_{drawing}",
        height=420,
        column_config={"标题": st.column_config.TextColumn(width="large")},
    )
    return [records[place] for place in picked["selection"]["rows"] if place < len(records)]


def _row(lookup: Lookup, record: Record) -> tuple[int, date, str, str, str, str]:
    units, events = lookup.names.units, lookup.names.events
    unit, event = units.get(record.unit, record.unit), events.get(record.event, record.event)
    return record.record_id, record.occurred_on, unit, event, record.title, record.leader


def _draw_deed(page: Context, lookup: Lookup, ids: Sequence[int], today: date) -> None:
    """Choose what to do, see it, and confirm."""
    others = {unit.code: unit.name for unit in lookup.units if may(page.actor, Permission.CORRECT, unit.code)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        deeds = (_VOID, _MOVE) if len(others) > 1 else (_VOID,)
        deed = st.segmented_control("处理方式", deeds, default=_VOID, required=True, key="bulk_deed")
        unit = _pick_unit(others) if deed == _MOVE else ""
    if deed == _MOVE and not unit:
        return
    steps = _preview(page, ids, unit, today)
    section_head("预览", _count(steps, unit, others))
    st.html(_steps_markup(lookup, steps))
    _draw_confirm(page, steps, unit, today)


def _pick_unit(names: dict[str, str]) -> str:
    chosen = st.selectbox(
        "改派到",
        list(names),
        index=None,
        placeholder="请选择单位",
        format_func=names.__getitem__,
        width=320,
    )
    return chosen or ""


def _preview(page: Context, ids: Sequence[int], unit: str, today: date) -> list[Step]:
    if unit:
        return preview_moving(page.store, page.actor, ids, unit, today=today)
    return preview_voiding(page.store, page.actor, ids)


def _count(steps: Sequence[Step], unit: str, names: dict[str, str]) -> str:
    wrong = sum(bool(step.problem) for step in steps)
    deed = f"改派到{names[unit]}" if unit else "作废"
    return f"{deed} {len(steps)} 条" + (f"，其中 {wrong} 条不能处理，请先取消勾选" if wrong else "")


def _steps_markup(lookup: Lookup, steps: Sequence[Step]) -> Markup:
    heads = element("tr", *(element("th", each, scope="col") for each in (*_HEADS[:-1], "结果")))
    rows = [_step_row(lookup, step) for step in steps]
    table = element("table", element("thead", heads), element("tbody", *rows), class_="plain")
    return element("div", table, class_="anze-lists bulk-steps")


def _step_row(lookup: Lookup, step: Step) -> Markup:
    cells = [element("td", str(each)) for each in _row(lookup, step.record)[:-1]]
    return element("tr", *cells, element("td", _outcome(lookup, step)))


def _outcome(lookup: Lookup, step: Step) -> Markup:
    if step.problem:
        return element("span", step.problem, class_="fault")
    if step.after is None:
        return join("作废")
    return join(f"改为 {lookup.names.units.get(step.after.unit, step.after.unit)}")


def _draw_confirm(page: Context, steps: Sequence[Step], unit: str, today: date) -> None:
    with st.form("bulk_confirm", border=False):
        st.text_input("原因（对这些记录统一填写）", max_chars=REASON_LIMIT, key="bulk_reason")
        label = f"确认改派 {len(steps)} 条" if unit else f"确认作废 {len(steps)} 条"
        wrong = any(step.problem for step in steps)
        arguments = (page, {step.record.record_id: step.version for step in steps}, unit, today)
        st.form_submit_button(label, type="primary", disabled=wrong, on_click=_carry_out, args=arguments)


def _carry_out(page: Context, seen: dict[int, int], unit: str, today: date) -> None:
    """Do it; runs as a callback. What was done before, by a second press, says that it has changed."""
    state: _State = st.session_state.setdefault(_STATE, _State())
    reason = st.session_state.get("bulk_reason", "")
    try:
        if unit:
            done = move_many(page.store, page.actor, seen, unit, reason, today=today, now=page.now)
        else:
            done = void_many(page.store, page.actor, seen, reason, now=page.now)
    except SupervisionError as error:
        state.kept, state.said = False, str(error)
    else:
        state.kept, state.said = True, f"已{'改派' if unit else '作废'} {done} 条，历史中可以查看。"
        state.round += 1
