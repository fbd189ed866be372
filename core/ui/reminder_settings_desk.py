"""提醒设置: when reminders go out, to which addresses, over which mail server; each keeps what was typed."""

from collections.abc import Callable, Sequence

import streamlit as st

from core.domain.addresses import SIGNED, Address, Channel, MailServer, Security
from core.domain.reminders import Level
from core.errors import InputError, SupervisionError
from core.services.hazards import every_unit
from core.services.reminder_settings import (
    keep_address,
    mail_server,
    reminder_addresses,
    reminder_rules,
    remove_address,
    set_mail_server,
    set_reminder_rules,
)
from core.ui.attempts import Attempt, faults_by_field
from core.ui.context import Context
from core.ui.fields import Field, FieldSet, Kind, draw_fields, say_fault
from core.ui.frame import section_head
from core.ui.reading import read_steady
from core.ui.reminder_markup import addresses_markup
from core.ui.saying import say_once

_SAID = "reminder_settings_said"


def draw_reminder_settings(page: Context) -> None:
    """Draw the three forms, folded."""
    section_head("提醒设置", "办公室设定")
    say_once(st.session_state.pop(_SAID, ""))
    _draw_rules(page)
    _draw_addresses(page)
    _draw_mail(page)


def _state(name: str) -> Attempt:
    state: Attempt = st.session_state.setdefault(f"reminder_{name}", Attempt(f"reminder:{name}"))
    return state


def _save(state: Attempt, act: Callable[[], str]) -> None:
    """Do it, and say so; a refusal stands beside its field and what was typed stays."""
    try:
        said = act()
    except SupervisionError as error:
        state.faults = faults_by_field(error)
    else:
        state.faults = {}
        state.drawing += 1
        st.session_state[_SAID] = said


# When ------------------------------------------------------------------------------------------------------


def _draw_rules(page: Context) -> None:
    rules, state = reminder_rules(page.store, page.actor), _state("rules")
    fields = FieldSet(
        f"reminder_rules:{state.drawing}",
        [
            Field("sending", "开启自动发送", Kind.TICK, rules.sending, wide=True),
            Field(
                "last_days", "“期限将至”指剩余几天以内", Kind.COUNT, str(rules.wanted.last_days), wide=True
            ),
            Field("quiet_from", "免打扰自（时）", Kind.COUNT, str(rules.quiet_from)),
            Field("quiet_until", "免打扰至（时）", Kind.COUNT, str(rules.quiet_until)),
            Field("working_days", "只在工作日发送", Kind.TICK, rules.working_days),
            Field("key_periods", "重点时段内休息日照常发送", Kind.TICK, rules.key_periods),
        ],
    )
    with st.expander("发送规则", icon=":material/schedule:", expanded=bool(state.faults)):
        st.caption(
            "开启后，定时任务和“发送”按钮才会向下面的地址发送；免打扰时段和休息日的提醒顺延，不会丢失。"
        )
        st.multiselect(
            "提醒类别",
            list(Level),
            default=[level for level in Level if level in rules.wanted.levels],
            format_func=lambda level: Level.of(level).label,
            placeholder="请选择",
            key=fields.key("levels"),
        )
        say_fault(state.faults, "levels")
        draw_fields(fields, state.faults)
        say_fault(state.faults, "")
        st.button("保存规则", on_click=_set_rules, args=(page, fields, state), key=fields.key("save"))


def _set_rules(page: Context, fields: FieldSet, state: Attempt) -> None:
    told = {each.name: fields.value(each.name) for each in fields.fields}
    told["levels"] = st.session_state.get(fields.key("levels"), [])

    def act() -> str:
        set_reminder_rules(page.store, page.actor, told, now=page.now)
        return "发送规则已保存。"

    _save(state, act)


# To whom ---------------------------------------------------------------------------------------------------


def _draw_addresses(page: Context) -> None:
    addresses = reminder_addresses(page.store, page.actor)
    names = {unit.code: unit.name for unit in read_steady(page, every_unit)}
    state = _state("addresses")
    with st.expander("发送地址", icon=":material/alternate_email:", expanded=bool(state.faults)):
        st.caption("群机器人的完整地址和密钥保存后不再显示，也不写入日志。")
        if addresses:
            st.html(addresses_markup(addresses, names))
        by_id = {0: "新增地址"} | {each.address_id: f"修改：{each.name}" for each in addresses}
        chosen = st.selectbox(
            "新增或修改", list(by_id), format_func=lambda number: by_id[number], key="reminder_address"
        )
        held = next((each for each in addresses if each.address_id == chosen), None)
        _draw_address(page, held, names, state)


