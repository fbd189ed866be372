"""可复制可推广的经验做法: a small library with files, entered by localities and promoted by the office."""

from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.attachments import OwnerKind
from core.domain.experiences import Experience
from core.domain.records import Record
from core.errors import InputError
from core.services.experiences import (
    ExperienceWish,
    Library,
    Promotion,
    enter_experience,
    experience_library,
    experiences_table,
    promote_experience,
)
from core.services.zoning import ZoneBoard
from core.ui.asking import Asked, last_day_of, put
from core.ui.attachments import draw_attachments
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.downloads import table_downloads
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import empty_state, section_head
from core.ui.html import Markup, element, join, link_to
from core.ui.links import draw_links

_BLANK = join()
_NEW_RECORD = "0"
_DAY_ZERO = date(2000, 1, 1)


def draw_experiences(page: Context, asked: Asked, board: ZoneBoard) -> None:
    """Draw the library, the form of a new one and, where the address names one, its files."""
    shown, day = experience_library(page.store, page.actor, asked.question), asked.question.as_of
    names = {unit.code: unit.name for unit in board.localities}
    promoted = sum(each.promoted_by(day) for each in shown.experiences)
    section_head("可复制可推广的经验做法", f"共 {len(shown.experiences)} 条，已在全市推广 {promoted} 条")
    if day >= page.today:
        _draw_entering(page, asked, board, shown)
    if not shown.experiences:
        empty_state("还没有经验做法", "截至这一天，没有属地总结经验做法。", "由属地录入，办公室负责推广。")
    for each in shown.experiences:
        _draw_one(page, asked, each, shown, names)
    _draw_loose(shown, names)
    table_downloads("下载经验做法", f"经验做法-{day}", lambda: experiences_table(shown, names, day))


def _draw_one(page: Context, asked: Asked, each: Experience, shown: Library, names: dict[str, str]) -> None:
    day = asked.question.as_of
    st.html(_experience(each, names, day, voided=each.record_id in shown.voided))
    chosen = st.query_params.get("experience", "") == str(each.number)
    files = shown.files.get(each.number, 0)
    label = "收起" if chosen else f"文件（{files}）和推广"
    if st.button(label, key=f"experience_{each.number}"):
        put("experience", "" if chosen else str(each.number))
        st.rerun()
    if not chosen:
        return
    open_now = day >= page.today
    own = open_now and may(page.actor, Permission.PLAN_ZONE, each.locality)
    draw_attachments(page, OwnerKind.EXPERIENCE, str(each.number), may_add=own, title="材料")
    if open_now and may(page.actor, Permission.ACCEPT_ZONE):
        _draw_promoting(page, each, last_day_of(page, asked))


def _experience(each: Experience, names: dict[str, str], day: date, *, voided: bool) -> Markup:
    state = f"{each.promoted_on} 已推广：{each.promotion}" if each.promoted_by(day) else "尚未推广"
    tone = "closed" if each.promoted_by(day) else "open"
    gone = element("span", "对应的台账记录已作废，不再计数", class_="mark") if voided else _BLANK
    tags = (
        element("span", names.get(each.locality, each.locality)),
        element("span", f"{each.noted_on}"),
        element("span", state, class_=f"stage {tone}"),
        gone,
    )
    lines = [element("p", line) for line in each.content.split("\n") if line.strip()]
    return element(
        "article", element("h3", each.title), element("p", *tags, class_="tags"), *lines, class_="experience"
    )


def _draw_loose(shown: Library, names: dict[str, str]) -> None:
    """Records that count already but have no experience with their text and files."""
    if not shown.records:
        return
    section_head("台账中已有记录、还没有材料的", f"{len(shown.records)} 条，录入时选择对应的记录即可")
    items = [
        element(
            "li",
            element("span", names.get(each.unit, each.unit)),
            f" {each.occurred_on} ",
            element(
                "a", each.title or "（无标题）", href=link_to("records", {"record": str(each.record_id)})
            ),
        )
        for each in shown.records
    ]
    draw_links(element("div", element("ul", *items), class_="anze-links"), key="loose_experiences")


