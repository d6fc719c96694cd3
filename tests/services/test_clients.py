"""Clients: checked, unique by IČO, saved with their agreement as one action."""

from dataclasses import replace

import pytest

from console.domain.agreement_version import AgreementVersion
from console.domain.client import Client
from console.services import agreements, clients, history
from console.workspace import Workspace
from tests.services.steps import Clock, another_client, refused

SCHOOL = "26168685"


@pytest.mark.parametrize(
    "ico", ["", "00259587", "0025958", "259586", "002595860", "0025958x", "CZ00259586"]
)
def test_wrong_ico_is_refused(opened: Workspace, ico: str) -> None:
    with refused("ico-wrong"):
        clients.add_client(opened, Client(name="Obec", ico=ico))
    assert clients.all_clients(opened) == []


def test_client_needs_a_name(opened: Workspace) -> None:
    with refused("field-missing"):
        clients.add_client(opened, Client(name="  ", ico="00259586"))


def test_second_client_with_the_same_ico_is_refused(opened: Workspace, client: Client) -> None:
    with refused("client-exists"):
        clients.add_client(opened, Client(name="Jiný", ico=client.ico))
    assert clients.all_clients(opened) == [client]


def test_client_cannot_take_the_ico_of_another(opened: Workspace, client: Client) -> None:
    school = another_client(opened)
    with refused("client-exists"):
        clients.change_client(opened, school, ico=client.ico)
    with refused("client-exists"):
        clients.save_client(opened, replace(school, ico=client.ico))
    assert clients.client(opened, school.id) == school


def test_wrong_change_leaves_the_client_as_it_was(opened: Workspace, client: Client) -> None:
    with refused("ico-wrong"):
        clients.change_client(opened, client, name="Nový", ico="123")
    assert clients.client(opened, client.id) == client


def test_deleted_client_is_off_the_lists_until_undone(opened: Workspace, client: Client) -> None:
    clients.delete_client(opened, client)
    assert clients.all_clients(opened) == []
    with refused("client-unknown"):
        clients.client_by_ico(opened, client.ico)
    history.undo_last(opened)
    assert clients.client_by_ico(opened, client.ico).name == client.name


def test_ico_of_a_deleted_client_is_free(opened: Workspace, client: Client) -> None:
    clients.delete_client(opened, client)
    clients.add_client(opened, Client(name="Nástupce", ico=client.ico))
    assert clients.client_by_ico(opened, client.ico).name == "Nástupce"


def test_ico_is_found_with_spaces(opened: Workspace, client: Client) -> None:
    assert clients.client_by_ico(opened, " 002 595 86 ") == client


def test_clients_stand_in_czech_order(opened: Workspace) -> None:
    icos = ("00259586", "26168685", "25596641", "00006947")
    for name, ico in zip(("Chrudim", "Šumperk", "Cheb", "Hodonín"), icos, strict=True):
        clients.add_client(opened, Client(name=name, ico=ico))
    names = [one.name for one in clients.all_clients(opened)]
    assert names == ["Hodonín", "Cheb", "Chrudim", "Šumperk"]


def test_client_and_agreement_are_saved_as_one_action(opened: Workspace, clock: Clock) -> None:
    new = Client(name="Škola", ico=SCHOOL)
    saved = clients.save_client(opened, new, "municipal-tender").result
    assert isinstance(saved, Client)
    version = agreements.in_force(opened, saved.id)
    assert version is not None
    assert version.key == "municipal-tender"
    history.undo_last(opened)
    assert clients.all_clients(opened) == opened.store.select(AgreementVersion) == []


def test_unknown_agreement_saves_no_client(opened: Workspace) -> None:
    with refused("agreement-unknown"):
        clients.save_client(opened, Client(name="Škola", ico=SCHOOL), "nothing")
    assert clients.all_clients(opened) == []


def test_saving_what_is_the_same_changes_nothing(opened: Workspace, client: Client) -> None:
    unit = history.next_undo(opened)
    clients.save_client(opened, client)
    assert history.next_undo(opened) == unit


def test_saving_over_a_later_change_is_refused(opened: Workspace, client: Client) -> None:
    clients.change_client(opened, client, note="první")
    with refused("record-changed"):
        clients.save_client(opened, replace(client, note="druhý"))
    assert clients.client(opened, client.id).note == "první"
