"""导入导出 · 导入: upload, look at what would happen, save all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from core.config import LOCAL_ZONE
from core.domain.forms import FORMS
from core.errors import ConflictError, ImportRefusedError, RowProblem
from core.reports.sheets import MIME
from core.services.importing import Proposal, confirm_import, preview_import
from core.services.marking import marked_workbook
from core.services.planning import Outcome, Plan
from core.services.table_forms import Table
from core.services.tables import FILE_LIMIT, read_files
from core.ui.context import Context
from core.ui.frame import Download, Kpi, Tone, downloads, kpis, section_head
from core.ui.plan_markup import ORDER, Shown, plan_markup, problems_markup, rows_shown
from core.ui.saying import say_once

_STATE = "exchange"
_SHOWN_AT_MOST, _PROBLEMS_AT_MOST = 100, 200
_HALF_READ = 3_000
_WARNINGS_OPEN = 5
_TONES = {Outcome.WRONG: Tone.WARN, Outcome.UPDATED: Tone.CALM, Outcome.ADDED: Tone.GOOD}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Files that were read: what they would do, or why they cannot be read at all."""

    key: tuple[str, ...]
    proposal: Proposal | None
    refused: tuple[RowProblem, ...] = ()


def draw_import(page: Context) -> None:
    """Draw the upload, and of what was uploaded the preview and the button that saves it.

    Every kind of file may be picked: who picks one that cannot be read is told what to do instead.
    """
    state = _state()
    section_head("导入", "先预览，确认后才保存；一行有误则全部不保存")
    _draw_said(state)
    files = st.file_uploader(
        "选择或拖入 .xlsx、CSV 文件（可多个）",
        accept_multiple_files=True,
        max_upload_size=min(FILE_LIMIT // 1024 // 1024, int(st.get_option("server.maxUploadSize"))),
        key=f"exchange_files_{state['round']}",
    )
    kinds = {"": "自动识别", **{form.kind: form.label for form in FORMS.values()}}
    kind = st.selectbox(
        "表的类别", kinds, format_func=lambda each: kinds[each], width=240, key="exchange_kind"
    )
    if files:
        loaded = _loaded(page, files, kind)
        if loaded.proposal:
            _draw_preview(page, loaded.proposal)
        else:
            _draw_refused(loaded.refused)


def _state() -> dict[str, Any]:
    state: dict[str, Any] = st.session_state.setdefault(_STATE, {"round": 0, "loaded": None})
    return state


def _draw_said(state: dict[str, Any]) -> None:
    """Say once what became of the last confirmation."""
    said = state.pop("said", None)
    say_once(others=[("success" if said[0] else "warning", said[1])] if said else [])


def _today(page: Context) -> date:
    """The calendar's day, as on the command line: a file may hold more than the demonstration date knows."""
    return page.settings.fixed_today or page.now.astimezone(LOCAL_ZONE).date()


def _loaded(page: Context, files: Sequence[Any], kind: str) -> _Loaded:
    """Read and compare once, not at every press of a button."""
    key = (kind, *(each.file_id for each in files))
    state = _state()
    held: _Loaded | None = state["loaded"]
    if held is None or held.key != key:
        held = _read(page, key, {each.name: each.getvalue() for each in files}, kind)
        state["loaded"] = held
    return held


def _read(page: Context, key: tuple[str, ...], files: dict[str, bytes], kind: str) -> _Loaded:
    bar = st.progress(0.0, "正在读取…")
    try:
        tables = read_files(
            files, kind or None, lambda rows: _show(bar, rows / (rows + _HALF_READ) / 2, f"已读取 {rows} 行")
        )
        plan = _compared(page, tables, bar)
    except ImportRefusedError as error:
        return _Loaded(key, None, tuple(error.problems))
    finally:
        bar.empty()
    return _Loaded(key, Proposal(tuple(tables), plan, uuid4().hex))


def _compared(page: Context, tables: Sequence[Table], bar: Any) -> Plan:
    total = sum(len(table.rows) for table in tables) or 1
    return preview_import(
        page.store,
        page.actor,
        tables,
        today=_today(page),
        tell=lambda rows: _show(bar, 0.5 + rows / total / 2, f"已核对 {rows} 行，共 {total} 行"),
    )


def _show(bar: Any, part: float, said: str) -> None:
    bar.progress(min(1.0, part), said)


def _draw_refused(problems: Sequence[RowProblem]) -> None:
    st.error("文件不能导入，没有保存任何内容。")
    st.html(problems_markup(problems[:_PROBLEMS_AT_MOST]))


def _draw_preview(page: Context, proposal: Proposal) -> None:
    plan = proposal.plan
    counts = {each: sum(row.outcome == each for row in plan.rows) for each in Outcome}
    kpis([Kpi(str(counts[each]), each.label, tone=_tone(each, counts[each])) for each in Outcome])
    _draw_warnings(plan.warnings)
    _draw_confirmation(page, proposal, counts)
    chosen = st.segmented_control(
        "显示",
        ["", *(each.value for each in ORDER if counts[each])],
        default="",
        required=True,
        format_func=lambda each: Outcome.of(each).label if each else "全部",
        key=f"exchange_shown_{proposal.operation}",
    )
    _draw_rows(proposal, Shown(Outcome.parse(chosen or ""), _SHOWN_AT_MOST))


def _draw_warnings(warnings: Sequence[RowProblem]) -> None:
    """What is to be looked at, and keeps nobody from importing."""
    if warnings:
        st.warning(f"有 {len(warnings)} 行请核对后再确认；不影响导入。")
        with st.expander("查看需要核对的行", expanded=len(warnings) <= _WARNINGS_OPEN):
            st.html(problems_markup(warnings[:_PROBLEMS_AT_MOST]))


def _tone(outcome: Outcome, count: int) -> Tone:
    return _TONES.get(outcome, Tone.CALM) if count else Tone.CALM


def _draw_confirmation(page: Context, proposal: Proposal, counts: dict[Outcome, int]) -> None:
    if proposal.plan.problems:
        st.error(f"有 {counts[Outcome.WRONG]} 行有误，没有保存任何内容；请按标出的原因改正后重新上传。")
        marked = Download("下载标注了原因的工作簿", "标注.xlsx", lambda: _marked(proposal), MIME)
        downloads([marked])
    elif counts[Outcome.ADDED] + counts[Outcome.UPDATED] == 0:
        st.info("文件中的内容系统里都已有，没有需要保存的。")
    else:
        said = f"确认导入（新增 {counts[Outcome.ADDED]}，更新 {counts[Outcome.UPDATED]}）"
        if st.button(said, type="primary", icon=":material/check:", key="exchange_confirm"):
            _confirm(page, proposal)


def _marked(proposal: Proposal) -> bytes:
    return marked_workbook(proposal.tables, proposal.plan.problems)


def _confirm(page: Context, proposal: Proposal) -> None:
    """Save; a second press finds the first one's operation id and changes nothing."""
    state = _state()
    total = len(proposal.plan.rows) or 1
    bar = st.progress(0.0, "正在保存…")
    try:
        done = confirm_import(
            page.store,
            page.actor,
            proposal,
            today=_today(page),
            now=page.now,
            tell=lambda rows: _show(bar, rows / total, f"正在核对并保存：{rows} 行，共 {total} 行"),
        )
    except (ConflictError, ImportRefusedError) as error:
        conflict = isinstance(error, ConflictError)
        said = str(error) if conflict else "预览之后数据有了变化，有的行已不能导入；没有保存，请核对。"
        state.update(loaded=None, said=(False, said))
    else:
        state.update(loaded=None, said=(True, f"导入完成：{done}。"), round=state["round"] + 1)
    st.rerun()


def _draw_rows(proposal: Proposal, shown: Shown) -> None:
    for place, table in enumerate(proposal.tables):
        rows = rows_shown(proposal.plan, place, shown)
        if rows:
            section_head(table.form.label, table.file)
            st.html(plan_markup(table, rows, proposal.plan))
            if len(rows) == shown.limit:
                st.caption(f"只显示前 {shown.limit} 行。")
