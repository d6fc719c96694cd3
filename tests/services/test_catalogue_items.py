"""The operator's price list: kept, taken in, and what an order takes from it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.client import Client
from console.domain.listing import ListQuery
from console.domain.order import OrderLine
from console.services import catalogue_items, exports, history, imports, lists, orders, records
from console.workspace import Workspace
from tests.services.ordering import of, ordered
from tests.services.steps import Clock, refused

TABLE = (
    "Kód;Název;Druh;Cena bez DPH;DPH;Záruka;Prodej do\n"
    "A56;Galaxy A56;telefon;6 190,00 Kč;21 %;24;\n"
    "OBAL;Pouzdro;příslušenství;199;21;24;31. 12. 2025\n"
    "SIM;SIM karta;SIM;0;21;0;\n"
    "X1;Něco;kouzlo;10;21;24;\n"
    "X2;Drahé;telefon;zdarma;21;24;\n"
    ";;telefon;10;21;24;\n"
)


def take_in(opened: Workspace, folder: Path, text: str = TABLE) -> Any:
    """Take a price list in."""
    file = folder / "cenik.csv"
    file.write_bytes(text.encode("cp1250"))
    return imports.run(opened, 0, imports.read_file(file, "catalogue")).result


def by_code(opened: Workspace) -> dict[str, CatalogueItem]:
    """Return the price list by its codes."""
    return {item.code: item for item in opened.store.select(CatalogueItem)}


def test_price_list_is_taken_in_and_again_without_a_difference(
    opened: Workspace, tmp_path: Path
) -> None:
    done = take_in(opened, tmp_path)
    assert (done.added, done.refused) == (4, 2)
    assert [(p.row, p.code) for p in done.problems] == [
        (5, "word-value"),
        (6, "number-value"),
        (7, "item-missing"),
    ]
    found = by_code(opened)
    assert (found["A56"].price, found["A56"].kind) == (Decimal(6190), ItemKind.DEVICE)
    assert (found["OBAL"].kind, found["SIM"].kind) == (ItemKind.ACCESSORY, ItemKind.SIM)
    assert found["X1"].kind is ItemKind.SERVICE
    again = take_in(opened, tmp_path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    dearer = take_in(opened, tmp_path, TABLE.replace("6 190,00", "5 990,00"))
    assert dearer.changed == 1
    assert by_code(opened)["A56"].price == Decimal(5990)
    history.undo_last(opened)
    assert by_code(opened)["A56"].price == Decimal(6190)


@pytest.mark.parametrize("end", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_without_a_difference(
    opened: Workspace, tmp_path: Path, end: str
) -> None:
    take_in(opened, tmp_path)
    query = ListQuery(noun="catalogue_items", sort="name")
    target = tmp_path / f"ven.{end}"
    what = exports.Export(query=query, columns=exports.columns_of("catalogue_items"))
    exports.export(opened, what, target)
    done: Any = imports.run(opened, 0, imports.read_file(target, "catalogue")).result
    assert (done.added, done.changed, done.unchanged, done.refused) == (0, 0, 4, 0)


def test_only_what_is_sold_on_the_day_can_be_ordered(opened: Workspace, tmp_path: Path) -> None:
    take_in(opened, tmp_path)
    names = [item.name for item in catalogue_items.items_sold(opened, date(2026, 11, 4))]
    assert names == ["Galaxy A56", "Něco", "SIM karta"]
    query = ListQuery(noun="catalogue_items", sort="name", filters=(("sold_on", "2026-11-04"),))
    assert [row.name for row in lists.page(opened, query).rows] == names


def test_list_is_narrowed_by_words_without_accents(opened: Workspace, tmp_path: Path) -> None:
    take_in(opened, tmp_path)
    query = ListQuery(noun="catalogue_items", sort="price", text="galaxy a5")
    assert [row.code for row in lists.page(opened, query).rows] == ["A56"]


def test_line_without_a_kind_takes_it_from_the_price_list(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    take_in(opened, tmp_path)
    named = OrderLine(client_id=0, order_id=0, position=1, item="galaxy a56",
                      unit_price=Decimal(1))  # fmt: skip
    unknown = OrderLine(client_id=0, order_id=0, position=2, item="Galaxy A5")
    order = ordered(opened, of(client, named, unknown))
    first, second = orders.lines_of(opened, order.id)
    assert (first.kind, first.code, first.warranty_months) == (ItemKind.DEVICE, "A56", 24)
    assert (first.item, first.unit_price) == ("galaxy a56", Decimal(1))
    assert (second.kind, second.code) == (ItemKind.SERVICE, "")


def test_two_items_never_have_the_same_code(opened: Workspace) -> None:
    catalogue_items.add_item(opened, CatalogueItem(code="A", name="Telefon"))
    with refused("item-exists"):
        catalogue_items.add_item(opened, CatalogueItem(code="A", name="Modem"))
    other: Any = catalogue_items.add_item(opened, CatalogueItem(code="B", name="Modem")).result
    with refused("item-exists"):
        catalogue_items.change_item(opened, other, code="A")
    assert by_code(opened)["B"].name == "Modem"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "field-missing"),
        ({"price": Decimal(-1)}, "field-wrong"),
        ({"vat_rate": Decimal(101)}, "field-wrong"),
        ({"warranty_months": -1}, "field-wrong"),
    ],
)
def test_what_makes_no_sense_is_refused(
    opened: Workspace, changes: dict[str, Any], code: str
) -> None:
    item: Any = catalogue_items.add_item(opened, CatalogueItem(name="Telefon")).result
    with refused(code):
        catalogue_items.change_item(opened, item, **changes)
    assert opened.store.get(CatalogueItem, item.id) == item


def test_form_adds_changes_and_deletes_an_item(opened: Workspace) -> None:
    shown = records.blank(opened, "catalogue_items", {})
    values = {**shown.values, "name": "Tablet", "kind": "accessory", "price": "1 234,50"}
    saved: Any = records.save(opened, shown, values).result
    item = saved.record
    assert (item.name, item.kind, item.price) == ("Tablet", ItemKind.ACCESSORY, Decimal("1234.50"))
    again = records.opened(opened, "catalogue_items", item.id)
    assert again.values["price"] == "1234,50" or again.values["price"] == "1234.50"
    records.delete(opened, "catalogue_items", [item.id])
    assert opened.store.select(CatalogueItem) == []
    history.undo_last(opened)
    assert len(opened.store.select(CatalogueItem)) == 1
