"""News out: what a client is told about a request, sent, saved or copied; each way is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console import texts
from console.domain import notice
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.journal import Changes
from console.domain.notice import Notice, Occasion
from console.domain.outgoing_mail import MailState
from console.domain.request import Channel, Direction, EntryKind, Request
from console.services import documents, outbox, request_steps, settings
from console.services.request_steps import Message
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A notice to begin with.

    Args:
        languages: that it may be written in, the client's own first.
        can_send: whether a server for mails is set.
    """

    notice: Notice
    occasion: Occasion
    languages: tuple[str, ...]
    can_send: bool


def suggest(
    workspace: Workspace,
    request: Request,
    occasion: Occasion | None = None,
    language: str = "",
) -> Suggestion:
    """Write what a client is to be told; nothing is stored.

    Args:
        workspace: the open workspace.
        request: what it is about.
        occasion: why; by its state where None.
        language: ``cs`` or ``en``; the client's own where empty.
    """
    store = workspace.store
    client = store.get(Client, request.client_id)
    chosen = language or client.language or texts.language()
    why = occasion or notice.usual_occasion(request.state)
    me = settings.manager(workspace)
    asking = store.select(Contact, "id = ?", [request.contact_id or 0])
    address = asking[0].email if asking else ""
    with texts.speaking(chosen):
        written = notice.write(request, why, address, me.name, me.operator)
    others = tuple(code for code in texts.LANGUAGES if code != chosen)
    return Suggestion(written, why, (chosen, *others), outbox.account(workspace).is_set)


def send(
    workspace: Workspace, request: Request, told: Notice, files: Sequence[Path] = ()
) -> Changes:
    """Put a notice into the outbox; the promise of news is kept when the server has taken it.

    Returns:
        The changes; their result is the :class:`OutgoingMail`.

    Raises:
        KnownError: ``mail-account-missing``, ``address-wrong``, ``field-missing``.
    """
    return outbox.queue(workspace, request, told, files)


def save(
    workspace: Workspace,
    request: Request,
    told: Notice,
    target: Path,
    files: Sequence[Path] = (),
) -> Changes:
    """Write a notice as a draft for the mail program, and that the client was told so.

    Raises:
        KnownError: ``address-wrong``, ``field-missing``, ``file-unwritable``.
    """
    store = workspace.store
    with store.unit("inform-client", request.number) as unit:
        mail = outbox.store_mail(workspace, request, told, files, MailState.SAVED)
        documents.save_as(outbox.as_message(workspace, mail, is_draft=True).as_bytes(), target)
        stored = outbox.note(workspace, request, mail)
    return Changes(unit, frozenset(store.tables_changed), stored)


def tell(workspace: Workspace, request: Request, told: Notice, channel: Channel) -> Changes:
    """Write down that a client was told in another way: by phone, in person, by letter."""
    message = Message(Direction.OUT, told.address, channel.value)
    return request_steps.add_entry(workspace, request, EntryKind.NOTICE, told.text, message=message)
