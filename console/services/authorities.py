"""Authorities: what a contact may ask for beyond, or instead of, everything."""

from typing import Any

from console.domain.contact import Authority
from console.domain.journal import Changes
from console.workspace import Workspace


def authorities_of(workspace: Workspace, contact_id: int) -> list[Authority]:
    """Return a contact's authorities, the oldest first."""
    return workspace.store.select(Authority, "contact_id = ?", [contact_id])


def add_authority(workspace: Workspace, authority: Authority) -> Changes:
    """Store a new authority."""
    store = workspace.store
    with store.unit("add-authority", authority.mandate) as unit:
        stored = store.insert(authority)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_authority(workspace: Workspace, authority: Authority, **changes: Any) -> Changes:
    """Change fields of an authority.

    Raises:
        KnownError: ``record-changed``.
    """
    store = workspace.store
    with store.unit("change-authority", authority.mandate) as unit:
        stored = store.update(authority, **changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def delete_authority(workspace: Workspace, authority: Authority) -> Changes:
    """Take an authority away as if it had never been; to end one, set the day it was revoked."""
    store = workspace.store
    with store.unit("delete-authority", authority.mandate) as unit:
        store.delete(authority)
    return Changes(unit, frozenset(store.tables_changed), authority)
