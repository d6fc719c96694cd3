"""A request's story in storage: numbers added, exceptions with their proof, pauses, reopening."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from console.domain import explanation as say
from console.domain.agreement import Reopening
from console.domain.client import Client
from console.domain.listing import ListQuery
from console.domain.request import Channel, EntryKind, Kind, RequestState
from console.domain.story import FORCE_MAJEURE, TECHNICAL_DIFFICULTIES
from console.errors import KnownError
from console.services import agreements, history, lists, overview, reports, requests
from console.services.shipped import shipped
from console.workspace import Workspace
from tests.services.story_telling import NUMBERS, Teller, at, end_of

BILL: dict[str, Any] = {"delivered_on": date(2025, 12, 1), "invoice": "202511", "period": "11/2025"}


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    return Teller(opened, client, "o2-public-sector")


def test_numbers_added_before_the_deadline_are_judged_anew_and_say_so(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=9)
    assert request.due_at == at(3, 3, 10)
    teller.now = at(3, 3, 8)
    requests.add_numbers(teller.workspace, request, NUMBERS[9:12])
    request = teller.fresh(request)
    assert request.due_at == at(3, 4, 10)
    assert request.clause == "bulk-48h"
    dossier = requests.dossier(teller.workspace, request.id)
    steps = [step for deadline in dossier.deadlines.all for step in deadline.explanation]
    assert any(step.step == say.ADDED and "12" in step.text for step in steps)
    assert teller.stored(request) == teller.shown(request)


def test_numbers_added_after_the_deadline_make_it_no_longer(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=9)
    teller.now = at(3, 3, 10, 0, 1)
    requests.add_numbers(teller.workspace, request, NUMBERS[9:12])
    assert teller.fresh(request).due_at == at(3, 3, 10)


def test_number_that_is_there_already_counts_once(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=9)
    teller.now = at(3, 2, 11)
    requests.add_numbers(teller.workspace, request, ["777 000 000", "00420 777000001"])
    assert teller.fresh(request).due_at == at(3, 3, 10)
    assert len(requests.dossier(teller.workspace, request.id).lines) == 9


def test_undo_takes_added_numbers_and_their_deadline_back(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=9)
    teller.now = at(3, 2, 11)
    requests.add_numbers(teller.workspace, request, NUMBERS[9:12])
    history.undo_last(teller.workspace)
    assert teller.fresh(request).due_at == at(3, 3, 10)
    assert teller.stored(request) == teller.shown(request)


def test_closed_request_takes_no_numbers(teller: Teller) -> None:
    request = teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    with pytest.raises(KnownError) as caught:
        requests.add_numbers(teller.workspace, request, NUMBERS[5:6])
    assert caught.value.code == "request-closed"


def test_difficulties_stop_the_clock_of_a_bulk_request_from_start_to_end(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    assert request.due_at == at(3, 4, 10)
    teller.now = at(3, 3, 13)
    requests.record_exception(
        teller.workspace,
        request,
        TECHNICAL_DIFFICULTIES,
        at(3, 2, 12),
        at(3, 3, 12),
        " INC-42 ",
    )
    request = teller.fresh(request)
    assert request.due_at == at(3, 5, 10)
    assert teller.stored(request) == teller.shown(request)
    texts = [
        step.text
        for step in requests.dossier(teller.workspace, request.id).deadlines.all[0].explanation
    ]
    assert any("INC-42" in text and "technical difficulties" in text for text in texts)


def test_difficulties_that_last_stop_the_shown_clock_until_now(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 2, 12)
    requests.record_exception(
        teller.workspace, request, TECHNICAL_DIFFICULTIES, at(3, 2, 12), None, "INC-42"
    )
    teller.now = at(3, 2, 15)
    assert teller.shown(request)["contractual"] == at(3, 4, 13)
    teller.now = at(3, 2, 16)
    requests.record_exception(
        teller.workspace,
        teller.fresh(request),
        TECHNICAL_DIFFICULTIES,
        at(3, 2, 12),
        at(3, 2, 14),
        "INC-42, over",
    )
    assert teller.fresh(request).due_at == at(3, 4, 12)


def test_difficulties_make_sixty_days_of_thirty_but_leave_the_law_alone(teller: Teller) -> None:
    request = teller.log(at(2, 10, 9), Kind.COMPLAINT)
    teller.now = at(2, 12)
    requests.record_exception(
        teller.workspace, request, TECHNICAL_DIFFICULTIES, at(2, 11), None, "INC-43"
    )
    stored = teller.stored(request)
    assert stored["contractual"] == end_of(4, 13)
    assert stored["statutory"] == end_of(3, 10)
    assert teller.fresh(request).due_at == end_of(3, 10)


def test_difficulties_that_began_after_it_was_due_change_nothing_and_say_so(
    teller: Teller,
) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 6)
    requests.record_exception(
        teller.workspace, request, TECHNICAL_DIFFICULTIES, at(3, 4, 10), at(3, 5), "INC-44"
    )
    assert teller.fresh(request).due_at == at(3, 4, 10)
    steps = requests.dossier(teller.workspace, request.id).deadlines.all[0].explanation
    assert any("no change" in step.text for step in steps if step.step == say.EXCEPTION)


def test_undo_takes_an_exception_back(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 3)
    requests.record_exception(
        teller.workspace, request, TECHNICAL_DIFFICULTIES, at(3, 2, 12), at(3, 2, 13), "INC-45"
    )
    history.undo_last(teller.workspace)
    assert teller.fresh(request).due_at == at(3, 4, 10)
    assert teller.stored(request) == teller.shown(request)


@pytest.mark.parametrize(
    ("reason", "start", "end", "evidence", "code"),
    [
        ("snow", at(3, 2, 11), None, "photo", "exception-unlisted"),
        (TECHNICAL_DIFFICULTIES, at(3, 2, 11), None, "  ", "evidence-missing"),
        (TECHNICAL_DIFFICULTIES, at(3, 2, 13), None, "INC", "exception-times"),
        (TECHNICAL_DIFFICULTIES, at(3, 2, 11), at(3, 2, 11), "INC", "exception-times"),
        (TECHNICAL_DIFFICULTIES, at(3, 2, 11), at(3, 2, 13), "INC", "exception-times"),
    ],
)
def test_exception_without_a_clause_a_proof_or_right_times_is_refused(
    teller: Teller, reason: str, start: object, end: object, evidence: str, code: str
) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 2, 12)
    with pytest.raises(KnownError) as caught:
        requests.record_exception(teller.workspace, request, reason, start, end, evidence)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert teller.fresh(request) == request


def test_only_the_clauses_of_the_request_offer_their_exceptions(teller: Teller) -> None:
    single = teller.log(at(3, 2, 10))
    bulk = teller.log(at(3, 2, 11), count=10)
    assert requests.exceptions_of(teller.workspace, single) == ()
    assert [e.reason for e in requests.exceptions_of(teller.workspace, bulk)] == [
        TECHNICAL_DIFFICULTIES
    ]


def test_waiting_for_the_client_puts_the_deadline_off_when_it_is_over(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    assert request.due_at == at(3, 3, 10)
    teller.now = at(3, 2, 18)
    assert teller.shown(request)["contractual"] == at(3, 3, 16)
    request = teller.step(at(3, 2, 20), request, RequestState.IN_PROGRESS)
    assert request.due_at == at(3, 3, 18)
    assert teller.stored(request) == teller.shown(request)


def test_two_reasons_at_once_end_each_on_its_own_and_count_once(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    teller.now = at(3, 2, 13)
    requests.add_entry(teller.workspace, request, EntryKind.PAUSE, "flood", reason=FORCE_MAJEURE)
    request = teller.step(at(3, 2, 14), request, RequestState.IN_PROGRESS)
    teller.now = at(3, 2, 16)
    requests.add_entry(teller.workspace, request, EntryKind.RESUME, "", reason=FORCE_MAJEURE)
    assert teller.fresh(request).due_at == at(3, 3, 14)


def test_resolution_ends_every_pause(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    request = teller.resolve(at(3, 2, 13), request)
    teller.now = at(5, 1)
    assert teller.shown(request)["contractual"] == at(3, 3, 11)
    assert teller.stored(request) == teller.shown(request)


def test_reopening_starts_a_new_period_and_its_warnings_where_the_agreement_says_so(
    teller: Teller,
) -> None:
    terms = shipped("o2-public-sector")
    renewed = replace(terms, reopening=Reopening.NEW_CYCLE)
    agreements.amend_agreement(teller.workspace, teller.client.id, renewed, date(2026, 2, 1))
    request = teller.resolve(at(3, 3, 11), teller.log(at(3, 2, 10)))
    request = teller.step(at(3, 5, 12), request, RequestState.IN_PROGRESS)
    assert request.due_at == at(3, 6, 12)
    assert request.resolved_at == at(3, 3, 11)
    (governing,) = [
        deadline
        for deadline in requests.dossier(teller.workspace, request.id).deadlines.all
        if deadline.clause == "single-24h"
    ]
    assert governing.first_met is False
    assert governing.ended[0].due == at(3, 3, 10)


def test_complaint_keeps_the_day_of_the_bill_and_names_the_day_of_the_refund(
    teller: Teller,
) -> None:
    request = teller.log(at(2, 3, 9), Kind.COMPLAINT, Channel.EMAIL, **BILL)
    seen = requests.dossier(teller.workspace, request.id).deadlines
    assert say.WARNING in [step.step for step in seen.warnings]
    assert seen.refund_due is None
    request = teller.resolve(at(2, 20, 9), request)
    assert requests.dossier(teller.workspace, request.id).deadlines.refund_due == end_of(3, 20)


def test_step_before_the_receipt_is_refused(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    with pytest.raises(KnownError) as caught:
        teller.step(at(3, 2, 11), request, RequestState.RESOLVED, at=at(3, 2, 9))
    assert caught.value.code == "time-before-receipt"


def test_story_written_late_in_any_order_is_read_in_the_order_of_time(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    teller.now = at(3, 2, 20)
    for kind, when in ((EntryKind.RESUME, at(3, 2, 15)), (EntryKind.PAUSE, at(3, 2, 12))):
        requests.add_entry(
            teller.workspace, teller.fresh(request), kind, "", when, reason=FORCE_MAJEURE
        )
    assert teller.fresh(request).due_at == at(3, 3, 10) + timedelta(hours=3)


def test_request_whose_clock_stands_still_is_overdue_nowhere(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    assert request.standing_since == at(3, 2, 12)
    teller.now = at(3, 20)
    seen = overview.overview(teller.workspace)
    assert (seen.overdue, seen.due_today) == ([], [])
    assert [row.number for row in seen.waiting] == [request.number]
    listed = lists.page(teller.workspace, ListQuery(noun="clients", sort="name")).rows
    assert listed[0].overdue == 0
    report = reports.status_report(teller.workspace, teller.client, date(2026, 3, 1), "D1", 1)
    assert [point.is_overdue for point in report.open_points] == [False]
    request = teller.step(at(3, 20), request, RequestState.IN_PROGRESS)
    assert request.standing_since is None
    teller.now = at(3, 21)
    assert [row.number for row in overview.overview(teller.workspace).overdue] == [request.number]


def test_pause_after_the_deadline_leaves_the_request_overdue(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 3, 11), request, RequestState.WAITING_CLIENT)
    assert request.standing_since is None
    assert [row.number for row in overview.overview(teller.workspace).overdue] == [request.number]


def test_law_governs_while_the_contract_stands_still(teller: Teller) -> None:
    request = teller.log(at(5, 29, 9), Kind.COMPLAINT)
    assert (request.clause, request.due_at) == ("complaint-30d", end_of(6, 29))
    request = teller.step(at(6, 1), request, RequestState.WAITING_CLIENT)
    assert (request.clause, request.due_at) == ("127/2005 s. 64", end_of(6, 29))
    assert request.standing_since is None
    teller.now = at(6, 30)
    assert [row.number for row in overview.overview(teller.workspace).overdue] == [request.number]
    governing = requests.dossier(teller.workspace, request.id).deadlines.governing
    assert governing is not None
    assert governing.due == request.due_at


def test_lasting_difficulties_stand_still_as_well(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=10)
    teller.now = at(3, 2, 12)
    requests.record_exception(
        teller.workspace, request, TECHNICAL_DIFFICULTIES, at(3, 2, 11), None, "INC-9"
    )
    assert teller.fresh(request).standing_since == at(3, 2, 11)