def _draw_address(page: Context, held: Address | None, names: dict[str, str], state: Attempt) -> None:
    number = held.address_id if held else 0
    fields = FieldSet(f"reminder_address:{number}:{state.drawing}", _address_fields(held))
    draw_fields(fields, state.faults)
    st.multiselect(
        "单位（不选为全部）",
        list(names),
        default=[unit for unit in (held.units if held else ()) if unit in names],
        format_func=lambda code: names[code],
        placeholder="全部单位",
        key=fields.key("units"),
    )
    say_fault(state.faults, "units")
    say_fault(state.faults, "")
    with st.container(horizontal=True):
        st.button("保存地址", on_click=_keep, args=(page, held, fields, state), key=fields.key("save"))
        if held:
            st.button("移除地址", on_click=_remove, args=(page, held, state), key=fields.key("remove"))


def _address_fields(held: Address | None) -> Sequence[Field]:
    choices = {channel.label: channel.value for channel in Channel}
    unchanged = "（留空则不变）" if held else ""
    channel = [] if held else [Field("channel", "渠道", Kind.CHOICE, choices=choices, needed=True)]
    signed = held is None or held.channel in SIGNED
    secret = [Field("secret", f"加签密钥（钉钉、飞书可填）{unchanged}")] if signed else []
    return [
        Field("name", "名称，如：消防专委会工作群", start=held.name if held else "", needed=True),
        *channel,
        Field("target", f"群机器人完整地址或电子邮件{unchanged}", needed=held is None, wide=True),
        *secret,
        Field("active", "启用", Kind.TICK, held.active if held else True),
    ]


def _keep(page: Context, held: Address | None, fields: FieldSet, state: Attempt) -> None:
    def act() -> str:
        channel = held.channel if held else Channel.parse(fields.text("channel"))
        if channel is None:
            raise InputError("请选择渠道。", "channel")
        wanted = Address(
            fields.text("name"),
            channel,
            fields.text("target"),
            fields.text("secret"),
            tuple(st.session_state.get(fields.key("units"), ())),
            bool(fields.value("active")),
            held.address_id if held else 0,
            held.seen if held else 0,
        )
        return f"地址“{keep_address(page.store, page.actor, wanted, now=page.now).name}”已保存。"

    _save(state, act)


def _remove(page: Context, held: Address, state: Attempt) -> None:
    def act() -> str:
        remove_address(page.store, page.actor, held.address_id, held.seen, now=page.now)
        return f"地址“{held.name}”已移除。"

    _save(state, act)


# Over which mail server ------------------------------------------------------------------------------------


def _draw_mail(page: Context) -> None:
    held, state = mail_server(page.store, page.actor), _state("mail")
    fields = FieldSet(
        f"reminder_mail:{state.drawing}",
        [
            Field("host", "邮件服务器（留空为不用邮件）", start=held.host),
            Field("port", "端口", Kind.COUNT, str(held.port)),
            Field(
                "security",
                "加密",
                Kind.CHOICE,
                held.security.value,
                {each.label: each.value for each in Security},
            ),
            Field("sender", "发件地址", start=held.sender),
            Field("username", "登录用户名（可不填）", start=held.username),
        ],
    )
    with st.expander("邮件服务器", icon=":material/mail:", expanded=bool(state.faults)):
        draw_fields(fields, state.faults)
        st.text_input(
            "登录密码（留空则不变）", type="password", autocomplete="new-password", key=fields.key("password")
        )
        say_fault(state.faults, "")
        st.button("保存邮件服务器", on_click=_set_mail, args=(page, fields, state), key=fields.key("save"))


def _set_mail(page: Context, fields: FieldSet, state: Attempt) -> None:
    def act() -> str:
        server = MailServer(
            fields.text("host").strip(),
            fields.count("port") or 0,
            Security.parse(fields.text("security")) or Security.TLS,
            fields.text("username").strip(),
            fields.text("password"),
            fields.text("sender").strip(),
        )
        set_mail_server(page.store, page.actor, server, now=page.now)
        return "邮件服务器已保存。"

    _save(state, act)
