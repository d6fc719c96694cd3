"""Mails in: ``.eml`` and ``.msg``, read into plain text; nothing in them is run or fetched."""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from console.domain.mail import Mail, MailAttachment
from console.errors import KnownError
from console.intake.charsets import decoded
from console.system_reasons import reason_of

LARGEST: Final = 32 * 1024 * 1024
_MOST_ATTACHMENTS: Final = 200
_LONGEST_TEXT: Final = 200_000
_HEADERS: Final = HeaderRegistry()
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BLOCKS: Final = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "table"})
_SILENT: Final = frozenset({"script", "style", "head", "title"})


def read_mail(path: Path) -> Mail:
    """Read a mail from a file.

    Raises:
        KnownError: ``file-unreadable``, ``mail-too-large``, ``mail-not-a-mail``.
    """
    content = _content(path)
    try:
        mail = _from_msg(path) if content.startswith(_OLE) else _from_eml(content)
    except KnownError:
        raise
    except Exception as error:
        raise KnownError("mail-not-a-mail", name=path.name) from error
    if not mail.sender and not mail.subject:
        raise KnownError("mail-not-a-mail", name=path.name)
    return replace(mail, original=_original(path, content))


def _original(path: Path, content: bytes) -> MailAttachment:
    """Return the mail itself as a file, which proves what was sent."""
    media_type = "application/vnd.ms-outlook" if content.startswith(_OLE) else "message/rfc822"
    return MailAttachment(name=_file_name(path.name, 1), media_type=media_type, content=content)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError("mail-too-large", name=path.name, megabytes=LARGEST >> 20)
        return path.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("file-unreadable", name=path.name, reason=reason) from error


def _from_eml(content: bytes) -> Mail:
    message = email.message_from_bytes(content, policy=email.policy.default)
    name, address = _sender(_header(message, "From"))
    return Mail(
        message_id=_id(str(message.get("Message-ID", ""))),
        replies_to=_replies_to(message),
        sender=address,
        sender_name=name,
        sent_at=_moment(str(message.get("Date", ""))),
        subject=_one_line(_header(message, "Subject")),
        text=_text_of(message),
        attachments=tuple(_attachments(message)),
    )


def _sender(written: str) -> tuple[str, str]:
    found = getaddresses([written])
    name, address = found[0] if found else ("", "")
    return _one_line(name), address.strip().lower()


def _id(written: str) -> str:
    return written.strip().strip("<>").strip()


def _replies_to(message: EmailMessage) -> tuple[str, ...]:
    nearest = str(message.get("In-Reply-To", ""))
    older = str(message.get("References", ""))
    ids = [*re.findall(r"<([^>]+)>", nearest), *reversed(re.findall(r"<([^>]+)>", older))]
    return tuple(dict.fromkeys(ids))


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (TypeError, ValueError, IndexError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text_of(message: EmailMessage) -> str:
    plain = [_decoded(part) for part in _leaves(message) if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return _tidy("\n".join(plain))
    html = [_decoded(part) for part in _leaves(message) if part.get_content_type() == "text/html"]
    return _tidy("\n".join(words_of(text) for text in html))


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """Give the parts that are the mail itself, not files that came with it."""
    for part in message.walk():
        if not part.is_multipart() and not _is_attached(part):
            yield part


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    return decoded(content, part.get_content_charset() or "")


def _header(message: EmailMessage, name: str) -> str:
    """Return a header in words, also where its letters stand there as bare bytes."""
    raw = next((str(v) for n, v in message.raw_items() if n.lower() == name.lower()), "")
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        words = decoded(raw.encode("utf-8", "surrogateescape"))
        return str(_HEADERS(name, " ".join(words.splitlines())))
    return str(message.get(name, ""))


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:_LONGEST_TEXT]


class _Words(HTMLParser):
    """Keeps the words of HTML and nothing else."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line before a block; fall silent in scripts and styles."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Speak again behind scripts and styles."""
        if tag in _SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._silent:
            self.parts.append(data)


def words_of(html: str) -> str:
    """Return the words of HTML; scripts, styles and addresses of pictures are left out."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = "".join(parser.parts).replace("\u00a0", " ").split("\n")
    return "\n".join(_one_line(line) for line in lines)


def _attachments(message: EmailMessage) -> Iterator[MailAttachment]:
    number = 0
    for part in message.walk():
        if part.is_multipart() or not _is_attached(part) or number >= _MOST_ATTACHMENTS:
            continue
        number += 1
        content = part.get_payload(decode=True)
        yield MailAttachment(
            name=_file_name(part.get_filename() or "", number),
            media_type=part.get_content_type(),
            content=content if isinstance(content, bytes) else b"",
        )


def _file_name(written: str, number: int) -> str:
    """Return a name without folders and control characters."""
    name = re.split(r"[\\/]", _one_line(written))[-1].strip(". ")
    return "".join(c for c in name if c.isprintable())[:200] or f"{number}"


def _from_msg(path: Path) -> Mail:
    from oxmsg import Message

    message: Any = Message.load(str(path))
    headers = {name.lower(): str(value) for name, value in (message.message_headers or {}).items()}
    name, address = _sender(headers.get("from", "") or str(message.sender or ""))
    body = str(message.body or "")
    sent = message.sent_date
    return Mail(
        message_id=_id(headers.get("message-id", "")),
        replies_to=tuple(re.findall(r"<([^>]+)>", headers.get("in-reply-to", ""))),
        sender=address,
        sender_name=name,
        sent_at=sent.astimezone(UTC) if sent else _moment(headers.get("date", "")),
        subject=_one_line(str(message.subject or "")),
        text=_tidy(body if body.strip() else words_of(str(message.html_body or ""))),
        attachments=tuple(
            MailAttachment(
                name=_file_name(str(attachment.file_name or ""), number),
                media_type=str(attachment.mime_type or "application/octet-stream"),
                content=bytes(attachment.file_bytes or b""),
            )
            for number, attachment in enumerate(message.attachments, 1)
            if number <= _MOST_ATTACHMENTS
        ),
    )
