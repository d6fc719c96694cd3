"""Lists of cards and devices: taken in, found again, wrong values named at row and column."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.domain.device import Device
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.domain.order import Order
from console.domain.sim import Sim
from console.services import exports, history, imports, lists, secrets
from console.workspace import Workspace
from tests.services.steps import add_line, another_client

CARDS = (
    "ICCID;Číslo;PUK;PIN;Formát;Platí od",
    "8942010007990000018;799 000 001;01234567;0042;nano;1. 2. 2026",
    "8942010007990000026;;76543210;1111;eSIM;",
    "8942010007990000039;799 999 999;;;;1. 2. 2026",
)
DEVICES = (
    "Model;Druh;IMEI;Číslo;Uživatel;Cena;Záruka do;Předáno",
    "Galaxy A56;telefon;490154203237518;799000001;Řehoř;6 190,00;31. 12. 2027;4. 11. 2026",
    "Nabíječka;příslušenství;;;Šárka;;;",
    "Nokia;telefon;490154203237519;;;sto;;zítra",
    ";telefon;;;;;;",
)


def table(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "seznam.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def take_in(opened: Workspace, client: Client, path: Path, what: str) -> Any:
    """Take a file in; a dry run must have foretold it."""
    read = imports.read_file(path, what)
    foretold = imports.dry_run(opened, client.id, read)
    outcome = imports.run(opened, client.id, read).result
    assert outcome == foretold
    return outcome


@pytest.fixture(autouse=True)
def line(opened: Workspace, client: Client) -> Line:
    return add_line(opened, client, "799000001")


def test_cards_come_in_with_their_numbers(
    opened: Workspace, client: Client, line: Line, tmp_path: Path
) -> None:
    outcome = take_in(opened, client, table(tmp_path, *CARDS), "sims")
    assert (outcome.added, outcome.refused) == (3, 0)
    assert [(p.row, p.code) for p in outcome.problems] == [(4, "iccid-check"), (4, "line-unknown")]
    first, second, _third = opened.store.select(Sim)
    assert (first.line_id, first.pin, first.valid_from) == (line.id, "0042", date(2026, 2, 1))
    assert (second.line_id, second.form) == (None, "eSIM")
    assert opened.store.get(Line, line.id).sim_id == first.id
    assert secrets.reveal(opened, first.id, "puk", "zkouška").result == "01234567"


def test_devices_come_in_and_wrong_values_are_named(
    opened: Workspace, client: Client, line: Line, tmp_path: Path
) -> None:
    outcome = take_in(opened, client, table(tmp_path, *DEVICES), "devices")
    assert (outcome.added, outcome.refused) == (3, 1)
    assert [(p.row, p.column, p.code) for p in outcome.problems] == [
        (4, "IMEI", "imei-value"),
        (4, "Cena", "number-value"),
        (4, "Předáno", "date-value"),
        (5, "", "model-missing"),
    ]
    phone = opened.store.select(Device)[0]
    assert (phone.line_id, phone.price) == (line.id, Decimal("6190.00"))
    assert phone.handed_over_on == date(2026, 11, 4)


@pytest.mark.parametrize(("what", "rows"), [("sims", CARDS), ("devices", DEVICES)])
def test_file_taken_in_twice_changes_nothing_and_is_undone_at_once(
    opened: Workspace, client: Client, tmp_path: Path, what: str, rows: tuple[str, ...]
) -> None:
    path = table(tmp_path, *rows)
    take_in(opened, client, path, what)
    again = take_in(opened, client, path, what)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    history.undo_last(opened)
    assert opened.store.select(Sim) == opened.store.select(Device) == []


@pytest.mark.parametrize("language", ["en", "cs"])
@pytest.mark.parametrize(("what", "rows"), [("sims", CARDS), ("devices", DEVICES)])
def test_list_that_went_out_comes_in_without_a_difference(
    opened: Workspace,
    client: Client,
    tmp_path: Path,
    what: str,
    rows: tuple[str, ...],
    language: str,
) -> None:
    texts.use_language(language)
    take_in(opened, client, table(tmp_path, *rows), what)
    for name in ("ven.csv", "ven.xlsx"):
        query = ListQuery(noun=what, sort=lists.sortable(what)[0], client_id=client.id)
        out = exports.Export(query=query, columns=exports.columns_of(what))
        exports.export(opened, out, tmp_path / name)
        again = take_in(opened, client, tmp_path / name, what)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


@pytest.mark.parametrize(("what", "rows"), [("sims", CARDS), ("devices", DEVICES[:2])])
def test_what_another_client_has_is_refused(
    opened: Workspace, client: Client, tmp_path: Path, what: str, rows: tuple[str, ...]
) -> None:
    path = table(tmp_path, *rows)
    take_in(opened, client, path, what)
    outcome = take_in(opened, another_client(opened), path, what)
    assert outcome.added == 0
    assert outcome.refused == len(rows) - 1
    assert any(client.name in problem.message for problem in outcome.problems)


def test_match_of_columns_is_remembered_for_each_client(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    from dataclasses import replace

    path = table(tmp_path, "Číslo;Osoba;Úsek", "799000002;Řehoř;IT")
    read = imports.read_file(path, "numbers")
    corrected = replace(read, mapping=read.mapping.with_field(2, "cost_centre"))
    imports.run(opened, client.id, corrected)
    again = imports.as_remembered(opened, client.id, imports.read_file(path, "numbers"))
    assert again.mapping == corrected.mapping
    other = imports.as_remembered(opened, another_client(opened).id, read)
    assert other.mapping == read.mapping
    back = replace(again, mapping=read.mapping)
    imports.run(opened, client.id, back)
    forgotten = imports.as_remembered(opened, client.id, imports.read_file(path, "numbers"))
    assert forgotten.mapping == read.mapping


@pytest.mark.parametrize(("what", "head"), [("sims", "ICCID"), ("devices", "Model")])
def test_order_that_a_row_names_is_referred_to(
    opened: Workspace, client: Client, tmp_path: Path, what: str, head: str
) -> None:
    order = Order(client_id=client.id, number="OBJ-2026-0001", ordered_on=date(2026, 11, 2))
    with opened.store.unit("add-order"):
        stored = opened.store.insert(order)
    rows = (f"{head};Objednávka", "8942010000000000011;OBJ-2026-0001", "8942010000000000029;jiná")
    outcome = take_in(opened, client, table(tmp_path, *rows), what)
    assert [(p.row, p.code) for p in outcome.problems] == [(3, "order-unknown")]
    kind: Any = Sim if what == "sims" else Device
    assert [one.order_id for one in opened.store.select(kind)] == [stored.id, None]
