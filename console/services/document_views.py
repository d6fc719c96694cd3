"""A document as it is shown and given out: void ones marked, sealed ones with their seals."""

import hashlib
from dataclasses import dataclass

from console import texts
from console.domain import formats
from console.domain.attachment import Attachment
from console.domain.client import Client
from console.domain.document import Document
from console.errors import KnownError
from console.services import attachments, differences, documents, signing
from console.services.differences import Difference
from console.services.signing import Seal
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the window shows of a document.

    Args:
        content: the PDF that is given out: marked where the document is void, otherwise the
            sealed copy where there is one, otherwise as it was issued.
        seals: what the seals in it say.
        revisions: all of its number, the first one first.
        differences: what this revision changed against the one before.
    """

    document: Document
    client: Client
    content: bytes
    seals: tuple[Seal, ...]
    revisions: tuple[Document, ...]
    differences: tuple[Difference, ...]

    @property
    def is_last(self) -> bool:
        """Whether no later revision was issued."""
        return self.revisions[-1].id == self.document.id

    @property
    def file_name(self) -> str:
        """A name for the file."""
        return documents.file_name(self.document, self.client)


def view(workspace: Workspace, document_id: int) -> DocumentView:
    """Return a document with its file and its seals, which are checked again.

    Raises:
        KnownError: ``document-missing``.
    """
    document = documents.document(workspace, document_id)
    revisions = documents.revisions(workspace, document)
    before = [one for one in revisions if one.revision < document.revision]
    content = given_out(workspace, document)
    is_sealed = bool(sealed_copies(workspace, document)) and not document.is_void
    return DocumentView(
        document=document,
        client=workspace.store.get(Client, document.client_id),
        content=content,
        seals=tuple(signing.seals(content)) if is_sealed else (),
        revisions=tuple(revisions),
        differences=tuple(differences.one_by_one(before[-1], document)) if before else (),
    )


def given_out(workspace: Workspace, document: Document) -> bytes:
    """Return the PDF of a document as it may leave the house.

    Raises:
        KnownError: ``document-missing``.
    """
    if document.voided_at:
        return _marked(document, documents.read(workspace, document))
    copies = sealed_copies(workspace, document)
    if copies:
        return attachments.content_of(workspace, copies[-1])
    return documents.read(workspace, document)


def _marked(document: Document, content: bytes) -> bytes:
    from console.documents import void_mark

    if document.voided_at is None:
        return content
    with texts.speaking(document.language):
        mark = void_mark.VoidMark(
            since=formats.moment(document.voided_at),
            reason=document.void_reason,
            language=document.language,
            at=document.voided_at,
        )
        return void_mark.marked(content, mark)


def sealed_copies(workspace: Workspace, document: Document) -> list[Attachment]:
    """Return the sealed copies of a document, the last one last."""
    return attachments.attachments_of(workspace, document.id)


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a file from outside.

    Args:
        seals: what the seals in it say.
        document: what was issued with exactly these bytes, or None.
    """

    seals: tuple[Seal, ...]
    document: Document | None


def verify(workspace: Workspace, content: bytes) -> Verified:
    """Say what a file is worth: its seals, and whether it is what was issued here.

    Raises:
        KnownError: ``document-not-pdf``.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    issued = workspace.store.select(Document, "sha256 = ?", [sha256])
    if not issued:
        copies = workspace.store.select(Attachment, "sha256 = ?", [sha256])
        issued = [
            found
            for copy in copies
            for found in workspace.store.select(Document, "id = ?", [copy.owner_id])
        ]
    return Verified(tuple(signing.seals(content)), issued[0] if issued else None)


def last_revision(workspace: Workspace, document: Document) -> Document:
    """Return a document where it can still be signed or sealed.

    Raises:
        KnownError: ``document-void``, ``document-superseded``.
    """
    if document.is_void:
        raise KnownError("document-void", number=document.number)
    last = documents.revisions(workspace, document)[-1]
    if last.id != document.id:
        raise KnownError("document-superseded", number=document.number, revision=str(last.revision))
    return document
