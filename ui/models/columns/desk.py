"""The columns of lists at the desk: requests and documents."""

from datetime import UTC, datetime
from typing import Any, Final

from console.domain import formats
from console.domain.local_time import PRAGUE
from console.domain.request import RequestState
from console.texts import N_, _
from ui.models.record_table import Column

_REQUEST_TONES: Final = {
    RequestState.NEW: "info",
    RequestState.IN_PROGRESS: "info",
    RequestState.WAITING_CLIENT: "warning",
    RequestState.WAITING_OPERATOR: "warning",
    RequestState.RESOLVED: "good",
    RequestState.CANCELLED: "neutral",
    RequestState.REFUSED: "neutral",
}


def request_tone(request: Any) -> str:
    """Return the tone of a request's state."""
    return _REQUEST_TONES[request.state]


def due_tone(request: Any) -> str:
    """Return the tone of a deadline: alarm where an open request is overdue."""
    return "danger" if _is_overdue(request) else ""


def due_text(request: Any) -> str:
    """Return a deadline, said to be overdue where it is."""
    at = formats.moment_of_year(request.due_at, datetime.now(PRAGUE).year)
    return _("overdue · {at}").format(at=at) if _is_overdue(request) else at


def _is_overdue(request: Any) -> bool:
    return bool(request.is_overdue(datetime.now(UTC)))


REQUESTS: Final = (
    Column("number", N_("Number"), lambda c: c.number, 118, "number"),
    Column("client", N_("Client"), lambda c: c.client, 150, "client", elastic=True),
    Column("subject", N_("Subject"), lambda c: c.subject, 160, elastic=True),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 140, "kind", shown=False),
    Column("state", N_("State"), lambda c: c.state.label, 148, "state", tone=request_tone),
    Column("due", N_("Due"), due_text, 182, "due_at", tone=due_tone, field="due_at"),
    Column(
        "received",
        N_("Received"),
        lambda c: formats.moment(c.received_at),
        140,
        "received_at",
        shown=False,
        field="received_at",
    ),
    Column("contact", N_("Contact"), lambda c: c.contact, 170, shown=False, elastic=True),
    Column("channel", N_("Channel"), lambda c: c.channel.label, 100, shown=False),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 80, right=True, shown=False),
)


def document_number(document: Any) -> str:
    """Return a document's number, with its revision where it is a later one."""
    later = f" r{document.revision}" if document.revision > 1 else ""
    return f"{document.number}{later}"


DOCUMENTS: Final = (
    Column("number", N_("Number"), document_number, 140, "number"),
    Column("revision", N_("Revision"), lambda c: str(c.revision), 80, right=True, shown=False),
    Column("title", N_("Title"), lambda c: c.title, 260, elastic=True),
    Column(
        "state",
        N_("State"),
        lambda c: c.state,
        108,
        tone=lambda c: "danger" if c.voided_at else "good" if c.is_sealed else "",
    ),
    Column("client", N_("Client"), lambda c: c.client, 200, "client", elastic=True),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 130, shown=False),
    Column(
        "issued",
        N_("Issued"),
        lambda c: formats.moment(c.issued_at),
        140,
        "issued_at",
        field="issued_at",
    ),
)
