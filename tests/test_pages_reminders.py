"""督办 · 提醒: what the office is offered there, and what a press leaves behind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import pages.supervision
from core.auth import OPERATOR, Actor, Role
from core.config import LOCAL_ZONE
from core.services.reminder_settings import reminder_addresses, reminder_rules
from core.services.reminding import digests_to_copy, reminder_messages
from core.store.engine import Store
from tests.city_examples import TODAY, journal
from tests.page_examples import open_page, texts
from tests.page_runs import edge_of, page_run
from tests.receivers import webhook
from tests.reminder_examples import add_address, switch_on

OFFICE = Actor("office", "周明远", Role.OFFICE, "T00")
MORNING = datetime(2025, 6, 19, 10, tzinfo=LOCAL_ZONE)
WEBHOOK = "https://robot.example.cn/send?key=0123456789-0123456789-abcd"


def open_desk(store: Store, address: Mapping[str, str] | None = None, now: datetime = MORNING) -> AppTest:
    """The desk as the office sees it, at a moment of the test's own."""
    page = page_run(pages.supervision, edge_of(store, OFFICE, now))
    for key, value in {"view": "reminders", **(address or {})}.items():
        page.query_params[key] = value
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(each for each in page.button if each.label == label).click().run()


def field(page: AppTest, label: str) -> Any:
    inputs = (*page.text_input, *page.selectbox, *page.checkbox, *page.multiselect)
    return next(each for each in inputs if each.label.startswith(label))


def test_what_was_forwarded_leaves_the_desk_and_stands_among_the_messages(demonstration: Store) -> None:
    before = digests_to_copy(demonstration, OPERATOR, TODAY)
    page = press(open_desk(demonstration), "标为已转发")
    assert f"{before[0].name}的 {len(before[0].things)} 项已标为转发" in "".join(
        e.value for e in page.success
    )
    assert digests_to_copy(demonstration, OPERATOR, TODAY) == before[1:]
    assert "已转发" in texts(page)


@pytest.mark.parametrize("role", ["committee", "locality", "department", "leader"])
def test_nobody_but_the_office_is_offered_reminders(demonstration_url: str, role: str) -> None:
    page = open_page(demonstration_url, "supervision", role, {"view": "reminders"})
    assert not page.exception
    assert "待提醒" not in texts(page)
    assert not {"发送", "标为已转发", "保存规则"} & {each.label for each in page.button}


def test_before_it_is_switched_on_there_is_only_text_to_copy(demonstration: Store) -> None:
    page = open_desk(demonstration)
    assert "尚未开启自动发送" in texts(page)
    assert next(each for each in page.button if each.label == "发送").disabled


def test_a_trial_shows_what_would_go_out_and_sending_it_does(demonstration: Store) -> None:
    with webhook() as robot:
        switch_on(demonstration)
        add_address(demonstration, "消防群", "C06", target=f"{robot.url}/x")
        page = open_desk(demonstration)
        page.toggle(key="reminder_trial").set_value(True).run()
        assert "消防群" in texts(page)
        assert robot.got == []
        shown = page.text[0].value
        page = press(page, "发送")
        assert "发送 1 条，待发 0 条" in "".join(each.value for each in page.success)
        page = press(page, "发送")
    assert [each.replace("（第1号）", "") for each in robot.texts] == [shown]
    assert "没有将要发送的提醒" in texts(page)


def test_the_office_sees_who_was_not_reached_and_why(demonstration: Store) -> None:
    with webhook() as robot:
        robot.says({"errcode": 93000})
        switch_on(demonstration)
        add_address(demonstration, "消防群", "C06", target=f"{robot.url}/x")
        page = press(open_desk(demonstration), "发送")
    said = "127.0.0.1 拒收，错误码 93000（机器人地址无效或已被移除）。"
    assert f"消防群：{said}".replace(".", "\\.") in "".join(each.value for each in page.warning)
    assert f"已试 1 次：{said}" in texts(page)
    assert reminder_messages(demonstration, OPERATOR)[0][1].last_error == said


def test_in_quiet_hours_the_button_rests_and_the_page_says_why(demonstration: Store) -> None:
    switch_on(demonstration, quiet_from=20, quiet_until=8)
    add_address(demonstration, "消防群", "C06")
    page = open_desk(demonstration, now=MORNING.replace(hour=21))
    assert "免打扰时段（20时至8时）" in texts(page)
    assert next(each for each in page.button if each.label == "发送").disabled


def test_rules_are_set_there_and_a_fault_keeps_what_was_typed(demonstration: Store) -> None:
    page = open_desk(demonstration)
    field(page, "“期限将至”").set_value("99")
    field(page, "开启自动发送").set_value(True)
    page = press(page, "保存规则")
    assert "“期限将至”的天数应为 0 至 30 的整数" in texts(page)
    assert (field(page, "“期限将至”").value, field(page, "开启自动发送").value) == ("99", True)
    field(page, "“期限将至”").set_value("5")
    press(page, "保存规则")
    rules = reminder_rules(demonstration, OPERATOR)
    assert (rules.sending, rules.wanted.last_days) == (True, 5)


def test_an_address_is_set_changed_and_removed_and_never_shown_again(demonstration: Store) -> None:
    page = open_desk(demonstration)
    field(page, "名称").set_value("消防<b>群")
    field(page, "群机器人").set_value("qyapi")
    page = press(page, "保存地址")
    assert "请选择渠道" in texts(page)
    assert field(page, "群机器人").value == "qyapi"
    field(page, "渠道").set_value("wecom")
    page = press(page, "保存地址")
    assert "地址须以 https:// 或 http:// 开头" in texts(page)
    field(page, "群机器人").set_value(WEBHOOK)
    field(page, "单位").set_value(["C06"])
    page = press(page, "保存地址")
    assert not page.exception
    held = reminder_addresses(demonstration, OPERATOR)[0]
    assert (held.name, held.target, held.units) == ("消防<b>群", WEBHOOK, ("C06",))
    assert WEBHOOK not in f"{texts(page)}{page.session_state}{journal(demonstration)}"
    assert "消防&lt;b&gt;群" in texts(page)
    page.selectbox(key="reminder_address").set_value(held.address_id).run()
    field(page, "启用").set_value(False)
    page = press(page, "保存地址")
    changed = reminder_addresses(demonstration, OPERATOR)[0]
    assert (changed.active, changed.target) == (False, WEBHOOK)
    page = press(page, "移除地址")
    assert reminder_addresses(demonstration, OPERATOR) == []
    assert not page.exception


def test_a_mail_server_without_a_sender_is_refused_and_the_password_is_not_shown_again(
    demonstration: Store,
) -> None:
    page = open_desk(demonstration)
    field(page, "邮件服务器").set_value("smtp.example.cn")
    field(page, "登录密码").set_value("PASS-9876")
    page = press(page, "保存邮件服务器")
    assert "请填写完整的电子邮件地址" in texts(page)
    field(page, "发件地址").set_value("awb@example.cn")
    page = press(page, "保存邮件服务器")
    assert field(page, "邮件服务器").value == "smtp.example.cn"
    assert field(page, "登录密码").value == ""


def test_on_a_past_day_nothing_is_reminded_of(demonstration: Store) -> None:
    page = open_desk(demonstration, {"as_of": "2025-04-20"})
    assert "正在查看过去的日期" in texts(page)
    assert "标为已转发" not in [each.label for each in page.button]
