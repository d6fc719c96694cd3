"""Requests: anything a client asks for, with its kind, channel, state and story."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from console import texts
from console.domain.record import ClientRecord
from console.texts import N_, _


class Kind(StrEnum):
    """What is asked for."""

    FAULT = "fault"
    COMPLAINT = "complaint"
    INFORMATION = "information"
    CONSULTATION = "consultation"
    SERVICE_SETUP = "service-setup"
    SERVICE_CHANGE = "service-change"
    SERVICE_CANCELLATION = "service-cancellation"
    NUMBER_ACTIVATION = "number-activation"
    NUMBER_DEACTIVATION = "number-deactivation"
    SIM_BLOCK = "sim-block"
    SIM_UNBLOCK = "sim-unblock"
    SIM_SWAP = "sim-swap"
    ROAMING_ON = "roaming-on"
    ROAMING_OFF = "roaming-off"
    TARIFF_CHANGE = "tariff-change"
    DEVICE_ORDER = "device-order"
    ORDER_STATUS = "order-status"
    CONTRACT_PREPARATION = "contract-preparation"
    INCIDENT = "incident"
    CLAIM = "claim"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])


class Channel(StrEnum):
    """How the request came."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    FAX = "fax"
    PORTAL = "portal"
    IN_PERSON = "in-person"

    @property
    def label(self) -> str:
        """The channel in the language in use."""
        return _(_CHANNEL_LABELS[self])

    @property
    def is_written(self) -> bool:
        """Whether a contract's rule for written requests covers it."""
        return self in (Channel.EMAIL, Channel.LETTER, Channel.FAX)


_KIND_LABELS: Final = {
    Kind.FAULT: N_("Fault"),
    Kind.COMPLAINT: N_("Complaint"),
    Kind.INFORMATION: N_("Information"),
    Kind.CONSULTATION: N_("Consultation"),
    Kind.SERVICE_SETUP: N_("Service set-up"),
    Kind.SERVICE_CHANGE: N_("Service change"),
    Kind.SERVICE_CANCELLATION: N_("Service cancellation"),
    Kind.NUMBER_ACTIVATION: N_("Number activation"),
    Kind.NUMBER_DEACTIVATION: N_("Number deactivation"),
    Kind.SIM_BLOCK: N_("SIM block"),
    Kind.SIM_UNBLOCK: N_("SIM unblock"),
    Kind.SIM_SWAP: N_("SIM swap"),
    Kind.ROAMING_ON: N_("Roaming on"),
    Kind.ROAMING_OFF: N_("Roaming off"),
    Kind.TARIFF_CHANGE: N_("Tariff change"),
    Kind.DEVICE_ORDER: N_("Device order"),
    Kind.ORDER_STATUS: N_("Order status"),
    Kind.CONTRACT_PREPARATION: N_("Contract preparation"),
    Kind.INCIDENT: N_("Incident"),
    Kind.CLAIM: N_("Claim"),
}

_CHANNEL_LABELS: Final = {
    Channel.PHONE: N_("Phone"),
    Channel.EMAIL: N_("E-mail"),
    Channel.LETTER: N_("Letter"),
    Channel.FAX: N_("Fax"),
    Channel.PORTAL: N_("Portal"),
    Channel.IN_PERSON: N_("In person"),
}


class RequestState(StrEnum):
    """How far a request is."""

    NEW = "new"
    IN_PROGRESS = "in-progress"
    WAITING_CLIENT = "waiting-client"
    WAITING_OPERATOR = "waiting-operator"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(STATE_NAMES[self])

    @property
    def is_open(self) -> bool:
        """Whether the request still wants work."""
        return self in OPEN_STATES


OPEN_STATES: Final = (
    RequestState.NEW,
    RequestState.IN_PROGRESS,
    RequestState.WAITING_CLIENT,
    RequestState.WAITING_OPERATOR,
)

STATE_NAMES: Final = {
    RequestState.NEW: N_("New"),
    RequestState.IN_PROGRESS: N_("In progress"),
    RequestState.WAITING_CLIENT: N_("Waiting for the client"),
    RequestState.WAITING_OPERATOR: N_("Waiting for the operator"),
    RequestState.RESOLVED: N_("Resolved"),
    RequestState.CANCELLED: N_("Cancelled request"),
    RequestState.REFUSED: N_("Refused"),
}


class Confirmation(StrEnum):
    """Whether an authorised person still has to confirm a request."""

    NONE = ""
    WANTED = "wanted"
    GIVEN = "given"


class Direction(StrEnum):
    """Which way a message went."""

    NONE = ""
    IN = "in"
    OUT = "out"

    @property
    def label(self) -> str:
        """The direction in the language in use."""
        return _(_DIRECTION_LABELS[self])


_DIRECTION_LABELS: Final = {
    Direction.NONE: "",
    Direction.IN: N_("from the client"),
    Direction.OUT: N_("to the client"),
}


class EntryKind(StrEnum):
    """What one line of a request's story is."""

    CALL = "call"
    MAIL = "mail"
    FAX = "fax"
    LETTER = "letter"
    NOTE = "note"
    HAND_OVER = "hand-over"
    PAUSE = "pause"
    RESUME = "resume"
    NOTICE = "notice"
    STEP = "step"
    EXCEPTION = "exception"
    RECALCULATION = "recalculation"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_ENTRY_LABELS[self])


