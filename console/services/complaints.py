"""Complaints: the bill, the decision, the reply and its proof, the refund, the regulator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from console.domain import formats
from console.domain.agreement import Nature, days_of_rest
from console.domain.complaint import Complaint, ComplaintOutcome, ComplaintSubject
from console.domain.deadlines import Deadlines
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.request import EntryKind, Kind, Request, RequestState
from console.errors import KnownError
from console.services import request_steps, request_stories, requests
from console.texts import _
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a complaint is settled.

    Args:
        refund: what is given back, CZK with VAT, or None.
        reply_proof: how it is proven that the reply was delivered, or empty.
    """

    outcome: ComplaintOutcome
    reasons: str
    remedy: str = ""
    refund: Decimal | None = None
    reply_proof: str = ""
    reply_delivered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Until when what follows from a complaint.

    Args:
        settle_until: last day for settling it by the law.
        refund_until: last day for giving the money back, or None.
        objection_until: last day for the client's objection at the regulator, or None.
    """

    settle_until: date | None
    refund_until: date | None
    objection_until: date | None


def complaint_of(workspace: Workspace, request_id: int) -> Complaint | None:
    """Return what a request has as a complaint, or None."""
    found = workspace.store.select(Complaint, "request_id = ?", [request_id])
    return found[0] if found else None


def rights(complaint: Complaint, deadlines: Deadlines) -> Rights:
    """Return until when what follows from a complaint.

    Args:
        complaint: as it is.
        deadlines: of its request.

    Source:
        Act 127/2005, s. 64(9) and (10), s. 129(3).
    """
    statutory = next((d for d in deadlines.all if d.nature is Nature.STATUTORY), None)
    settle = statutory.due.astimezone(PRAGUE).date() if statutory else None
    rest = days_of_rest()
    return Rights(settle, complaint.refund_until(rest), complaint.objection_until(settle, rest))


def change(workspace: Workspace, request: Request, **changes: Any) -> Changes:
    """Change what a complaint says: the bill, the reply, the refund.

    Args:
        workspace: the open workspace.
        request: the complaint's request.
        **changes: fields of :class:`Complaint`.

    Raises:
        KnownError: ``not-a-complaint``, ``amount-negative``, ``day-in-future`` for a day on
            which a reply was delivered or money paid back.
    """
    if request.kind is not Kind.COMPLAINT:
        raise KnownError("not-a-complaint", number=request.number)
    if any(isinstance(v, Decimal) and v < 0 for v in changes.values()):
        raise KnownError("amount-negative")
    store = workspace.store
    if any(isinstance(v, date) and v > store.today() for v in changes.values()):
        raise KnownError("day-in-future")
    with store.unit("change-complaint", request.number) as unit:
        known = complaint_of(workspace, request.id) or store.insert(
            Complaint(client_id=request.client_id, request_id=request.id)
        )
        if changes.get("invoice") and "subject" not in changes:
            changes["subject"] = ComplaintSubject.BILLING
        stored = store.update(known, **changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def fill_in(
    workspace: Workspace, request: Request, facts: dict[str, Any], bill: dict[str, Any]
) -> Changes:
    """Fill in what a request still needs, of a complaint with its bill, as one action.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        facts: as :func:`console.services.requests.change_request` takes them.
        bill: as :func:`change` takes them; empty for what is no complaint.
    """
    store = workspace.store
    with store.unit("change-request", request.number) as unit:
        changed = requests.change_request(workspace, request, **facts).result
        if bill:
            change(workspace, request, **bill)
    return Changes(unit, frozenset(store.tables_changed), changed)


def settle(workspace: Workspace, request: Request, settlement: Settlement) -> Changes:
    """Decide a complaint and resolve its request, as one action with one undo.

    Recording later how and when the reply was delivered leaves the decision and its day as they
    are; only another outcome, or another refund, is a new decision.

    Raises:
        KnownError: ``not-a-complaint``, ``field-missing``, ``refund-of-rejected``,
            ``day-in-future``, and as :func:`console.services.request_steps.take_step`.
    """
    if settlement.outcome is ComplaintOutcome.OPEN:
        raise KnownError("field-missing", field=_("Decision"))
    if not settlement.reasons.strip():
        raise KnownError("field-missing", field=_("Reasons"))
    if settlement.refund and settlement.outcome is ComplaintOutcome.REJECTED:
        raise KnownError("refund-of-rejected")
    store = workspace.store
    known = complaint_of(workspace, request.id)
    is_decided = known is not None and _is_decided_so(known, settlement)
    with store.unit("settle-complaint", request.number) as unit:
        change(
            workspace,
            request,
            outcome=settlement.outcome,
            reasons=settlement.reasons.strip(),
            remedy=settlement.remedy.strip(),
            refund=settlement.refund,
            reply_proof=settlement.reply_proof.strip(),
            reply_delivered_on=settlement.reply_delivered_on,
            decided_on=known.decided_on if known and is_decided else store.today(),
        )
        text = _told_of(settlement, is_decided)
        if request.state.is_open:
            request_steps.take_step(workspace, request, RequestState.RESOLVED, text)
        else:
            if text:
                request_steps.write(workspace, request, EntryKind.NOTE, text, store.now())
            request_stories.recompute(workspace, request)
        stored = store.get(Request, request.id)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _is_decided_so(known: Complaint, settlement: Settlement) -> bool:
    return (
        known.decided_on is not None
        and known.outcome is settlement.outcome
        and (known.refund or 0) == (settlement.refund or 0)
    )


def _told_of(settlement: Settlement, is_decided: bool) -> str:
    """Return what the story says: the decision, or that its reply was delivered."""
    if not is_decided:
        return _("Decided: {outcome}. {reasons}").format(
            outcome=settlement.outcome.label, reasons=settlement.reasons.strip()
        )
    if settlement.reply_delivered_on is None:
        return ""
    day = formats.day(settlement.reply_delivered_on)
    proof = settlement.reply_proof.strip() or "–"
    return _("The reply was delivered on {day}: {proof}.").format(day=day, proof=proof)
