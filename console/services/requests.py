"""Requests: logging one with its deadline, working it off, its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from console.domain import phone
from console.domain.agreement import Agreement
from console.domain.authority import Verdict
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.deadlines import Deadlines, check_received, compute
from console.domain.explanation import PRAGUE
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.request import (
    Channel,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestDeadline,
    RequestLine,
    RequestState,
)
from console.domain.story import PAUSE_REASONS, Addition, Facts, Pause, Reopened, Story
from console.errors import KnownError
from console.services import agreements, contacts, lines, settings
from console.texts import _
from console.workspace import Workspace

NEEDS_NUMBER: Final = frozenset(
    {
        Kind.NUMBER_DEACTIVATION,
        Kind.SIM_BLOCK,
        Kind.SIM_UNBLOCK,
        Kind.SIM_SWAP,
        Kind.ROAMING_ON,
        Kind.ROAMING_OFF,
        Kind.TARIFF_CHANGE,
    }
)
_OPEN: Final = (
    RequestState.NEW,
    RequestState.IN_PROGRESS,
    RequestState.WAITING_CLIENT,
    RequestState.WAITING_OPERATOR,
)
STEPS: Final = {
    **{
        state: (
            *(other for other in _OPEN[1:] if other is not state),
            RequestState.RESOLVED,
            RequestState.CANCELLED,
            RequestState.REFUSED,
        )
        for state in _OPEN
    },
    RequestState.RESOLVED: (RequestState.IN_PROGRESS,),
    RequestState.CANCELLED: (RequestState.IN_PROGRESS,),
    RequestState.REFUSED: (RequestState.IN_PROGRESS,),
}
"""To which states a request may go from each state; from a closed one it is reopened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request as the person fills it in.

    Args:
        numbers: as written; they are normalised and repeats dropped.
        received_at: aware; the time now where None.
        reason: why authority is overridden, or why it was dated back.
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


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would become, shown while it is filled in.

    Args:
        unknown: numbers of the draft that the register does not have, E.164.
        foreign: numbers that belong to another client, with that client's name.
        malformed: what is no number at all, as written.
    """

    deadlines: Deadlines
    verdict: Verdict
    numbers: tuple[str, ...]
    unknown: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...]
    malformed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A request with all that belongs to it."""

    request: Request
    client: Client
    contact: Contact | None
    agreement: Agreement | None
    lines: list[RequestLine]
    entries: list[Entry]
    deadlines: Deadlines


def preview(workspace: Workspace, draft: Draft) -> Preview:
    """Say what a draft would become: deadlines, authority, numbers; nothing is stored."""
    numbers, malformed = _numbers(draft)
    known = lines.lines_by_number(workspace, numbers)
    received = draft.received_at or workspace.store.now()
    version = agreements.version_in_force(workspace, draft.client_id, received)
    facts = _facts(draft, received, len(numbers))
    deadlines = compute(
        agreements.terms_of(version),
        facts,
        closures=agreements.closures_of(workspace, draft.client_id),
    )
    return Preview(
        deadlines,
        _verdict(workspace, draft, known, received),
        tuple(numbers),
        tuple(number for number in numbers if number not in known),
        _foreign(workspace, draft, known),
        tuple(malformed),
    )


def _numbers(draft: Draft) -> tuple[list[str], list[str]]:
    normal: dict[str, None] = {}
    malformed = []
    for written in draft.numbers:
        number = phone.normalise(written)
        if number:
            normal[number] = None
        elif written.strip():
            malformed.append(written.strip())
    return list(normal), malformed


def _foreign(
    workspace: Workspace, draft: Draft, known: Mapping[str, Line]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (number, workspace.store.get(Client, line.client_id).name)
        for number, line in known.items()
        if line.client_id != draft.client_id
    )


def _facts(draft: Draft, received: datetime, count: int) -> Facts:
    return Facts(
        kind=draft.kind,
        channel=draft.channel,
        count=count,
        received=received,
        foreign_operator=draft.foreign_operator,
    )


