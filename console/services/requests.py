"""Requests: logging one with its deadline, opening it with all that belongs to it.

Steps and the story are written in ``request_steps``, numbers in ``request_numbers``; other
modules name them from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, Final

from console.domain.agreement import Agreement, ClauseException
from console.domain.attachment import Attachment
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.complaint import Complaint, ComplaintSubject
from console.domain.contact import Contact
from console.domain.deadlines import Deadlines, check_received
from console.domain.journal import Changes
from console.domain.outgoing_mail import OutgoingMail
from console.domain.request import (
    Confirmation,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.story import AWAITING_CLIENT, reason_label
from console.errors import KnownError
from console.services import (
    access,
    agreements,
    attachments,
    authority_checks,
    request_drafts,
    request_links,
    request_stories,
    settings,
)
from console.services.request_drafts import NEEDS_NUMBER as NEEDS_NUMBER
from console.services.request_drafts import Draft as Draft
from console.services.request_drafts import Preview as Preview
from console.services.request_drafts import preview as preview
from console.services.request_links import Linked
from console.services.request_numbers import CONFIRM_WITHIN, store_lines
from console.services.request_numbers import add_numbers as add_numbers
from console.services.request_numbers import remove_numbers as remove_numbers
from console.services.request_steps import Message as Message
from console.services.request_steps import add_entry as add_entry
from console.services.request_steps import chase as chase
from console.services.request_steps import hand_over as hand_over
from console.services.request_steps import missing_for as missing_for
from console.services.request_steps import take_step as take_step
from console.services.request_steps import take_steps as take_steps
from console.services.request_steps import write
from console.services.request_stories import Told
from console.texts import _
from console.workspace import Workspace


class _Way(Enum):
    """How a request is logged."""

    USUAL = auto()
    REFUSED = auto()
    TO_CONFIRM = auto()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A request with all that belongs to it.

    Args:
        exceptions: circumstances that its clauses let change a deadline.
        complaint: what only a complaint has, or None.
        links: requests that belong to it.
        files: attachments by the id of the entry, or of the request, that they lie with.
        checks: of authority, in the order of time.
        mails: that went or are to go out about it.
    """

    request: Request
    client: Client
    contact: Contact | None
    agreement: Agreement | None
    lines: list[RequestLine]
    entries: list[Entry]
    deadlines: Deadlines
    exceptions: tuple[ClauseException, ...]
    complaint: Complaint | None
    links: list[Linked]
    files: Mapping[int, list[Attachment]]
    checks: list[AuthorityCheck]
    mails: list[OutgoingMail]


def log_request(workspace: Workspace, draft: Draft) -> Changes:
    """Log a request with its deadlines.

    Raises:
        KnownError: where a fact is missing or wrong, the person has no authority, or the time
            of receipt cannot be; nothing was stored.
    """
    return _log(workspace, draft, _Way.USUAL)


def log_refused(workspace: Workspace, draft: Draft) -> Changes:
    """Log that something was asked for without authority, and was refused.

    Raises:
        KnownError: as :func:`log_request`, but for the authority.
    """
    return _log(workspace, draft, _Way.REFUSED)


def log_to_confirm(workspace: Workspace, draft: Draft) -> Changes:
    """Log a request that waits until an authorised person confirms it in writing.

    Raises:
        KnownError: as :func:`log_request`, but for the authority.
    """
    return _log(workspace, draft, _Way.TO_CONFIRM)


def _log(workspace: Workspace, draft: Draft, way: _Way) -> Changes:
    store = workspace.store
    now = store.now()
    received = draft.received_at or now
    check_received(received, now, draft.reason)
    seen = preview(workspace, draft)
    version = agreements.version_in_force(workspace, draft.client_id, received)
    terms = agreements.terms_of(version)
    request_drafts.check(draft, seen, terms, asks_authority=way is _Way.USUAL)
    agreement_id = version.id if version else None
    with store.unit("log-request", draft.subject or draft.kind.label) as unit:
        request = store.insert(_request(workspace, draft, seen, terms, agreement_id, received, way))
        store_lines(workspace, request, seen.numbers, request.registered_at)
        _store_complaint(workspace, request, draft)
        person = _person(workspace, request)
        authority_checks.keep(
            workspace, request, person, seen.asked, seen.verdict, request.authority_override
        )
        if way is _Way.USUAL:
            request_stories.store_deadlines(workspace, request, seen.deadlines)
        else:
            request = _begin(workspace, request, seen.verdict.why)
    return Changes(unit, frozenset(store.tables_changed), request)


