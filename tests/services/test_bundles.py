"""One client's dossier at a deputy: handed out, worked with, merged back; nothing is lost."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from console import workspace
from console.domain.client import Client
from console.domain.conflict import Conflict, Decision
from console.domain.contact import Contact
from console.domain.request import Kind
from console.services import (
    attachments,
    bundles,
    clients,
    conflicts,
    contacts,
    documents,
    history,
    privacy,
    requests,
    verify,
)
from console.services.bundles import Merged
from console.services.settings import Manager
from console.storage import journal
from console.workspace import Workspace
from tests.faults.work import cheap_keys
from tests.services.steps import (
    add_contact,
    add_line,
    agree,
    another_client,
    log,
    numbers,
    refused,
)

SECRET = "věta pro zástupce"
DEPUTY = Manager(name="Petr Zástupce", prefix="PZ")


@pytest.fixture
def dossier(opened: Workspace, client: Client, tmp_path: Path) -> Workspace:
    """A client with a bit of everything, and another one whom nobody hands over."""
    agree(opened, client, "o2-public-sector")
    add_contact(opened, client, "Šárka", note="původní")
    add_line(opened, client, "+420777123456")
    request = log(opened, client, numbers=numbers(2))
    paper = tmp_path / "dopis.txt"
    paper.write_text("příloha", encoding="utf-8")
    with opened.store.unit("attach"):
        attachments.attach_file(opened, request, paper)
    documents.issue_status_report(opened, client, date(2026, 10, 1))
    add_contact(opened, another_client(opened), "Nikdo cizí")
    return opened


@pytest.fixture
def deputy(dossier: Workspace, client: Client, tmp_path: Path) -> Iterator[Workspace]:
    """The deputy's workspace, open."""
    made = handed_over(dossier, client, tmp_path, "deputy", DEPUTY)
    yield made
    made.close()


def handed_over(
    dossier: Workspace, client: Client, place: Path, name: str, deputy: Manager
) -> Workspace:
    """Hand a client over and open the bundle at the deputy's."""
    file = bundles.make(dossier, client, place / f"{name}{bundles.SUFFIX}", SECRET)
    key = bundles.open_bundle(file, place / name, SECRET, deputy)
    return workspace.open_workspace(place / name, key)


def returned(dossier: Workspace, deputy: Workspace, file: Path) -> Merged:
    """Give back what the deputy did, and take it."""
    bundles.give_back(deputy, file)
    merged = bundles.take_back(dossier, file, SECRET).result
    assert isinstance(merged, Merged)
    return merged


def sarka(opened: Workspace) -> Contact:
    """Return the contact whom both sides work with."""
    return opened.store.select(Contact, "name = 'Šárka'")[0]


def test_bundle_holds_one_client_with_all_files_and_nothing_of_others(
    dossier: Workspace, deputy: Workspace, client: Client
) -> None:
    assert [one.name for one in clients.all_clients(deputy)] == [client.name]
    assert [one.name for one in deputy.store.select(Contact)] == ["Šárka"]
    for table in ("documents", "attachments", "requests", "lines"):
        assert deputy.store.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)
    assert verify.verify(deputy).ok
    assert deputy.data_key != dossier.data_key
    assert history.next_undo(deputy) is None


def test_file_of_a_bundle_says_nothing_in_clear(
    dossier: Workspace, client: Client, tmp_path: Path
) -> None:
    content = bundles.make(dossier, client, tmp_path / "b", SECRET).read_bytes()
    for word in (client.name, "Šárka", "777123456", "příloha", SECRET, client.ico):
        assert word.encode() not in content
    assert not list(dossier.folder.glob(".bundle-*"))


def test_what_the_deputy_did_comes_back(
    dossier: Workspace, deputy: Workspace, client: Client, tmp_path: Path
) -> None:
    contacts.change_contact(deputy, sarka(deputy), note="změněno zástupcem")
    added = add_contact(deputy, client, "Nová od zástupce")
    request = log(deputy, client, kind=Kind.FAULT)
    assert "-PZ-" in request.number
    issued: Any = documents.issue_care_sheet(deputy, client).result
    merged = returned(dossier, deputy, tmp_path / "back")
    assert merged.by == DEPUTY.name
    assert merged.conflicts == ()
    assert merged.changed == 1
    assert sarka(dossier).note == "změněno zástupcem"
    assert dossier.store.get(Contact, added.id).name == "Nová od zástupce"
    assert requests.dossier(dossier, request.id).request.number == request.number
    document = documents.document(dossier, issued.document.id)
    assert documents.read(dossier, document) == issued.content
    assert verify.verify(dossier).ok
    assert bundles.take_back(dossier, tmp_path / "back", SECRET).nouns == frozenset()


