"""Mail against a server on this machine: taken, refused, broken off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from core.channels import mail
from core.channels.errors import UndeliveredError
from core.channels.sending import Letter, deliver
from core.domain.addresses import Address, Channel, MailServer, Security
from tests.receivers import Mailbox, mailbox

NOW = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)
TO = Address("值班邮箱", Channel.MAIL, "duty@example.cn")
LETTER = Letter("reminder-7-1", "安全生产责任落实提醒", "消防专委会：\n.一行以点开头\n还差 1 次。")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as box:
        yield box


def server(box: Mailbox) -> MailServer:
    return MailServer("127.0.0.1", box.port, Security.NONE, sender="awb@example.cn")


def refusal(to: MailServer) -> str:
    with pytest.raises(UndeliveredError) as refused:
        deliver(TO, LETTER, to, NOW)
    return str(refused.value)


def test_a_mail_arrives_with_its_words_and_an_id_that_stays_the_same(box: Mailbox) -> None:
    for _ in range(2):
        deliver(TO, LETTER, server(box), NOW)
    first, second = (message_from_bytes(each, policy=policy.default) for each in box.got)
    assert (first["Subject"], first["To"], first["From"]) == (
        LETTER.subject,
        "duty@example.cn",
        "awb@example.cn",
    )
    assert first["Message-ID"] == second["Message-ID"] == "<reminder-7-1@anze-board>"
    assert first.get_content().strip() == LETTER.text


@pytest.mark.parametrize(
    ("refuses", "said"),
    [("RCPT", "不接受收件地址"), ("MAIL", "不接受发件地址"), ("DATA", "没有接收这封邮件")],
)
def test_a_refusal_is_said_in_chinese(box: Mailbox, refuses: str, said: str) -> None:
    box.refuses = refuses
    assert said in refusal(server(box))


def test_a_server_that_breaks_off_or_is_not_there_is_said_to_be(box: Mailbox) -> None:
    box.breaks = True
    assert "中断了连接" in refusal(server(box))
    assert "无法连接" in refusal(replace(server(box), port=1))


def test_a_server_that_cannot_do_what_is_asked_gets_no_password(box: Mailbox) -> None:
    asking = replace(server(box), username="awb", password="SECRET")
    assert "不支持" in refusal(asking)
    assert "不支持" in refusal(replace(asking, security=Security.STARTTLS))
    assert box.got == []


def test_a_plain_server_is_not_taken_for_an_encrypted_one(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PATIENCE_SECONDS", 1.0)
    refusal(replace(server(box), security=Security.TLS))
    assert box.got == []


def test_without_a_server_the_sentence_says_so() -> None:
    assert refusal(MailServer()) == "尚未设置邮件服务器。"
