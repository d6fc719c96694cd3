"""Mails that go out: what is told, to whom, and how far it is. Sending is not done here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.texts import N_, _


class MailState(StrEnum):
    """How far a mail is. Only a waiting one is ever sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SAVED = "saved"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_STATE_LABELS[self])


_STATE_LABELS: Final = {
    MailState.WAITING: N_("Waits for the network"),
    MailState.SENDING: N_("Is being sent"),
    MailState.SENT: N_("Sent"),
    MailState.UNSURE: N_("Perhaps sent"),
    MailState.REFUSED: N_("Refused by the server"),
    MailState.WITHDRAWN: N_("Withdrawn"),
    MailState.SAVED: N_("Saved for the mail program"),
}


class Delivery(StrEnum):
    """What became of an attempt."""

    SENT = "sent"
    NOT_NOW = "not-now"
    """No network, or the server asks to come again: nothing was sent."""
    REFUSED = "refused"
    """The server will never take it so: nothing was sent."""
    SIGN_IN = "sign-in"
    """The server does not know the name or the password: nothing was sent."""
    UNTRUSTED = "untrusted"
    """The server's certificate is not trusted, or it offers no TLS: nothing was sent."""
    UNSURE = "unsure"
    """The connection broke after the text was on its way: it may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail(ClientRecord):
    """A mail to a client.

    Args:
        request_id: what it is about, or None.
        address: addresses, parted by commas.
        message_id: of the mail itself; the same in every attempt.
        queued_at: when it was written, aware UTC.
        tried_at: when sending it was begun last, or None.
        sent_at: when the server took it, or None.
        attempts: how many times sending was begun.
        error: why the last attempt failed; a code, never the mail's text.
    """

    request_id: int | None = None
    address: str
    subject: str
    text: str
    message_id: str
    state: MailState = MailState.WAITING
    queued_at: datetime
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    attempts: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The server that takes our mails. Its password lies in the system's keyring alone.

    Args:
        host: name of the server; empty where none is set.
        port: 465 for TLS from the start, 587 for STARTTLS.
        user: name for signing in; empty where the server asks for none.
        sender: address that the mails come from.
        certificate: the office's own certificate (PEM), where the server has one; else empty.
    """

    host: str = ""
    port: int = 587
    user: str = ""
    sender: str = ""
    certificate: str = ""

    @property
    def is_set(self) -> bool:
        """Whether mails can be sent."""
        return bool(self.host and self.sender)