def test_field_changed_on_both_sides_is_to_be_decided(
    dossier: Workspace, deputy: Workspace, tmp_path: Path
) -> None:
    contacts.change_contact(deputy, sarka(deputy), note="jeho", function="starostka")
    contacts.change_contact(dossier, sarka(dossier), note="moje", fax="123")
    (conflict,) = returned(dossier, deputy, tmp_path / "back").conflicts
    assert conflict.field == "note"
    assert (conflict.base, conflict.mine, conflict.theirs) == ('"původní"', '"moje"', '"jeho"')
    here = sarka(dossier)
    assert (here.note, here.function, here.fax) == ("moje", "starostka", "123")
    assert conflicts.open_conflicts(dossier) == [conflict]
    conflicts.decide(dossier, conflict, Decision.THEIRS)
    assert sarka(dossier).note == "jeho"
    assert conflicts.open_conflicts(dossier) == []
    with refused("conflict-decided"):
        conflicts.decide(dossier, conflict, Decision.MINE)
    history.undo_last(dossier)
    assert sarka(dossier).note == "moje"
    assert len(conflicts.open_conflicts(dossier)) == 1


def test_value_that_went_on_since_is_not_overwritten_by_a_decision(
    dossier: Workspace, deputy: Workspace, tmp_path: Path
) -> None:
    contacts.change_contact(deputy, sarka(deputy), note="jeho")
    contacts.change_contact(dossier, sarka(dossier), note="moje")
    (conflict,) = returned(dossier, deputy, tmp_path / "back").conflicts
    contacts.change_contact(dossier, sarka(dossier), note="novější")
    with refused("record-changed"):
        conflicts.decide(dossier, conflict, Decision.THEIRS)
    assert len(conflicts.open_conflicts(dossier)) == 1


def test_second_return_takes_only_what_came_since(
    dossier: Workspace, deputy: Workspace, tmp_path: Path
) -> None:
    contacts.change_contact(deputy, sarka(deputy), note="jedna")
    returned(dossier, deputy, tmp_path / "one")
    contacts.change_contact(deputy, sarka(deputy), note="dvě")
    merged = returned(dossier, deputy, tmp_path / "two")
    assert (merged.changed, merged.conflicts) == (1, ())
    assert sarka(dossier).note == "dvě"


def test_number_added_on_both_sides_is_there_once_and_to_be_decided(
    dossier: Workspace, deputy: Workspace, client: Client, tmp_path: Path
) -> None:
    mine = add_line(dossier, client, "+420799000111", holder="Moje")
    theirs = add_line(deputy, client, "+420799000111", holder="Jeho")
    (conflict,) = returned(dossier, deputy, tmp_path / "back").conflicts
    run = dossier.store.db.conn.execute
    query = "SELECT id FROM lines WHERE msisdn = '+420799000111' AND deleted_at IS NULL"
    assert run(query).fetchall() == [(mine.id,)]
    conflicts.decide(dossier, conflict, Decision.THEIRS)
    assert run(query).fetchall() == [(theirs.id,)]


@pytest.mark.parametrize("who", ["deputy", "owner"])
def test_record_deleted_on_one_side_and_changed_on_the_other_is_to_be_decided(
    dossier: Workspace, deputy: Workspace, tmp_path: Path, who: str
) -> None:
    deleting, changing = (deputy, dossier) if who == "deputy" else (dossier, deputy)
    found = sarka(dossier)
    contacts.delete_contact(deleting, sarka(deleting))
    contacts.change_contact(changing, sarka(changing), note="ještě potřeba")
    (conflict,) = returned(dossier, deputy, tmp_path / "back").conflicts
    expected = "deleted_at" if who == "deputy" else "note"
    assert (conflict.record_id, conflict.field) == (found.id, expected)


def test_bundle_for_looking_opens_and_refuses_changes(
    dossier: Workspace, client: Client, tmp_path: Path
) -> None:
    file = bundles.make(dossier, client, tmp_path / "b", SECRET)
    key = bundles.open_bundle(file, tmp_path / "looking", SECRET, DEPUTY, is_read_only=True)
    made = workspace.open_workspace(tmp_path / "looking", key)
    assert [one.name for one in made.store.select(Contact)] == ["Šárka"]
    with refused("workspace-read-only"):
        add_contact(made, client, "Nikdo")
    made.close()


