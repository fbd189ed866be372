"""Forms of staff on the ground: count a town's people or the inspectors, add a town, change one."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from core.auth import Permission, may
from core.domain.staffing import Inspectors, Town, TownStaff
from core.errors import InputError
from core.services.staffing import StaffingBoard, WantedTown, count_inspectors, count_town, keep_town
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields
from core.ui.sittings import Sitting, carry_out, day_in, say_other_faults, sitting

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def draw_staffing_forms(page: Context, board: StaffingBoard, last_day: date) -> None:
    """Draw the forms for the localities that the person may enter for."""
    own = {u.name: u.code for u in board.localities if may(page.actor, Permission.ENTER, u.code)}
    if not own:
        return
    towns = {
        f"{name} {line.town.name}" if len(own) > 1 else line.town.name: line.town
        for name, code in own.items()
        for line in board.towns
        if line.town.locality == code
    }
    if towns:
        _draw_count(page, towns, last_day)
    _draw_inspectors(page, own, last_day)
    _draw_town(page, own)
    if towns:
        _draw_change(page, towns)


def _draw_count(page: Context, towns: Mapping[str, Town], last_day: date) -> None:
    held = sitting("town_staff")
    choices = {name: town.code for name, town in towns.items()}
    fields = FieldSet(
        held.prefix,
        [
            Field("town", "乡镇（街道）", Kind.CHOICE, None, choices=choices, needed=True),
            Field("counted_on", "统计日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True),
            Field("staff", "在编监管人数", Kind.COUNT, needed=True),
            Field("note", "备注"),
        ],
    )
    _form(held, "登记乡镇（街道）在编人数", fields, partial(_count, page, fields, last_day))


def _form(held: Sitting, title: str, fields: FieldSet, act: Any) -> None:
    with st.expander(title, icon=":material/edit_note:", expanded=bool(held.faults)):
        draw_fields(fields, held.faults)
        say_other_faults(held, fields)
        arguments = (held, act, held.operation)
        st.button("保存", on_click=_press, args=arguments, key=fields.key("save"))


def _press(held: Sitting, act: Any, operation: str) -> None:
    carry_out(held, lambda: str(act(operation)))


def _number(fields: FieldSet, name: str) -> int:
    number = fields.count(name)
    if number is None:
        raise InputError("请填写人数。", name)
    return number


def _count(page: Context, fields: FieldSet, last_day: date, operation: str) -> str:
    if not fields.text("town"):
        raise InputError("请选择乡镇（街道）。", "town")
    count = TownStaff(
        fields.text("town"), day_in(fields, "counted_on"), _number(fields, "staff"), fields.text("note")
    )
    kept = count_town(page.store, page.actor, count, operation, today=last_day, now=page.now)
    return f"已登记在编 {kept.staff} 人（{kept.counted_on}）。"


def _draw_inspectors(page: Context, own: Mapping[str, str], last_day: date) -> None:
    held = sitting("inspectors")
    first = next(iter(own.values())) if len(own) == 1 else None
    fields = FieldSet(
        held.prefix,
        [
            Field("locality", "属地", Kind.CHOICE, first, choices=own, needed=True),
            Field("counted_on", "统计日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True),
            Field("full_time", "专职人数", Kind.COUNT, needed=True),
            Field("part_time", "兼职人数", Kind.COUNT, needed=True),
        ],
    )
    _form(held, "登记技术检查员", fields, partial(_count_inspectors, page, fields, last_day))


def _count_inspectors(page: Context, fields: FieldSet, last_day: date, operation: str) -> str:
    if not fields.text("locality"):
        raise InputError("请选择属地。", "locality")
    numbers = (_number(fields, "full_time"), _number(fields, "part_time"))
    count = Inspectors(fields.text("locality"), day_in(fields, "counted_on"), *numbers)
    kept = count_inspectors(page.store, page.actor, count, operation, today=last_day, now=page.now)
    return f"已登记技术检查员：专职 {kept.full_time} 人，兼职 {kept.part_time} 人。"


def _draw_town(page: Context, own: Mapping[str, str]) -> None:
    held = sitting("town")
    first = next(iter(own.values())) if len(own) == 1 else None
    fields = FieldSet(
        held.prefix,
        [
            Field("locality", "属地", Kind.CHOICE, first, choices=own, needed=True),
            Field("name", "名称", needed=True),
            Field("heavy_duty", "监管任务重（应配 5 人）", Kind.TICK, start=False),
        ],
    )
    _form(held, "新增乡镇（街道）", fields, partial(_keep_town, page, fields))


def _keep_town(page: Context, fields: FieldSet, operation: str) -> str:
    if not fields.text("locality"):
        raise InputError("请选择属地。", "locality")
    town = Town("", fields.text("locality"), fields.text("name"), bool(fields.value("heavy_duty")))
    kept = keep_town(page.store, page.actor, WantedTown(town, operation), now=page.now)
    return f"已登记{kept.name}，应配 {kept.required} 人。"


def _draw_change(page: Context, towns: Mapping[str, Town]) -> None:
    held = sitting("town_change")
    choices = {name: town.code for name, town in towns.items()}
    marks = {"监管任务重（5 人）": "1", "一般（3 人）": "0"}
    fields = FieldSet(
        held.prefix,
        [
            Field("town", "乡镇（街道）", Kind.CHOICE, None, choices=choices, needed=True),
            Field("heavy_duty", "应配人数", Kind.CHOICE, None, choices=marks),
            Field("name", "新名称（不改名则不填）"),
            Field("active_until", "撤销日期（未撤销则不填）", Kind.DAY, None, within=(_EARLIEST, _LATEST)),
        ],
    )
    known = {town.code: town for town in towns.values()}
    _form(held, "调整乡镇（街道）", fields, partial(_change_town, page, fields, known))


def _change_town(page: Context, fields: FieldSet, known: Mapping[str, Town], operation: str) -> str:
    before = known.get(fields.text("town"))
    if before is None:
        raise InputError("请选择乡镇（街道）。", "town")
    mark, until = fields.value("heavy_duty"), fields.value("active_until")
    town = Town(
        before.code,
        before.locality,
        fields.text("name") or before.name,
        before.heavy_duty if mark is None else mark == "1",
        before.active_from,
        until if isinstance(until, date) else before.active_until,
    )
    kept = keep_town(page.store, page.actor, WantedTown(town, operation, before), now=page.now)
    return f"已调整{kept.name}，应配 {kept.required} 人。"
