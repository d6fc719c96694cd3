"""Several requests at once: what will come of each is said first, and holds."""

from datetime import timedelta

import pytest

from console.domain.client import Client
from console.domain.request import Entry, Kind, Request, RequestState
from console.services import carrying_out, history, request_batches, requests
from console.workspace import Workspace
from tests.services.steps import add_line, agree, complain, log, refused

NUMBER = "+420799000005"
CONFIRMED = {"override_authority": True, "reason": "potvrzeno dopisem"}


@pytest.fixture
def three(opened: Workspace, client: Client) -> list[int]:
    """A fault with its place, one without, and one that is resolved."""
    agree(opened, client, "o2-public-sector")
    placed, bare, closed = (log(opened, client, place=place) for place in ("radnice", "", "x"))
    requests.take_step(opened, closed, RequestState.RESOLVED)
    return [placed.id, bare.id, closed.id]


def test_outlook_says_why_a_request_stays_and_the_step_agrees(
    opened: Workspace, three: list[int]
) -> None:
    seen = request_batches.outlook_of_step(opened, three, RequestState.WAITING_OPERATOR)
    assert [one.is_able for one in seen] == [True, False, False]
    assert "New → Waiting for the operator" in seen[0].text
    assert "place of the fault" in seen[1].text
    assert "Resolved" in seen[2].text
    moved = requests.take_steps(opened, three, RequestState.WAITING_OPERATOR).result
    assert isinstance(moved, list)
    assert [one.id for one in moved] == three[:1]


def test_hand_over_of_several_is_one_action_with_one_undo(
    opened: Workspace, client: Client, three: list[int]
) -> None:
    other = log(opened, client, place="škola")
    at = opened.store.now() + timedelta(days=1)
    changes = request_batches.hand_over(opened, [*three, other.id], "Dohled", "INC-7", at)
    assert isinstance(changes.result, list)
    assert [one.id for one in changes.result] == [three[0], other.id]
    handed = opened.store.select(Entry, "kind = 'hand-over'")
    assert {(entry.request_id, entry.reference) for entry in handed} == {
        (three[0], "INC-7"),
        (other.id, "INC-7"),
    }
    history.undo_last(opened)
    for request_id in (three[0], other.id):
        assert opened.store.get(Request, request_id).state is RequestState.NEW
    assert opened.store.select(Entry, "kind = 'hand-over'") == []


def test_time_to_ask_again_is_set_for_all_that_are_open(
    opened: Workspace, three: list[int]
) -> None:
    at = opened.store.now() + timedelta(days=1)
    assert [one.is_able for one in request_batches.outlook_of_chase(opened, three)] == [
        True,
        True,
        False,
    ]
    request_batches.chase(opened, three, at)
    found = [opened.store.get(Request, request_id).chase_at for request_id in three]
    assert found == [at, at, None]
    with refused("steps-refused"):
        request_batches.chase(opened, three[2:], at)


def test_time_in_the_past_changes_none_of_them(opened: Workspace, three: list[int]) -> None:
    with refused("chase-in-past"):
        request_batches.chase(opened, three, opened.store.now() - timedelta(hours=1))
    assert opened.store.get(Request, three[0]).chase_at is None


def test_resolving_says_what_the_register_would_not_know(opened: Workspace, client: Client) -> None:
    agree(opened, client, "o2-public-sector")
    add_line(opened, client, NUMBER)
    block = log(opened, client, kind=Kind.SIM_BLOCK, numbers=(NUMBER, "+420799999999"), **CONFIRMED)
    assert request_batches.left_to_carry_out(opened, block) == 1
    (seen,) = request_batches.outlook_of_step(opened, [block.id], RequestState.RESOLVED)
    assert "1 number stays as it is in the register" in seen.text
    carrying_out.carry_out(opened, block, opened.store.now().date(), {})
    block = opened.store.get(Request, block.id)
    assert request_batches.left_to_carry_out(opened, block) == 0


def test_resolving_a_complaint_among_others_says_that_nothing_is_decided(
    opened: Workspace, client: Client
) -> None:
    agree(opened, client, "o2-public-sector")
    request = complain(opened, client)
    (seen,) = request_batches.outlook_of_step(opened, [request.id], RequestState.RESOLVED)
    assert seen.is_able
    assert "the complaint stays undecided" in seen.text
