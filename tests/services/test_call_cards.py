"""What one sees while somebody calls: who may ask for what, and when we last spoke."""

from datetime import date, timedelta

from console.domain.authority import MayAsk
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.request import EntryKind, Kind
from console.services import access, call_cards, requests
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, agree, log

NUMBER, OTHER = "+420799000001", "+420799000002"


def _grant(opened: Workspace, contact: Contact, **more: object) -> None:
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(client_id=contact.client_id, contact_id=contact.id, **more)  # type: ignore[arg-type]
        )


def _by_name(found: list[MayAsk]) -> dict[str, MayAsk]:
    return {one.contact.name: one for one in found}


def test_card_of_a_number_says_who_may_ask_for_what(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    line = add_line(opened, client, NUMBER, cost_centre="IT")
    add_contact(opened, client, "Jana Malá", authorised=True, valid_until=date(2026, 12, 31))
    add_contact(opened, client, "Petr Bez", authorised=True, valid_until=date(2026, 1, 1))
    buyer = add_contact(opened, client, "Karel Nákupčí", authorised=True, may_order=True)
    narrow = add_contact(opened, client, "Eva Úzká")
    _grant(opened, narrow, actions=("sim-swap",), numbers=(NUMBER,))
    other = add_contact(opened, client, "Ivan Jiný")
    _grant(opened, other, numbers=(OTHER,))
    found = _by_name(call_cards.number_card(opened, line.id).may_ask)
    assert set(found) == {"Jana Malá", "Karel Nákupčí", "Eva Úzká"}
    assert found["Jana Malá"].is_all
    assert not found["Jana Malá"].may_order
    assert found["Jana Malá"].until == date(2026, 12, 31)
    assert found[buyer.name].may_order
    assert found["Eva Úzká"].kinds == (Kind.SIM_SWAP,)


def test_last_contact_is_the_later_of_request_and_message(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    line = add_line(opened, client, NUMBER)
    assert call_cards.number_card(opened, line.id).last_contact is None
    request = log(opened, client, numbers=(NUMBER,))
    came = call_cards.number_card(opened, line.id).last_contact
    assert came is not None
    assert (came.at, came.request) == (clock.now, request.number)
    clock.now += timedelta(hours=3)
    requests.add_entry(opened, request, EntryKind.CALL, "Volali kvůli signálu")
    spoke = call_cards.number_card(opened, line.id).last_contact
    assert spoke is not None
    assert (spoke.at, spoke.what) == (clock.now, "Call")
    clock.now += timedelta(hours=3)
    requests.add_entry(opened, request, EntryKind.NOTE, "jen poznámka")
    assert call_cards.number_card(opened, line.id).last_contact == spoke


def test_card_of_a_person_says_what_the_person_may_ask_for(
    opened: Workspace, client: Client
) -> None:
    agree(opened, client, "retail-account")
    person = add_contact(opened, client, "Jana Malá", authorised=True)
    request = log(opened, client, contact_id=person.id)
    found = call_cards.person_card(opened, person.id)
    assert found.may_ask is not None
    assert found.may_ask.is_all
    assert [one.id for one in found.open_requests] == [request.id]
    assert access.accesses(opened, client.id, person.id)
    nobody = add_contact(opened, client, "Petr Malý")
    assert call_cards.person_card(opened, nobody.id).may_ask is None


def test_card_of_a_client_names_agreement_and_people(opened: Workspace, client: Client) -> None:
    agree(opened, client, "o2-public-sector")
    add_contact(opened, client, "Jana Malá", authorised=True)
    found = call_cards.client_card(opened, client.id)
    assert found.agreement
    assert [one.contact.name for one in found.may_ask] == ["Jana Malá"]
    assert found.last_contact is None
