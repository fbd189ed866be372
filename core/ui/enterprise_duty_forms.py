"""Forms of one enterprise: note what it did, take back what was noted by mistake, record a visit."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from core.auth import Permission, may
from core.domain.enterprises import NINE, SIX, Done, Duty, Enterprise, SpotCheck, Visit
from core.domain.register_files import days_told
from core.services.enterprise_stories import EnterpriseStory
from core.services.registering import mark_duties, record_spot_check, remove_duties
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.sittings import Sitting, carry_out, day_in, say_other_faults, sitting

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def draw_marking(page: Context, story: EnterpriseStory, last_day: date) -> None:
    """Draw the forms that note what the enterprise did, and that take back what was noted by mistake."""
    each = story.enterprise
    if may(page.actor, Permission.ENTER, each.locality):
        _draw_duties(page, each, last_day)
        if each.insurable or story.insurance:
            _draw_insurance(page, each, last_day)
    if may(page.actor, Permission.CORRECT, each.locality):
        _draw_removal(page, story)


def _draw_duties(page: Context, each: Enterprise, last_day: date) -> None:
    held = sitting(f"duties:{each.code}")
    day = Field("on", "完成日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True)
    fields = FieldSet(held.prefix, [day])
    with st.expander("登记完成情况", icon=":material/check:", expanded=bool(held.faults)):
        labels = {duty.value: duty.label for duty in (*NINE, *(once.duty for once in SIX))}
        _pick("完成事项（可多选）", labels, fields.key("duties"))
        draw_fields(fields, held.faults)
        say_other_faults(held, fields)
        arguments = (page, held, fields, each.code, held.operation, last_day)
        st.button("登记完成", type="primary", on_click=_mark, args=arguments, key=fields.key("save"))


def _pick(label: str, labels: Mapping[str, str], key: str) -> None:
    st.multiselect(label, list(labels), format_func=lambda code: labels[code], placeholder="请选择", key=key)


def _mark(page: Context, held: Sitting, fields: FieldSet, code: str, operation: str, last_day: date) -> None:
    def act() -> str:
        on = day_in(fields, "on")
        done = [Done(Duty.of(each), on) for each in st.session_state.get(fields.key("duties"), [])]
        return _said(_marked(page, code, done, operation, last_day))

    carry_out(held, act)


def _marked(page: Context, code: str, done: Sequence[Done], operation: str, last_day: date) -> int:
    return mark_duties(page.store, page.actor, code, done, operation, today=last_day, now=page.now)


def _said(count: int) -> str:
    return f"已登记 {count} 项。" if count else "所选事项在这一天已经登记过，没有重复保存。"


def _draw_insurance(page: Context, each: Enterprise, last_day: date) -> None:
    held = sitting(f"insurance:{each.code}")
    fields = FieldSet(
        held.prefix,
        [
            Field("on", "保险起期", Kind.DAY, None, within=(_EARLIEST, last_day), needed=True),
            Field("until", "保险止期", Kind.DAY, None, within=(_EARLIEST, _LATEST), needed=True),
        ],
    )
    with st.expander("登记安责险", icon=":material/shield:", expanded=bool(held.faults)):
        draw_fields(fields, held.faults)
        say_other_faults(held, fields)
        arguments = (page, held, fields, each.code, held.operation, last_day)
        st.button("登记投保", on_click=_insure, args=arguments, key=fields.key("save"))


def _insure(
    page: Context, held: Sitting, fields: FieldSet, code: str, operation: str, last_day: date
) -> None:
    def act() -> str:
        policy = Done(Duty.INSURANCE, day_in(fields, "on"), day_in(fields, "until"))
        return _said(_marked(page, code, [policy], operation, last_day))

    carry_out(held, act)


def _draw_removal(page: Context, story: EnterpriseStory) -> None:
    done = {
        f"{each.duty.label} {days_told([each], each.duty)}": each
        for standing in (*story.nine, *story.six)
        for day in (*standing.earlier, *standing.days)
        for each in [Done(standing.duty, day)]
    }
    done |= {f"{each.duty.label} {days_told([each], each.duty)}": each for each in story.insurance}
    if not done:
        return
    code = story.enterprise.code
    held = sitting(f"undo:{code}")
    fields = FieldSet(held.prefix, [Field("reason", "取消原因", needed=True, wide=True)])
    with st.expander("取消误登", icon=":material/undo:", expanded=bool(held.faults)):
        _pick("误登的事项", {label: label for label in done}, fields.key("done"))
        say_fault(held.faults, "done")
        draw_fields(fields, held.faults)
        arguments = (page, held, fields, code, done)
        st.button("取消登记", on_click=_remove, args=arguments, key=fields.key("save"))


def _remove(page: Context, held: Sitting, fields: FieldSet, code: str, done: Mapping[str, Done]) -> None:
    def act() -> str:
        chosen = [done[label] for label in st.session_state.get(fields.key("done"), []) if label in done]
        reason = fields.text("reason")
        count = remove_duties(page.store, page.actor, code, chosen, reason, now=page.now)
        return f"已取消 {count} 项登记。"

    carry_out(held, act)


# What a visit found -----------------------------------------------------------------------------------------


def draw_spot_check(page: Context, each: Enterprise, last_day: date) -> None:
    """Draw the form of a visit: which of the nine ones were found true, and which not."""
    if not may(page.actor, Permission.ENTER, each.locality):
        return
    held = sitting(f"check:{each.code}")
    visits = {visit.label: visit.value for visit in Visit}
    fields = FieldSet(
        held.prefix,
        [
            Field("visit", "检查方式", Kind.CHOICE, Visit.INSPECTION.value, choices=visits, needed=True),
            Field("checked_on", "检查日期", Kind.DAY, last_day, within=(_EARLIEST, last_day), needed=True),
            Field("checked_by", "检查人（单位或姓名）", start=page.actor.name, needed=True),
            Field("note", "备注", Kind.LONG, wide=True),
        ],
    )
    labels = {duty.value: duty.label for duty in NINE}
    with st.expander("登记四个必查", icon=":material/fact_check:", expanded=bool(held.faults)):
        for name, label in (("found_true", "查实已落实"), ("found_false", "查实未落实")):
            _pick(label, labels, fields.key(name))
            say_fault(held.faults, name)
        draw_fields(fields, held.faults)
        arguments = (page, held, fields, each.code, held.operation, last_day)
        st.button("登记检查", on_click=_check, args=arguments, key=fields.key("save"))


def _check(page: Context, held: Sitting, fields: FieldSet, code: str, operation: str, last_day: date) -> None:
    def found(name: str) -> tuple[Duty, ...]:
        chosen = st.session_state.get(fields.key(name), [])
        return tuple(duty for duty in NINE if duty.value in chosen)

    def act() -> str:
        check = SpotCheck(
            code,
            day_in(fields, "checked_on"),
            Visit.of(fields.text("visit") or Visit.INSPECTION),
            fields.text("checked_by"),
            found("found_true"),
            found("found_false"),
            fields.text("note"),
        )
        kept = record_spot_check(page.store, page.actor, check, operation, today=last_day, now=page.now)
        return f"已登记{kept.visit.label}。"

    carry_out(held, act)
