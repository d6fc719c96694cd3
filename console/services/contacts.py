"""Contacts: adding, changing, finding by name or address, and their authority."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from console.domain import authority
from console.domain.authority import Asked, MayAsk, Verdict
from console.domain.contact import Authority, Contact
from console.domain.journal import Changes
from console.errors import KnownError
from console.services import access
from console.texts import _
from console.workspace import Workspace


def add_contact(workspace: Workspace, contact: Contact) -> Changes:
    """Store a new contact.

    Raises:
        KnownError: ``field-missing``.
    """
    if not contact.name.strip():
        raise KnownError("field-missing", field=_("Full name"), name="name")
    store = workspace.store
    with store.unit("add-contact", contact.name) as unit:
        stored = store.insert(contact)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_contact(workspace: Workspace, contact: Contact, **changes: Any) -> Changes:
    """Change fields of a contact."""
    store = workspace.store
    with store.unit("change-contact", contact.name) as unit:
        stored = store.update(contact, **changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def delete_contact(workspace: Workspace, contact: Contact) -> Changes:
    """Take a contact off the lists; undo brings it back."""
    store = workspace.store
    with store.unit("delete-contact", contact.name) as unit:
        store.delete(contact)
        for grant in store.select(Authority, "contact_id = ?", [contact.id]):
            store.delete(grant)
    return Changes(unit, frozenset(store.tables_changed), contact)


def contact(workspace: Workspace, contact_id: int, request_id: int | None = None) -> Contact:
    """Open a contact by its id; written down where the client's agreement logs openings.

    Args:
        workspace: the open workspace.
        contact_id: who.
        request_id: the request that it is opened for, or None.
    """
    found = workspace.store.get(Contact, contact_id)
    access.opened(workspace, "contacts", contact_id, found.client_id, request_id)
    return found


def contacts_of(workspace: Workspace, client_id: int) -> list[Contact]:
    """Return a client's contacts in Czech order."""
    return workspace.store.select(
        Contact, "client_id = ?", [client_id], order="czech_key(name), id"
    )


def contact_by_name(workspace: Workspace, client_id: int, name: str) -> Contact | None:
    """Return the contact with a name or e-mail address, whatever its accents; or None."""
    if not name.strip():
        return None
    found = workspace.store.select(
        Contact,
        "client_id = ?1 AND (unaccented(name) = unaccented(?2) OR lower(email) = lower(?2))",
        [client_id, name.strip()],
    )
    return found[0] if found else None


def grants_of(workspace: Workspace, contact_id: int) -> list[Authority]:
    """Return the narrower authorities of a contact."""
    return workspace.store.select(Authority, "contact_id = ?", [contact_id])


def judge(workspace: Workspace, contact: Contact | None, asked: Asked) -> Verdict:
    """Say whether a contact may ask for something; see ``domain.authority``."""
    grants = grants_of(workspace, contact.id) if contact else []
    return authority.judge(contact, grants, asked)


def who_may_ask(
    workspace: Workspace, client_id: int, numbers: Mapping[str, str], on: date
) -> list[MayAsk]:
    """Return who of a client may ask for what about numbers, in Czech order.

    Args:
        workspace: the open workspace.
        client_id: whose contacts.
        numbers: E.164 numbers, each with its cost centre.
        on: the day.
    """
    grants: dict[int, list[Authority]] = defaultdict(list)
    for grant in workspace.store.select(Authority, "client_id = ?", [client_id]):
        grants[grant.contact_id].append(grant)
    found = (
        authority.may_ask(contact, grants[contact.id], numbers, on)
        for contact in contacts_of(workspace, client_id)
    )
    return [one for one in found if one is not None]
