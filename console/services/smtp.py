"""Handing a mail over to a server, with TLS only; says surely sent, surely not, or perhaps.

Knows no workspace, so that it can run beside the worker that owns the database.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Final

from console.domain.outgoing_mail import Delivery, MailAccount

PATIENCE: Final = 20.0
"""Seconds to wait for any answer of the server."""
_TLS_FROM_THE_START: Final = 465


class _OnItsWay(Exception):  # noqa: N818  (a marker, not an error of its own)
    """The text was being handed over when something broke."""


def deliver(account: MailAccount, password: str, mail: EmailMessage) -> Delivery:
    """Hand a mail over.

    Args:
        account: the server.
        password: of the account's user; empty where it asks for none.
        mail: with From, To and Message-ID.
    """
    try:
        with _connected(account) as server:
            if account.user:
                server.login(account.user, password)
            return _hand_over(server, account, mail)
    except _OnItsWay:
        return Delivery.UNSURE
    except smtplib.SMTPAuthenticationError:
        return Delivery.SIGN_IN
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return Delivery.UNTRUSTED
    except smtplib.SMTPResponseException as error:
        return _by_code(error.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Delivery.NOT_NOW


@contextmanager
def _connected(account: MailAccount) -> Iterator[smtplib.SMTP]:
    """Connect with TLS; without it neither the password nor the mail leaves the machine."""
    context = ssl.create_default_context()
    if account.certificate:
        context.load_verify_locations(cadata=account.certificate)
    server: smtplib.SMTP
    if account.port == _TLS_FROM_THE_START:
        server = smtplib.SMTP_SSL(account.host, account.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(account.host, account.port, timeout=PATIENCE)
    try:
        if account.port != _TLS_FROM_THE_START:
            server.starttls(context=context)
        yield server
    finally:
        server.close()


def _hand_over(server: smtplib.SMTP, account: MailAccount, mail: EmailMessage) -> Delivery:
    """Go through the dialogue step by step, so that it is known where it broke."""
    server.ehlo_or_helo_if_needed()
    code, _answer = server.mail(account.sender)
    if code != 250:
        return _by_code(code)
    addresses = [part.strip() for part in str(mail["To"]).split(",") if part.strip()]
    for address in addresses:
        code, _answer = server.rcpt(address)
        if code not in (250, 251):
            server.rset()
            return _by_code(code)
    try:
        code, _answer = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:
        return _by_code(error.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        raise _OnItsWay from error
    return Delivery.SENT if code == 250 else _by_code(code)


def _by_code(code: int) -> Delivery:
    """Read an answer: 4xx asks to come again, 5xx is for ever.

    Source:
        RFC 5321, section 4.2.1.
    """
    return Delivery.REFUSED if code >= 500 else Delivery.NOT_NOW
