"""Requests: logging one with its deadline, working it off, its story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from console.domain.agreement import Agreement, ClauseException, Reopening
from console.domain.client import Client
from console.domain.compliance import Cause, likely_cause
from console.domain.contact import Contact
from console.domain.deadlines import Deadlines, check_received
from console.domain.explanation import PRAGUE
from console.domain.journal import Changes
from console.domain.request import (
    Entry,
    EntryKind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.story import AWAITING_CLIENT, PAUSE_REASONS, REOPENED, reason_label
from console.errors import KnownError
from console.services import access, agreements, lines, request_drafts, request_stories, settings
from console.services.request_drafts import NEEDS_NUMBER as NEEDS_NUMBER
from console.services.request_drafts import Draft as Draft
from console.services.request_drafts import Preview as Preview
from console.services.request_drafts import preview as preview
from console.services.request_stories import Told
from console.texts import _
from console.workspace import Workspace

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


@dataclass(frozen=True, slots=True)
class Dossier:
    """A request with all that belongs to it.

    Args:
        exceptions: circumstances that its clauses let change a deadline.
    """

    request: Request
    client: Client
    contact: Contact | None
    agreement: Agreement | None
    lines: list[RequestLine]
    entries: list[Entry]
    deadlines: Deadlines
    exceptions: tuple[ClauseException, ...]


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
    request_drafts.check(draft, seen, terms)
    with store.unit("log-request", draft.subject or draft.kind.label) as unit:
        request = store.insert(
            _request(workspace, draft, seen, terms, version.id if version else None, received)
        )
        _store_lines(workspace, request, seen.numbers, request.registered_at)
        request_stories.store_deadlines(workspace, request, seen.deadlines)
    return Changes(unit, frozenset(store.tables_changed), request)


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
        closures=_closures(workspace, draft.client_id),
        delivered_on=draft.delivered_on,
    )


def _closures(workspace: Workspace, client_id: int) -> tuple[str, ...]:
    days = agreements.closures_of(workspace, client_id)
    return tuple(sorted(day.isoformat() for day in days))


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
    """Open a request with its numbers, story and deadlines as they stand now.

    Where the client's agreement logs openings, the contact counts as opened for it.
    """
    store = workspace.store
    told = request_stories.tell(workspace, store.get(Request, request_id))
    request = told.request
    noun = "contacts" if request.contact_id else "requests"
    record_id = request.contact_id or request.id
    access.opened(workspace, noun, record_id, request.client_id, request.id)
    return Dossier(
        request,
        store.get(Client, request.client_id),
        store.get(Contact, request.contact_id) if request.contact_id else None,
        told.terms,
        told.lines,
        told.entries,
        told.deadlines(store.now()),
        _exceptions(told),
    )


def take_step(
    workspace: Workspace,
    request: Request,
    target: RequestState,
    text: str = "",
    at: datetime | None = None,
    cause: Cause | None = None,
) -> Changes:
    """Bring a request into another state and write it into its story.

    Where it is resolved late, the cause is written down with it.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        target: one of ``STEPS[request.state]``.
        text: what was done, for the story.
        at: when, aware; now where None.
        cause: why it is late; what the story tells where None.

    Raises:
        KnownError: ``step-refused``, ``received-in-future``, ``time-before-receipt``.
    """
    if target not in STEPS[request.state]:
        raise KnownError("step-refused", state=request.state.label, target=target.label)
    store = workspace.store
    at = _moment(workspace, request, at)
    reopened = not request.state.is_open
    word = REOPENED if reopened else target.value
    with store.unit("take-step", f"{request.number} · {target.label}") as unit:
        _pause_or_resume(workspace, request, target, at)
        told = request_stories.tell(workspace, request)
        late = _late_cause(told, at, cause) if target is RequestState.RESOLVED else ""
        text = text or target.label
        _write(workspace, request, EntryKind.STEP, text, at, reference=word, reason=late)
        stored = store.update(request, **_state_changes(request, target, at))
        anew = reopened and told.terms and told.terms.reopening is Reopening.NEW_CYCLE
        stored = request_stories.recompute(workspace, stored, bool(anew))
    return Changes(unit, frozenset(store.tables_changed), stored)


def take_steps(
    workspace: Workspace, request_ids: Sequence[int], target: RequestState, text: str = ""
) -> Changes:
    """Bring many requests into another state as one action with one undo.

    Args:
        workspace: the open workspace.
        request_ids: the requests; those that cannot go there stay as they are.
        target: the state.
        text: what was done, for each story.

    Returns:
        The changes; their result is the list of the requests that moved.

    Raises:
        KnownError: ``steps-refused`` where none of them can.
    """
    store = workspace.store
    found = [store.get(Request, request_id) for request_id in request_ids]
    able = [request for request in found if target in STEPS[request.state]]
    if not able:
        raise KnownError("steps-refused")
    with store.unit("take-steps", target.label) as unit:
        moved = [take_step(workspace, request, target, text).result for request in able]
    return Changes(unit, frozenset(store.tables_changed), moved)


def _moment(workspace: Workspace, request: Request, at: datetime | None) -> datetime:
    now = workspace.store.now()
    if at is not None and at > now:
        raise KnownError("received-in-future")
    if at is not None and at < request.received_at:
        raise KnownError("time-before-receipt", number=request.number)
    return at or now


def _late_cause(told: Told, at: datetime, cause: Cause | None) -> str:
    """Return why a request that is resolved now is late, or nothing where it is in time."""
    governing = told.deadlines(at).governing
    if governing is None or governing.is_met(at):
        return ""
    return cause or likely_cause(told.request.received_at, told.entries, told.story, at)


def _pause_or_resume(
    workspace: Workspace, request: Request, target: RequestState, at: datetime
) -> None:
    """Waiting for the client stops the clock; whatever comes next starts it again."""
    if target is RequestState.WAITING_CLIENT:
        _write(workspace, request, EntryKind.PAUSE, "", at, reason=AWAITING_CLIENT)
    elif request.state is RequestState.WAITING_CLIENT:
        _write(workspace, request, EntryKind.RESUME, "", at, reason=AWAITING_CLIENT)


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
        KnownError: ``field-missing``, ``pause-reason``, ``received-in-future``,
            ``time-before-receipt``.
    """
    if kind is EntryKind.PAUSE and reason not in PAUSE_REASONS:
        raise KnownError("pause-reason", known=", ".join(PAUSE_REASONS))
    if kind not in (EntryKind.PAUSE, EntryKind.RESUME) and not text.strip():
        raise KnownError("field-missing", field=_("Text"))
    store = workspace.store
    with store.unit("add-entry", request.number) as unit:
        _write(workspace, request, kind, text, _moment(workspace, request, at), reason=reason)
        stored = request_stories.recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)


