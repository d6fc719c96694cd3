"""Documents about one request or one client: composed from what is kept, and issued."""

import hashlib
from collections.abc import Sequence
from datetime import date

from console import texts
from console.domain import authority, formats, phone
from console.domain.authorised_persons import AuthorisedPerson, AuthorisedPersons
from console.domain.authority_words import reworded
from console.domain.client import Client
from console.domain.complaint import Complaint, ComplaintOutcome
from console.domain.complaint_record import ComplaintDetails, ComplaintRecord, Decision
from console.domain.contact import Authority, Contact
from console.domain.document import DocumentKind
from console.domain.hand_over import HandedDevice, HandOver
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.recovery_sheet import RecoverySheet
from console.domain.request import Kind, Request
from console.domain.request_story import RequestStory, StoryLine
from console.domain.signature import Signature
from console.domain.story_words import told
from console.domain.written_confirmation import WrittenConfirmation
from console.errors import KnownError
from console.services import agreements, complaints, contacts, documents, requests, settings
from console.services.client_language import in_clients_language
from console.services.documents import Wanted
from console.services.keys import RecoveryKey
from console.services.letterhead import letterhead
from console.services.requests import Dossier
from console.texts import _
from console.workspace import Workspace


def _today(workspace: Workspace) -> date:
    return workspace.store.now().astimezone(PRAGUE).date()


def _asked_by(seen: Dossier) -> str:
    return seen.contact.name if seen.contact else seen.request.caller


def _numbers(seen: Dossier) -> tuple[str, ...]:
    return tuple(phone.pretty(line.msisdn) for line in seen.lines)


def _explanation(seen: Dossier) -> tuple[str, ...]:
    governing = seen.deadlines.governing
    return tuple(step.text for step in governing.explanation) if governing else ()


@in_clients_language
def issue_written_confirmation(
    workspace: Workspace, request: Request, signatures: Sequence[Signature] = ()
) -> Changes:
    """Issue the form that confirms a request in writing; ``result`` is an ``Issued``."""
    from console.documents import written_confirmation

    def make(number: str, revision: int) -> WrittenConfirmation:
        seen = requests.dossier(workspace, request.id)
        return WrittenConfirmation(
            **letterhead(workspace, seen.client, number, revision),
            request=seen.request.number,
            kind=seen.request.kind.label,
            channel=seen.request.channel.label,
            asked_by=_asked_by(seen),
            authority=reworded(seen.request.authority),
            received=seen.request.received_at,
            subject=seen.request.topic,
            text=seen.request.text,
            numbers=_numbers(seen),
            signatures=tuple(signatures),
        )

    wanted = _of_request(request, DocumentKind.WRITTEN_CONFIRMATION)
    return documents.issue(workspace, wanted, make, written_confirmation.render)


def _of_request(request: Request, kind: DocumentKind) -> Wanted:
    title = f"{kind.label} {request.number}"
    return Wanted(request.client_id, kind, request.number, title)


@in_clients_language
def issue_complaint_record(
    workspace: Workspace, request: Request, signatures: Sequence[Signature] = ()
) -> Changes:
    """Issue the record of a complaint as it was lodged; ``result`` is an ``Issued``.

    Raises:
        KnownError: ``not-a-complaint``.
    """
    return _issue_complaint(workspace, request, DocumentKind.COMPLAINT_RECORD, None, signatures)


@in_clients_language
def issue_complaint_reply(
    workspace: Workspace, request: Request, signatures: Sequence[Signature] = ()
) -> Changes:
    """Issue the reply to a complaint as it was decided; ``result`` is an ``Issued``.

    Raises:
        KnownError: ``not-a-complaint``, ``complaint-undecided``.
    """
    decision = _decision(complaints.complaint_of(workspace, request.id))
    if request.kind is Kind.COMPLAINT and decision is None:
        raise KnownError("complaint-undecided", number=request.number)
    kind = DocumentKind.COMPLAINT_REPLY
    return _issue_complaint(workspace, request, kind, decision, signatures)


def _issue_complaint(
    workspace: Workspace,
    request: Request,
    kind: DocumentKind,
    decision: Decision | None,
    signatures: Sequence[Signature],
) -> Changes:
    from console.documents import complaint_record

    if request.kind is not Kind.COMPLAINT:
        raise KnownError("not-a-complaint", number=request.number)
    details = _details(complaints.complaint_of(workspace, request.id))

    def make(number: str, revision: int) -> ComplaintRecord:
        seen = requests.dossier(workspace, request.id)
        governing = seen.deadlines.governing
        return ComplaintRecord(
            **letterhead(workspace, seen.client, number, revision),
            request=seen.request.number,
            complainant=_asked_by(seen),
            channel=seen.request.channel.label,
            received=seen.request.received_at,
            subject=seen.request.topic,
            text=seen.request.text,
            numbers=_numbers(seen),
            due=governing.due if governing else None,
            explanation=_explanation(seen),
            delivered_on=seen.request.delivered_on,
            details=details,
            decision=decision,
            signatures=tuple(signatures),
        )

    return documents.issue(workspace, _of_request(request, kind), make, complaint_record.render)


def _details(known: Complaint | None) -> ComplaintDetails:
    if known is None:
        return ComplaintDetails()
    return ComplaintDetails(invoice=known.invoice, period=known.period, amount=known.amount)


def _decision(known: Complaint | None) -> Decision | None:
    if known is None or known.decided_on is None:
        return None
    return Decision(
        accepted=known.outcome is not ComplaintOutcome.REJECTED,
        is_partial=known.outcome is ComplaintOutcome.PARTLY,
        reasons=known.reasons,
        decided_on=known.decided_on,
        remedy=known.remedy,
        returned=known.refund,
    )