_ENTRY_LABELS: Final = {
    EntryKind.CALL: N_("Call"),
    EntryKind.MAIL: N_("Mail"),
    EntryKind.FAX: N_("Fax message"),
    EntryKind.LETTER: N_("Letter sent or received"),
    EntryKind.NOTE: N_("Note"),
    EntryKind.HAND_OVER: N_("Hand-over"),
    EntryKind.PAUSE: N_("Clock paused"),
    EntryKind.RESUME: N_("Clock resumed"),
    EntryKind.NOTICE: N_("Client informed"),
    EntryKind.STEP: N_("Step"),
    EntryKind.EXCEPTION: N_("Exception recorded"),
    EntryKind.RECALCULATION: N_("Recalculated"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(ClientRecord):
    """Something that a client asked for. All times are aware UTC.

    Args:
        number: what people read, ``2026-NV-0042``; yearly and gapless for each prefix.
        received_at: when it reached us; the clock starts here.
        registered_at: when it was written down.
        acknowledged_at: when the client was told that we have it, or None.
        received_reason: why it was dated back, where it was.
        caller: who asked, where that is no contact of the client.
        agreement_id: the agreement version in force when it was received, or None.
        due_at: the governing deadline, or None where nothing sets one.
        news_due_at: when the client is owed news next, or None.
        authority: what the answer to "may they ask for this?" was, and on what basis.
        resolved_at: when it was first done; reopening keeps it.
        charge: CZK charged for the request, or None.
        purpose: what the personal data given may be used for, where the agreement says so.
        closures: the client's own closed days (ISO) as they were known when it was registered
            or last recalculated; its deadlines are counted with these.
        delivered_on: for a complaint of a bill, the day on which that was delivered, or None.
        standing_since: when its governing clock stopped, where that stands still now; until
            it goes on, ``due_at`` is as if it had gone on at once, and nothing is overdue.
        place: for a fault, where it is.
        began_at: for a fault, when it began, or None where unsaid.
        asked_count: numbers that were asked for at once, where this is a part of what was
            split; its deadline stays that of the whole.
        confirmation: whether an authorised person has to confirm it, or has.
        chase_at: when to ask whoever is waited for, or None.
    """

    number: str
    kind: Kind
    channel: Channel
    state: RequestState = RequestState.NEW
    subject: str = ""
    text: str = ""
    contact_id: int | None = None
    caller: str = ""
    received_at: datetime
    registered_at: datetime
    acknowledged_at: datetime | None = None
    received_reason: str = ""
    agreement_id: int | None = None
    clause: str = ""
    due_at: datetime | None = None
    news_due_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    authority: str = ""
    authority_override: str = ""
    charge: Decimal | None = None
    purpose: str = ""
    foreign_operator: bool = False
    closures: tuple[str, ...] = ()
    delivered_on: date | None = None
    standing_since: datetime | None = None
    place: str = ""
    began_at: datetime | None = None
    asked_count: int | None = None
    confirmation: Confirmation = Confirmation.NONE
    chase_at: datetime | None = None

    @property
    def topic(self) -> str:
        """The subject; where nobody gave one, its kind in the language in use."""
        is_kind = self.subject in texts.wordings(_KIND_LABELS[self.kind])
        return self.kind.label if is_kind else self.subject

    def is_overdue(self, at: datetime) -> bool:
        """Return whether the deadline has passed while its clock runs."""
        return _is_overdue(self.due_at, self.standing_since, at)

    @property
    def closed_days(self) -> frozenset[date]:
        """The client's closed days that the deadlines are counted with."""
        return frozenset(map(date.fromisoformat, self.closures))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine(ClientRecord):
    """A number that a request is about; ``line_id`` is None for one we do not know."""

    request_id: int
    msisdn: str
    line_id: int | None = None
    added_at: datetime
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(ClientRecord):
    """One line of a request's story.

    Args:
        at: when it happened, aware UTC; for exceptions, when the circumstance began.
        text: what was said or done; for exceptions, the proof.
        reason: for pauses and exceptions, which of the listed reasons; for late resolutions,
            the cause.
        until: for pauses and hand-overs, when to look again; for exceptions, their end; None
            where it is open.
        reference: the other side's own number, or empty.
        direction: which way a message went; none for what is no message.
        recipient: who was told, for what went out.
        channel: how, where the kind does not say it: a phone call, a mail, in person.
    """

    request_id: int
    kind: EntryKind
    at: datetime
    author: str = ""
    text: str = ""
    reason: str = ""
    until: datetime | None = None
    reference: str = ""
    direction: Direction = Direction.NONE
    recipient: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDeadline(ClientRecord):
    """A deadline of a request as computed when it was set.

    Args:
        nature: soft, contractual or statutory.
        clause: id of the clause or of the section of the law.
        due_at: aware UTC.
        governing: whether it is the one that counts.
        warned: the highest warning already shown, per cent of the time.
    """

    request_id: int
    nature: str
    clause: str
    due_at: datetime
    governing: bool = False
    warned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSummary:
    """A request as lists show it.

    Args:
        lines: count of its numbers.
        waits_for: the person or the technical unit that it waits for, or empty.
    """

    id: int
    client_id: int
    client: str
    number: str
    kind: Kind
    channel: Channel
    state: RequestState
    subject: str
    contact: str
    received_at: datetime
    due_at: datetime | None
    resolved_at: datetime | None
    lines: int
    standing_since: datetime | None = None
    news_due_at: datetime | None = None
    chase_at: datetime | None = None
    confirmation: Confirmation = Confirmation.NONE
    waits_for: str = ""

    def is_overdue(self, at: datetime) -> bool:
        """Return whether an open request's deadline has passed while its clock runs."""
        return self.state.is_open and _is_overdue(self.due_at, self.standing_since, at)


def _is_overdue(due: datetime | None, standing_since: datetime | None, at: datetime) -> bool:
    return due is not None and due < at and standing_since is None
