"""Editing acts forward; counting open requests anew is explicit, previewed and undoable."""

from dataclasses import replace
from datetime import date

import pytest

from console.domain.agreement import Agreement, Nature
from console.domain.client import Client
from console.domain.request import Channel, EntryKind, Kind, Request, RequestState
from console.errors import KnownError
from console.services import agreements, history, recalculation, requests
from console.services.shipped import shipped
from console.workspace import Workspace
from tests.services.story_telling import Teller, at, end_of


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    return Teller(opened, client, "o2-public-sector")


def _written(amount: int) -> Agreement:
    terms = shipped("o2-public-sector")
    clauses = tuple(
        replace(clause, amount=amount) if clause.id == "written-5wd" else clause
        for clause in terms.clauses
    )
    return replace(terms, clauses=clauses)


def _letter(teller: Teller, month: int = 3, day: int = 2) -> Request:
    return teller.log(at(month, day, 10), channel=Channel.LETTER)


def test_closure_added_later_leaves_stored_and_shown_deadlines_alone(teller: Teller) -> None:
    request = _letter(teller)
    agreements.add_closure(teller.workspace, teller.client.id, date(2026, 3, 4), "sanitation")
    assert teller.fresh(request).due_at == end_of(3, 9)
    assert teller.shown(request) == teller.stored(request)
    teller.now = at(3, 2, 12)
    requests.add_entry(teller.workspace, teller.fresh(request), EntryKind.NOTE, "a note")
    assert teller.fresh(request).due_at == end_of(3, 9)
    later = teller.log(at(3, 2, 13), channel=Channel.LETTER)
    assert later.due_at == end_of(3, 10)


def test_closure_taken_back_leaves_logged_requests_with_it(teller: Teller) -> None:
    workspace = teller.workspace
    agreements.add_closure(workspace, teller.client.id, date(2026, 3, 4))
    request = _letter(teller)
    (closure,) = agreements.closures(workspace, teller.client.id)
    agreements.remove_closure(workspace, closure)
    assert agreements.closures_of(workspace, teller.client.id) == frozenset()
    assert teller.shown(request)["contractual"] == end_of(3, 10)


def test_same_closure_twice_is_refused(teller: Teller) -> None:
    agreements.add_closure(teller.workspace, teller.client.id, date(2026, 3, 4))
    with pytest.raises(KnownError) as caught:
        agreements.add_closure(teller.workspace, teller.client.id, date(2026, 3, 4))
    assert caught.value.code == "closure-exists"


def test_days_between_the_holidays_are_entered_at_once_and_undone_at_once(
    teller: Teller,
) -> None:
    workspace, client_id = teller.workspace, teller.client.id
    agreements.add_closure(workspace, client_id, date(2026, 12, 28))
    days = [date(2026, 12, day) for day in (31, 30, 29, 28)]
    agreements.add_closures(workspace, client_id, days, " between the holidays ")
    found = agreements.closures(workspace, client_id)
    assert [closure.day.day for closure in found] == [28, 29, 30, 31]
    assert found[1].reason == "between the holidays"
    history.undo_last(workspace)
    assert agreements.closures_of(workspace, client_id) == {date(2026, 12, 28)}


def test_amendment_acts_on_requests_received_from_its_day_on(teller: Teller) -> None:
    before = _letter(teller, 3, 31)
    agreements.amend_agreement(teller.workspace, teller.client.id, _written(3), date(2026, 4, 1))
    after = _letter(teller, 4, 1)
    assert before.due_at == end_of(4, 9)
    assert after.due_at == end_of(4, 8)
    assert teller.shown(before)["contractual"] == end_of(4, 9)
    newest, first = agreements.versions(teller.workspace, teller.client.id)
    assert (newest.valid_from, first.valid_from) == (date(2026, 4, 1), date(2026, 1, 1))


def test_amendment_with_a_mistake_is_refused_and_named(teller: Teller) -> None:
    wrong = replace(_written(3), news_hours=-1)
    with pytest.raises(KnownError) as caught:
        agreements.amend_agreement(teller.workspace, teller.client.id, wrong, date(2026, 4, 1))
    assert caught.value.code == "terms-wrong"
    assert caught.value.facts["field"] == "news_hours"
    assert len(agreements.versions(teller.workspace, teller.client.id)) == 1


def test_preview_names_what_would_move_and_stores_nothing(teller: Teller) -> None:
    request = _letter(teller)
    phone = teller.log(at(3, 2, 11))
    agreements.amend_agreement(teller.workspace, teller.client.id, _written(3), date(2026, 3, 1))
    preview = recalculation.recalculation(teller.workspace, teller.client.id)
    assert [row.request_id for row in preview.rows] == [request.id]
    (moved,) = preview.rows[0].moved
    assert (moved.nature, moved.due_before, moved.due_after) == (
        Nature.CONTRACTUAL,
        end_of(3, 9),
        end_of(3, 5),
    )
    assert teller.fresh(request) == request
    assert teller.fresh(phone) == phone


