"""The outbox: mails wait for the network, and none is ever sent twice.

A mail is marked as being sent, on the disk, before a byte of it leaves. Where it is not known
whether it arrived, it is never sent again by itself: the person decides.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Final

from console.domain import mail_address
from console.domain.journal import Changes
from console.domain.notice import Notice
from console.domain.outgoing_mail import Delivery, MailAccount, MailState, OutgoingMail
from console.domain.request import Channel, Direction, EntryKind, Request
from console.errors import KnownError
from console.services import attachments, request_steps, request_stories, settings
from console.storage import settings as stored
from console.texts import _
from console.vault import secrets, slots
from console.workspace import Workspace

_ACCOUNT: Final = "mail_account"
_PASSWORD: Final = "smtp"  # noqa: S105  (what it is called in the keyring)
_WAITS: Final = (0, 1, 5, 15, 60)
"""Minutes between two attempts; the last one for all that follow."""
_SENDING: Final = "send-mail"
_AFTER: Final = {
    Delivery.SENT: MailState.SENT,
    Delivery.NOT_NOW: MailState.WAITING,
    Delivery.SIGN_IN: MailState.WAITING,
    Delivery.UNTRUSTED: MailState.WAITING,
    Delivery.REFUSED: MailState.REFUSED,
    Delivery.UNSURE: MailState.UNSURE,
}


@dataclass(frozen=True, slots=True)
class Sending:
    """A mail that is to be handed over now, with all that it takes."""

    mail: OutgoingMail
    message: EmailMessage
    account: MailAccount
    password: str

    def __repr__(self) -> str:
        return f"Sending({self.mail.id})"


def account(workspace: Workspace) -> MailAccount:
    """Return the server for mails, as it is set."""
    plain = stored.read(workspace.store).get(_ACCOUNT, "")
    return MailAccount(**json.loads(plain)) if plain else MailAccount()


def change_account(workspace: Workspace, changed: MailAccount, password: str | None) -> Changes:
    """Set the server for mails; its password goes into the keyring and nowhere else.

    Args:
        workspace: the open workspace.
        changed: the server.
        password: None leaves the one that is there.

    Raises:
        KnownError: ``address-wrong``, ``port-wrong``, ``keyring-missing`` where the password
            cannot be kept; nothing was stored.
    """
    if changed.sender and not mail_address.is_address(changed.sender):
        raise KnownError("address-wrong", address=changed.sender)
    if not 0 < changed.port < 2**16:
        raise KnownError("port-wrong")
    if password is not None and not secrets.keep(_owner(workspace), _PASSWORD, password):
        raise KnownError("keyring-missing")
    with workspace.store.unit("change-settings") as unit:
        stored.write(workspace.store, {_ACCOUNT: json.dumps(asdict(changed))})
    return Changes(unit, frozenset({"settings"}), changed)


def _owner(workspace: Workspace) -> str:
    return slots.read(workspace.folder).workspace_id


def queue(
    workspace: Workspace, request: Request, told: Notice, files: Sequence[Path] = ()
) -> Changes:
    """Put a mail into the outbox.

    Raises:
        KnownError: ``mail-account-missing``, ``address-wrong``, ``field-missing``.
    """
    if not account(workspace).is_set:
        raise KnownError("mail-account-missing")
    store = workspace.store
    with store.unit("queue-mail", request.number) as unit:
        mail = store_mail(workspace, request, told, files, MailState.WAITING)
    return Changes(unit, frozenset(store.tables_changed), mail)


def store_mail(
    workspace: Workspace,
    request: Request,
    told: Notice,
    files: Sequence[Path],
    state: MailState,
) -> OutgoingMail:
    """Keep a mail with its files inside the caller's unit."""
    addresses, wrong = mail_address.split(told.address)
    if wrong or not addresses:
        raise KnownError("address-wrong", address=(wrong or [told.address])[0])
    if not told.text.strip():
        raise KnownError("field-missing", field=_("Text"))
    now = workspace.store.now()
    mail = workspace.store.insert(
        OutgoingMail(
            client_id=request.client_id,
            request_id=request.id,
            address=", ".join(addresses),
            subject=" ".join(told.subject.split()),
            text=told.text,
            message_id=make_msgid(domain="klientela.local")[1:-1],
            state=state,
            queued_at=now,
            sent_at=now if state is MailState.SAVED else None,
        )
    )
    for path in files:
        attachments.attach_file(workspace, mail, path)
    return mail


def as_message(workspace: Workspace, mail: OutgoingMail, is_draft: bool = False) -> EmailMessage:
    """Return a mail as it travels.

    Args:
        workspace: the open workspace.
        mail: as it is kept.
        is_draft: whether a mail program is to open it for sending.
    """
    message = EmailMessage()
    if is_draft:
        message["X-Unsent"] = "1"
    sender = account(workspace).sender or settings.manager(workspace).email
    if mail_address.is_address(sender):
        message["From"] = sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = formatdate(mail.queued_at.timestamp(), localtime=False)
    message["Message-ID"] = f"<{mail.message_id}>"
    message.set_content(mail.text)
    for file in attachments.attachments_of(workspace, mail.id):
        kind, _slash, part = file.media_type.partition("/")
        content = attachments.content_of(workspace, file)
        message.add_attachment(content, maintype=kind, subtype=part, filename=file.name)
    return message