def _verdict(
    workspace: Workspace, draft: Draft, known: dict[str, Line], received: datetime
) -> Verdict:
    contact = contacts.contact(workspace, draft.contact_id) if draft.contact_id else None
    centres = dict.fromkeys(_numbers(draft)[0], "")
    centres.update({number: line.cost_centre for number, line in known.items()})
    day = received.astimezone(PRAGUE).date()
    return contacts.judge(workspace, contact, draft.kind, centres, day)


def log_request(workspace: Workspace, draft: Draft) -> Changes:
    """Log a request with its deadlines.

    Raises:
        KnownError: where a fact is missing or wrong, the person has no authority, or the time
            of receipt cannot be; nothing was stored.
    """
    store = workspace.store
    now = store.now()
    received = draft.received_at or now
    check_received(received, now, draft.reason)
    seen = preview(workspace, draft)
    version = agreements.version_in_force(workspace, draft.client_id, received)
    terms = agreements.terms_of(version)
    _check(draft, seen, terms)
    with store.unit("log-request", draft.subject or draft.kind.label) as unit:
        request = store.insert(
            _request(workspace, draft, seen, terms, version.id if version else None, received)
        )
        _store_lines(workspace, request, seen.numbers, request.registered_at)
        _store_deadlines(workspace, request, seen.deadlines)
    return Changes(unit, frozenset(store.tables_changed), request)


def _check(draft: Draft, seen: Preview, terms: Agreement | None) -> None:
    _check_numbers(seen.malformed, seen.foreign)
    if draft.kind in NEEDS_NUMBER and not seen.numbers:
        raise KnownError("numbers-missing", kind=draft.kind.label)
    if draft.charge and terms and not terms.charges_allowed:
        raise KnownError("charge-refused")
    if seen.verdict.allowed:
        return
    if not draft.override_authority:
        raise KnownError("not-authorised", why=seen.verdict.why)
    if not draft.reason.strip():
        raise KnownError("override-reason-needed")


def _check_numbers(malformed: Sequence[str], foreign: Sequence[tuple[str, str]]) -> None:
    if malformed:
        raise KnownError("number-wrong", number=malformed[0])
    if foreign:
        number, client = foreign[0]
        raise KnownError("number-of-another", number=phone.pretty(number), client=client)


def _request(
    workspace: Workspace,
    draft: Draft,
    seen: Preview,
    terms: Agreement | None,
    agreement_id: int | None,
    received: datetime,
) -> Request:
    now = workspace.store.now()
    governing = seen.deadlines.governing
    return Request(
        client_id=draft.client_id,
        number=_next_number(workspace, received),
        kind=draft.kind,
        channel=draft.channel,
        subject=draft.subject.strip() or draft.kind.label,
        text=draft.text,
        contact_id=draft.contact_id,
        caller=draft.caller.strip(),
        received_at=received,
        registered_at=now,
        received_reason=draft.reason if draft.received_at else "",
        agreement_id=agreement_id,
        clause=governing.clause if governing else "",
        due_at=governing.due if governing else None,
        news_due_at=seen.deadlines.news_due,
        authority=seen.verdict.why,
        authority_override="" if seen.verdict.allowed else draft.reason,
        charge=draft.charge,
        purpose=terms.purpose.shown if terms else "",
        foreign_operator=draft.foreign_operator,
    )


def _next_number(workspace: Workspace, received: datetime) -> str:
    """Return the next number of the manager's own series in the year of receipt."""
    year = received.astimezone(PRAGUE).year
    prefix = settings.manager(workspace).prefix
    return f"{year}-{prefix}-{workspace.store.next_in_series(prefix, year):04}"


def _store_lines(
    workspace: Workspace, request: Request, numbers: Sequence[str], at: datetime
) -> None:
    known = lines.lines_by_number(workspace, numbers)
    for number in numbers:
        found = known.get(number)
        workspace.store.insert(
            RequestLine(
                client_id=request.client_id,
                request_id=request.id,
                msisdn=number,
                line_id=found.id if found else None,
                added_at=at,
            )
        )


def _store_deadlines(workspace: Workspace, request: Request, deadlines: Deadlines) -> None:
    for deadline in deadlines.all:
        workspace.store.insert(
            RequestDeadline(
                client_id=request.client_id,
                request_id=request.id,
                nature=deadline.nature.value,
                clause=deadline.clause,
                due_at=deadline.due,
                governing=deadline is deadlines.governing,
            )
        )