def test_recalculated_request_keeps_the_new_basis_and_its_story_says_so(teller: Teller) -> None:
    request = _letter(teller)
    workspace, client = teller.workspace, teller.client
    agreements.amend_agreement(workspace, client.id, _written(3), date(2026, 3, 1))
    agreements.add_closure(workspace, client.id, date(2026, 3, 4))
    preview = recalculation.recalculation(workspace, client.id)
    changes = recalculation.recalculate(workspace, preview)
    assert {"requests", "deadlines", "entries"} <= changes.nouns
    fresh = teller.fresh(request)
    assert fresh.due_at == end_of(3, 6)
    assert teller.shown(request) == teller.stored(request)
    assert recalculation.recalculation(workspace, client.id).rows == ()
    (entry,) = requests.dossier(workspace, request.id).entries
    assert entry.kind is EntryKind.RECALCULATION
    assert "9. 3. 2026" in entry.text.replace("\u00a0", " ")


def test_undo_takes_a_recalculation_back_as_a_whole(teller: Teller) -> None:
    first, second = _letter(teller), _letter(teller, 3, 3)
    workspace, client = teller.workspace, teller.client
    agreements.amend_agreement(workspace, client.id, _written(3), date(2026, 3, 1))
    recalculation.recalculate(workspace, recalculation.recalculation(workspace, client.id))
    assert teller.fresh(second).due_at == end_of(3, 6)
    history.undo_last(workspace)
    for request, due in ((first, end_of(3, 9)), (second, end_of(3, 10))):
        assert teller.fresh(request).due_at == due
        assert teller.shown(request) == teller.stored(request)
        assert requests.dossier(workspace, request.id).entries == []


def test_only_chosen_requests_are_recalculated(teller: Teller) -> None:
    first, second = _letter(teller), _letter(teller, 3, 3)
    workspace, client = teller.workspace, teller.client
    agreements.amend_agreement(workspace, client.id, _written(3), date(2026, 3, 1))
    preview = recalculation.recalculation(workspace, client.id)
    recalculation.recalculate(workspace, preview, {second.id})
    assert teller.fresh(first).due_at == end_of(3, 9)
    assert teller.fresh(second).due_at == end_of(3, 6)


def test_closed_requests_are_never_recalculated(teller: Teller) -> None:
    request = teller.resolve(at(3, 3, 10), _letter(teller))
    workspace, client = teller.workspace, teller.client
    agreements.amend_agreement(workspace, client.id, _written(1), date(2026, 3, 1))
    assert recalculation.recalculation(workspace, client.id).rows == ()
    assert teller.shown(request)["contractual"] == end_of(3, 9)


def test_stale_preview_is_refused(teller: Teller) -> None:
    request = _letter(teller)
    workspace, client = teller.workspace, teller.client
    agreements.amend_agreement(workspace, client.id, _written(3), date(2026, 3, 1))
    preview = recalculation.recalculation(workspace, client.id)
    agreements.add_closure(workspace, client.id, date(2026, 3, 4))
    with pytest.raises(KnownError) as caught:
        recalculation.recalculate(workspace, preview)
    assert caught.value.code == "recalculation-stale"
    assert teller.fresh(request) == request


def test_deadlines_that_appear_and_vanish_are_stored_and_dropped(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    assert set(teller.stored(request)) == {"soft", "contractual"}
    workspace, client = teller.workspace, teller.client
    agreements.choose_agreement(workspace, client.id, "municipal-tender", date(2026, 3, 2))
    recalculation.recalculate(workspace, recalculation.recalculation(workspace, client.id))
    assert set(teller.stored(request)) == {"soft"}
    assert teller.shown(request) == teller.stored(request)
    history.undo_last(workspace)
    assert set(teller.stored(request)) == {"soft", "contractual"}


def test_recalculation_leaves_the_law_and_the_pauses_as_they_are(teller: Teller) -> None:
    request = teller.log(at(2, 10, 9), Kind.COMPLAINT)
    request = teller.step(at(2, 11), request, RequestState.WAITING_CLIENT)
    request = teller.step(at(2, 16), request, RequestState.IN_PROGRESS)
    before = teller.stored(request)
    agreements.add_closure(teller.workspace, teller.client.id, date(2026, 3, 10))
    preview = recalculation.recalculation(teller.workspace, teller.client.id)
    recalculation.recalculate(teller.workspace, preview)
    assert teller.stored(request)["statutory"] == before["statutory"] == end_of(3, 10)
