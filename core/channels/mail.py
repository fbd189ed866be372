"""Send a text by mail over the server that the office set."""

import smtplib
import ssl
from contextlib import closing
from email.message import EmailMessage

from core.channels.errors import PATIENCE_SECONDS, UndeliveredError, sentence_of
from core.domain.addresses import MailServer, Security


def send_mail(server: MailServer, to: str, name: str, subject: str, text: str) -> None:
    """Send one mail; `name` becomes its id, so that a receiver sees what came twice.

    Raises:
        UndeliveredError: not reached, not let in, or refused.
    """
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = server.sender
    message["To"] = to
    message["Message-ID"] = f"<{name}@anze-board>"
    message.set_content(text, cte="base64")
    try:
        with closing(_opened(server)) as line:
            if server.username:
                line.login(server.username, server.password)
            line.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise UndeliveredError(sentence_of(error, server.host)) from error


def _opened(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
    line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
    if server.security == Security.STARTTLS:
        try:
            line.starttls(context=context)
        except BaseException:
            line.close()
            raise
    return line
