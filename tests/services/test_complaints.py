"""Complaints from the bill to the refund, with what the law gives the client."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.complaint import Complaint, ComplaintOutcome, ComplaintSubject
from console.domain.request import Kind, Request, RequestState
from console.services import complaints, history, papers, requests
from console.services.complaints import Settlement
from console.services.documents import Issued
from console.workspace import Workspace
from tests.documents import pdf
from tests.services.steps import Clock, agree, complain, log, refused, step

BILL = {"invoice": "2026100123", "period": "10/2026", "amount": Decimal("1234.50")}


def _found(opened: Workspace, request: Request) -> Complaint:
    found = complaints.complaint_of(opened, request.id)
    assert found is not None
    return found


def test_bill_is_kept_and_makes_it_a_complaint_of_billing(
    opened: Workspace, client: Client
) -> None:
    request = complain(opened, client, **BILL)
    found = _found(opened, request)
    assert (found.invoice, found.period, found.amount) == tuple(BILL.values())
    assert found.subject is ComplaintSubject.BILLING
    assert not _found(opened, complain(opened, client)).is_of_bill


def test_bill_is_needed_before_the_complaint_is_settled(opened: Workspace, client: Client) -> None:
    request = complain(opened, client, period="10/2026")
    with refused("facts-missing"):
        step(opened, request, RequestState.RESOLVED)
    complaints.change(opened, request, invoice="77")
    assert step(opened, request, RequestState.RESOLVED).resolved_at is not None


def test_decision_resolves_and_gives_dates_of_refund_and_objection(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    request = complain(opened, client, **BILL)
    settlement = Settlement(
        ComplaintOutcome.PARTLY,
        "Roaming byl účtován dvakrát.",
        "Dobropis",
        Decimal(600),
        "datová zpráva 55",
        date(2026, 11, 5),
    )
    clock.set("2026-11-05T09:00")
    settled: Any = complaints.settle(opened, request, settlement).result
    assert settled.state is RequestState.RESOLVED
    found = _found(opened, request)
    until = complaints.rights(found, requests.dossier(opened, request.id).deadlines)
    assert found.decided_on == date(2026, 11, 5)
    assert until.settle_until == date(2026, 12, 4)
    assert until.refund_until == date(2026, 12, 7)  # the 5th is a Saturday
    assert until.objection_until == date(2026, 12, 7)
    with refused("day-in-future"):
        complaints.change(opened, settled, refund_paid_on=date(2026, 11, 20))
    clock.set("2026-11-20T09:00")
    complaints.change(opened, settled, refund_paid_on=date(2026, 11, 20))
    assert _found(opened, request).refund_paid_on == date(2026, 11, 20)


@pytest.mark.parametrize("outcome", [ComplaintOutcome.ACCEPTED, ComplaintOutcome.REJECTED])
def test_only_who_did_not_get_all_may_object(
    opened: Workspace, client: Client, clock: Clock, outcome: ComplaintOutcome
) -> None:
    request = complain(opened, client)
    complaints.settle(opened, request, Settlement(outcome, "Posouzeno"))
    until = complaints.rights(
        _found(opened, request), requests.dossier(opened, request.id).deadlines
    )
    assert (until.objection_until is None) is (outcome is ComplaintOutcome.ACCEPTED)
    assert until.refund_until is None


def test_silence_opens_the_way_to_the_regulator(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    request = complain(opened, client)
    until = complaints.rights(
        _found(opened, request), requests.dossier(opened, request.id).deadlines
    )
    assert until.settle_until == date(2026, 12, 4)
    assert until.objection_until == date(2027, 1, 4)


def test_decision_and_request_are_taken_back_together(opened: Workspace, client: Client) -> None:
    request = complain(opened, client, **BILL)
    before = _found(opened, request)
    complaints.settle(opened, request, Settlement(ComplaintOutcome.ACCEPTED, "Ano"))
    history.undo_last(opened)
    after = _found(opened, request)
    assert (after.outcome, after.reasons) == (before.outcome, before.reasons)
    assert opened.store.get(Request, request.id).state is RequestState.NEW


def test_decision_can_be_corrected_after_it_was_made(opened: Workspace, client: Client) -> None:
    request = complain(opened, client)
    settled: Any = complaints.settle(
        opened, request, Settlement(ComplaintOutcome.REJECTED, "Ne")
    ).result
    complaints.settle(opened, settled, Settlement(ComplaintOutcome.ACCEPTED, "Přece ano"))
    assert _found(opened, request).outcome is ComplaintOutcome.ACCEPTED
    assert opened.store.get(Request, request.id).state is RequestState.RESOLVED


def test_reply_that_was_delivered_later_leaves_the_decision_as_it_is(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    request = complain(opened, client, **BILL)
    accepted = Settlement(ComplaintOutcome.ACCEPTED, "Ano", refund=Decimal(600))
    settled: Any = complaints.settle(opened, request, accepted).result
    owed = complaints.rights(
        _found(opened, request), requests.dossier(opened, request.id).deadlines
    )
    clock.set("2026-11-25T09:00")
    proven = replace(accepted, reply_proof="DS 55", reply_delivered_on=date(2026, 11, 24))
    complaints.settle(opened, settled, proven)
    found = _found(opened, request)
    dossier = requests.dossier(opened, request.id)
    assert found.decided_on == date(2026, 11, 4)
    assert complaints.rights(found, dossier.deadlines).refund_until == owed.refund_until
    told = [entry.text for entry in dossier.entries]
    assert sum("Decided" in text for text in told) == 1
    assert "DS 55" in told[-1]
    complaints.settle(opened, opened.store.get(Request, request.id), replace(proven, refund=None))
    assert _found(opened, request).decided_on == date(2026, 11, 25)


def test_delivery_and_foreign_operator_are_set_later_and_move_the_clock_of_the_law(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    request = complain(opened, client, **BILL)
    before = requests.dossier(opened, request.id).deadlines
    changed: Any = requests.change_request(
        opened, request, foreign_operator=True, delivered_on=date(2026, 8, 1)
    ).result
    after = requests.dossier(opened, request.id).deadlines
    assert before.governing
    assert after.governing
    assert before.governing.due.date() == date(2026, 12, 4)
    assert after.governing.due.date() == date(2027, 1, 4)
    assert changed.due_at == after.governing.due
    with refused("day-in-future"):
        requests.change_request(opened, changed, delivered_on=date(2026, 11, 5))


@pytest.mark.parametrize(
    ("settlement", "code"),
    [
        (Settlement(ComplaintOutcome.OPEN, "x"), "field-missing"),
        (Settlement(ComplaintOutcome.ACCEPTED, " "), "field-missing"),
        (Settlement(ComplaintOutcome.REJECTED, "x", refund=Decimal(1)), "refund-of-rejected"),
        (Settlement(ComplaintOutcome.ACCEPTED, "x", refund=Decimal(-1)), "amount-negative"),
    ],
)
def test_half_a_decision_is_refused(
    opened: Workspace, client: Client, settlement: Settlement, code: str
) -> None:
    request = complain(opened, client)
    with refused(code):
        complaints.settle(opened, request, settlement)
    assert _found(opened, request).outcome is ComplaintOutcome.OPEN


def test_only_a_complaint_has_a_bill(opened: Workspace, client: Client) -> None:
    with refused("not-a-complaint"):
        complaints.change(opened, log(opened, client, kind=Kind.FAULT), invoice="1")


def test_record_prints_the_bill_and_the_reply_the_decision(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    request = complain(opened, client, **BILL)
    with refused("complaint-undecided"):
        papers.issue_complaint_reply(opened, request)
    record: Any = papers.issue_complaint_record(opened, request).result
    assert isinstance(record, Issued)
    assert "2026100123" in pdf.words(record.content)
    clock.now += timedelta(days=1)
    settled: Any = complaints.settle(
        opened, request, Settlement(ComplaintOutcome.ACCEPTED, "Omyl účtárny", refund=Decimal(600))
    ).result
    with refused("not-a-complaint"):
        papers.issue_complaint_reply(opened, log(opened, client))
    reply: Any = papers.issue_complaint_reply(opened, settled).result
    said = pdf.words(reply.content)
    assert "Omyl účtárny" in said
    assert "600.00" in said
    assert reply.document.kind != record.document.kind
