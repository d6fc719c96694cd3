"""A mail as it came in, already read: plain text, no scripts, no remote content."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAttachment:
    """A file that came with a mail."""

    name: str
    media_type: str
    content: bytes

    def __repr__(self) -> str:
        return f"MailAttachment({self.media_type}, {len(self.content)} bytes)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail.

    Args:
        message_id: unique, without its angle brackets; empty where the mail has none.
        replies_to: ids of the mails that it answers, the nearest first.
        sender: address in lower case.
        sent_at: aware, or None where the mail does not say.
        text: plain; of a mail that has only HTML, its words.
        original: the mail itself as it came, or None where it is not known.
    """

    message_id: str
    replies_to: tuple[str, ...] = ()
    sender: str
    sender_name: str = ""
    sent_at: datetime | None = None
    subject: str
    text: str
    attachments: tuple[MailAttachment, ...] = ()
    original: MailAttachment | None = None
