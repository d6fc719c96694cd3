"""The log of openings: who opened which person's data, when, and for which request.

An agreement that wants it written down has ``logs_access``. Reading a client, a contact, a
number's card or a request under such an agreement writes an opening; reading the same again
without having opened anything else is the same opening.
"""

from datetime import timedelta
from typing import Final

from console.domain.access import Access, AccessSummary
from console.domain.journal import Changes
from console.domain.request import Request
from console.errors import KnownError
from console.services import agreements
from console.storage import access as stored
from console.workspace import Workspace

SAME_OPENING: Final = timedelta(minutes=30)
"""So long reading the last opened record again does not count as opening it again."""


def is_logged(workspace: Workspace, client_id: int) -> bool:
    """Return whether openings of a client's data are written down, by its agreement now."""
    version = agreements.version_in_force(workspace, client_id, workspace.store.now())
    return version is not None and agreements.parsed(version).logs_access


def log_access(
    workspace: Workspace, noun: str, record_id: int, client_id: int, request_id: int | None = None
) -> Changes:
    """Write down that a record was opened; undo passes it by.

    Args:
        workspace: the open workspace.
        noun: name of the table that the record is in.
        record_id: what was opened.
        client_id: whose data.
        request_id: the request that it was opened for, or None.

    Raises:
        KnownError: ``access-request`` where the request is another client's.
    """
    store = workspace.store
    if request_id is not None and store.get(Request, request_id).client_id != client_id:
        raise KnownError("access-request")
    with store.unit("log-access", noun) as unit:
        logged = store.insert(
            Access(
                client_id=client_id,
                at=store.now(),
                actor=store.actor,
                noun=noun,
                record_id=record_id,
                request_id=request_id,
            )
        )
    return Changes(unit, frozenset(store.tables_changed), logged)


def opened(
    workspace: Workspace, noun: str, record_id: int, client_id: int, request_id: int | None = None
) -> None:
    """Write an opening down where the client's agreement wants it and it is a new one.

    Raises:
        KnownError: ``access-request`` where the request is another client's.
    """
    if not is_logged(workspace, client_id):
        return
    store = workspace.store
    asked = (store.actor, noun, record_id, request_id)
    for last in store.select(Access, order="id DESC LIMIT 1"):
        known = (last.actor, last.noun, last.record_id, last.request_id)
        if known == asked and store.now() - last.at < SAME_OPENING:
            return
    log_access(workspace, noun, record_id, client_id, request_id)


def accesses(
    workspace: Workspace, client_id: int, record_id: int = 0, limit: int = 1000
) -> list[AccessSummary]:
    """Return openings of a client's data, the newest first.

    Args:
        workspace: the open workspace.
        client_id: whose data.
        record_id: only openings of this record; 0 for all.
        limit: the most rows.
    """
    return stored.summaries(workspace.store.db, client_id, record_id, limit)
