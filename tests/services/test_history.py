"""History: every action of every noun is undone and redone alike, and told without secrets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.document import Document
from console.domain.line import Line
from console.domain.order import OrderLine
from console.domain.request import EntryKind, Request, RequestState
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.services import (
    agreements,
    clients,
    contacts,
    documents,
    history,
    imports,
    lines,
    orders,
    requests,
    settings,
    tariffs,
)
from console.services.orders import OrderDraft
from console.services.requests import Draft
from console.services.settings import Manager
from console.storage import journal
from console.storage.rows import TABLES
from console.workspace import Workspace
from tests.conftest import SAMPLES
from tests.services.steps import (
    Clock,
    add_contact,
    add_line,
    agree,
    log,
    numbers,
    refused,
)

OFFICE = SAMPLES / "urad"


@dataclass(frozen=True, slots=True)
class World:
    """A client with one of everything."""

    opened: Workspace
    client: Client
    contact: Contact
    line: Line
    tariff: Tariff
    request: Request
    tmp: Path


@pytest.fixture
def world(opened: Workspace, clock: Clock, client: Client, tmp_path: Path) -> World:
    """A client with one of everything."""
    agree(opened, client, "o2-public-sector")
    tariff: Any = tariffs.add_tariff(
        opened, Tariff(client_id=client.id, code="P", name="Profi")
    ).result
    return World(
        opened,
        client,
        add_contact(opened, client, "Řehoř"),
        add_line(opened, client, "799000001", tariff="Profi"),
        tariff,
        log(opened, client, numbers=("799000001",)),
        tmp_path,
    )


def rows(opened: Workspace) -> dict[str, list[Any]]:
    """Return every visible record of every noun and the settings, less their versions.

    Documents that were taken back stay as void ones, and are left out; so is who was found to
    have authority, which is never taken back.
    """
    found: dict[str, list[Any]] = {
        table: [
            replace(record, version=0)
            for record in opened.store.select(noun)
            if not (isinstance(record, Document) and record.is_void)
        ]
        for noun, table in TABLES.items()
        if noun is not AuthorityCheck
    }
    found["settings"] = [settings.manager(opened)]
    return found


def _order(w: World) -> OrderDraft:
    line = OrderLine(client_id=w.client.id, order_id=0, position=1, item="SIM")
    return OrderDraft(client_id=w.client.id, lines=(line,))


def _import(w: World, what: str, name: str) -> Any:
    return imports.run(w.opened, w.client.id, imports.read_file(OFFICE / name, what))


def _card(w: World) -> Any:
    card = Sim(client_id=w.client.id, iccid="8942", puk="1234")
    return lines.add_line(w.opened, Line(client_id=w.client.id, msisdn="799000002"), card)


DAY = date(2026, 11, 4)
ACTIONS: dict[str, Callable[[World], Any]] = {
    "add-client": lambda w: clients.add_client(w.opened, Client(name="Škola", ico="26168685")),
    "change-client": lambda w: clients.change_client(w.opened, w.client, name="Jiný", seat="Ves"),
    "delete-client": lambda w: clients.delete_client(w.opened, w.client),
    "save-client": lambda w: clients.save_client(
        w.opened, Client(name="Škola", ico="26168685"), "municipal-tender"
    ),
    "add-contact": lambda w: add_contact(w.opened, w.client, "Šárka"),
    "change-contact": lambda w: contacts.change_contact(
        w.opened, w.contact, authorised=True, valid_until=DAY, may_order=False
    ),
    "delete-contact": lambda w: contacts.delete_contact(w.opened, w.contact),
    "add-line": _card,
    "change-line": lambda w: lines.change_line(
        w.opened, w.line, DAY, w.request.id, tariff="Jiný", data_mb=10, note="x"
    ),
    "delete-line": lambda w: lines.delete_line(w.opened, w.line),
    "add-tariff": lambda w: tariffs.add_tariff(
        w.opened, Tariff(client_id=w.client.id, code="N", name="Nový")
    ),
    "change-tariff": lambda w: tariffs.change_tariff(w.opened, w.tariff, name="", note="x"),
    "delete-tariff": lambda w: tariffs.delete_tariff(w.opened, w.tariff),
    "choose-agreement": lambda w: agreements.choose_agreement(
        w.opened, w.client.id, "order-care", DAY
    ),
    "create-order": lambda w: orders.create_order(w.opened, _order(w)),
    "order-and-issue": lambda w: documents.order_and_issue(w.opened, _order(w)),
    "issue-report": lambda w: documents.issue_status_report(w.opened, w.client, date(2026, 10, 1)),
    "log-request": lambda w: requests.log_request(
        w.opened, Draft(client_id=w.client.id, numbers=numbers(12))
    ),
    "take-step": lambda w: requests.take_step(w.opened, w.request, RequestState.WAITING_CLIENT),
    "resolve": lambda w: requests.take_step(w.opened, w.request, RequestState.RESOLVED),
    "add-entry": lambda w: requests.add_entry(w.opened, w.request, EntryKind.NOTICE, "Voláno."),
    "add-numbers": lambda w: requests.add_numbers(w.opened, w.request, numbers(12)),
    "change-settings": lambda w: settings.change_manager(w.opened, Manager(name="Petr")),
    "import-numbers": lambda w: _import(w, "numbers", "cisla.xlsx"),
    "import-contacts": lambda w: _import(w, "contacts", "kontakty.csv"),
    "import-tariffs": lambda w: _import(w, "tariffs", "tarify.csv"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_one_undo_and_one_redo(world: World, action: str) -> None:
    opened = world.opened
    before, unit = rows(opened), history.next_undo(opened)
    ACTIONS[action](world)
    after = rows(opened)
    assert after != before
    for _ in range(2):
        history.undo_last(opened)
        assert rows(opened) == before
        assert history.next_undo(opened) == unit
        history.redo_last(opened)
        assert rows(opened) == after
    assert journal.verify(opened.store.db) == []


def test_all_actions_undone_one_by_one_and_redone(world: World) -> None:
    opened = world.opened
    seen = [rows(opened)]
    for action in ("add-contact", "add-line", "choose-agreement", "take-step", "create-order"):
        ACTIONS[action](world)
        seen.append(rows(opened))
    for before in reversed(seen[:-1]):
        history.undo_last(opened)
        assert rows(opened) == before
    for after in seen[1:]:
        history.redo_last(opened)
        assert rows(opened) == after
    with refused("redo-nothing"):
        history.redo_last(opened)


def test_new_action_ends_what_could_be_redone(world: World) -> None:
    ACTIONS["add-contact"](world)
    history.undo_last(world.opened)
    ACTIONS["add-tariff"](world)
    assert history.next_redo(world.opened) is None


def test_field_changed_again_since_is_a_conflict_that_changes_nothing(world: World) -> None:
    opened = world.opened
    first = clients.change_client(opened, world.client, note="první", seat="Ves")
    changed: Any = first.result
    clients.change_client(opened, changed, note="druhý")
    before, unit = rows(opened), history.next_undo(opened)
    with refused("undo-conflict"):
        opened.store.take_back(first.unit, "undo", "")
    assert (rows(opened), history.next_undo(opened)) == (before, unit)


def test_older_action_on_other_fields_is_no_conflict(world: World) -> None:
    opened = world.opened
    first = clients.change_client(opened, world.client, seat="Ves")
    changed: Any = first.result
    clients.change_client(opened, changed, note="druhý")
    opened.store.take_back(first.unit, "undo", "")
    client = clients.client(opened, world.client.id)
    assert (client.seat, client.note) == ("", "druhý")


def test_undo_says_what_it_takes_back(world: World) -> None:
    ACTIONS["change-settings"](world)
    unit: Any = history.undo_last(world.opened).result
    assert (unit.action, unit.actor) == ("change-settings", "Jana Nováková")
    request = requests.dossier(world.opened, world.request.id).request
    requests.take_step(world.opened, request, RequestState.RESOLVED)
    unit = history.undo_last(world.opened).result
    assert unit.detail == f"{world.request.number} · Resolved"


def test_refused_action_is_nothing_to_undo(world: World) -> None:
    unit = history.next_undo(world.opened)
    for wrong in (
        lambda: clients.add_client(world.opened, Client(name="", ico="")),
        lambda: add_line(world.opened, world.client, "799000001"),
        lambda: orders.create_order(world.opened, OrderDraft(client_id=1, lines=())),
    ):
        with pytest.raises(KnownError):
            wrong()
    assert history.next_undo(world.opened) == unit


def test_history_is_told_in_words_without_what_only_programs_read(world: World) -> None:
    contacts.change_contact(world.opened, world.contact, valid_until=DAY, authorised=True)
    newest, oldest = history.history(world.opened, world.contact.id)
    assert history.readable(newest) == {
        "valid_until": ("", "4.\N{NO-BREAK SPACE}11.\N{NO-BREAK SPACE}2026"),
        "authorised": ("no", "yes"),
    }
    assert "client_id" not in history.readable(oldest)
    assert history.readable(oldest)["name"] == ("", "Řehoř")


def test_puk_is_told_of_but_never_shown(world: World) -> None:
    _card(world)
    (card,) = world.opened.store.select(Sim)
    with world.opened.store.unit("swap"):
        world.opened.store.update(card, puk="87654321")
    newest, oldest = history.history(world.opened, card.id)
    assert history.visible(newest)["puk"] == (history.HIDDEN, history.HIDDEN)
    assert history.readable(oldest)["puk"] == ("", history.HIDDEN)
    told = str([history.visible(e) for e in (newest, oldest)])
    assert "87654321" not in told
    assert "1234" not in str(history.readable(oldest))


def test_history_survives_closing_and_opening(world: World, data_key: bytes) -> None:
    from console import workspace

    opened = world.opened
    ACTIONS["add-contact"](world)
    after = rows(opened)
    history.undo_last(opened)
    before = rows(opened)
    opened.close()
    again = workspace.open_workspace(opened.folder, data_key)
    try:
        assert rows(again) == before
        history.redo_last(again)
        assert rows(again) == after
    finally:
        again.close()