def _begin(workspace: Workspace, request: Request, why: str) -> Request:
    """Write why a request stands still from its first moment, or was refused at once."""
    state, at = request.state, request.registered_at
    write(workspace, request, EntryKind.STEP, why, at, reference=state.value)
    if state is RequestState.REFUSED:
        return request
    write(workspace, request, EntryKind.PAUSE, "", at, reason=AWAITING_CLIENT)
    return request_stories.recompute(workspace, request)


def _request(
    workspace: Workspace,
    draft: Draft,
    seen: Preview,
    terms: Agreement | None,
    agreement_id: int | None,
    received: datetime,
    way: _Way,
) -> Request:
    now = workspace.store.now()
    is_refused = way is _Way.REFUSED
    governing = None if is_refused else seen.deadlines.governing
    return Request(
        client_id=draft.client_id,
        number=settings.next_request_number(workspace, received),
        kind=draft.kind,
        channel=draft.channel,
        state=_FIRST_STATES[way],
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
        news_due_at=None if is_refused else seen.deadlines.news_due,
        closed_at=now if is_refused else None,
        authority=seen.verdict.why,
        authority_override=_override(draft, seen, way),
        charge=draft.charge,
        purpose=terms.purpose.shown if terms else "",
        foreign_operator=draft.foreign_operator,
        closures=_closures(workspace, draft.client_id),
        delivered_on=draft.delivered_on,
        place=draft.place.strip(),
        began_at=(draft.began_at or received) if draft.kind is Kind.FAULT else None,
        **_to_confirm(seen, way, now),
    )


_FIRST_STATES: Final = {
    _Way.USUAL: RequestState.NEW,
    _Way.REFUSED: RequestState.REFUSED,
    _Way.TO_CONFIRM: RequestState.WAITING_CLIENT,
}


def _override(draft: Draft, seen: Preview, way: _Way) -> str:
    if way is _Way.TO_CONFIRM:
        return _("to be confirmed in writing")
    return "" if seen.verdict.allowed or way is _Way.REFUSED else draft.reason


def _to_confirm(seen: Preview, way: _Way, now: datetime) -> dict[str, Any]:
    is_emergency = way is _Way.USUAL and seen.verdict.to_confirm
    if way is _Way.TO_CONFIRM or is_emergency:
        return {"confirmation": Confirmation.WANTED, "chase_at": now + CONFIRM_WITHIN}
    return {}


def _person(workspace: Workspace, request: Request) -> str:
    if request.contact_id is None:
        return request.caller
    return workspace.store.recall(Contact, request.contact_id).name


def _store_complaint(workspace: Workspace, request: Request, draft: Draft) -> None:
    if draft.kind is Kind.COMPLAINT:
        subject = ComplaintSubject.BILLING if draft.is_of_bill else ComplaintSubject.QUALITY
        workspace.store.insert(
            Complaint(
                client_id=request.client_id,
                request_id=request.id,
                subject=subject,
                invoice=draft.invoice.strip(),
                period=draft.period.strip(),
                amount=draft.amount,
            )
        )


def _closures(workspace: Workspace, client_id: int) -> tuple[str, ...]:
    days = agreements.closures_of(workspace, client_id)
    return tuple(sorted(day.isoformat() for day in days))


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
        store.recall(Contact, request.contact_id) if request.contact_id else None,
        told.terms,
        told.lines,
        told.entries,
        told.deadlines(store.now()),
        _exceptions(told),
        next(iter(store.select(Complaint, "request_id = ?", [request_id])), None),
        request_links.links_of(workspace, request_id),
        attachments.by_owner(workspace, [request_id, *(entry.id for entry in told.entries)]),
        authority_checks.checks_of(workspace, request_id),
        store.select(OutgoingMail, "request_id = ?", [request_id]),
    )


def change_request(workspace: Workspace, request: Request, **changes: Any) -> Changes:
    """Fill in or correct what a request says; its deadlines follow.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        **changes: ``subject``, ``text``, ``place``, ``began_at``; of a complaint
            ``delivered_on`` and ``foreign_operator``, which the clock of the law goes by.

    Raises:
        KnownError: ``field-missing``, ``received-in-future``.

    Source:
        Act 127/2005, s. 64: two months from the delivery of the bill for lodging a complaint,
        two for settling it where a foreign operator is asked.
    """
    if not str(changes.get("subject", request.subject)).strip():
        raise KnownError("field-missing", field=_("Subject"))
    began = changes.get("began_at")
    if began is not None and began > workspace.store.now():
        raise KnownError("received-in-future")
    store = workspace.store
    delivered = changes.get("delivered_on")
    if delivered is not None and delivered > store.today():
        raise KnownError("day-in-future")
    with store.unit("change-request", request.number) as unit:
        stored = request_stories.recompute(workspace, store.update(request, **changes))
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
        write(
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
