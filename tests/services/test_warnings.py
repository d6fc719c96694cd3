"""Warnings at 50, 75, 90 and 100 % of the counted time: each once, caught up after sleep."""

from dataclasses import replace
from datetime import date

import pytest

from console.domain.agreement import ClauseUnit, Nature, Reopening, StartPolicy
from console.domain.client import Client
from console.domain.request import Channel, Kind, RequestState
from console.services import agreements, history, requests, warnings
from console.services.shipped import shipped
from console.workspace import Workspace
from tests.services.story_telling import NUMBERS, Teller, at


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    return Teller(opened, client, "o2-public-sector")


def _given(teller: Teller, when: object) -> list[tuple[str, tuple[int, ...]]]:
    """Give the warnings of the contract that are due at a moment."""
    teller.now = when  # type: ignore[assignment]
    given = warnings.give_warnings(teller.workspace).result
    return [
        (warning.clause, warning.percents)
        for warning in given  # type: ignore[attr-defined]
        if warning.nature is not Nature.SOFT
    ]


def test_each_warning_comes_once_at_its_time(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    assert _given(teller, at(3, 2, 21, 59)) == []
    assert _given(teller, at(3, 2, 22)) == [("single-24h", (50,))]
    assert _given(teller, at(3, 2, 23)) == []
    assert _given(teller, at(3, 3, 4)) == [("single-24h", (75,))]
    assert _given(teller, at(3, 3, 7, 36)) == [("single-24h", (90,))]
    assert _given(teller, at(3, 3, 9, 59)) == []
    assert _given(teller, at(3, 3, 10)) == [("single-24h", (100,))]
    assert _given(teller, at(3, 9)) == []


def test_what_was_slept_through_comes_together(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    _given(teller, at(3, 2, 22))
    assert _given(teller, at(3, 5)) == [("single-24h", (75, 90, 100))]


def test_warning_names_request_client_and_due_time(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), subject="No signal")
    teller.now = at(3, 3, 5)
    (soft, contractual) = sorted(
        warnings.due_warnings(teller.workspace), key=lambda w: w.nature.value, reverse=True
    )
    assert soft.nature is Nature.SOFT
    assert (contractual.number, contractual.subject) == (request.number, "No signal")
    assert contractual.client == "Městský úřad Lípová"
    assert contractual.due == at(3, 3, 10)
    assert contractual.governing
    assert not soft.governing
    assert (contractual.percent, contractual.is_overdue) == (75, False)
    assert soft.is_overdue


def test_looking_alone_gives_nothing(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    teller.now = at(3, 2, 23)
    assert warnings.due_warnings(teller.workspace) == warnings.due_warnings(teller.workspace)
    assert len(warnings.due_warnings(teller.workspace)) == 2


def test_closed_requests_warn_of_nothing(teller: Teller) -> None:
    teller.resolve(at(3, 2, 12), teller.log(at(3, 2, 10)))
    teller.step(at(3, 2, 12), teller.log(at(3, 2, 10)), RequestState.CANCELLED)
    assert _given(teller, at(3, 9)) == []


def test_clock_that_stands_still_warns_of_nothing_and_goes_on_from_there(
    teller: Teller,
) -> None:
    request = teller.log(at(3, 2, 10))
    request = teller.step(at(3, 2, 16), request, RequestState.WAITING_CLIENT)
    assert _given(teller, at(3, 20)) == []
    teller.step(at(3, 20), request, RequestState.IN_PROGRESS)
    assert _given(teller, at(3, 20, 5, 59)) == []
    assert _given(teller, at(3, 20, 6)) == [("single-24h", (50,))]
    assert _given(teller, at(3, 20, 18)) == [("single-24h", (75, 90, 100))]


def test_law_warns_though_the_contract_stands_still(teller: Teller) -> None:
    request = teller.log(at(2, 10, 9), Kind.COMPLAINT)
    teller.step(at(2, 11), request, RequestState.WAITING_CLIENT)
    assert _given(teller, at(2, 28)) == [("127/2005 s. 64", (50,))]


def test_working_time_is_what_is_gone_not_the_weekend(teller: Teller) -> None:
    terms = shipped("parking-support")
    (clause,) = terms.clauses
    four_hours = replace(clause, unit=ClauseUnit.WORKING_HOURS, amount=4, start=StartPolicy.OPENING)
    agreements.amend_agreement(
        teller.workspace, teller.client.id, replace(terms, clauses=(four_hours,)), date(2026, 3, 1)
    )
    teller.log(at(3, 6, 16))
    for when, expected in (
        (at(3, 8, 12), ()),
        (at(3, 9, 8, 59), ()),
        (at(3, 9, 9), (50,)),
        (at(3, 9, 11), (75, 90, 100)),
    ):
        teller.now = when
        given = warnings.give_warnings(teller.workspace).result
        assert [w.percents for w in given] == ([expected] if expected else [])  # type: ignore[attr-defined]


def test_numbers_that_lengthen_the_time_put_the_next_warning_off(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10), count=9)
    assert _given(teller, at(3, 2, 22)) == [("single-24h", (50,))]
    requests.add_numbers(teller.workspace, teller.fresh(request), NUMBERS[9:12])
    assert _given(teller, at(3, 3, 10)) == []
    assert _given(teller, at(3, 3, 22)) == [("bulk-48h", (75,))]


def test_new_period_after_reopening_warns_from_the_beginning(teller: Teller) -> None:
    terms = replace(shipped("o2-public-sector"), reopening=Reopening.NEW_CYCLE)
    agreements.amend_agreement(teller.workspace, teller.client.id, terms, date(2026, 2, 1))
    request = teller.log(at(3, 2, 10))
    _given(teller, at(3, 3, 11))
    request = teller.resolve(at(3, 3, 12), request)
    teller.step(at(3, 5, 10), request, RequestState.IN_PROGRESS)
    assert _given(teller, at(3, 5, 22)) == [("single-24h", (50,))]


def test_written_request_warns_by_the_days_between(teller: Teller) -> None:
    teller.log(at(3, 2, 0), channel=Channel.LETTER)
    assert _given(teller, at(3, 5, 23)) == []
    assert _given(teller, at(3, 6)) == [("written-5wd", (50,))]


def test_undo_passes_warnings_by(teller: Teller) -> None:
    request = teller.log(at(3, 2, 10))
    _given(teller, at(3, 2, 23))
    history.undo_last(teller.workspace)
    assert teller.workspace.store.select(type(request), "id = ?", [request.id]) == []
    history.redo_last(teller.workspace)
    assert _given(teller, at(3, 2, 23, 30)) == []


def test_nothing_to_warn_of_changes_nothing(teller: Teller) -> None:
    teller.log(at(3, 2, 10))
    before = history.next_undo(teller.workspace)
    changes = warnings.give_warnings(teller.workspace)
    assert (changes.unit, changes.nouns, changes.result) == (0, frozenset(), [])
    assert history.next_undo(teller.workspace) == before
