"""How the office sets reminders: what is kept, what is shown of it, and what the journal never holds."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from core.domain.addresses import Address, Channel, MailServer
from core.errors import ConflictError, InputError, NotFoundError
from core.services.journalling import read_journal
from core.services.reminder_settings import (
    keep_address,
    mail_server,
    mail_server_of,
    reminder_addresses,
    reminder_rules,
    remove_address,
    set_mail_server,
    set_reminder_rules,
)
from core.services.verifying import verify
from core.store.engine import Store
from core.store.reminder_addresses import list_addresses
from tests.city_examples import ADMIN, NOW, OFFICE, journal
from tests.reminder_examples import RULES, add_address, switch_on

SECRET = "SEC-0123456789"
ROBOT = Address(
    "钉钉群", Channel.DINGTALK, "https://robot.example.cn/send?access_token=0123456789abcdef", SECRET
)
SERVER = MailServer("smtp.example.cn", username="awb", password="PASS-9876", sender="awb@example.cn")


def held(store: Store) -> Address:
    """The one address as the store knows it, its secret too."""
    with store.reading() as reader:
        return list_addresses(reader)[0]


def test_rules_are_off_until_set_and_a_change_says_before_and_after(town: Store) -> None:
    assert reminder_rules(town, OFFICE).sending is False
    switch_on(town)
    assert reminder_rules(town, OFFICE).sending is True
    line = read_journal(town, OFFICE)[0][0]
    assert line.action == "调整提醒设置"
    assert "自动发送：否 → 是" in line.content
    switch_on(town)
    assert [each.action for each in journal(town)].count("reminder.rules") == 1


def test_rules_that_cannot_be_are_refused_and_nothing_is_kept(town: Store) -> None:
    with pytest.raises(InputError):
        set_reminder_rules(town, OFFICE, {**RULES, "last_days": "99"}, now=NOW)
    assert reminder_rules(town, OFFICE).sending is False


def test_an_address_is_kept_whole_and_shown_without_its_secret(city: Store) -> None:
    keep_address(city, OFFICE, ROBOT, now=NOW)
    assert (held(city).target, held(city).secret) == (ROBOT.target, SECRET)
    shown = reminder_addresses(city, OFFICE)[0]
    assert (shown.secret, shown.shown) == ("", "robot.example.cn …cdef")


def test_neither_the_journal_nor_any_version_holds_an_address_or_a_secret(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    keep_address(town, OFFICE, replace(reminder_addresses(town, OFFICE)[0], name="改名"), now=NOW)
    set_mail_server(town, OFFICE, SERVER, now=NOW)
    set_mail_server(town, OFFICE, replace(SERVER, port=587), now=NOW)
    remove_address(town, OFFICE, 1, reminder_addresses(town, OFFICE)[0].seen, now=NOW)
    written = "".join(rows(town, name) for name in ("change", "remind_address", "setting_version"))
    told, kept = f"{read_journal(town, OFFICE)}", rows(town, "remind_secret")
    for hidden in (SECRET, "0123456789abc", "PASS-9876"):
        assert hidden not in written + told
    assert "robot.example.cn …cdef" in told
    assert "名称：钉钉群 → 改名" in told
    assert ("PASS-9876" in kept, SECRET in kept, "0123456789abc" in kept) == (True, False, False)


def rows(store: Store, table: str) -> str:
    """Everything in a table, as text."""
    with store.reading() as reader:
        return f"{reader.session.execute(select(text('*')).select_from(text(table))).all()}"


def test_what_is_left_empty_stays_as_it_was(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    shown = reminder_addresses(town, OFFICE)[0]
    keep_address(town, OFFICE, replace(shown, name="新名", target=""), now=NOW)
    assert (held(town).name, held(town).target, held(town).secret) == ("新名", ROBOT.target, SECRET)


def test_a_new_target_does_not_get_the_old_ones_secret(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    shown = reminder_addresses(town, OFFICE)[0]
    keep_address(town, OFFICE, replace(shown, target="https://other.example.cn/x"), now=NOW)
    assert held(town).secret == ""


def test_whoever_comes_second_is_told_and_nothing_is_overwritten(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    shown = reminder_addresses(town, OFFICE)[0]
    keep_address(town, OFFICE, replace(shown, name="甲"), now=NOW)
    with pytest.raises(ConflictError, match="“甲”已被他人修改"):
        keep_address(town, OFFICE, replace(shown, name="乙"), now=NOW)
    with pytest.raises(ConflictError):
        remove_address(town, OFFICE, shown.address_id, shown.seen, now=NOW)
    remove_address(town, OFFICE, shown.address_id, held(town).seen, now=NOW)
    with pytest.raises(NotFoundError):
        keep_address(town, OFFICE, replace(shown, name="丙"), now=NOW)
    assert reminder_addresses(town, OFFICE) == []


def test_a_channel_stays_and_an_id_is_never_used_again(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    shown = reminder_addresses(town, OFFICE)[0]
    with pytest.raises(InputError, match="渠道不能更改"):
        keep_address(town, OFFICE, replace(shown, channel=Channel.FEISHU), now=NOW)
    remove_address(town, OFFICE, shown.address_id, shown.seen, now=NOW)
    assert add_address(town).address_id == shown.address_id + 1


def test_an_address_of_a_unit_that_is_not_there_is_refused(town: Store) -> None:
    with pytest.raises(InputError, match="没有编码为“X9”的单位"):
        keep_address(town, OFFICE, replace(ROBOT, units=("C1", "X9")), now=NOW)
    assert reminder_addresses(town, OFFICE) == []


def test_the_mail_servers_password_is_kept_for_the_same_account_only(town: Store) -> None:
    set_mail_server(town, OFFICE, SERVER, now=NOW)
    assert mail_server(town, OFFICE) == replace(SERVER, password="")
    set_mail_server(town, OFFICE, replace(SERVER, password="", port=587), now=NOW)
    with town.reading() as reader:
        assert (mail_server_of(reader).password, mail_server_of(reader).port) == ("PASS-9876", 587)
    set_mail_server(town, OFFICE, replace(SERVER, password="", host="evil.example.cn"), now=NOW)
    with town.reading() as reader:
        assert mail_server_of(reader).password == ""


def test_addresses_come_under_the_check_of_integrity(town: Store) -> None:
    keep_address(town, OFFICE, ROBOT, now=NOW)
    shown = reminder_addresses(town, OFFICE)[0]
    keep_address(town, OFFICE, replace(shown, name="甲"), now=NOW)
    assert verify(town, ADMIN) == []
    with town.unit_of_work("测试", NOW) as work:
        work.session.execute(text("update remind_address set ended_by = null"))
        work.session.commit()
    assert any("提醒地址" in each for each in verify(town, ADMIN))
