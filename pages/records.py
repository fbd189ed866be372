"""台账: find a record, read its history, correct it or void it with a reason."""

from dataclasses import replace
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.attachments import OwnerKind
from core.domain.records import RecordSearch
from core.errors import NotFoundError
from core.services.looking_up import Lookup, look_up
from core.services.recording import find_current, find_records, record_history
from core.services.reporting import Taken, records_table
from core.ui.asking import Asked, asked_of, last_day_of, put
from core.ui.attachments import draw_attachments
from core.ui.board_page import draw_city, draw_head
from core.ui.bulk_desk import draw_bulk, is_bulk, offer_bulk
from core.ui.context import Context
from core.ui.correction_form import draw_correction
from core.ui.downloads import table_downloads
from core.ui.frame import empty_state, section_head
from core.ui.ledger_markup import history_markup, ledger_markup, record_markup
from core.ui.page import Page
from core.ui.paging import draw_pages, page_number
from core.ui.picker import clear_address, draw_picker

PAGE = Page("records", "台账", Permission.SEE)
_PER_PAGE = 30
_EXPORTED_AT_MOST = 100_000


def render(page: Context) -> None:
    """Draw the page: one record where the address names one, else the ledger."""
    asked = asked_of(page)
    draw_head(page, PAGE.title, asked)
    draw_city(asked)
    lookup = look_up(page.store, page.actor)
    number = st.query_params.get("record", "")
    if number:
        _draw_record(page, lookup, number)
    else:
        _draw_ledger(page, asked, lookup)


def _draw_ledger(page: Context, asked: Asked, lookup: Lookup) -> None:
    search = _draw_search(lookup, asked.question.as_of)
    if search.units is None:
        search = replace(search, units=asked.cities.units_of(asked.question.city))
    if is_bulk(page):
        draw_bulk(page, lookup, search, last_day_of(page, asked))
        return
    number = page_number()
    records, total = find_records(page.store, page.actor, search, _PER_PAGE, (number - 1) * _PER_PAGE)
    if not records:
        empty_state("没有符合条件的记录", "换一个条件再找，或清空筛选。", "新的记录请从“录入”页进入。")
        return
    section_head(f"共 {total} 条")
    if draw_picker(ledger_markup(records, lookup.names, lookup.people, lookup.grace_days), key="ledger"):
        st.rerun()
    draw_pages(number, total, _PER_PAGE)
    offer_bulk(page)

    later = page.lasting()

    def whole() -> Taken:
        found, _ = find_records(later.store, later.actor, search, _EXPORTED_AT_MOST)
        return records_table(found, lookup.names, lookup.people, lookup.grace_days)

    table_downloads("下载筛选结果", "台账", whole)


def _draw_search(lookup: Lookup, as_of: date) -> RecordSearch:
    """The filters in one row, each in the address; what lies after the as-of date does not exist yet."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _choice("单位", "for_unit", {each.code: each.name for each in lookup.units})
        event = _choice("事项", "for_event", dict(lookup.names.events))
        since = _day("自", "since")
        until = _day("至", "until")
        words = st.text_input(
            "关键词",
            st.query_params.get("words", ""),
            placeholder="标题、领导、备注",
            max_chars=100,
            width=240,
            key="ledger_words",
        )
    put("words", words)
    return RecordSearch(
        frozenset({unit}) if unit else None,
        frozenset({event} if event else ()),
        since,
        min(until, as_of) if until else as_of,
        words,
    )


def _choice(label: str, name: str, options: dict[str, str]) -> str:
    wanted = st.query_params.get(name, "")
    codes = ["", *options]
    chosen = st.selectbox(
        label,
        codes,
        index=codes.index(wanted) if wanted in codes else 0,
        format_func=lambda code: options.get(code, "全部"),
        width=200,
        key=f"ledger_{name}",
    )
    put(name, chosen)
    return chosen


def _day(label: str, name: str) -> date | None:
    chosen = st.date_input(
        label, _parsed(st.query_params.get(name, "")), format="YYYY-MM-DD", width=160, key=f"ledger_{name}"
    )
    put(name, chosen.isoformat() if isinstance(chosen, date) else "")
    return chosen if isinstance(chosen, date) else None


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _draw_record(page: Context, lookup: Lookup, number: str) -> None:
    if st.button("返回台账", icon=":material/arrow_back:"):
        clear_address()
        st.rerun()
    if not number.isdecimal() or len(number) > len("1000000000"):
        raise NotFoundError("网址中的记录编号有误，请回到台账重新点选。")
    versions = record_history(page.store, page.actor, int(number))
    current = find_current(page.store, page.actor, int(number))
    record = current[0] if current else versions[-1].record
    section_head(record.title or "（无标题）", f"编号 {record.record_id}" + ("" if current else " · 已作废"))
    st.html(record_markup(record, lookup.names, lookup.grace_days))
    if current and may(page.actor, Permission.CORRECT, record.unit):
        last_day = last_day_of(page, asked_of(page))
        draw_correction(page, record, current[1], lookup, last_day)
    may_add = bool(current) and may(page.actor, Permission.ENTER, record.unit)
    draw_attachments(page, OwnerKind.RECORD, str(record.record_id), may_add=may_add)
    section_head("历史", f"{len(versions)} 个版本")
    st.html(history_markup(versions, lookup.names, lookup.people))
