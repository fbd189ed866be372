"""Post a text to the webhook of a group chat, and read in the answer whether it was taken.

Only the address that the office set is asked: no redirect is followed, no proxy, no cookie; the answer may
be no longer than a receiver's, and not take for ever.
"""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from core.channels.errors import PATIENCE_SECONDS, UndeliveredError, sentence_of
from core.domain.addresses import Address, Channel

TOTAL_SECONDS = 20.0
"""How long one exchange may take in all, however slowly the other side drips."""
_LONGEST_ANSWER = 65_536
_OK = 200
_KNOWN_CODES: Mapping[Channel, Mapping[int, str]] = {
    Channel.WECOM: {93000: "机器人地址无效或已被移除", 45009: "发送过于频繁", 40008: "消息格式不符"},
    Channel.DINGTALK: {
        310000: "签名、关键词或来源地址不符",
        300005: "机器人地址无效",
        130101: "发送过于频繁",
    },
    Channel.FEISHU: {
        19001: "机器人地址无效",
        19021: "签名不符",
        19022: "来源地址不符",
        19024: "关键词不符",
        9499: "发送过于频繁",
        11232: "发送过于频繁",
    },
}


def post(address: Address, text: str, now: datetime) -> None:
    """Post the text; done only when the answer says so.

    Raises:
        UndeliveredError: not reached, no answer, redirected or refused.
    """
    url, message = _signed(address, text, now)
    host = urlsplit(url).hostname or ""
    try:
        status, answer = _exchange(url, json.dumps(message, ensure_ascii=False).encode())
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise UndeliveredError(sentence_of(error, host)) from error
    if status != _OK:
        raise UndeliveredError(f"{host} 没有接收，返回状态 {status}。")
    _check_answer(address.channel, answer, host)


def _signed(address: Address, text: str, now: datetime) -> tuple[str, dict[str, Any]]:
    """The URL and the message, signed as the channel asks where the office set a secret.

    飞书 reads tags in a text: one that somebody typed must not call everybody.
    """
    if address.channel == Channel.FEISHU:
        message: dict[str, Any] = {"msg_type": "text", "content": {"text": text.replace("<", "〈")}}
        if address.secret:
            stamp = str(int(now.timestamp()))
            message |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{address.secret}", "")}
        return address.target, message
    message = {"msgtype": "text", "text": {"content": text}}
    if address.channel == Channel.DINGTALK and address.secret:
        stamp = str(int(now.timestamp() * 1000))
        sign = _sign(address.secret, f"{stamp}\n{address.secret}")
        joint = "&" if urlsplit(address.target).query else "?"
        return f"{address.target}{joint}{urlencode({'timestamp': stamp, 'sign': sign})}", message
    return address.target, message


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _exchange(url: str, body: bytes) -> tuple[int, bytes]:
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with _connected(parts.scheme, parts.hostname or "", parts.port) as connection:
        headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER)


@contextmanager
def _connected(scheme: str, host: str, port: int | None) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut when its time is over."""
    if scheme == "https":
        context = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=PATIENCE_SECONDS, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    watch = threading.Timer(TOTAL_SECONDS, _cut, (connection,))
    watch.daemon = True
    watch.start()
    try:
        yield connection
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(2)


def _check_answer(channel: Channel, answer: bytes, host: str) -> None:
    """Read the code; a receiver that says nothing known has taken nothing."""
    try:
        told = json.loads(answer)
        code = next(told[name] for name in ("errcode", "code", "StatusCode") if name in told)
    except (ValueError, TypeError, StopIteration):
        raise UndeliveredError(f"{host} 的回答无法识别，请核对地址。") from None
    if code == 0 and not isinstance(code, bool):
        return
    known = _KNOWN_CODES.get(channel, {}).get(code) if isinstance(code, int) else None
    shown = str(code)[:20] if isinstance(code, int) else "不明"
    raise UndeliveredError(f"{host} 拒收，错误码 {shown}{f'（{known}）' if known else ''}。")
