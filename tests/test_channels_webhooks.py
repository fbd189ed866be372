"""Webhooks against robots on this machine: taken, refused, silent, broken off, redirected, endless."""

import base64
import hashlib
import hmac
import json
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from core.channels import errors, webhooks
from core.channels.errors import UndeliveredError
from core.channels.webhooks import post
from core.domain.addresses import Address, Channel
from tests.receivers import GOOD, Webhook, webhook

NOW = datetime(2025, 6, 19, 2, 0, tzinfo=UTC)


@pytest.fixture
def robot() -> Iterator[Webhook]:
    with webhook() as robot:
        yield robot


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less than a person would."""
    monkeypatch.setattr(webhooks, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(webhooks, "TOTAL_SECONDS", 0.5)


def address(robot: Webhook, channel: Channel = Channel.WECOM, secret: str = "") -> Address:
    return Address("群", channel, f"{robot.url}/send?key=SECRET-KEY", secret)


def refusal(robot: Webhook, channel: Channel = Channel.WECOM) -> str:
    with pytest.raises(UndeliveredError) as refused:
        post(address(robot, channel), "提醒", NOW)
    return str(refused.value)


@pytest.mark.parametrize(
    ("channel", "message", "answer"),
    [
        (Channel.WECOM, {"msgtype": "text", "text": {"content": "提醒\n一"}}, GOOD),
        (Channel.DINGTALK, {"msgtype": "text", "text": {"content": "提醒\n一"}}, GOOD),
        (Channel.FEISHU, {"msg_type": "text", "content": {"text": "提醒\n一"}}, {"code": 0, "data": {}}),
        (Channel.FEISHU, {"msg_type": "text", "content": {"text": "提醒\n一"}}, {"StatusCode": 0}),
    ],
)
def test_each_channel_is_sent_its_own_form_and_its_own_answer_is_read(
    robot: Webhook, channel: Channel, message: object, answer: object
) -> None:
    robot.says(answer)
    post(address(robot, channel), "提醒\n一", NOW)
    assert robot.got == [message]
    assert robot.paths == ["/send?key=SECRET-KEY"]


def test_a_refusal_inside_a_good_answer_is_a_refusal(robot: Webhook) -> None:
    robot.says({"errcode": 93000, "errmsg": "invalid webhook url"})
    assert refusal(robot) == "127.0.0.1 拒收，错误码 93000（机器人地址无效或已被移除）。"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"ok",
        b"<html>",
        b"{}",
        b"[]",
        b"null",
        b'{"errcode": null}',
        b'{"errcode": "0"}',
        b'{"errcode": false}',
        b"{" * 5_000,
    ],
)
def test_an_answer_that_says_nothing_known_means_that_nothing_was_taken(
    robot: Webhook, answer: bytes
) -> None:
    robot.answer = answer
    assert "127.0.0.1" in refusal(robot)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(robot: Webhook, status: int) -> None:
    robot.status = status
    assert refusal(robot) == f"127.0.0.1 没有接收，返回状态 {status}。"
    assert robot.paths == ["/send?key=SECRET-KEY"]


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_of_the_server_is_a_refusal_whatever_its_text_says(robot: Webhook, status: int) -> None:
    robot.status = status
    assert f"返回状态 {status}" in refusal(robot)


@pytest.mark.usefixtures("hurried")
def test_a_receiver_that_says_nothing_is_given_up(robot: Webhook) -> None:
    robot.way = "hang"
    assert "没有回答" in refusal(robot)


@pytest.mark.usefixtures("hurried")
def test_a_receiver_that_drips_is_cut_off(robot: Webhook) -> None:
    robot.way = "drip"
    begun = time.monotonic()
    assert "127.0.0.1" in refusal(robot)
    assert time.monotonic() - begun < 5


def test_a_receiver_that_breaks_off_is_said_to(robot: Webhook) -> None:
    robot.way = "break"
    assert refusal(robot) == "127.0.0.1 中断了连接。"


def test_nobody_there_and_no_such_host_have_sentences_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = Webhook(url=f"http://127.0.0.1:{free.getsockname()[1]}")
    assert refusal(gone) == "无法连接 127.0.0.1，请检查地址、端口和网络。"

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "create_connection", unknown)
    assert refusal(Webhook(url="http://no-such-host.invalid")) == (
        "找不到服务器 no-such-host.invalid，请检查地址和网络。"
    )


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(robot: Webhook) -> None:
    plain = replace(address(robot), target=robot.url.replace("http:", "https:"))
    with pytest.raises(UndeliveredError):
        post(plain, "提醒", NOW)
    assert robot.got == []


def test_no_sentence_holds_the_address(robot: Webhook) -> None:
    for robot.status, robot.way in ((500, "answer"), (200, "break")):
        assert "SECRET-KEY" not in refusal(robot)
    robot.way = "answer"
    robot.says({"errcode": 1, "errmsg": f"{robot.url}/send?key=SECRET-KEY"})
    assert "SECRET-KEY" not in refusal(robot)


def test_dingtalk_is_signed_in_its_address(robot: Webhook) -> None:
    post(address(robot, Channel.DINGTALK, "SECx"), "提醒", NOW)
    query = parse_qs(urlsplit(robot.paths[0]).query)
    stamp = str(int(NOW.timestamp() * 1000))
    sign = base64.b64encode(hmac.new(b"SECx", f"{stamp}\nSECx".encode(), hashlib.sha256).digest()).decode()
    assert query == {"key": ["SECRET-KEY"], "timestamp": [stamp], "sign": [sign]}


def test_feishu_is_signed_in_its_message(robot: Webhook) -> None:
    robot.says({"code": 0})
    post(address(robot, Channel.FEISHU, "SECx"), "提醒", NOW)
    stamp = str(int(NOW.timestamp()))
    sign = base64.b64encode(hmac.new(f"{stamp}\nSECx".encode(), b"", hashlib.sha256).digest()).decode()
    assert (robot.got[0]["timestamp"], robot.got[0]["sign"]) == (stamp, sign)


def test_a_tag_that_somebody_typed_calls_nobody(robot: Webhook) -> None:
    robot.says({"code": 0})
    post(address(robot, Channel.FEISHU), '<at user_id="all">所有人</at>', NOW)
    assert robot.texts == ['〈at user_id="all">所有人〈/at>']


def test_chinese_goes_out_as_utf_8(robot: Webhook) -> None:
    post(address(robot), "安", NOW)
    assert json.dumps(robot.got[0], ensure_ascii=False).encode().count("安".encode()) == 1


def test_every_failure_has_a_sentence() -> None:
    assert errors.sentence_of(OSError("https://x/?key=SECRET"), "x") == "与 x 通信失败，请检查网络。"
