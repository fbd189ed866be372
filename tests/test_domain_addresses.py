"""Addresses of reminders: what can be written to, and how little of it is shown."""

from dataclasses import replace

import pytest

from core.domain.addresses import Address, Channel, MailServer, check_address, check_mail_server
from core.errors import InputError

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
WECOM = Address("办公室群", Channel.WECOM, f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}")
MAIL = Address("值班邮箱", Channel.MAIL, "awb@taian.example.cn")
SERVER = MailServer("smtp.example.cn", 465, sender="awb@example.cn")


def test_addresses_as_offices_have_them_are_taken() -> None:
    for address in (
        WECOM,
        MAIL,
        replace(
            WECOM,
            channel=Channel.DINGTALK,
            target="http://10.1.2.3:8080/robot/send?access_token=x",
            secret="SECx",
        ),
        replace(WECOM, channel=Channel.FEISHU, target="https://open.feishu.cn/open-apis/bot/v2/hook/xxx"),
    ):
        check_address(address)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "qyapi.weixin.qq.com/x",
        "ftp://x.cn/a",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://u:p@x.cn/a",
        "https://x.cn/a b",
        "https://x.cn/汉字",
        "https://x.cn:0/a",
        "https://x.cn:99999/a",
        "https://[::1/a",
        "https://x.cn/\r\nHost: y",
        "javascript:alert(1)",
        "https://x.cn/" + "a" * 500,
    ],
)
def test_what_is_no_webhook_is_refused(target: str) -> None:
    with pytest.raises(InputError) as refused:
        check_address(replace(WECOM, target=target))
    assert refused.value.field == "target"


@pytest.mark.parametrize(
    "target", ["", "a", "a@b", "a b@x.cn", "a@x.cn,b@x.cn", "a@x.cn\nBcc: b@x.cn", "<a@x.cn>", "甲@x.cn"]
)
def test_what_is_no_mail_address_is_refused(target: str) -> None:
    with pytest.raises(InputError) as refused:
        check_address(replace(MAIL, target=target))
    assert refused.value.field == "target"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "长" * 51), ("secret", "有 空格"), ("secret", "密钥")]
)
def test_a_name_is_needed_and_a_secret_is_plain(field: str, value: str) -> None:
    with pytest.raises(InputError) as refused:
        check_address(replace(WECOM, **{field: value}))
    assert refused.value.field == field


def test_of_a_webhook_only_its_host_and_end_are_shown() -> None:
    assert WECOM.shown == "qyapi.weixin.qq.com …5aaa"
    assert KEY[:-4] not in WECOM.shown
    assert replace(WECOM, target="https://x.cn/abc").shown == "x.cn …"
    assert MAIL.shown == MAIL.target


def test_no_units_means_all() -> None:
    assert WECOM.concerns("C1")
    assert [replace(WECOM, units=("C1",)).concerns(unit) for unit in ("C1", "C2")] == [True, False]


def test_a_mail_server_needs_a_host_a_port_and_a_sender() -> None:
    check_mail_server(SERVER)
    check_mail_server(MailServer())
    for field, value in (("host", "http://x"), ("port", 0), ("port", 70_000), ("sender", "x")):
        with pytest.raises(InputError) as refused:
            check_mail_server(replace(SERVER, **{field: value}))  # type: ignore[arg-type]
        assert refused.value.field == field
