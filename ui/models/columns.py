"""The columns of every list, as data."""

from datetime import UTC, datetime
from typing import Any, Final

from console.domain import formats, phone
from console.domain.line import LineState
from console.domain.request import RequestState
from console.texts import N_
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
_LINE_TONES: Final = {
    LineState.ACTIVE: "good",
    LineState.BLOCKED: "danger",
    LineState.SUSPENDED: "warning",
    LineState.CANCELLED: "neutral",
}


def request_tone(request: Any) -> str:
    """Return the tone of a request's state."""
    return _REQUEST_TONES[request.state]


def line_tone(line: Any) -> str:
    """Return the tone of a number's state."""
    return _LINE_TONES[line.state]


def due_tone(request: Any) -> str:
    """Return the tone of a deadline: alarm where an open request is overdue."""
    is_overdue = request.state.is_open and request.due_at and request.due_at < datetime.now(UTC)
    return "danger" if is_overdue else ""


CLIENTS: Final = (
    Column("name", N_("Name"), lambda c: c.name, 280, "name"),
    Column("ico", N_("IČO"), lambda c: c.ico, 100, "ico"),
    Column("agreement", N_("Agreement"), lambda c: c.agreement, 220),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 90, right=True),
    Column("contacts", N_("Contacts"), lambda c: formats.whole(c.contacts), 90, right=True),
    Column("open", N_("Open requests"), lambda c: formats.whole(c.open_requests), 120, right=True),
    Column(
        "overdue",
        N_("Overdue"),
        lambda c: formats.whole(c.overdue) if c.overdue else "",
        100,
        tone=lambda c: "danger" if c.overdue else "",
    ),
    Column("seat", N_("Seat"), lambda c: c.seat, 240, shown=False),
)

CONTACTS: Final = (
    Column("name", N_("Full name"), lambda c: c.name, 200, "name"),
    Column("client", N_("Client"), lambda c: c.client, 200, "client", shown=False),
    Column("function", N_("Function"), lambda c: c.function, 130),
    Column("department", N_("Department"), lambda c: c.department, 170, "department"),
    Column("mobile", N_("Mobile"), lambda c: phone.pretty(c.mobile), 120),
    Column("landline", N_("Landline"), lambda c: phone.pretty(c.landline), 120, shown=False),
    Column("email", N_("E-mail"), lambda c: c.email, 200),
    Column(
        "authorised",
        N_("Authorised"),
        lambda c: formats.yes_no(c.authorised),
        100,
        tone=lambda c: "good" if c.authorised else "neutral",
    ),
    Column("may_order", N_("May order"), lambda c: formats.yes_no(c.may_order), 100),
    Column(
        "valid_until", N_("Valid until"), lambda c: formats.day(c.valid_until), 110, "valid_until"
    ),
)

LINES: Final = (
    Column("msisdn", N_("Number"), lambda c: phone.pretty(c.msisdn), 125, "msisdn"),
    Column("holder", N_("Holder"), lambda c: c.holder, 150, "holder"),
    Column("client", N_("Client"), lambda c: c.client, 150),
    Column("cost_centre", N_("Cost centre"), lambda c: c.cost_centre, 150, "cost_centre"),
    Column("tariff", N_("Tariff"), lambda c: c.tariff, 120, "tariff"),
    Column("state", N_("State"), lambda c: c.state.label, 120, "state", tone=line_tone),
    Column("data", N_("Data package"), lambda c: formats.volume(c.data_mb), 110, right=True),
    Column("roaming", N_("Roaming"), lambda c: c.roaming.label, 90, shown=False),
    Column("iccid", N_("ICCID"), lambda c: c.iccid, 190, shown=False),
    Column(
        "activated", N_("Activated on"), lambda c: formats.day(c.activated_on), 120, shown=False
    ),
    Column(
        "commitment",
        N_("Commitment until"),
        lambda c: formats.day(c.commitment_until),
        140,
        "commitment_until",
    ),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False),
)

REQUESTS: Final = (
    Column("number", N_("Number"), lambda c: c.number, 118, "number"),
    Column("client", N_("Client"), lambda c: c.client, 150, "client"),
    Column("subject", N_("Subject"), lambda c: c.subject, 160),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 140, "kind", shown=False),
    Column("state", N_("State"), lambda c: c.state.label, 170, "state", tone=request_tone),
    Column("due", N_("Due"), lambda c: formats.moment(c.due_at), 140, "due_at", tone=due_tone),
    Column("received", N_("Received"), lambda c: formats.moment(c.received_at), 140, "received_at"),
    Column("contact", N_("Contact"), lambda c: c.contact, 170, shown=False),
    Column("channel", N_("Channel"), lambda c: c.channel.label, 100, shown=False),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 80, right=True, shown=False),
)

TARIFFS: Final = (
    Column("code", N_("Code"), lambda c: c.code, 90, "code"),
    Column("name", N_("Name"), lambda c: c.name, 200, "name"),
    Column("client", N_("Client"), lambda c: c.client, 220, "client"),
    Column("fee", N_("Monthly fee"), lambda c: formats.money(c.monthly_fee), 120, right=True),
    Column(
        "minutes", N_("Free minutes"), lambda c: formats.amount(c.included_minutes), 120, right=True
    ),
    Column("sms", N_("Free SMS"), lambda c: formats.amount(c.included_sms), 110, right=True),
    Column("data", N_("Data (MB)"), lambda c: formats.volume(c.included_mb), 110, right=True),
    Column("from", N_("Valid from"), lambda c: formats.day(c.valid_from), 110),
    Column("until", N_("Valid until"), lambda c: formats.day(c.valid_until), 110),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 90, right=True),
)

ORDERS: Final = (
    Column("number", N_("Number"), lambda c: c.number, 140, "number"),
    Column("client", N_("Client"), lambda c: c.client, 200, "client"),
    Column("state", N_("State"), lambda c: c.state.label, 110, tone=lambda _c: "info"),
    Column("day", N_("Ordered on"), lambda c: formats.day(c.ordered_on), 120, "ordered_on"),
    Column("contact", N_("Ordered by"), lambda c: c.contact, 170),
    Column("items", N_("Lines"), lambda c: formats.whole(c.items), 80, right=True),
    Column("net", N_("Without VAT"), lambda c: formats.money(c.net), 130, right=True),
)

DOCUMENTS: Final = (
    Column("number", N_("Number"), lambda c: c.number, 130, "number"),
    Column("revision", N_("Revision"), lambda c: str(c.revision), 80, right=True),
    Column("title", N_("Title"), lambda c: c.title, 260),
    Column("client", N_("Client"), lambda c: c.client, 200, "client"),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 130, shown=False),
    Column("issued", N_("Issued"), lambda c: formats.moment(c.issued_at), 150, "issued_at"),
)
