"""What a changed clause would have made of the requests that came already."""

from dataclasses import replace
from datetime import date

import pytest

from console.domain.agreement import Agreement
from console.domain.client import Client
from console.domain.request import Channel, Kind, RequestState
from console.services import what_if
from console.services.shipped import shipped
from console.workspace import Workspace
from tests.services.story_telling import Teller, at, end_of

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    return Teller(opened, client, "o2-public-sector")


def _with_hours(hours: int) -> Agreement:
    terms = shipped("o2-public-sector")
    clauses = tuple(
        replace(clause, amount=hours) if clause.id == "single-24h" else clause
        for clause in terms.clauses
    )
    return replace(terms, clauses=clauses)


def test_shorter_clause_shows_which_requests_would_have_missed_it(teller: Teller) -> None:
    quick = teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    slow = teller.resolve(at(3, 4, 4), teller.log(at(3, 3, 10)))
    found = what_if.what_if(teller.workspace, teller.client.id, _with_hours(8), *YEAR)
    rows = {row.request_id: row for row in found.rows}
    assert rows[quick.id].due_before == at(3, 3, 10)
    assert rows[quick.id].due_after == at(3, 2, 18)
    assert (rows[quick.id].met_before, rows[quick.id].met_after) == (True, True)
    assert (rows[slow.id].met_before, rows[slow.id].met_after) == (True, False)
    assert (found.moved, found.met_before, found.missed_before) == (2, 2, 0)
    assert (found.met_after, found.missed_after) == (1, 1)


def test_same_terms_move_nothing_whatever_happened(teller: Teller) -> None:
    requests = [
        teller.log(at(3, 2, 10)),
        teller.log(at(3, 2, 11), Kind.COMPLAINT),
        teller.log(at(10, 24, 2, 30), count=12),
        teller.log(at(10, 26, 9), channel=Channel.LETTER),
    ]
    waiting = teller.step(at(10, 26, 10), requests[3], RequestState.WAITING_CLIENT)
    teller.step(at(10, 28, 10), waiting, RequestState.IN_PROGRESS)
    done = teller.resolve(at(10, 29, 10), requests[2])
    teller.step(at(10, 30, 10), done, RequestState.IN_PROGRESS)
    found = what_if.what_if(teller.workspace, teller.client.id, shipped("o2-public-sector"), *YEAR)
    assert len(found.rows) == 4
    assert [row.number for row in found.rows if row.is_moved] == []
    assert [row.met_before for row in found.rows] == [row.met_after for row in found.rows]


def test_pauses_are_taken_as_they_were(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 12), request, RequestState.WAITING_CLIENT)
    request = teller.step(at(3, 2, 20), request, RequestState.IN_PROGRESS)
    found = what_if.what_if(teller.workspace, teller.client.id, _with_hours(8), *YEAR)
    assert found.rows[0].due_before == at(3, 3, 18)
    assert found.rows[0].due_after == at(3, 3, 2)


def test_open_request_is_neither_met_nor_missed_before_its_time(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    teller.now = at(3, 2, 20)
    found = what_if.what_if(teller.workspace, teller.client.id, _with_hours(8), *YEAR)
    assert (found.rows[0].met_before, found.rows[0].met_after) == (None, False)


def test_law_still_governs_a_complaint(teller: Teller) -> None:
    teller.log(at(2, 10, 9), Kind.COMPLAINT)
    terms = shipped("o2-public-sector")
    longer = replace(
        terms,
        clauses=tuple(
            replace(c, amount=90) if c.id == "complaint-30d" else c for c in terms.clauses
        ),
    )
    found = what_if.what_if(teller.workspace, teller.client.id, longer, *YEAR)
    assert found.rows[0].due_after == end_of(3, 10)


def test_only_requests_received_in_those_days_and_of_that_client_are_shown(
    teller: Teller,
) -> None:
    teller.log(at(2, 28, 23, 59))
    inside = teller.log(at(3, 1, 0))
    last = teller.log(at(3, 31, 23, 59))
    teller.log(at(4, 1, 0))
    days = (date(2026, 3, 1), date(2026, 3, 31))
    found = what_if.what_if(teller.workspace, teller.client.id, _with_hours(8), *days)
    assert [row.request_id for row in found.rows] == [inside.id, last.id]
    assert what_if.what_if(teller.workspace, 1, _with_hours(8), *YEAR).rows == ()
