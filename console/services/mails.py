"""Mails: what one would become, logging it as a request, filing it with the one it answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.domain import bill_words, phone
from console.domain.authority import Verdict
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.deadlines import BACK_DATING, Deadlines
from console.domain.journal import Changes
from console.domain.kind_words import kind_in
from console.domain.mail import Mail
from console.domain.request import Channel, Direction, Entry, EntryKind, Kind, Request
from console.errors import KnownError
from console.intake.mail import read_mail
from console.services import attachments, lines, mail_senders, request_drafts, requests
from console.services.request_drafts import Draft
from console.texts import _
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MailProposal:
    """What a mail would become.

    Args:
        client: whose it is, or None where neither sender nor numbers tell.
        contact: the sender, where that is a contact of ours.
        numbers: E.164, in the order of the text.
        draft: the request, or None without a client.
        verdict: whether the sender may ask for it, and why.
        deadlines: what the draft would be due by, or None without a client.
        answers: the request that the mail is a reply to, or None.
        doubt: why the sender is not known for sure, in words, or empty.
    """

    mail: Mail
    client: Client | None
    contact: Contact | None
    kind: Kind
    numbers: tuple[str, ...]
    draft: Draft | None
    verdict: Verdict
    deadlines: Deadlines | None
    answers: Request | None
    doubt: str


def propose(workspace: Workspace, path: Path) -> MailProposal:
    """Read a mail and say what it would become; nothing is stored.

    Raises:
        KnownError: ``file-unreadable``, ``mail-too-large``, ``mail-not-a-mail``.
    """
    return proposal(workspace, read_mail(path))


def proposal(workspace: Workspace, mail: Mail) -> MailProposal:
    """Say what a mail would become; nothing is stored."""
    said = f"{mail.subject}\n{mail.text}"
    numbers = _numbers(workspace, said)
    sender = mail_senders.sender(workspace, mail, numbers)
    client, contact = sender.client, sender.contact
    kind = kind_in(mail.subject) or kind_in(mail.text) or Kind.INFORMATION
    answers = _answered(workspace, mail)
    if client is None:
        unknown = sender.doubt or Verdict(False, "")
        return MailProposal(
            mail, None, contact, kind, numbers, None, unknown, None, answers, unknown.why
        )
    draft = _draft(workspace, mail, client, contact, kind, numbers)
    seen = request_drafts.preview(workspace, draft)
    return MailProposal(
        mail,
        client,
        contact,
        kind,
        numbers,
        draft,
        seen.verdict,
        seen.deadlines,
        answers,
        sender.doubt.why if sender.doubt else "",
    )


def _numbers(workspace: Workspace, said: str) -> tuple[str, ...]:
    """Return the numbers of a text; digits called something else only where we know them."""
    doubtful = phone.doubtful_numbers(said)
    known = lines.lines_by_number(workspace, doubtful)
    plain = phone.find_numbers(said)
    return tuple(dict.fromkeys([*plain, *(number for number in doubtful if number in known)]))


def _draft(
    workspace: Workspace,
    mail: Mail,
    client: Client,
    contact: Contact | None,
    kind: Kind,
    numbers: tuple[str, ...],
) -> Draft:
    received = _received(workspace, mail)
    said = f"{mail.subject}\n{mail.text}"
    is_complaint = kind is Kind.COMPLAINT
    return Draft(
        client_id=client.id,
        kind=kind,
        invoice=bill_words.invoice_in(said) if is_complaint else "",
        period=bill_words.period_in(said, received.date()) if is_complaint else "",
        channel=Channel.EMAIL,
        numbers=numbers,
        contact_id=contact.id if contact else None,
        caller="" if contact else (mail.sender_name or mail.sender),
        subject=mail.subject,
        text=mail.text,
        received_at=received,
    )


def _received(workspace: Workspace, mail: Mail) -> datetime:
    """Return when the mail came, by its own date; one from the future came now."""
    now = workspace.store.now()
    return min(mail.sent_at, now) if mail.sent_at else now


def _answered(workspace: Workspace, mail: Mail) -> Request | None:
    """Return the request that holds one of the mails that this one answers."""
    store = workspace.store
    for message_id in mail.replies_to:
        found = store.select(
            Entry,
            "reference = ? AND kind IN (?, ?)",
            [message_id, EntryKind.MAIL, EntryKind.NOTICE],
            order="id DESC",
        )
        if found:
            return store.get(Request, found[0].request_id)
    return None


def log_mail(
    workspace: Workspace,
    mail: Mail,
    draft: Draft,
    log: Callable[[Workspace, Draft], Changes] = requests.log_request,
) -> Changes:
    """Log a request that came by mail: the mail opens its story, files are kept with it.

    Args:
        workspace: the open workspace.
        mail: as it was read.
        draft: the request as the person corrected it.
        log: how it is logged: as usual, as refused, or to be confirmed.

    Returns:
        The changes; their result is the request.

    Raises:
        KnownError: ``mail-known`` where it is filed already; as
            :func:`console.services.requests.log_request`.
    """
    _check_new(workspace, mail)
    store = workspace.store
    dated = replace(draft, reason=draft.reason or _("by the date of the mail"))
    is_old = bool(draft.received_at and store.now() - draft.received_at > BACK_DATING)
    with store.unit("log-mail", mail.subject) as unit:
        logged = log(workspace, dated if is_old else draft).result
        if not isinstance(logged, Request):
            raise TypeError("a request was expected")
        _file(workspace, mail, logged)
    return Changes(unit, frozenset(store.tables_changed), logged)


def file_reply(workspace: Workspace, mail: Mail, request: Request) -> Changes:
    """Write a mail into the story of the request that it belongs to, its files with it.

    Raises:
        KnownError: ``mail-known`` where it is filed already.
    """
    _check_new(workspace, mail)
    store = workspace.store
    with store.unit("file-mail", request.number) as unit:
        _file(workspace, mail, request)
    return Changes(unit, frozenset(store.tables_changed), request)


def _check_new(workspace: Workspace, mail: Mail) -> None:
    if not mail.message_id:
        return
    known = workspace.store.select(
        Entry, "kind = ? AND reference = ?", [EntryKind.MAIL, mail.message_id]
    )
    if known:
        number = workspace.store.get(Request, known[0].request_id).number
        raise KnownError("mail-known", number=number)


def _file(workspace: Workspace, mail: Mail, request: Request) -> None:
    store = workspace.store
    sender = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
    entry = store.insert(
        Entry(
            client_id=request.client_id,
            request_id=request.id,
            kind=EntryKind.MAIL,
            at=_received(workspace, mail),
            author=sender,
            direction=Direction.IN,
            channel=Channel.EMAIL.value,
            text="\n\n".join(part for part in (mail.subject, mail.text) if part),
            reference=mail.message_id,
        )
    )
    kept = (*mail.attachments, *([mail.original] if mail.original else []))
    for file in kept:
        attachments.attach(workspace, entry, file.name, file.media_type, file.content)
