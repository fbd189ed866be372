"""Hand one text to one address, whatever its channel; what is not taken is an error with a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.channels.errors import UndeliveredError
from core.channels.mail import send_mail
from core.channels.webhooks import post
from core.domain.addresses import Address, Channel, MailServer


@dataclass(frozen=True, slots=True)
class Letter:
    """One text on its way; `name` is the same each time it is tried."""

    name: str
    subject: str
    text: str


Deliver = Callable[[Address, Letter, MailServer, datetime], None]


def deliver(address: Address, letter: Letter, server: MailServer, now: datetime) -> None:
    """Hand the text over, and come back only when the receiver has said that it took it.

    Raises:
        UndeliveredError: not reached, no answer, or refused.
    """
    if address.channel != Channel.MAIL:
        post(address, letter.text, now)
    elif server.host:
        send_mail(server, address.target, letter.name, letter.subject, letter.text)
    else:
        raise UndeliveredError("尚未设置邮件服务器。")
