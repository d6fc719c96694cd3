"""Numbers of a request: whoever adds some is asked for authority; what was a mistake goes."""

import pytest

from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.request import Confirmation, EntryKind, Kind, Request, RequestLine
from console.services import authority_checks, carrying_out, contacts, history, requests
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, agree, log, numbers, refused

FIRST, SECOND = numbers(2)


def _stored(opened: Workspace, request: Request) -> list[str]:
    return sorted(
        n.msisdn for n in opened.store.select(RequestLine, "request_id = ?", [request.id])
    )


@pytest.fixture
def of_first(opened: Workspace, client: Client) -> Request:
    """A tariff change by somebody who has authority for the first number only."""
    for number in (FIRST, SECOND):
        add_line(opened, client, number, tariff="Profi 100")
    person = add_contact(opened, client, "Jana Malá")
    with opened.store.unit("t"):
        opened.store.insert(Authority(client_id=client.id, contact_id=person.id, numbers=(FIRST,)))
    return log(opened, client, kind=Kind.TARIFF_CHANGE, contact_id=person.id, numbers=(FIRST,))


def test_number_beyond_the_authority_is_not_added(opened: Workspace, of_first: Request) -> None:
    with refused("not-authorised"):
        requests.add_numbers(opened, of_first, (SECOND,))
    assert _stored(opened, of_first) == [FIRST]


def test_number_within_the_authority_is_added_and_the_check_kept(
    opened: Workspace, client: Client, of_first: Request
) -> None:
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(client_id=client.id, contact_id=of_first.contact_id or 0, numbers=(SECOND,))
        )
    requests.add_numbers(opened, of_first, (SECOND,))
    first, second = authority_checks.checks_of(opened, of_first.id)
    assert (first.numbers, second.numbers, second.allowed) == ((FIRST,), (SECOND,), True)


def test_what_was_overridden_is_so_for_added_numbers(opened: Workspace, client: Client) -> None:
    request = log(
        opened, client, kind=Kind.TARIFF_CHANGE, numbers=(FIRST,),
        override_authority=True, reason="Potvrzeno dopisem",
    )  # fmt: skip
    requests.add_numbers(opened, request, (SECOND,))
    _first, check = authority_checks.checks_of(opened, request.id)
    assert (check.allowed, check.override) == (False, "Potvrzeno dopisem")


def test_added_emergency_block_is_confirmed_later(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Jana Malá")
    with opened.store.unit("t"):
        opened.store.insert(Authority(client_id=client.id, contact_id=person.id, numbers=(FIRST,)))
    request = log(opened, client, kind=Kind.SIM_BLOCK, contact_id=person.id, numbers=(FIRST,))
    assert request.confirmation is Confirmation.NONE
    requests.add_numbers(opened, request, (SECOND,))
    stored = opened.store.get(Request, request.id)
    assert stored.confirmation is Confirmation.WANTED
    assert stored.chase_at is not None


def test_number_taken_by_mistake_is_taken_off_and_told(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    request = log(opened, client, kind=Kind.SIM_BLOCK, numbers=numbers(10))
    assert request.clause == "bulk-48h"
    gone = numbers(10)[9]
    changed = requests.remove_numbers(opened, request, [gone]).result
    assert isinstance(changed, Request)
    assert changed.clause == "single-24h"
    assert _stored(opened, request) == sorted(numbers(9))
    told = [
        e.text for e in requests.dossier(opened, request.id).entries if e.kind is EntryKind.NOTE
    ]
    assert "799 000 009" in told[0]
    history.undo_last(opened)
    assert _stored(opened, request) == sorted(numbers(10))


def test_last_number_and_one_that_is_done_stay(opened: Workspace, client: Client) -> None:
    add_line(opened, client, FIRST)
    request = log(opened, client, kind=Kind.SIM_BLOCK, numbers=(FIRST, SECOND))
    with refused("numbers-missing"):
        requests.remove_numbers(opened, request, [FIRST, SECOND])
    carrying_out.carry_out(opened, request, opened.store.today(), {})
    with refused("number-done"):
        requests.remove_numbers(opened, opened.store.get(Request, request.id), [FIRST])
    assert _stored(opened, request) == [FIRST, SECOND]


def test_request_of_a_contact_who_left_still_opens(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Jana Malá", authorised=True)
    request = log(opened, client, kind=Kind.TARIFF_CHANGE, contact_id=person.id, numbers=(FIRST,))
    contacts.delete_contact(opened, person)
    found = requests.dossier(opened, request.id)
    assert found.contact
    assert found.contact.name == "Jana Malá"
    with refused("not-authorised"):
        requests.add_numbers(opened, found.request, (SECOND,))
