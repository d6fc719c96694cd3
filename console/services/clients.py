"""Clients: adding, changing, finding by IČO."""

from dataclasses import fields, replace
from typing import Any

from console.domain.access import Access
from console.domain.client import Client
from console.domain.journal import Changes
from console.errors import KnownError
from console.services import access, agreements
from console.storage import rows
from console.texts import _
from console.workspace import Workspace


def add_client(workspace: Workspace, client: Client) -> Changes:
    """Store a new client.

    Raises:
        KnownError: ``field-missing``, ``ico-wrong``, ``client-exists``.
    """
    _check(client)
    _check_ico_is_free(workspace, client)
    store = workspace.store
    with store.unit("add-client", client.name) as unit:
        stored = store.insert(client)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_client(workspace: Workspace, client: Client, **changes: Any) -> Changes:
    """Change fields of a client.

    Raises:
        KnownError: as :func:`add_client`.
    """
    store = workspace.store
    with store.unit("change-client", client.name) as unit:
        stored = store.update(client, **changes)
        _check(stored, is_dic_new="dic" in changes)
        _check_ico_is_free(workspace, stored)
    return Changes(unit, frozenset(store.tables_changed), stored)


def save_client(workspace: Workspace, client: Client, agreement: str = "") -> Changes:
    """Store a new or a changed client and what it agreed to, as one action.

    Args:
        workspace: an open workspace.
        client: with the id 0 where it is new.
        agreement: key of a shipped agreement that holds from today, or empty to leave it.

    Raises:
        KnownError: as :func:`add_client`.
    """
    store = workspace.store
    with store.unit("change-client" if client.id else "add-client", client.name) as unit:
        stored: Any = _store(workspace, client)
        if agreement:
            today = store.today()
            agreements.choose_agreement(workspace, stored.id, agreement, today)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _store(workspace: Workspace, client: Client) -> object:
    if not client.id:
        return add_client(workspace, client).result
    known = replace(workspace.store.get(Client, client.id), version=client.version)
    changed = {
        field.name: getattr(client, field.name)
        for field in fields(client)
        if getattr(client, field.name) != getattr(known, field.name)
    }
    return change_client(workspace, known, **changed).result


def delete_client(workspace: Workspace, client: Client) -> Changes:
    """Take a client off the lists with all that belongs to it; undo brings everything back."""
    store = workspace.store
    with store.unit("delete-client", client.name) as unit:
        store.delete(client)
        for record_type in rows.TABLES:
            is_owned = "client_id" in rows.columns(record_type)
            if is_owned and record_type is not Access:
                store.delete_of_client(record_type, client.id)
    return Changes(unit, frozenset(store.tables_changed), client)


def client_by_ico(workspace: Workspace, ico: str) -> Client:
    """Return a client by its IČO.

    Raises:
        KnownError: ``client-unknown``.
    """
    found = workspace.store.select(Client, "ico = ?", [ico.strip().replace(" ", "")])
    if not found:
        raise KnownError("client-unknown", ico=ico)
    return found[0]


def client(workspace: Workspace, client_id: int, request_id: int | None = None) -> Client:
    """Open a client by its id; written down where its agreement logs openings.

    Args:
        workspace: the open workspace.
        client_id: whose.
        request_id: the request that it is opened for, or None.
    """
    found = workspace.store.get(Client, client_id)
    access.opened(workspace, "clients", client_id, client_id, request_id)
    return found


def all_clients(workspace: Workspace) -> list[Client]:
    """Return all clients in Czech order."""
    return workspace.store.select(Client, order="czech_key(name), id")


def _check(client: Client, *, is_dic_new: bool = True) -> None:
    from console.intake.company_numbers import is_dic, is_ico

    if not client.name.strip():
        raise KnownError("field-missing", field=_("Name"), name="name")
    if not is_ico(client.ico):
        raise KnownError("ico-wrong", ico=client.ico, name="ico")
    if is_dic_new and client.dic and not is_dic(client.dic):
        raise KnownError("dic-wrong", dic=client.dic, name="dic")


def _check_ico_is_free(workspace: Workspace, client: Client) -> None:
    if workspace.store.select(Client, "ico = ? AND id != ?", [client.ico, client.id]):
        raise KnownError("client-exists", ico=client.ico, name="ico")
