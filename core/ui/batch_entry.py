"""批量录入: a table for the records of one sitting, filled by typing or pasting, kept all or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

import streamlit as st

from core.domain.records import Record
from core.domain.units import Unit
from core.errors import InputError, RowProblem, SupervisionError
from core.services.catalogues import catalogues_now
from core.services.drafting import Typed, drop_draft, find_draft, keep_draft
from core.services.entering import effects_together, events_to_enter
from core.services.entering_many import FaultyTableError, Line, check_many, enter_many
from core.services.tidying import preview_voiding, void_many
from core.ui.batch_markup import problems_markup, saved_markup
from core.ui.batch_table import Rows, blank_rows, draw_table, lines_of, rows_of
from core.ui.context import Context
from core.ui.entry_side import UNDO_REASON
from core.ui.frame import section_head
from core.ui.html import element
from core.ui.page import as_text

_FORM, _STATE, _ROWS = "batch", "batch_entry", "rows"
_HINT = (
    "从 Excel 复制后，点一下要粘贴的左上角一格，按 Ctrl+V；列的次序与下表相同。"
    "表中没有写事项和日期的行，按上面选的算。日期可写 2025-6-19、2025/6/19、2025年6月19日。"
)


@dataclass(slots=True)
class BatchState:
    """What the table remembers in this tab.

    `rows` is the content that the editor was given: it stays as it is while somebody edits, because an
    editor whose data changes drops every edit. A new `drawing` gives it the content edited so far.
    """

    rows: Rows
    operation: str = field(default_factory=lambda: uuid4().hex)
    began_from: str = ""
    drawing: int = 0
    step: int = 0
    kept: str = ""
    problems: tuple[RowProblem, ...] = ()
    message: str = ""
    sure: str = ""
    saved: tuple[Record, ...] = ()
    again: bool = False
    last: Rows = field(default_factory=list)

    def redraw(self, rows: Rows) -> None:
        """Give the editor other content."""
        self.rows, self.drawing = rows, self.drawing + 1

    def start_afresh(self, rows: Rows) -> None:
        """Begin the next attempt."""
        self.operation, self.began_from, self.step, self.kept = uuid4().hex, "", 0, ""
        self.problems, self.message, self.sure = (), "", ""
        self.redraw(rows)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one drawing of the table stands on."""

    page: Context
    units: Sequence[Unit]
    state: BatchState
    last_day: date


def draw_batch(page: Context, units: Sequence[Unit], last_day: date) -> None:
    """Draw the table, what is wrong with it, and what the last one did."""
    desk = _Desk(page, units, _state(page), last_day)
    if desk.state.saved:
        _draw_saved(desk)
    defaults = _draw_defaults(desk)
    st.html(element("p", _HINT, class_="batch-hint"))
    key = f"batch_{desk.state.operation}_{desk.state.drawing}"
    own = len(units) == 1
    rows = draw_table(desk.state.rows, defaults, _told(desk.state), key=key, with_unit=not own)
    _keep(desk, rows)
    _draw_buttons(desk, rows)
    _draw_problems(desk.state)


def _state(page: Context) -> BatchState:
    """What this tab remembers; a new tab begins with the person's draft."""
    known: BatchState | None = st.session_state.get(_STATE)
    if known:
        return known
    draft = find_draft(page.store, page.actor, _FORM)
    state = BatchState(rows_of(draft.fields.get(_ROWS, "")) if draft else blank_rows())
    state.began_from = draft.operation if draft else ""
    st.session_state[_STATE] = state
    return state


def _draw_defaults(desk: _Desk) -> dict[str, str]:
    """Pick what holds for every row that does not say otherwise: a sitting has one day, often one event."""
    found = {"unit": desk.units[0].code} if len(desk.units) == 1 else {}
    names = events_to_enter(catalogues_now(desk.page.store), desk.units, desk.last_day)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(desk.units) > 1:
            units = {unit.code: unit.name for unit in desk.units}
            found["unit"] = _pick("单位", units)
        found["event"] = _pick("事项", names)
        day = st.date_input(
            "日期", None, max_value=desk.last_day, format="YYYY-MM-DD", width=180, key="batch_day"
        )
        found["occurred_on"] = day.isoformat() if isinstance(day, date) else ""
    return found


def _pick(label: str, names: Mapping[str, str]) -> str:
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        placeholder="（以表中为准）",
        format_func=names.__getitem__,
        width=280,
        key=f"batch_{label}",
    )
    return names[chosen] if chosen else ""