def request_by_number(workspace: Workspace, number: str) -> Request:
    """Return a request by the number that people read.

    Raises:
        KnownError: ``request-unknown``.
    """
    found = workspace.store.select(Request, "number = ?", [number.strip().upper()])
    if not found:
        raise KnownError("request-unknown", number=number)
    return found[0]


def dossier(workspace: Workspace, request_id: int) -> Dossier:
    """Return a request with its numbers, story and deadlines as they stand now."""
    store = workspace.store
    request = store.get(Request, request_id)
    numbers = store.select(RequestLine, "request_id = ?", [request_id])
    entries = store.select(Entry, "request_id = ?", [request_id], order="at, id")
    terms = _terms(workspace, request)
    return Dossier(
        request,
        store.get(Client, request.client_id),
        store.get(Contact, request.contact_id) if request.contact_id else None,
        terms,
        numbers,
        entries,
        _deadlines(workspace, request, numbers, entries, terms),
    )


def _terms(workspace: Workspace, request: Request) -> Agreement | None:
    from console.domain.agreement_version import AgreementVersion

    if request.agreement_id is None:
        return None
    return agreements.terms_of(workspace.store.get(AgreementVersion, request.agreement_id))


def _deadlines(
    workspace: Workspace,
    request: Request,
    numbers: Sequence[RequestLine],
    entries: Sequence[Entry],
    terms: Agreement | None,
) -> Deadlines:
    additions = _additions(request, numbers)
    facts = Facts(
        kind=request.kind,
        channel=request.channel,
        count=sum(number.added_at <= request.registered_at for number in numbers),
        received=request.received_at,
        foreign_operator=request.foreign_operator,
    )
    closures = agreements.closures_of(workspace, request.client_id)
    story = replace(story_of(request, entries), additions=additions)
    return compute(terms, facts, story, workspace.store.now(), closures)


def _additions(request: Request, numbers: Sequence[RequestLine]) -> tuple[Addition, ...]:
    """Return how many numbers there were each time after more of them came."""
    later = sorted({n.added_at for n in numbers if n.added_at > request.registered_at})
    return tuple(Addition(at=at, count=sum(n.added_at <= at for n in numbers)) for at in later)


def story_of(request: Request, entries: Sequence[Entry]) -> Story:
    """Return what a request's entries mean for its deadlines."""
    pauses: list[Pause] = []
    reopenings: list[Reopened] = []
    notices: list[datetime] = []
    resolved: datetime | None = None
    for entry in entries:
        if entry.kind is EntryKind.PAUSE:
            pauses.append(Pause(reason=entry.reason, start=entry.at))
        elif entry.kind is EntryKind.RESUME and pauses and pauses[-1].end is None:
            pauses[-1] = Pause(reason=pauses[-1].reason, start=pauses[-1].start, end=entry.at)
        elif entry.kind is EntryKind.NOTICE:
            notices.append(entry.at)
        elif entry.kind is EntryKind.STEP and entry.reference == RequestState.RESOLVED:
            resolved = entry.at
        elif entry.kind is EntryKind.STEP and entry.reference == "reopened" and resolved:
            reopenings.append(Reopened(resolved=resolved, reopened=entry.at))
            resolved = None
    return Story(
        pauses=tuple(pauses),
        reopenings=tuple(reopenings),
        notices=tuple(notices),
        resolved=resolved if not request.state.is_open else None,
    )


def take_step(
    workspace: Workspace,
    request: Request,
    target: RequestState,
    text: str = "",
    at: datetime | None = None,
) -> Changes:
    """Bring a request into another state and write it into its story.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        target: one of ``STEPS[request.state]``.
        text: what was done, for the story.
        at: when, aware; now where None.

    Raises:
        KnownError: ``step-refused``, ``received-in-future``.
    """
    if target not in STEPS[request.state]:
        raise KnownError("step-refused", state=request.state.label, target=target.label)
    store = workspace.store
    at = _moment(workspace, at)
    with store.unit("take-step", f"{request.number} · {target.label}") as unit:
        _pause_or_resume(workspace, request, target, at)
        reopened = not request.state.is_open
        word = "reopened" if reopened else target.value
        _write(workspace, request, EntryKind.STEP, text or target.label, at, reference=word)
        stored = store.update(request, **_state_changes(request, target, at))
        stored = _recompute(workspace, stored)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _moment(workspace: Workspace, at: datetime | None) -> datetime:
    now = workspace.store.now()
    if at is not None and at > now:
        raise KnownError("received-in-future")
    return at or now


