"""A request while it is filled in: what it would become, and what forbids logging it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from console.domain import phone
from console.domain.agreement import Agreement
from console.domain.authority import Asked, Verdict
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.deadlines import Deadlines, compute
from console.domain.line import Line
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind, RequestState
from console.domain.story import Facts
from console.domain.workflow import NEEDS, Need, missing
from console.errors import KnownError
from console.services import agreements, contacts, lines
from console.workspace import Workspace

NEEDS_NUMBER: Final = frozenset(kind for kind, needs in NEEDS.items() if Need.NUMBER in needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as the person fills it in.

    Args:
        numbers: as written; they are normalised and repeats dropped.
        received_at: aware; the time now where None.
        reason: why authority is overridden, or why it was dated back.
        delivered_on: for a complaint of a bill, the day on which that was delivered.
        place: for a fault, where it is.
        began_at: for a fault, when it began; when it was reported where None.
        invoice: for a complaint of a bill, its number.
        period: for a complaint of a bill, what it is for.
        amount: for a complaint of a bill, what is disputed, CZK with VAT.
    """

    client_id: int
    kind: Kind = Kind.INFORMATION
    channel: Channel = Channel.PHONE
    numbers: tuple[str, ...] = ()
    contact_id: int | None = None
    caller: str = ""
    subject: str = ""
    text: str = ""
    received_at: datetime | None = None
    override_authority: bool = False
    reason: str = ""
    charge: Decimal | None = None
    foreign_operator: bool = False
    delivered_on: date | None = None
    place: str = ""
    began_at: datetime | None = None
    invoice: str = ""
    period: str = ""
    amount: Decimal | None = None

    @property
    def is_of_bill(self) -> bool:
        """Whether it is a complaint of a bill."""
        told = self.delivered_on or self.invoice.strip() or self.period.strip() or self.amount
        return self.kind is Kind.COMPLAINT and bool(told)

    @property
    def known(self) -> frozenset[Need]:
        """The facts that are there, numbers aside."""
        given = {
            Need.INVOICE: self.invoice.strip(),
            Need.PERIOD: self.period.strip(),
            Need.PLACE: self.place.strip() or self.numbers,
            Need.BEGAN_AT: self.began_at or self.kind is Kind.FAULT,
        }
        return frozenset(need for need, value in given.items() if value)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would become, shown while it is filled in.

    Args:
        unknown: numbers of the draft that the register does not have, E.164.
        foreign: numbers that belong to another client, with that client's name.
        malformed: what is no number at all, as written.
        asked: what the verdict is about.
        missing: facts that a later step will need.
    """

    deadlines: Deadlines
    verdict: Verdict
    numbers: tuple[str, ...]
    unknown: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    malformed: tuple[str, ...]
    asked: Asked
    missing: tuple[Need, ...]


def preview(workspace: Workspace, draft: Draft) -> Preview:
    """Say what a draft would become: deadlines, authority, numbers; nothing is stored."""
    numbers, malformed = numbers_of(draft.numbers)
    known = lines.lines_by_number(workspace, numbers)
    received = draft.received_at or workspace.store.now()
    version = agreements.version_in_force(workspace, draft.client_id, received)
    terms = agreements.terms_of(version)
    deadlines = compute(
        terms,
        _facts(draft, received, len(numbers)),
        closures=agreements.closures_of(workspace, draft.client_id),
    )
    asked = _asked(draft, known, received, terms)
    asking = workspace.store.select(Contact, "id = ?", [draft.contact_id or 0])
    contact = asking[0] if asking else None
    facts = draft.known | ({Need.NUMBER} if numbers else set())
    return Preview(
        deadlines,
        contacts.judge(workspace, contact, asked),
        tuple(numbers),
        tuple(number for number in numbers if number not in known),
        foreign(workspace, draft.client_id, known),
        tuple(malformed),
        asked,
        missing(draft.kind, draft.is_of_bill, RequestState.WAITING_OPERATOR, facts),
    )


def numbers_of(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return distinct E.164 numbers, and what is no number at all."""
    normal: dict[str, None] = {}
    malformed = []
    for written in texts:
        number = phone.normalise(written)
        if number:
            normal[number] = None
        elif written.strip():
            malformed.append(written.strip())
    return list(normal), malformed


def foreign(
    workspace: Workspace, client_id: int, known: Mapping[str, Line]
) -> tuple[tuple[str, str], ...]:
    """Return the numbers that belong to another client, with that client's name."""
    return tuple(
        (number, workspace.store.get(Client, line.client_id).name)
        for number, line in known.items()
        if line.client_id != client_id
    )


def check_numbers(malformed: Sequence[str], foreign: Sequence[tuple[str, str]]) -> None:
    """Refuse what is no number, and numbers of another client.

    Raises:
        KnownError: ``number-wrong``, ``number-of-another``.
    """
    if malformed:
        raise KnownError("number-wrong", number=malformed[0])
    if foreign:
        number, client = foreign[0]
        raise KnownError("number-of-another", number=phone.pretty(number), client=client)


def _facts(draft: Draft, received: datetime, count: int) -> Facts:
    return Facts(
        kind=draft.kind,
        channel=draft.channel,
        count=count,
        received=received,
        foreign_operator=draft.foreign_operator,
        delivered_on=draft.delivered_on,
    )


def _asked(
    draft: Draft, known: dict[str, Line], received: datetime, terms: Agreement | None
) -> Asked:
    centres = dict.fromkeys(numbers_of(draft.numbers)[0], "")
    centres.update({number: line.cost_centre for number, line in known.items()})
    day = received.astimezone(PRAGUE).date()
    dedicated = bool(terms and terms.authorised_only and draft.channel is Channel.PHONE)
    return Asked(draft.kind, centres, day, dedicated)


def check(
    draft: Draft, seen: Preview, terms: Agreement | None, asks_authority: bool = True
) -> None:
    """Refuse a draft that cannot be logged.

    Raises:
        KnownError: ``number-wrong``, ``number-of-another``, ``numbers-missing``,
            ``charge-refused``, ``not-authorised``, ``override-reason-needed``.
    """
    check_numbers(seen.malformed, seen.foreign)
    if draft.kind in NEEDS_NUMBER and not seen.numbers:
        raise KnownError("numbers-missing", kind=draft.kind.label)
    if draft.charge and terms and not terms.charges_allowed:
        raise KnownError("charge-refused")
    if seen.verdict.allowed or not asks_authority:
        return
    if not draft.override_authority:
        raise KnownError("not-authorised", why=seen.verdict.why)
    if not draft.reason.strip():
        raise KnownError("override-reason-needed")
