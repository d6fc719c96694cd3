"""A document on its way to the client: a mail as a draft that any mail program opens."""

from email.message import EmailMessage
from pathlib import Path

from console import texts
from console.domain.authority import is_authorised
from console.domain.client import Client
from console.domain.contact import Contact
from console.errors import KnownError
from console.services import document_views, documents, settings
from console.texts import _
from console.workspace import Workspace


def prepare(workspace: Workspace, document_id: int, target: Path) -> Path:
    """Write a draft with a document beside it, in the client's language or the document's.

    Where nobody at the client has an address, the draft has none either.

    Raises:
        KnownError: ``document-missing``, ``file-unwritable``.
    """
    document = documents.document(workspace, document_id)
    client = workspace.store.get(Client, document.client_id)
    content = document_views.given_out(workspace, document)
    name = documents.file_name(document, client)
    with texts.speaking(client.language or document.language):
        mail = draft(workspace, addresses(workspace, client), document.title, name, content)
    return documents.save_as(mail, target)


def addresses(workspace: Workspace, client: Client) -> list[str]:
    """Return the addresses of those who are authorised to speak for a client today."""
    today = workspace.store.today()
    people = workspace.store.select(Contact, "client_id = ? AND authorised = 1", [client.id])
    return [
        person.email
        for person in people
        if is_authorised(person, today) and _is_address(person.email)
    ]


def needed_addresses(workspace: Workspace, client: Client) -> list[str]:
    """Return the addresses of those who are authorised to speak for a client today.

    Raises:
        KnownError: ``mail-nobody``.
    """
    found = addresses(workspace, client)
    if not found:
        raise KnownError("mail-nobody", client=client.name)
    return found


def draft(workspace: Workspace, to: list[str], title: str, name: str, content: bytes) -> bytes:
    """Return a mail that was not sent yet, in the language in use.

    Args:
        workspace: the open workspace.
        to: addresses.
        title: of the document.
        name: of its file.
        content: the PDF.
    """
    me = settings.manager(workspace)
    mail = EmailMessage()
    mail["X-Unsent"] = "1"
    if to:
        mail["To"] = ", ".join(to)
    if _is_address(me.email):
        mail["From"] = me.email
    mail["Subject"] = " ".join(title.split())
    text = _("Hello,\n\nattached you find: {title}.\n\nKind regards\n{manager}\n")
    mail.set_content(text.format(title=title, manager=me.name))
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def _is_address(text: str) -> bool:
    """Return whether a text is one plain address, without a line break or a second one."""
    name, at, host = text.partition("@")
    return bool(name and at and "." in host) and not set(text) & set(' ,;<>\r\n"')
