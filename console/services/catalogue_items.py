"""The operator's price list: adding, changing, taking off it, and what can be ordered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.journal import Changes
from console.domain.order import OrderLine
from console.errors import KnownError
from console.intake.values import plain
from console.texts import _
from console.workspace import Workspace


def add_item(workspace: Workspace, item: CatalogueItem) -> Changes:
    """Store a new item.

    Raises:
        KnownError: ``field-missing``, ``field-wrong``, ``item-exists``.
    """
    _check(workspace, item)
    store = workspace.store
    with store.unit("add-catalogue-item", item.name) as unit:
        stored = store.insert(item)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_item(workspace: Workspace, item: CatalogueItem, **changes: Any) -> Changes:
    """Change fields of an item; orders keep what was ordered.

    Raises:
        KnownError: as :func:`add_item`, ``record-changed``.
    """
    store = workspace.store
    with store.unit("change-catalogue-item", item.name) as unit:
        stored = store.update(item, **changes)
        _check(workspace, stored)
    return Changes(unit, frozenset(store.tables_changed), stored)


def delete_item(workspace: Workspace, item: CatalogueItem) -> Changes:
    """Take an item off the price list; undo brings it back."""
    store = workspace.store
    with store.unit("delete-catalogue-item", item.name) as unit:
        store.delete(item)
    return Changes(unit, frozenset(store.tables_changed), item)


def _check(workspace: Workspace, item: CatalogueItem) -> None:
    if not item.name.strip():
        raise KnownError("field-missing", field=_("Name"), name="name")
    if item.price < 0:
        raise KnownError("field-wrong", field=_("Price"), name="price", value=item.price)
    if not 0 <= item.vat_rate <= 100:
        raise KnownError("field-wrong", field=_("VAT"), name="vat_rate", value=item.vat_rate)
    if item.warranty_months < 0:
        label, value = _("Warranty (months)"), item.warranty_months
        raise KnownError("field-wrong", field=label, name="warranty_months", value=value)
    if item.code and workspace.store.select(
        CatalogueItem, "code = ? AND id != ?", [item.code, item.id]
    ):
        raise KnownError("item-exists", item=item.code, name="code")


def items_sold(workspace: Workspace, day: date) -> list[CatalogueItem]:
    """Return what can be ordered on a day, in Czech order."""
    found = workspace.store.select(CatalogueItem, order="czech_key(name), id")
    return [item for item in found if item.is_sold_on(day)]


def completed(workspace: Workspace, lines: Sequence[OrderLine], day: date) -> tuple[OrderLine, ...]:
    """Return lines that say what their items become in the register.

    A line that does not say it is looked up in the price list by its code, or by its name; what
    it does say is left as it is.

    Args:
        workspace: the open workspace.
        lines: of an order.
        day: of the order.
    """
    if all(line.kind is not ItemKind.SERVICE for line in lines):
        return tuple(lines)
    sold = items_sold(workspace, day)
    by_word = {plain(item.name): item for item in sold}
    by_word |= {plain(item.code): item for item in sold if item.code}
    return tuple(_completed(line, by_word) for line in lines)


def _completed(line: OrderLine, by_word: dict[str, CatalogueItem]) -> OrderLine:
    item = by_word.get(plain(line.code)) if line.code else by_word.get(plain(line.item))
    if item is None or line.kind is not ItemKind.SERVICE:
        return line
    return replace(line, kind=item.kind, code=item.code, warranty_months=item.warranty_months)
