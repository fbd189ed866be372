"""The desk of documents: the quarter's bulletin with its words, papers about a unit, and what was issued."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from core.domain.bulletins import DEFAULT_WORDS, bulletin_of, values_of
from core.domain.documents import Document
from core.domain.papers import PaperKind, checked_words
from core.domain.periods import Cadence, Period, period_nearest, periods_of
from core.domain.texts import clean
from core.errors import SupervisionError
from core.reports import official, pdf
from core.reports.sheets import MIME as BOOK_MIME
from core.services.composing import Order, bulletin_facts, compose, pdf_file, word_file
from core.services.drafting import find_draft
from core.services.issuing import documents_for, issue_document, make_again, open_document
from core.services.looking_up import Lookup
from core.services.quarter_books import quarter_workbook
from core.ui.asking import Asked, put
from core.ui.attempts import (
    Attempt,
    Reach,
    discard,
    end_draft,
    faults_by_field,
    keep_typing,
    lay_out,
    say_restored,
)
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import Download, downloads, empty_state, section_head
from core.ui.page import refusals_shown
from core.ui.paper_markup import documents_markup, paper_markup
from core.ui.reading import read_now
from core.ui.saying import say_once

_SAID = "paper_said"
_PARAGRAPHS: Mapping[str, str] = {
    "opening": "开头",
    "overall": "总体情况",
    "unmet": "未落实事项的引语",
    "checks": "暗查暗访和隐患整改",
    "zones": "功能区规范化建设",
    "demand_1": "工作要求一",
    "demand_2": "工作要求二",
    "demand_3": "工作要求三",
}


def draw_bulletin(page: Context, asked: Asked) -> None:
    """Draw the bulletin of a quarter: preview, downloads, its words, and issuing it."""
    say_once(st.session_state.pop(_SAID, ""))
    quarter = _chosen_quarter(asked)
    order = Order(PaperKind.BULLETIN, page.today, asked.question.as_of, subject=quarter.code)
    try:
        facts = read_now(page, bulletin_facts, quarter.code, page.today, asked.question.as_of)
    except SupervisionError as error:
        empty_state("这个季度还不能生成通报", str(error), "请另选季度，或调整截至日期。")
        return
    defaults, values = DEFAULT_WORDS, values_of(facts)
    order = replace(order, words=_kept_words(order, defaults))
    left, right = st.columns([5, 3], gap="large")
    with left:
        section_head("预览", "数字来自看板，文字可以在右侧修改")
        st.html(paper_markup(bulletin_of(facts, order.words)))
    with right:
        _draw_bulletin_files(page, order, quarter)
        _draw_words(page, order, defaults, values)


def _chosen_quarter(asked: Asked) -> Period:
    year, day = asked.question.year, asked.question.as_of
    begun = [each for each in periods_of(Cadence.QUARTER, year) if each.start <= day] or [
        period_nearest(Cadence.QUARTER, year, day)
    ]
    names = {each.code: each.label for each in begun}
    wanted = st.query_params.get("quarter", begun[-1].code)
    chosen = st.selectbox(
        "季度",
        list(names),
        index=list(names).index(wanted) if wanted in names else len(names) - 1,
        format_func=lambda code: names[code],
        key=f"report_quarter_{wanted}",
    )
    if chosen != wanted:
        put("quarter", chosen)
        st.rerun()
    return next(each for each in begun if each.code == chosen)


def _draw_bulletin_files(page: Context, order: Order, quarter: Period) -> None:
    section_head("下载")
    lasting, stem = page.lasting(), f"{quarter.label}通报"
    files = [
        Download("Word", f"{stem}.docx", partial(_word, lasting, order), official.MIME),
        Download("工作簿（Excel）", f"{quarter.label}工作簿.xlsx", partial(_book, lasting, order), BOOK_MIME),
    ]
    lack = pdf.lack()
    if not lack:
        files.insert(1, Download("PDF", f"{stem}.pdf", partial(_pdf, lasting, order), pdf.MIME))
    downloads(files)
    if lack:
        st.caption(lack)
    st.button("发出并存档", type="primary", on_click=_issue, args=(page, order), key="issue_bulletin")


def _word(page: Context, order: Order) -> bytes:
    return word_file(compose(page.store, page.actor, order))


def _pdf(page: Context, order: Order) -> bytes:
    return pdf_file(compose(page.store, page.actor, order))


def _book(page: Context, order: Order) -> bytes:
    return quarter_workbook(page.store, page.actor, order.subject, as_of=order.as_of)


def _attempt(order: Order) -> Attempt:
    name = f"bulletin:{order.subject}"
    attempt: Attempt = st.session_state.setdefault(name, Attempt(name))
    return attempt


def _words_key(order: Order) -> str:
    return f"words:{order.subject}"


def _kept_words(order: Order, defaults: Mapping[str, str]) -> Mapping[str, str]:
    """The words as last agreed to in this tab."""
    kept: Mapping[str, str] = st.session_state.get(_words_key(order), defaults)
    return kept


def _draw_words(page: Context, order: Order, defaults: Mapping[str, str], values: Mapping[str, str]) -> None:
    attempt = _attempt(order)
    fields = lay_out(
        page,
        attempt,
        [Field(key, _PARAGRAPHS.get(key, key), Kind.LONG, order.words[key], wide=True) for key in defaults],
    )
    begun = bool(attempt.faults or attempt.restored_at)
    with st.expander("修改文字", icon=":material/edit:", expanded=begun):
        say_restored(attempt)
        st.caption("花括号里的是数据，例如 {完成率}，会按看板自动填写；比率不能手写。")
        with st.form(f"form.{fields.prefix}", border=False):
            draw_fields(fields, attempt.faults)
            say_fault(attempt.faults, "")
            with st.container(horizontal=True):
                arguments = (order, fields, defaults, values)
                st.form_submit_button("按修改预览", key="words_save", on_click=_agree, args=arguments)
                st.form_submit_button(
                    "恢复原文", on_click=_restore, args=(page, order, attempt, attempt.operation)
                )
        keep_typing(page, attempt, fields, Reach(submit="words_save"))


def _agree(order: Order, fields: FieldSet, defaults: Mapping[str, str], values: Mapping[str, str]) -> None:
    attempt = _attempt(order)
    try:
        words = checked_words({key: fields.text(key) for key in defaults}, defaults, values)
    except SupervisionError as error:
        attempt.faults = faults_by_field(error)
    else:
        attempt.faults = {}
        st.session_state[_words_key(order)] = words


def _restore(page: Context, order: Order, attempt: Attempt, operation: str) -> None:
    st.session_state.pop(_words_key(order), None)
    discard(page, attempt, operation)


def _issue(page: Context, order: Order) -> None:
    attempt = _attempt(order)
    if _left_unread(page, order, attempt):
        attempt.faults = {"": "有改过的文字还没有预览，没有发出：请先点“按修改预览”，或“恢复原文”。"}
        return
    try:
        issued = issue_document(page.store, page.actor, order, f"issue-{attempt.operation}", now=page.now)
        end_draft(page, page.actor, attempt)
    except SupervisionError as error:
        attempt.faults = faults_by_field(error)
    else:
        attempt.start_afresh()
        st.session_state[_SAID] = f"已发出并存档：{issued.title}。"


def _left_unread(page: Context, order: Order, attempt: Attempt) -> bool:
    """Whether words were typed that the preview does not show: they would be lost without a word."""
    draft = find_draft(page.store, page.actor, attempt.form)
    return draft is not None and any(
        clean(draft.fields.get(key, said)) != said for key, said in order.words.items()
    )


# One unit ---------------------------------------------------------------------------------------------------


def draw_unit_papers(page: Context, asked: Asked, lookup: Lookup) -> None:
    """Draw the papers about one unit: a page for whoever leads it, and its year."""
    section_head("单位材料", "一页简报供领导查阅；年度履职材料用于约谈和述职")
    names = {unit.code: unit.name for unit in lookup.units}
    if not names:
        empty_state("没有可以查看的单位", "请联系管理员核对账号所属单位。")
        return
    own = page.actor.unit if page.actor.unit in names else next(iter(names))
    wanted = st.query_params.get("unit", own)
    wanted = wanted if wanted in names else own
    code = st.selectbox(
        "单位",
        list(names),
        index=list(names).index(wanted),
        format_func=lambda each: names[each],
        key=f"paper_unit_{wanted}",
    )
    if code != wanted:
        put("unit", code)
        st.rerun()
    _draw_unit_files(page, asked, str(code), names[str(code)])


def _draw_unit_files(page: Context, asked: Asked, code: str, name: str) -> None:
    day, lasting = asked.question.as_of, page.lasting()
    brief = Order(PaperKind.BRIEF, page.today, day, code)
    material = Order(PaperKind.MATERIAL, page.today, day, code, str(asked.question.year))
    files, lack = [], pdf.lack()
    for order, label in ((brief, "一页简报"), (material, "年度履职材料")):
        files.append(
            Download(f"{label}（Word）", f"{name}{label}.docx", partial(_word, lasting, order), official.MIME)
        )
        if not lack:
            files.append(
                Download(f"{label}（PDF）", f"{name}{label}.pdf", partial(_pdf, lasting, order), pdf.MIME)
            )
    downloads(files)
    if lack:
        st.caption(lack)
    st.html(paper_markup(compose(page.store, page.actor, brief)))


# What was issued --------------------------------------------------------------------------------------------


def draw_issued(page: Context, lookup: Lookup, *, office: bool) -> None:
    """Draw the issued documents, one of them to take away again."""
    documents = documents_for(page.store, page.actor)
    section_head("已发出", f"共 {len(documents)} 份")
    if not documents:
        empty_state("还没有发出的文书", "通报、督促函等发出后在这里存档，随时可以再次下载。")
        return
    st.html(documents_markup(documents[:100], lookup.names.units, lookup.people))
    _draw_one(page, documents, lookup, office=office)


def _draw_one(page: Context, documents: list[Document], lookup: Lookup, *, office: bool) -> None:
    units = lookup.names.units
    names = {
        each.document_id: f"{each.issued_on} {each.title} {units.get(each.unit, '')} {each.number}"
        for each in documents
    }
    chosen = st.selectbox(
        "选择一份", list(names), format_func=lambda each: names[each], key="issued_document"
    )
    document = next(each for each in documents if each.document_id == chosen)
    data = partial(_opened, page.lasting(), document.document_id)
    downloads([Download("下载原件（Word）", document.file_name, data, official.MIME)])
    if office and st.button("按原始数据重新生成并核对", key="make_again"):
        with refusals_shown():
            again = make_again(page.store, page.actor, document.document_id)
            _say_again(same_bytes=again.same_bytes, same_text=again.same_text)


def _opened(page: Context, document_id: int) -> bytes:
    return open_document(page.store, page.actor, document_id)[1]


def _say_again(*, same_bytes: bool, same_text: bool) -> None:
    if same_bytes:
        st.success("重新生成的文件与存档逐字节一致。")
    elif same_text:
        st.success("重新生成的文字与存档完全一致；文件字节不同，可能因为程序或字体换了版本。")
    else:
        st.error("重新生成的文字与存档不一致，请告诉管理员核验数据。")