def test_only_its_own_workspace_takes_a_bundle_back(
    dossier: Workspace, deputy: Workspace, tmp_path: Path
) -> None:
    file = bundles.give_back(deputy, tmp_path / "back")
    stranger = workspace.create(tmp_path / "stranger", SECRET)
    with refused("bundle-foreign"):
        bundles.take_back(stranger, file, SECRET)
    with refused("bundle-none"):
        bundles.give_back(dossier, tmp_path / "x")
    with refused("passphrase-wrong"):
        bundles.take_back(dossier, file, "špatná věta")
    stranger.close()


def test_person_who_was_erased_meanwhile_does_not_come_back(
    dossier: Workspace, deputy: Workspace, tmp_path: Path
) -> None:
    contacts.change_contact(deputy, sarka(deputy), email="sarka@osobni.example")
    privacy.erase(dossier, sarka(dossier), "přání osoby")
    merged = returned(dossier, deputy, tmp_path / "back")
    assert (merged.changed, merged.conflicts) == (0, ())
    for table in ("contacts", "conflicts", "journal"):
        rows = dossier.store.db.conn.execute(f"SELECT * FROM {table}").fetchall()
        assert "sarka@osobni" not in str(rows)


def test_same_prefix_would_repeat_numbers_and_is_refused(
    dossier: Workspace, client: Client, tmp_path: Path
) -> None:
    file = bundles.make(dossier, client, tmp_path / "b", SECRET)
    with refused("bundle-prefix"):
        bundles.open_bundle(file, tmp_path / "d", SECRET, Manager(name="P", prefix="am"))
    assert not (tmp_path / "d").exists()


FIELDS = ("note", "function", "fax", "email")
Edits = list[tuple[int, str, str]]
edits = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(FIELDS), st.sampled_from("abcdef")), max_size=8
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three workspaces that were one: the owner's, and those of two deputies."""
    place = tmp_path_factory.mktemp("world")
    with cheap_keys():
        owner = workspace.create(place / "owner", SECRET, "Jana")
        clients.add_client(owner, Client(name="Obec", ico="00259586"))
        client = clients.client_by_ico(owner, "00259586")
        for name in ("Jedna", "Dvě"):
            add_contact(owner, client, name)
        for name in ("anna", "boris"):
            handed_over(owner, client, place, name, Manager(name=name, prefix=name[:2])).close()
        owner.close()
    return {name: place / name for name in ("owner", "anna", "boris")}


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(mine=edits, anna=edits, boris=edits, is_anna_first=st.booleans(), is_twice=st.booleans())
def test_edits_on_all_sides_merged_in_any_order_lose_nothing(
    world: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    mine: Edits,
    anna: Edits,
    boris: Edits,
    is_anna_first: bool,
    is_twice: bool,
) -> None:
    place = tmp_path_factory.mktemp("trial")
    opened = {}
    for name, folder in world.items():
        shutil.copytree(folder, place / name)
        key = workspace.unlock(place / name, SECRET)
        opened[name] = workspace.open_workspace(place / name, key)
    wanted = {
        name: _edit(opened[name], asked)
        for name, asked in (("owner", mine), ("anna", anna), ("boris", boris))
    }
    order = ["anna", "boris"] if is_anna_first else ["boris", "anna"]
    for name in order * (1 + is_twice):
        returned(opened["owner"], opened[name], place / f"{name}-back")
    owner = opened["owner"]
    values = {one.id: one for one in owner.store.select(Contact)}
    kept = {(c.record_id, c.field, c.theirs) for c in owner.store.select(Conflict)}
    for name, asked_for in wanted.items():
        for (row, field), value in asked_for.items():
            is_there = getattr(values[row], field) == value
            is_listed = (row, field, f'"{value}"') in kept
            assert is_there or is_listed, (name, field, value)
    for (row, field), value in wanted["owner"].items():
        assert getattr(values[row], field) == value
    assert journal.verify(owner.store.db) == []
    for one in opened.values():
        one.close()
    shutil.rmtree(place)


def _edit(opened: Workspace, asked: Edits) -> dict[tuple[int, str], str]:
    """Make the edits; return the last value of each field that was set."""
    done = {}
    for which, field, value in asked:
        person = opened.store.select(Contact)[which]
        contacts.change_contact(opened, person, **{field: value})
        done[person.id, field] = value
    return done
