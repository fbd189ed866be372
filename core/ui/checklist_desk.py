"""The checklists of the five areas: read by everybody, written by the office."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.auth import Permission, may
from core.domain.zone_work import ChecklistItem
from core.domain.zones import Area
from core.services.zone_checklists import keep_item
from core.ui.context import Context
from core.ui.desk_forms import DeskForm, carry_out, desk_form
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.html import Markup, element

_NEW = ""


def draw_checklists(page: Context, items: Sequence[ChecklistItem]) -> None:
    """Draw the items area by area and, for the office, the form that writes them."""
    if may(page.actor, Permission.SETTINGS):
        _draw_editing(page, items)
    for area in Area:
        own = [item for item in items if item.area == area]
        section_head(area.label, f"{len(own)} 条，共 {sum(item.points for item in own)} 分")
        st.html(element("div", _table(area, own), class_="anze-zones"))


def _table(area: Area, items: Sequence[ChecklistItem]) -> Markup:
    heads = [element("th", head, scope="col") for head in ("清单内容", "分值")]
    rows = [
        element("tr", element("td", item.content), element("td", str(item.points), class_="total"))
        for item in items
    ]
    caption = element("caption", f"{area.label}清单", class_="unseen")
    head = element("thead", element("tr", *heads))
    return element("table", caption, head, element("tbody", *rows), class_="plain")


def _draw_editing(page: Context, items: Sequence[ChecklistItem]) -> None:
    by_code = {item.code: item for item in items}
    titles = {_NEW: "新增一条", **{item.code: f"{item.area.label}：{item.content}" for item in items}}
    with st.expander("修改清单", icon=":material/edit:"):
        code = st.selectbox("清单条目", list(titles), format_func=titles.__getitem__, key="checklist_item")
        _draw_item(page, by_code.get(code or _NEW), by_code)


def _draw_item(page: Context, item: ChecklistItem | None, by_code: dict[str, ChecklistItem]) -> None:
    form = desk_form(f"zone_item:{item.code if item else _NEW}", item.change if item else 0)
    areas = {area.label: area.value for area in Area}
    fields = form.fields(
        Field("area", "建设内容", Kind.CHOICE, item.area.value if item else None, choices=areas, needed=True),
        Field("points", "分值", Kind.COUNT, str(item.points) if item else "", needed=True),
        Field("content", "清单内容", Kind.LONG, item.content if item else "", needed=True, wide=True),
    )
    draw_fields(fields, form.faults)
    say_fault(form.faults, "")
    place = max((each.sort_no for each in by_code.values()), default=0) + 10
    with st.container(horizontal=True):
        arguments = (page, item, place, form, form.operation, fields)
        st.button("保存清单条目", type="primary", key=form.key("save"), on_click=_save, args=arguments)
        if item:
            st.button(
                "移除这一条", key=form.key("drop"), on_click=_drop, args=(page, item, form, form.operation)
            )


def _save(
    page: Context,
    item: ChecklistItem | None,
    place: int,
    form: DeskForm,
    operation: str,
    fields: FieldSet,
) -> None:
    def step() -> ChecklistItem:
        area = Area.parse(fields.text("area")) or Area.DUTY
        points = fields.count("points") or 0
        blank = ChecklistItem("", area, "", 0, place)
        wanted = replace(item or blank, area=area, content=fields.text("content"), points=points)
        return keep_item(page.store, page.actor, wanted, form.press, now=page.now)

    carry_out(form, operation, step, lambda _: "清单已保存。")


def _drop(page: Context, item: ChecklistItem, form: DeskForm, operation: str) -> None:
    carry_out(
        form,
        operation,
        lambda: keep_item(page.store, page.actor, replace(item, kept=False), form.press, now=page.now),
        lambda _: "已移除这一条，原来的填报仍保留。",
    )
