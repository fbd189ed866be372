"""Addresses that reminders go to: webhooks of group chats and mail boxes, as the office sets them."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.domain.labels import Labelled
from core.errors import InputError

NAME_LIMIT = 50
TARGET_LIMIT = 500
_MAIL = re.compile(r"[!-~]+@[A-Za-z0-9.\-]+\.[A-Za-z0-9\-]+")
_MAIL_TABOO = frozenset('<>,;:"()[]\\')
_PLAIN = re.compile(r"[!-~]+")
_SHOWN_END, _LONG_ENOUGH = 4, 40
"""So many signs of a webhook are shown, where enough of it stays hidden."""
_LARGEST_PORT = 65_535


class Channel(Labelled):
    """The ways out."""

    WECOM = "wecom", "企业微信群"
    DINGTALK = "dingtalk", "钉钉群"
    FEISHU = "feishu", "飞书群"
    MAIL = "mail", "电子邮件"

    @property
    def most_bytes(self) -> int:
        """How long one message may be, in bytes of UTF-8."""
        return _MOST_BYTES[self]


_MOST_BYTES = {
    Channel.WECOM: 2_048,
    Channel.DINGTALK: 18_000,
    Channel.FEISHU: 18_000,
    Channel.MAIL: 1_000_000,
}
SIGNED = frozenset({Channel.DINGTALK, Channel.FEISHU})
"""Channels whose group robots can ask for a signature."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address; no units means all of them, `seen` is the version that a person read."""

    name: str
    channel: Channel
    target: str
    secret: str = ""
    units: tuple[str, ...] = ()
    active: bool = True
    address_id: int = 0
    seen: int = 0

    @property
    def recipient(self) -> str:
        """What the ledger knows it by."""
        return f"address:{self.address_id}"

    @property
    def shown(self) -> str:
        """The address for people: of a webhook only its host and end, since who knows all may write."""
        if self.channel == Channel.MAIL:
            return self.target
        end = self.target[-_SHOWN_END:] if len(self.target) >= _LONG_ENOUGH else ""
        return f"{urlsplit(self.target).hostname} …{end}"

    def concerns(self, unit: str) -> bool:
        """Tell whether a unit's reminders go there."""
        return not self.units or unit in self.units


class Security(Labelled):
    """How the line to a mail server is kept from listeners."""

    TLS = "tls", "加密连接"
    STARTTLS = "starttls", "连接后加密"
    NONE = "none", "不加密（仅限内网）"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes mail, and whom it comes from; an empty host is none."""

    host: str = ""
    port: int = 465
    security: Security = Security.TLS
    username: str = ""
    password: str = ""
    sender: str = ""


def check_address(address: Address) -> None:
    """Refuse what cannot be written to.

    Raises:
        InputError: with the field it concerns.
    """
    if not address.name or len(address.name) > NAME_LIMIT:
        raise InputError(f"请填写名称，不超过 {NAME_LIMIT} 个字。", "name")
    if address.channel == Channel.MAIL:
        check_mail_address(address.target, "target")
    else:
        _check_url(address.target)
    if len(address.secret) > TARGET_LIMIT or (address.secret and not _PLAIN.fullmatch(address.secret)):
        raise InputError("加签密钥只能是字母、数字和符号，不能有空格或汉字。", "secret")


def check_mail_address(text: str, field: str) -> None:
    """Refuse what is no mail address.

    Raises:
        InputError: it is none.
    """
    if len(text) > TARGET_LIMIT or not _MAIL.fullmatch(text) or _MAIL_TABOO & set(text):
        raise InputError("请填写完整的电子邮件地址，如 awb@example.cn。", field)


def _check_url(url: str) -> None:
    if not url:
        raise InputError("请粘贴群机器人的完整地址。", "target")
    if len(url) > TARGET_LIMIT or not _PLAIN.fullmatch(url):
        raise InputError("地址中有空格、汉字或过长，请从群机器人设置中重新复制。", "target")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InputError("地址有误，请从群机器人设置中重新复制完整地址。", "target") from None
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise InputError("地址须以 https:// 或 http:// 开头，请复制完整地址。", "target")
    if parts.username is not None or parts.password is not None:
        raise InputError("地址中不能含有用户名和密码。", "target")


def check_mail_server(server: MailServer) -> None:
    """Refuse what is no mail server; an empty host is allowed and means none.

    Raises:
        InputError: with the field it concerns.
    """
    if not server.host:
        return
    if len(server.host) > TARGET_LIMIT or not re.fullmatch(r"[A-Za-z0-9.:\-]+", server.host):
        raise InputError("请填写邮件服务器的域名或地址，如 smtp.example.cn。", "host")
    if not 0 < server.port <= _LARGEST_PORT:
        raise InputError(f"端口应为 1 至 {_LARGEST_PORT} 的整数。", "port")
    check_mail_address(server.sender, "sender")
