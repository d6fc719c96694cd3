"""Contacts: found by name or address whatever the accents, and what they may ask for."""

from datetime import date

import pytest

from console.domain.authority import Asked
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.request import Kind
from console.services import contacts, history
from console.workspace import Workspace
from tests.services.steps import add_contact, another_client, refused

DAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    "written",
    ["Řehoř Kříž", "rehor kriz", " ŘEHOŘ KŘÍŽ ", "kriz@urad.example", "KRIZ@urad.example"],
)
def test_contact_is_found_by_name_or_address(
    opened: Workspace, client: Client, written: str
) -> None:
    person = add_contact(opened, client, "Řehoř Kříž", email="kriz@urad.example")
    add_contact(opened, client, "Šárka Nová")
    assert contacts.contact_by_name(opened, client.id, written) == person


@pytest.mark.parametrize("nobody", ["", "   ", "Nikdo", "%", "ehoř Kříž"])
def test_nobody_is_found_by_what_names_nobody(
    opened: Workspace, client: Client, nobody: str
) -> None:
    add_contact(opened, client, "Řehoř Kříž")
    assert contacts.contact_by_name(opened, client.id, nobody) is None


def test_contact_of_another_client_is_not_found(opened: Workspace, client: Client) -> None:
    add_contact(opened, another_client(opened), "Řehoř Kříž")
    assert contacts.contact_by_name(opened, client.id, "Řehoř Kříž") is None


def test_contact_needs_a_name(opened: Workspace, client: Client) -> None:
    with refused("field-missing"):
        add_contact(opened, client, "  ")


def test_contacts_stand_in_czech_order(opened: Workspace, client: Client) -> None:
    for name in ("Šárka", "Zdeněk", "Sofie", "Čeněk", "Cyril"):
        add_contact(opened, client, name)
    names = [one.name for one in contacts.contacts_of(opened, client.id)]
    assert names == ["Cyril", "Čeněk", "Sofie", "Šárka", "Zdeněk"]


def test_change_and_deletion_are_undone(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Řehoř", authorised=True)
    changed = contacts.change_contact(opened, person, authorised=False).result
    assert isinstance(changed, Contact)
    contacts.delete_contact(opened, changed)
    assert contacts.contacts_of(opened, client.id) == []
    history.undo_last(opened)
    history.undo_last(opened)
    assert contacts.contact(opened, person.id).authorised


def test_grant_of_a_cost_centre_covers_its_numbers_only(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Řehoř")
    with opened.store.unit("grant"):
        opened.store.insert(
            Authority(
                client_id=client.id,
                contact_id=person.id,
                actions=(Kind.SIM_SWAP.value,),
                cost_centres=("IT",),
                valid_until=DAY,
            )
        )

    def may(kind: Kind, centre: str, day: date = DAY) -> bool:
        return contacts.judge(opened, person, Asked(kind, {"+420799000001": centre}, day)).allowed

    assert may(Kind.SIM_SWAP, "IT")
    assert not may(Kind.SIM_SWAP, "Finance")
    assert not may(Kind.TARIFF_CHANGE, "IT")
    assert not may(Kind.SIM_SWAP, "IT", date(2026, 11, 5))


def test_revoked_grant_covers_nothing(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Řehoř")
    with opened.store.unit("grant"):
        grant = opened.store.insert(Authority(client_id=client.id, contact_id=person.id))
    assert contacts.judge(opened, person, Asked(Kind.SIM_SWAP, {}, DAY)).allowed
    with opened.store.unit("revoke"):
        opened.store.delete(grant)
    assert not contacts.judge(opened, person, Asked(Kind.SIM_SWAP, {}, DAY)).allowed
