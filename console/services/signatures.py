"""Signatures drawn at the client's, and the seal that the manager puts over them.

A paper is signed as it was issued: the same frozen data with the ink, as its next revision.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from console import texts
from console.domain.complaint_record import ComplaintRecord
from console.domain.document import Document, DocumentKind
from console.domain.hand_over import HandOver
from console.domain.journal import Changes
from console.domain.order_form import OrderForm
from console.domain.signature import Signature
from console.domain.written_confirmation import WrittenConfirmation
from console.errors import KnownError
from console.services import attachments, contacts, document_views, documents, signing
from console.services.documents import Wanted
from console.services.frozen import from_json
from console.workspace import Workspace

_SIGNED: Final[dict[DocumentKind, tuple[type, str]]] = {
    DocumentKind.ORDER_FORM: (OrderForm, "order_form"),
    DocumentKind.WRITTEN_CONFIRMATION: (WrittenConfirmation, "written_confirmation"),
    DocumentKind.COMPLAINT_RECORD: (ComplaintRecord, "complaint_record"),
    DocumentKind.COMPLAINT_REPLY: (ComplaintRecord, "complaint_record"),
    DocumentKind.HAND_OVER: (HandOver, "hand_over"),
}
"""Papers with places to sign: their record, and the file that draws them."""
_SIGNERS: Final = ("taken_by", "ordered_by", "asked_by", "complainant")
"""Fields of the papers that name a person at the client."""


@dataclass(frozen=True, slots=True)
class Places:
    """Who may sign a paper, as it is suggested, the likeliest name first, and where.

    Args:
        client: names at the client.
        operator: names at the operator.
    """

    client: tuple[str, ...]
    operator: tuple[str, ...]
    place: str


def places(workspace: Workspace, document: Document) -> Places:
    """Return who would sign a document."""
    data = json.loads(document.data)
    named = [data.get(name, "") for name in _SIGNERS]
    people = [contact.name for contact in contacts.contacts_of(workspace, document.client_id)]
    names = dict.fromkeys(name for name in (*named, *people) if name)
    return Places(tuple(names), (str(data["manager"]),), str(data.get("place", "")))


def can_be_signed(document: Document) -> bool:
    """Return whether a document has places to sign."""
    return document.kind in _SIGNED


def sign(workspace: Workspace, document: Document, signatures: Sequence[Signature]) -> Changes:
    """Issue a paper with ink on it; ``result`` is an ``Issued``.

    Args:
        workspace: the open workspace.
        document: what is signed; its last revision.
        signatures: drawn now; they stand beside those that were there, one for each role.

    Raises:
        KnownError: ``document-not-signed`` for a kind without places to sign,
            ``signature-empty``, ``document-void``, ``document-superseded``.
    """
    if document.kind not in _SIGNED:
        raise KnownError("document-not-signed", title=document.title)
    if not signatures or not all(one.strokes and one.name.strip() for one in signatures):
        raise KnownError("signature-empty")
    document_views.last_revision(workspace, document)
    record_type, drawn_by = _SIGNED[document.kind]
    frozen: Any = from_json(record_type, document.data)
    ink = {one.role: one for one in (*frozen.signatures, *signatures)}
    signed = replace(frozen, signatures=tuple(ink.values()), issued_at=workspace.store.now())
    render = import_module(f"console.documents.{drawn_by}").render
    wanted = Wanted(document.client_id, document.kind, document.subject, document.title)
    with texts.speaking(document.language):
        return documents.issue(workspace, wanted, lambda _number, _revision: signed, render)


def seal_document(
    workspace: Workspace,
    document: Document,
    certificate: Path,
    passphrase: str,
    reason: str = "",
    place: str = "",
) -> Changes:
    """Seal a document with the manager's certificate and keep the sealed copy with it.

    Args:
        workspace: the open workspace.
        document: its last revision.
        certificate: a PKCS#12 file.
        passphrase: of that file; it is not kept.
        reason: why it is sealed.
        place: where.

    Raises:
        KnownError: as :func:`console.services.signing.seal`, and ``document-void``,
            ``document-superseded``.
    """
    document_views.last_revision(workspace, document)
    content = documents.read(workspace, document)
    sealed = signing.seal(content, certificate, passphrase, reason, place)
    store = workspace.store
    with store.unit("seal-document", document.number) as unit:
        name = f"{document.number}-r{document.revision}.pdf"
        kept = attachments.attach(workspace, document, name, "application/pdf", sealed)
    return Changes(unit, frozenset(store.tables_changed), kept)