def _pause_or_resume(
    workspace: Workspace, request: Request, target: RequestState, at: datetime
) -> None:
    """Waiting for the client stops the clock; whatever comes next starts it again."""
    if target is RequestState.WAITING_CLIENT:
        _write(workspace, request, EntryKind.PAUSE, "", at, reason=PAUSE_REASONS[0])
    elif request.state is RequestState.WAITING_CLIENT:
        _write(workspace, request, EntryKind.RESUME, "", at)


def _state_changes(request: Request, target: RequestState, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {"state": target}
    if target is RequestState.RESOLVED and request.resolved_at is None:
        changes["resolved_at"] = at
    if not target.is_open:
        changes["closed_at"] = at
    elif request.closed_at:
        changes["closed_at"] = None
    if request.acknowledged_at is None and target.is_open:
        changes["acknowledged_at"] = at
    return changes


def _write(
    workspace: Workspace,
    request: Request,
    kind: EntryKind,
    text: str,
    at: datetime,
    **more: Any,
) -> Entry:
    return workspace.store.insert(
        Entry(
            client_id=request.client_id,
            request_id=request.id,
            kind=kind,
            at=at,
            author=workspace.store.actor,
            text=text,
            **more,
        )
    )


def add_entry(
    workspace: Workspace,
    request: Request,
    kind: EntryKind,
    text: str,
    at: datetime | None = None,
    reason: str = "",
) -> Changes:
    """Add a line to a request's story; a notice to the client resets the promise of news.

    Raises:
        KnownError: ``field-missing``, ``pause-reason``.
    """
    if kind is EntryKind.PAUSE and reason not in PAUSE_REASONS:
        raise KnownError("pause-reason", known=", ".join(PAUSE_REASONS))
    if kind not in (EntryKind.PAUSE, EntryKind.RESUME) and not text.strip():
        raise KnownError("field-missing", field=_("Text"))
    store = workspace.store
    with store.unit("add-entry", request.number) as unit:
        _write(workspace, request, kind, text, _moment(workspace, at), reason=reason)
        stored = _recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)


def add_numbers(workspace: Workspace, request: Request, numbers: Sequence[str]) -> Changes:
    """Add numbers to a request; its deadline is judged anew.

    Raises:
        KnownError: ``number-wrong``, ``number-of-another``.
    """
    draft = Draft(client_id=request.client_id, numbers=tuple(numbers))
    normal, malformed = _numbers(draft)
    foreign = _foreign(workspace, draft, lines.lines_by_number(workspace, normal))
    _check_numbers(malformed, foreign)
    store = workspace.store
    there = {n.msisdn for n in store.select(RequestLine, "request_id = ?", [request.id])}
    with store.unit("add-numbers", request.number) as unit:
        new = [n for n in normal if n not in there]
        _store_lines(workspace, request, new, store.now())
        stored = _recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _recompute(workspace: Workspace, request: Request) -> Request:
    """Bring the stored deadlines up to the request's story, inside the caller's unit."""
    store = workspace.store
    deadlines = dossier(workspace, request.id).deadlines
    known = store.select(RequestDeadline, "request_id = ?", [request.id])
    for deadline in deadlines.all:
        for stored in known:
            if stored.nature == deadline.nature.value:
                store.update(
                    stored,
                    due_at=deadline.due,
                    clause=deadline.clause,
                    governing=deadline is deadlines.governing,
                )
    governing = deadlines.governing
    return store.update(
        request,
        due_at=governing.due if governing else None,
        clause=governing.clause if governing else "",
        news_due_at=deadlines.news_due if request.state.is_open else None,
    )
