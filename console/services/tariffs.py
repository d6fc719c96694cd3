"""Tariffs of a client's price list."""

from typing import Any

from console.domain.journal import Changes
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.texts import _
from console.workspace import Workspace


def add_tariff(workspace: Workspace, tariff: Tariff) -> Changes:
    """Store a new tariff.

    Raises:
        KnownError: ``field-missing``.
    """
    if not tariff.name.strip():
        raise KnownError("field-missing", field=_("Name"), name="name")
    store = workspace.store
    with store.unit("add-tariff", tariff.name) as unit:
        stored = store.insert(tariff)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_tariff(workspace: Workspace, tariff: Tariff, **changes: Any) -> Changes:
    """Change fields of a tariff."""
    store = workspace.store
    with store.unit("change-tariff", tariff.name) as unit:
        stored = store.update(tariff, **changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def delete_tariff(workspace: Workspace, tariff: Tariff) -> Changes:
    """Take a tariff off the price list; undo brings it back."""
    store = workspace.store
    with store.unit("delete-tariff", tariff.name) as unit:
        store.delete(tariff)
    return Changes(unit, frozenset(store.tables_changed), tariff)


def tariff(workspace: Workspace, tariff_id: int) -> Tariff:
    """Return a tariff by its id."""
    return workspace.store.get(Tariff, tariff_id)


def tariffs_of(workspace: Workspace, client_id: int) -> list[Tariff]:
    """Return a client's price list in Czech order."""
    return workspace.store.select(Tariff, "client_id = ?", [client_id], order="czech_key(name), id")