def _record_link(each: Record) -> str:
    return link_to("records", {"record": str(each.record_id)})


# Entering --------------------------------------------------------------------------------------------------


def _draw_entering(page: Context, asked: Asked, board: ZoneBoard, shown: Library) -> None:
    own = {
        unit.name: unit.code for unit in board.localities if may(page.actor, Permission.PLAN_ZONE, unit.code)
    }
    if not own:
        return
    form, today = desk_form("experience_new"), last_day_of(page, asked)
    only = next(iter(own.values())) if len(own) == 1 else None
    fields = form.fields(*_fields(own, only, board, shown, today))
    with st.expander("录入经验做法", icon=":material/add:", expanded=bool(form.faults)):
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, form, form.operation, fields, today)
        st.button("保存经验做法", type="primary", key=form.key("save"), on_click=_enter, args=arguments)


def _fields(
    own: dict[str, str], only: str | None, board: ZoneBoard, shown: Library, today: date
) -> list[Field]:
    names = {code: name for name, code in own.items()}
    zones = {"不限于某个功能区": ""} | {
        f"{names[each.zone.locality]}：{each.zone.name}": each.zone.code
        for each in board.zones
        if each.zone.locality in names
    }
    records = {"新建一条“经验做法总结”记录": _NEW_RECORD} | {
        _record_label(each, names): str(each.record_id) for each in shown.records if each.unit in names
    }
    return [
        Field("locality", "属地", Kind.CHOICE, only, choices=own, needed=True),
        Field("on", "日期", Kind.DAY, today, within=(date(today.year, 1, 1), today), needed=True),
        Field("zone", "功能区", Kind.CHOICE, "", choices=zones),
        Field("record", "台账记录", Kind.CHOICE, _NEW_RECORD, choices=records),
        Field("title", "标题", needed=True, wide=True),
        Field("content", "主要做法", Kind.LONG, needed=True, wide=True),
    ]


def _record_label(each: Record, names: dict[str, str]) -> str:
    return f"{names[each.unit]} {each.occurred_on} {each.title}（第 {each.record_id} 号）"


def _enter(page: Context, form: DeskForm, operation: str, fields: FieldSet, today: date) -> None:
    def step() -> Experience:
        on = fields.value("on")
        if not isinstance(on, date):
            raise InputError("请填写日期。", "on")
        if not fields.text("locality"):
            raise InputError("请选择属地。", "locality")
        wanted = ExperienceWish(
            fields.text("locality"),
            fields.text("zone"),
            fields.text("title"),
            fields.text("content"),
            on,
            int(fields.text("record") or _NEW_RECORD),
        )
        return enter_experience(page.store, page.actor, wanted, operation, today=today, now=page.now)

    carry_out(form, operation, step, lambda each: f"已录入“{each.title}”，可在下方添加文件。")


def _draw_promoting(page: Context, each: Experience, today: date) -> None:
    form = desk_form(f"experience:{each.number}", each.change)
    fields = form.fields(
        Field("on", "推广日期", Kind.DAY, today, within=(each.noted_on, max(today, each.noted_on))),
        Field("promotion", "推广方式", Kind.LONG, each.promotion, needed=True, wide=True),
    )
    with st.expander("在全市推广", expanded=bool(form.faults)):
        draw_fields(fields, form.faults)
        say_fault(form.faults, "")
        arguments = (page, each, form, form.operation, fields, today)
        st.button("确认推广", key=form.key("save"), on_click=_promote, args=arguments)


def _promote(
    page: Context, each: Experience, form: DeskForm, operation: str, fields: FieldSet, today: date
) -> None:
    on = fields.value("on")
    asked = Promotion(each.number, on if isinstance(on, date) else _DAY_ZERO, fields.text("promotion"))
    carry_out(
        form,
        operation,
        lambda: promote_experience(page.store, page.actor, asked, form.press, today=today, now=page.now),
        lambda done: f"“{done.title}”已记为在全市推广。",
    )
