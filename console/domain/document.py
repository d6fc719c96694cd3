"""Documents: PDFs that were issued. What each kind contains is in a file of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.texts import N_, _


class DocumentKind(StrEnum):
    """What a document is."""

    STATUS_REPORT = "status-report"
    ORDER_FORM = "order-form"
    CARE_SHEET = "care-sheet"
    WRITTEN_CONFIRMATION = "written-confirmation"
    COMPLAINT_RECORD = "complaint-record"
    COMPLAINT_REPLY = "complaint-reply"
    HAND_OVER = "hand-over"
    REQUEST_STORY = "request-story"
    AUTHORISED_PERSONS = "authorised-persons"
    PRIVACY_EXTRACT = "privacy-extract"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])


_KIND_LABELS: Final = {
    DocumentKind.STATUS_REPORT: N_("Status report"),
    DocumentKind.ORDER_FORM: N_("Order form"),
    DocumentKind.CARE_SHEET: N_("Care sheet"),
    DocumentKind.WRITTEN_CONFIRMATION: N_("Written confirmation"),
    DocumentKind.COMPLAINT_RECORD: N_("Complaint record"),
    DocumentKind.COMPLAINT_REPLY: N_("Reply to a complaint"),
    DocumentKind.HAND_OVER: N_("Hand-over of devices"),
    DocumentKind.REQUEST_STORY: N_("Story of a request"),
    DocumentKind.AUTHORISED_PERSONS: N_("Authorised persons"),
    DocumentKind.PRIVACY_EXTRACT: N_("Data kept about a person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(ClientRecord):
    """An issued document.

    Args:
        number: what people read; a revision keeps it.
        revision: 1 for the first issue.
        subject: what it is about, the same for all revisions (``2026-10``, an order's number).
        sha256: of the PDF's bytes, hexadecimal.
        data: the frozen record that it was made from, as JSON.
        difference: what this revision changed against the one before; empty for the first.
        void_reason: why it was declared void, or empty.
        voided_at: when, aware UTC, or None while it is valid.
    """

    kind: DocumentKind
    number: str
    revision: int = 1
    subject: str
    title: str
    language: str
    issued_at: datetime
    sha256: str
    data: str
    difference: str = ""
    void_reason: str = ""
    voided_at: datetime | None = None

    @property
    def is_void(self) -> bool:
        """Whether it was declared void."""
        return self.voided_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document as lists show it."""

    id: int
    client_id: int
    client: str
    kind: DocumentKind
    number: str
    revision: int
    title: str
    issued_at: datetime
    sha256: str
    void_reason: str
    voided_at: datetime | None
    is_sealed: bool

    @property
    def state(self) -> str:
        """What is to be known of it before one relies on it, or nothing."""
        if self.voided_at:
            return _("void")
        return _("sealed") if self.is_sealed else ""