@in_clients_language
def issue_request_story(workspace: Workspace, request: Request) -> Changes:
    """Issue the whole story of a request; ``result`` is an ``Issued``."""
    from console.documents import request_story

    def make(number: str, revision: int) -> RequestStory:
        seen = requests.dossier(workspace, request.id)
        found, governing = seen.request, seen.deadlines.governing
        return RequestStory(
            **letterhead(workspace, seen.client, number, revision),
            request=found.number,
            kind=found.kind.label,
            channel=found.channel.label,
            state=found.state.label,
            asked_by=_asked_by(seen),
            authority=reworded(found.authority),
            subject=found.topic,
            text=found.text,
            received=found.received_at,
            registered=found.registered_at,
            resolved=found.resolved_at,
            due=governing.due if governing else None,
            explanation=_explanation(seen),
            numbers=_numbers(seen),
            entries=tuple(
                StoryLine(at=one.at, kind=one.kind.label, author=one.author, text=told(one))
                for one in seen.entries
            ),
        )

    wanted = _of_request(request, DocumentKind.REQUEST_STORY)
    return documents.issue(workspace, wanted, make, request_story.render)


@in_clients_language
def issue_hand_over(
    workspace: Workspace,
    client: Client,
    devices: Sequence[HandedDevice],
    taken_by: str,
    place: str = "",
    note: str = "",
    signatures: Sequence[Signature] = (),
    about: str = "",
    day: date | None = None,
) -> Changes:
    """Issue the protocol of devices that the client takes over; ``result`` is an ``Issued``.

    It is filed by ``about``, or by the day and the person where that is empty.

    Raises:
        KnownError: ``hand-over-empty``.
    """
    from console.documents import hand_over

    if not devices:
        raise KnownError("hand-over-empty")
    day = day or _today(workspace)

    def make(number: str, revision: int) -> HandOver:
        head = letterhead(workspace, client, number, revision)
        return HandOver(
            **head,
            handed_on=day,
            place=place,
            handed_by=head["manager"],
            taken_by=taken_by,
            devices=tuple(devices),
            note=note,
            signatures=tuple(signatures),
        )

    subject = about or f"{day.isoformat()} {taken_by} {_mark_of(devices)}"
    title = f"{DocumentKind.HAND_OVER.label} {formats.day(day)}"
    wanted = Wanted(client.id, DocumentKind.HAND_OVER, subject, title)
    return documents.issue(workspace, wanted, make, hand_over.render)


def _mark_of(devices: Sequence[HandedDevice]) -> str:
    """Return a short mark of what is handed over: two hand-overs a day are two protocols."""
    pieces = "|".join(sorted(f"{one.model} {one.imei} {one.number}" for one in devices))
    return hashlib.sha256(pieces.encode()).hexdigest()[:6]


@in_clients_language
def issue_authorised_persons(
    workspace: Workspace, client: Client, signatures: Sequence[Signature] = ()
) -> Changes:
    """Issue the annex of a client's authorised persons as of today."""
    from console.documents import authorised_persons

    def make(number: str, revision: int) -> AuthorisedPersons:
        version = agreements.version_in_force(workspace, client.id, workspace.store.now())
        return AuthorisedPersons(
            **letterhead(workspace, client, number, revision),
            as_of=_today(workspace),
            agreement=agreements.name_of(version),
            persons=tuple(_persons(workspace, client)),
            signatures=tuple(signatures),
        )

    title = DocumentKind.AUTHORISED_PERSONS.label
    wanted = Wanted(client.id, DocumentKind.AUTHORISED_PERSONS, client.ico, title)
    return documents.issue(workspace, wanted, make, authorised_persons.render)


def _persons(workspace: Workspace, client: Client) -> list[AuthorisedPerson]:
    today, found = _today(workspace), []
    for contact in contacts.contacts_of(workspace, client.id):
        if not authority.holds(contact, today):
            continue
        blanket = [_("anything but orders")] if contact.authorised else []
        blanket += [_("orders of devices and SIM cards")] if contact.may_order else []
        if blanket:
            found.append(_person(contact, ", ".join(blanket), "", authority.last_day(contact), ""))
        grants = contacts.grants_of(workspace, contact.id)
        found += [_granted(contact, one) for one in grants if authority.grant_holds(one, today)]
    return found


def _person(
    contact: Contact, scope: str, limits: str, until: date | None, mandate: str
) -> AuthorisedPerson:
    return AuthorisedPerson(
        name=contact.name,
        function=contact.function,
        phone=phone.pretty(contact.mobile or contact.landline),
        email=contact.email,
        scope=scope,
        limits=limits,
        until=until,
        mandate=mandate,
    )


def _granted(contact: Contact, grant: Authority) -> AuthorisedPerson:
    kinds = ", ".join(Kind(action).label for action in grant.actions)
    parts = [*grant.cost_centres, *map(phone.pretty, grant.numbers)]
    if grant.order_limit is not None:
        sum_ = formats.money(grant.order_limit)
        parts.append(_("One order up to {limit} without VAT.").format(limit=sum_))
    limits = ", ".join(parts)
    return _person(
        contact, kinds or _("anything"), limits, authority.last_day(contact, grant), grant.mandate
    )


def recovery_sheet(workspace: Workspace, key: RecoveryKey) -> bytes:
    """Return the sheet with a recovery key; it is not issued, stored or logged.

    Args:
        workspace: that the key opens.
        key: as it was drawn.
    """
    from console.documents import recovery_sheet as sheet

    return sheet.render(
        RecoverySheet(
            language=texts.language(),
            workspace=workspace.folder.name,
            manager=settings.manager(workspace).name,
            groups=key.groups,
            qr=key.qr,
            made_at=workspace.store.now(),
        )
    )
