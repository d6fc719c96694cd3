"""Openings of a person's data are written down where the agreement says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.request import Kind
from console.errors import KnownError
from console.services import (
    access,
    agreements,
    clients,
    contacts,
    history,
    lines,
    requests,
    verify,
)
from console.services.shipped import shipped_keys
from console.workspace import Workspace
from tests.services.story_telling import Teller, at


@pytest.fixture
def teller(opened: Workspace, client: Client) -> Teller:
    made = Teller(opened, client, "retail-account")
    made.now = at(3, 2, 10)
    return made


@pytest.fixture
def contact(teller: Teller) -> Contact:
    added: Any = contacts.add_contact(
        teller.workspace, Contact(client_id=teller.client.id, name="Petr Dvořák")
    ).result
    return added


def _log(teller: Teller) -> list[tuple[str, str, str]]:
    found = access.accesses(teller.workspace, teller.client.id)
    return [(row.noun, row.title, row.request) for row in found]


def test_opening_says_who_when_what_and_for_which_request(teller: Teller, contact: Contact) -> None:
    request = teller.log(at(3, 2, 11))
    contacts.contact(teller.workspace, contact.id, request.id)
    (row,) = access.accesses(teller.workspace, teller.client.id)
    assert (row.actor, row.at, row.title, row.request) == (
        "Jana Nováková",
        at(3, 2, 11),
        "Petr Dvořák",
        request.number,
    )


def test_dossier_of_a_request_opens_its_contact_for_that_request(
    teller: Teller, contact: Contact
) -> None:
    request = teller.log(at(3, 2, 11), contact_id=contact.id)
    assert _log(teller) == []
    requests.dossier(teller.workspace, request.id)
    assert _log(teller) == [("contacts", "Petr Dvořák", request.number)]


def test_dossier_without_a_contact_opens_the_request_itself(teller: Teller) -> None:
    request = teller.log(at(3, 2, 11), caller="somebody")
    requests.dossier(teller.workspace, request.id)
    assert _log(teller) == [("requests", request.number, request.number)]


def test_every_way_to_a_persons_data_is_written_down(teller: Teller, contact: Contact) -> None:
    workspace = teller.workspace
    line: Any = lines.add_line(
        workspace, Line(client_id=teller.client.id, msisdn="777 000 000", holder="Petr")
    ).result
    clients.client(workspace, teller.client.id)
    contacts.contact(workspace, contact.id)
    lines.card(workspace, line.id)
    assert _log(teller) == [
        ("lines", "+420777000000", ""),
        ("contacts", "Petr Dvořák", ""),
        ("clients", "Městský úřad Lípová", ""),
    ]


def test_reading_the_same_again_is_one_opening_until_something_else_is_opened(
    teller: Teller, contact: Contact
) -> None:
    workspace = teller.workspace
    for _ in range(3):
        contacts.contact(workspace, contact.id)
        teller.now += timedelta(minutes=5)
    assert len(_log(teller)) == 1
    clients.client(workspace, teller.client.id)
    contacts.contact(workspace, contact.id)
    assert len(_log(teller)) == 3
    teller.now += access.SAME_OPENING
    contacts.contact(workspace, contact.id)
    assert len(_log(teller)) == 4


def test_other_request_is_another_opening(teller: Teller, contact: Contact) -> None:
    for hour in (11, 12):
        request = teller.log(at(3, 2, hour), contact_id=contact.id)
        requests.dossier(teller.workspace, request.id)
    assert len(_log(teller)) == 2


def test_filling_in_a_request_opens_nobody(teller: Teller, contact: Contact) -> None:
    draft = requests.Draft(client_id=teller.client.id, kind=Kind.INFORMATION, contact_id=contact.id)
    requests.preview(teller.workspace, draft)
    requests.log_request(teller.workspace, draft)
    assert _log(teller) == []


def test_opening_for_the_request_of_another_client_is_refused(
    teller: Teller, contact: Contact
) -> None:
    other: Any = clients.add_client(
        teller.workspace, Client(name="Jiný úřad", ico="25596641")
    ).result
    foreign = Teller(teller.workspace, other, "retail-account").log(at(3, 2, 12))
    with pytest.raises(KnownError) as caught:
        contacts.contact(teller.workspace, contact.id, foreign.id)
    assert caught.value.code == "access-request"


def test_log_is_journalled_and_undo_passes_it_by(teller: Teller, contact: Contact) -> None:
    contacts.contact(teller.workspace, contact.id)
    (row,) = access.accesses(teller.workspace, teller.client.id)
    assert [entry.operation for entry in history.history(teller.workspace, row.id)] == ["insert"]
    undone: Any = history.undo_last(teller.workspace).result
    assert undone.action == "add-contact"
    history.redo_last(teller.workspace)
    assert len(access.accesses(teller.workspace, teller.client.id)) == 1
    assert verify.verify(teller.workspace).ok


def test_opening_between_undo_and_redo_does_not_lose_the_redo(
    teller: Teller, contact: Contact
) -> None:
    contacts.change_contact(teller.workspace, contact, name="Petra Dvořáková")
    history.undo_last(teller.workspace)
    contacts.contact(teller.workspace, contact.id)
    history.redo_last(teller.workspace)
    assert contacts.contact(teller.workspace, contact.id).name == "Petra Dvořáková"


def test_log_of_one_record_can_be_read_alone(teller: Teller, contact: Contact) -> None:
    contacts.contact(teller.workspace, contact.id)
    clients.client(teller.workspace, teller.client.id)
    found = access.accesses(teller.workspace, teller.client.id, contact.id)
    assert [row.record_id for row in found] == [contact.id]


@pytest.mark.parametrize("key", [key for key in shipped_keys() if key != "retail-account"])
def test_other_agreements_write_no_openings(opened: Workspace, client: Client, key: str) -> None:
    agreements.choose_agreement(opened, client.id, key, date(2026, 1, 1))
    clients.client(opened, client.id)
    assert access.accesses(opened, client.id) == []
    assert not access.is_logged(opened, client.id)


def test_purpose_of_the_data_is_stored_with_the_request(opened: Workspace, client: Client) -> None:
    request = Teller(opened, client, "retail-contact").log(at(3, 2, 11))
    assert "nothing else" in request.purpose
    assert requests.dossier(opened, request.id).request.purpose == request.purpose


def test_charge_under_the_toll_provider_is_refused_and_responsibility_named(
    opened: Workspace, client: Client
) -> None:
    teller = Teller(opened, client, "eets-provider")
    with pytest.raises(KnownError) as caught:
        teller.log(at(3, 2, 11), charge=1)
    assert caught.value.code == "charge-refused"
    request = teller.log(at(3, 2, 11))
    terms = requests.dossier(opened, request.id).agreement
    assert terms is not None
    assert "responsibility" in terms.responsible.en
