"""系统管理 · 新年度: copy a year's catalogue, change it in a draft that is kept, publish it."""

from collections.abc import Sequence

import streamlit as st

from core.domain.catalogue import Catalogue
from core.errors import InputError
from core.services.new_years import (
    YearDraft,
    begin_year,
    discard_draft,
    drafts_of,
    publish,
    remove_obligation,
    revise_head,
    withdraw,
)
from core.store.catalogues import Stage
from core.ui.asking import Asked, put
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import banner, empty_state, section_head
from core.ui.html import Markup
from core.ui.obligation_form import draw_obligation
from core.ui.plain_table import plain_table

_ADDRESS = "draft"


def draw_years(page: Context, asked: Asked) -> None:
    """Draw what there is, the form to begin a year, and the draft that is chosen."""
    drafts = drafts_of(page.store, page.actor)
    section_head("年度目录", "每年的通知一份，发布后各看板、录入、导入、导出即可使用；往年不受影响")
    st.html(_table(asked.catalogues, drafts))
    _draw_beginning(page, asked)
    if not drafts:
        empty_state("没有正在编制的目录", "复制一份往年目录，即可在此修改期限、次数、标题，然后发布。")
        return
    years = [draft.catalogue.year for draft in drafts]
    wanted = st.query_params.get(_ADDRESS, "")
    now = int(wanted) if wanted.isdecimal() and int(wanted) in years else years[-1]
    year = st.selectbox(
        "编制的年度",
        years,
        index=years.index(now),
        format_func=lambda year: f"{year}年（{drafts[years.index(year)].stage.label}）",
        key=f"draft_year_{now}",
        width=240,
    )
    put(_ADDRESS, str(year) if len(years) > 1 else "")
    _draw_draft(page, drafts[years.index(year)])


def _table(catalogues: object, drafts: Sequence[YearDraft]) -> Markup:
    known: dict[int, tuple[Catalogue, str]] = {}
    if hasattr(catalogues, "items"):
        known |= {year: (each, "已发布") for year, each in catalogues.items()}
    known |= {draft.catalogue.year: (draft.catalogue, draft.stage.label) for draft in drafts}
    rows = (
        (f"{year}年", each.number or "（待填）", each.title, f"{len(each.obligations)} 项", stage)
        for year, (each, stage) in sorted(known.items())
    )
    return plain_table(("年度", "文号", "标题", "事项", "状态"), rows, "年度目录")


def _draw_beginning(page: Context, asked: Asked) -> None:
    years = sorted(asked.catalogues)
    form = desk_form("begin_year")
    with st.expander("复制为新年度", icon=":material/content_copy:", expanded=bool(form.faults)):
        fields = form.fields(
            Field("year", "新年度", Kind.COUNT, str(years[-1] + 1), needed=True),
            Field(
                "source",
                "复制自",
                Kind.CHOICE,
                str(years[-1]),
                choices={f"{year}年": str(year) for year in years},
                needed=True,
            ),
        )
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        st.caption("期限移到新年度的同一天；办公室的设置一并带入；文号须按新通知填写。")
        arguments = (page, form, form.operation, fields)
        st.button("建立草稿", key=form.key("save"), on_click=_begin, args=arguments)


def _begin(page: Context, form: DeskForm, operation: str, fields: FieldSet) -> None:
    def step() -> Catalogue:
        year, source = fields.count("year"), fields.text("source")
        if year is None:
            raise InputError("请填写年度。", "year")
        if not source:
            raise InputError("请选择复制自哪一年。", "source")
        return begin_year(page.store, page.actor, year, int(source), operation, now=page.now)

    carry_out(
        form, operation, step, lambda made: f"{made.year}年目录草稿已建立，共 {len(made.obligations)} 项。"
    )


# One draft -------------------------------------------------------------------------------------------------