def _told(state: BatchState) -> dict[int, str]:
    """What is wrong with each row, for the column beside it."""
    found: dict[int, list[str]] = {}
    for problem in state.problems:
        found.setdefault(problem.row, []).append(f"{problem.column}：{problem.reason}")
    return {row: "；".join(reasons) for row, reasons in found.items()}


def _keep(desk: _Desk, rows: Rows) -> None:
    """Keep what the table holds as the person's draft, whenever it has changed."""
    page, state = desk.page, desk.state
    content = json.dumps([row for _, row in lines_of(rows)], ensure_ascii=False)
    if content == state.kept or (not state.kept and content == "[]"):
        return
    state.step += 1
    typed = Typed(_FORM, state.operation, state.step, {_ROWS: content})
    try:
        keep_draft(page.store, page.actor, typed, now=page.now)
    except InputError as error:
        st.warning(as_text(str(error)))
    state.kept = content


def _draw_buttons(desk: _Desk, rows: Rows) -> None:
    lines = lines_of(rows)
    label = "仍然保存" if desk.state.sure else "全部保存"
    with st.container(horizontal=True):
        if st.button(f"{label}（{len(lines)} 条）", type="primary", key="batch_save", disabled=not lines):
            _save(desk, rows, lines)
            st.rerun()
        if st.button("检查", key="batch_check", disabled=not lines):
            _check(desk, rows, lines)
            st.rerun()
        if st.button("放弃草稿", key="batch_discard", disabled=not lines):
            _end(desk)
            desk.state.start_afresh(blank_rows())
            st.rerun()


def _save(desk: _Desk, rows: Rows, lines: Sequence[Line]) -> None:
    """Keep the table, or show what stands against it; sent twice it is kept once."""
    page, state = desk.page, desk.state
    mark = json.dumps(lines, ensure_ascii=False)
    state.problems, state.message, sure = (), "", state.sure == mark
    try:
        entered = enter_many(
            page.store, page.actor, lines, state.operation, today=desk.last_day, now=page.now, sure=sure
        )
    except FaultyTableError as error:
        state.problems, state.message = error.problems, str(error)
        state.sure = mark if error.doubtful else ""
        state.redraw(rows)
    except SupervisionError as error:
        state.message = str(error)
    else:
        _end(desk)
        state.saved, state.again, state.last = entered.records, entered.again, rows
        state.start_afresh(blank_rows())


def _check(desk: _Desk, rows: Rows, lines: Sequence[Line]) -> None:
    page, state = desk.page, desk.state
    checked = check_many(page.store, page.actor, lines, today=desk.last_day)
    state.problems = (*checked.problems, *checked.doubts)
    state.message = "" if state.problems else f"检查通过，共 {len(checked.records)} 条，还没有保存。"
    state.redraw(rows)


def _end(desk: _Desk) -> None:
    page, state = desk.page, desk.state
    drop_draft(page.store, page.actor, _FORM, state.operation, {state.began_from}, now=page.now)


def _draw_problems(state: BatchState) -> None:
    if state.message:
        (st.error if state.problems else st.info)(as_text(state.message))
    if state.problems:
        section_head("需要核对的单元格", f"{len(state.problems)} 处")
        st.html(problems_markup(state.problems))


def _draw_saved(desk: _Desk) -> None:
    """Say what the last table did to the quotas; it can be taken back as a whole."""
    page, state = desk.page, desk.state
    cells = effects_together(page.store, page.actor, state.saved, desk.last_day)
    word = "刚刚已保存过，没有重复保存" if state.again else "已保存"
    st.html(saved_markup(f"{word}：{len(state.saved)} 条", cells))
    st.button("撤销这一批", key="batch_undo", icon=":material/undo:", on_click=_undo, args=(desk,))


def _undo(desk: _Desk) -> None:
    """Void the whole table as entered by mistake, and give its content back."""
    page, state = desk.page, desk.state
    ids = [record.record_id for record in state.saved]
    state.saved = ()
    try:
        steps = preview_voiding(page.store, page.actor, ids)
        seen = {step.record.record_id: step.version for step in steps}
        done = void_many(page.store, page.actor, seen, UNDO_REASON, now=page.now)
    except SupervisionError as error:
        st.toast(as_text(str(error)))
    else:
        state.redraw(state.last)
        st.toast(f"已撤销，{done} 条记录以“误录”作废；内容仍在表中。")