def mails(workspace: Workspace) -> list[OutgoingMail]:
    """Return the mails that still want something: waiting, refused or perhaps sent."""
    return workspace.store.select(
        OutgoingMail,
        "state IN (?, ?, ?, ?)",
        [MailState.WAITING, MailState.SENDING, MailState.UNSURE, MailState.REFUSED],
    )


def begin(workspace: Workspace) -> Changes:
    """Take the next mail that is due, and mark it as being sent before it is.

    Returns:
        The changes; their result is a :class:`Sending`, or None where nothing is due.
    """
    store = workspace.store
    waiting = [mail for mail in mails(workspace) if mail.state is MailState.WAITING]
    due = [mail for mail in waiting if _is_due(workspace, mail)]
    server = account(workspace)
    if not due or not server.is_set:
        return Changes(0, frozenset(), None)
    message = as_message(workspace, due[0])
    password = secrets.get(_owner(workspace), _PASSWORD) if server.user else ""
    with store.unit(_SENDING) as unit:
        mail = store.update(
            due[0],
            state=MailState.SENDING,
            tried_at=store.now(),
            attempts=due[0].attempts + 1,
        )
    return Changes(unit, frozenset(store.tables_changed), Sending(mail, message, server, password))


def _is_due(workspace: Workspace, mail: OutgoingMail) -> bool:
    if mail.tried_at is None:
        return True
    wait = _WAITS[min(mail.attempts, len(_WAITS) - 1)]
    return workspace.store.now() - mail.tried_at >= timedelta(minutes=wait)


def finish(workspace: Workspace, mail_id: int, delivery: Delivery) -> Changes:
    """Write down what became of an attempt; a mail that was taken counts as news given.

    Returns:
        The changes; their result is the mail.
    """
    store = workspace.store
    mail = store.get(OutgoingMail, mail_id)
    state = _AFTER[delivery]
    with store.unit(_SENDING) as unit:
        error = "" if delivery is Delivery.SENT else delivery.value
        sent = store.now() if delivery is Delivery.SENT else None
        mail = store.update(mail, state=state, error=error, sent_at=sent)
        if delivery is Delivery.SENT and mail.request_id:
            note(workspace, store.get(Request, mail.request_id), mail)
    return Changes(unit, frozenset(store.tables_changed), mail)


def note(workspace: Workspace, request: Request, mail: OutgoingMail) -> Request:
    """Write into a request's story that a mail went out, inside the caller's unit."""
    request_steps.write(
        workspace,
        request,
        EntryKind.NOTICE,
        f"{mail.subject}\n\n{mail.text}",
        mail.sent_at or workspace.store.now(),
        direction=Direction.OUT,
        recipient=mail.address,
        channel=Channel.EMAIL.value,
        reference=mail.message_id,
    )
    return request_stories.recompute(workspace, request)


def wake(workspace: Workspace) -> Changes:
    """Find mails that were being sent when the program ended: nobody knows whether they were.

    Returns:
        The changes; their result is the list of those mails.
    """
    store = workspace.store
    left = store.select(OutgoingMail, "state = ?", [MailState.SENDING])
    if not left or workspace.is_read_only:
        return Changes(0, frozenset(), [])
    with store.unit(_SENDING) as unit:
        found = [
            store.update(mail, state=MailState.UNSURE, error=Delivery.UNSURE.value) for mail in left
        ]
    return Changes(unit, frozenset(store.tables_changed), found)


def try_now(workspace: Workspace, mail: OutgoingMail) -> Changes:
    """Send a mail again, because the person says so.

    Raises:
        KnownError: ``mail-gone`` where it was sent or withdrawn.
    """
    return _decide(workspace, mail, MailState.WAITING)


def withdraw(workspace: Workspace, mail: OutgoingMail) -> Changes:
    """Never send a mail.

    Raises:
        KnownError: ``mail-gone``.
    """
    return _decide(workspace, mail, MailState.WITHDRAWN)


def was_sent(workspace: Workspace, mail: OutgoingMail) -> Changes:
    """Say that a mail of which it was not known did arrive.

    Raises:
        KnownError: ``mail-gone``.
    """
    return _decide(workspace, mail, MailState.SENT)


def _decide(workspace: Workspace, mail: OutgoingMail, state: MailState) -> Changes:
    if mail.state not in (MailState.WAITING, MailState.UNSURE, MailState.REFUSED):
        raise KnownError("mail-gone")
    store = workspace.store
    with store.unit(_SENDING) as unit:
        is_sent = state is MailState.SENT
        changed = store.update(
            mail,
            state=state,
            error="",
            tried_at=None if state is MailState.WAITING else mail.tried_at,
            sent_at=(mail.tried_at or store.now()) if is_sent else None,
        )
        if is_sent and changed.request_id:
            note(workspace, store.get(Request, changed.request_id), changed)
    return Changes(unit, frozenset(store.tables_changed), changed)