def _draw_draft(page: Context, draft: YearDraft) -> None:
    catalogue = draft.catalogue
    section_head(f"{catalogue.year}年目录", draft.stage.label)
    if draft.stage == Stage.PUBLISHED:
        banner("已经发布：次数和提前提醒天数可在“事项设置”中调整；尚无记录时可以撤回修改。")
        _draw_press(page, draft, "撤回修改", "withdraw")
        return
    _draw_head(page, draft)
    draw_obligation(page, draft)
    _draw_removal(page, draft)
    _draw_differences(draft)
    with st.container(horizontal=True):
        _draw_press(page, draft, "发布", "publish")
        _draw_press(page, draft, "放弃草稿", "discard")


def _draw_head(page: Context, draft: YearDraft) -> None:
    each = draft.catalogue
    form = desk_form(f"head:{each.year}", draft.standing.version_id)
    with st.expander("通知", icon=":material/description:", expanded=not each.number or bool(form.faults)):
        fields = form.fields(
            Field("number", "文号", start=each.number, needed=True),
            Field("activity", "活动名称", start=each.activity),
            Field("title", "通知标题", start=each.title, needed=True, wide=True),
        )
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, fields, each.year)
        st.button("保存通知", key=form.key("save"), on_click=_save_head, args=arguments)


def _save_head(page: Context, form: DeskForm, operation: str, fields: FieldSet, year: int) -> None:
    head = (fields.text("number"), fields.text("title"), fields.text("activity"))
    carry_out(
        form,
        operation,
        lambda: revise_head(page.store, page.actor, year, head, form.press, now=page.now),
        lambda _: f"{year}年通知的文号和标题已保存。",
    )


def _draw_removal(page: Context, draft: YearDraft) -> None:
    each = draft.catalogue
    form = desk_form(f"remove:{each.year}", draft.standing.version_id)
    with st.expander("取消事项", icon=":material/remove:", expanded=bool(form.faults)):
        titles = {one.code: f"{one.subject.label} · {one.title}" for one in each.obligations}
        chosen = st.selectbox(
            "事项",
            list(titles),
            index=None,
            placeholder="请选择",
            format_func=lambda code: titles[code],
            key=form.key("code"),
        )
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, each.year, chosen or "")
        st.button("取消这一事项", key=form.key("save"), on_click=_remove, args=arguments)


def _remove(page: Context, form: DeskForm, operation: str, year: int, code: str) -> None:
    def step() -> Catalogue:
        if not code:
            raise InputError("请选择要取消的事项。")
        return remove_obligation(page.store, page.actor, year, code, form.press, now=page.now)

    carry_out(form, operation, step, lambda made: f"已取消，{year}年目录现有 {len(made.obligations)} 项。")


def _draw_differences(draft: YearDraft) -> None:
    section_head("与上一年度相比", f"{len(draft.differences)} 项不同")
    if not draft.differences:
        empty_state("尚无不同", "期限已移到新年度，次数、标题与上一年度一致。")
        return
    st.html(plain_table(("事项", "不同之处"), draft.differences, "与上一年度相比"))


_STEPS = {
    "publish": (publish, "已发布"),
    "withdraw": (withdraw, "已撤回"),
    "discard": (discard_draft, "已放弃"),
}


def _draw_press(page: Context, draft: YearDraft, label: str, what: str) -> None:
    year = draft.catalogue.year
    form = desk_form(f"{what}:{year}", draft.standing.version_id)
    with st.container():
        st.button(
            label,
            type="primary" if what == "publish" else "secondary",
            key=form.key("press"),
            on_click=_press,
            args=(page, form, form.operation, what, year, draft.standing.version_id),
        )
        for name in form.faults:
            say_fault(form.faults, name)


def _press(page: Context, form: DeskForm, operation: str, what: str, year: int, seen: int) -> None:
    step, done = _STEPS[what]
    form.seen = seen
    carry_out(
        form,
        operation,
        lambda: step(page.store, page.actor, year, form.press, now=page.now),
        lambda _: f"{year}年目录{done}。",
    )