def add_numbers(workspace: Workspace, request: Request, numbers: Sequence[str]) -> Changes:
    """Add numbers to an open request; its deadline is judged anew, but gets no longer if past.

    Raises:
        KnownError: ``number-wrong``, ``number-of-another``, ``request-closed``.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    normal, malformed = request_drafts.numbers_of(numbers)
    known = lines.lines_by_number(workspace, normal)
    foreign = request_drafts.foreign(workspace, request.client_id, known)
    request_drafts.check_numbers(malformed, foreign)
    store = workspace.store
    there = {n.msisdn for n in store.select(RequestLine, "request_id = ?", [request.id])}
    with store.unit("add-numbers", request.number) as unit:
        _store_lines(workspace, request, [n for n in normal if n not in there], store.now())
        stored = request_stories.recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)


def exceptions_of(workspace: Workspace, request: Request) -> tuple[ClauseException, ...]:
    """Return the exceptions that the clauses of a request's deadlines list, for a choice."""
    return _exceptions(request_stories.tell(workspace, request))


def _exceptions(told: Told) -> tuple[ClauseException, ...]:
    clauses = {deadline.clause for deadline in told.deadlines().all}
    listed = [
        exception
        for clause in (told.terms.clauses if told.terms else ())
        if clause.id in clauses
        for exception in clause.exceptions
    ]
    return tuple({exception.reason: exception for exception in listed}.values())


def record_exception(
    workspace: Workspace,
    request: Request,
    reason: str,
    start: datetime,
    end: datetime | None,
    evidence: str,
) -> Changes:
    """Record a circumstance that the agreement lets change a deadline, with its proof.

    Recording the same reason and beginning again replaces it, for example with its end.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        reason: one that the request's clause lists, see :func:`exceptions_of`.
        start: when it began, aware; it may have begun before the request came.
        end: when it ended, or None while it lasts.
        evidence: what proves it, for example the number of the incident.

    Raises:
        KnownError: ``exception-unlisted``, ``evidence-missing``, ``exception-times``.
    """
    listed = [exception.reason for exception in exceptions_of(workspace, request)]
    if reason not in listed:
        known = ", ".join(_(reason_label(word)) for word in listed) or "–"
        raise KnownError("exception-unlisted", reason=_(reason_label(reason)), known=known)
    if not evidence.strip():
        raise KnownError("evidence-missing")
    store = workspace.store
    if start > store.now() or (end and not start < end <= store.now()):
        raise KnownError("exception-times")
    with store.unit("record-exception", request.number) as unit:
        _write(
            workspace,
            request,
            EntryKind.EXCEPTION,
            evidence.strip(),
            start.astimezone(UTC),
            reason=reason,
            until=end,
        )
        stored = request_stories.recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)
