"""What keeps a message from arriving, in sentences that name no secret."""

import http.client
import smtplib
import socket
import ssl

from core.errors import SupervisionError

PATIENCE_SECONDS = 10.0
"""How long to wait for each sign of life of the other side."""


class UndeliveredError(SupervisionError):
    """The receiver did not take the message; it is kept and tried again."""


def sentence_of(error: Exception, host: str) -> str:
    """Say in Chinese why nothing arrived; a failure's own text may hold an address and is never shown."""
    for kinds, said in _SENTENCES:
        if isinstance(error, kinds):
            return said.format(host=host, seconds=int(PATIENCE_SECONDS))
    return f"与 {host} 通信失败，请检查网络。"


_SENTENCES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((TimeoutError,), "{host} 在 {seconds} 秒内没有回答。"),
    ((socket.gaierror, UnicodeError), "找不到服务器 {host}，请检查地址和网络。"),
    ((ConnectionRefusedError,), "无法连接 {host}，请检查地址、端口和网络。"),
    ((ssl.SSLError,), "{host} 的安全证书未通过校验。"),
    ((smtplib.SMTPAuthenticationError,), "邮件服务器登录未通过，请检查用户名和密码。"),
    ((smtplib.SMTPRecipientsRefused,), "邮件服务器不接受收件地址。"),
    ((smtplib.SMTPSenderRefused,), "邮件服务器不接受发件地址。"),
    ((smtplib.SMTPNotSupportedError,), "邮件服务器不支持所选的加密或登录方式。"),
    ((smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError), "{host} 中断了连接。"),
    ((smtplib.SMTPException,), "邮件服务器没有接收这封邮件。"),
    ((ConnectionError, http.client.HTTPException), "{host} 中断了连接。"),
)
