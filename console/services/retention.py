"""Retention: for how long people's data are kept, whose time is over, and erasing those."""

from collections.abc import Mapping
from datetime import UTC, date
from typing import Final

from console.domain.client import Client, RetentionClass
from console.domain.contact import Contact
from console.domain.erasure import Erasure
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.request import Request
from console.domain.retention import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    USUAL_MONTHS,
    Overdue,
    keep_until,
)
from console.errors import KnownError
from console.services import privacy
from console.storage import settings
from console.texts import _
from console.workspace import Workspace

_SETTING: Final = "retention_{name}"


def rules(workspace: Workspace) -> dict[RetentionClass, int]:
    """Return for how many months the data of each class are kept."""
    values = settings.read(workspace.store)
    return {
        one: int(values.get(_SETTING.format(name=one.value), months))
        for one, months in USUAL_MONTHS.items()
    }


def change_rules(workspace: Workspace, changed: Mapping[RetentionClass, int]) -> Changes:
    """Set for how many months the data of each class are kept.

    Raises:
        KnownError: ``retention-months``.
    """
    if not all(FEWEST_MONTHS <= months <= MOST_MONTHS for months in changed.values()):
        raise KnownError("retention-months", fewest=FEWEST_MONTHS, most=MOST_MONTHS)
    with workspace.store.unit("change-settings") as unit:
        values = {_SETTING.format(name=one.value): str(n) for one, n in changed.items()}
        settings.write(workspace.store, values)
    return Changes(unit, frozenset({"settings"}), dict(changed))


def overdue(workspace: Workspace) -> list[Overdue]:
    """Return the people whose data are kept for longer than the rules say.

    A person counts from the day on which the authority ended or was revoked, or from the last
    thing asked for, whichever is later; who may still ask for something is never listed.
    """
    store = workspace.store
    months = rules(workspace)
    today = store.now().astimezone(PRAGUE).date()
    clients = {client.id: client for client in store.select(Client)}
    erased = {one.record_id for one in store.select(Erasure)}
    found = []
    for contact in store.select(Contact, "valid_until IS NOT NULL OR revoked_on IS NOT NULL"):
        client = clients.get(contact.client_id)
        since = _ended(workspace, contact)
        if client is None or since is None or contact.id in erased:
            continue
        kind = client.retention_class or RetentionClass.STANDARD
        until = keep_until(since, months[kind])
        if until < today:
            found.append(Overdue(contact.id, contact.name, client.name, since, until))
    return sorted(found, key=lambda one: one.until)


def _ended(workspace: Workspace, contact: Contact) -> date | None:
    """Return the day from which a person's data are kept for nothing but the rule."""
    ends = [day for day in (contact.valid_until, contact.revoked_on) if day]
    asked = workspace.store.select(
        Request, "contact_id = ?", [contact.id], order="coalesce(closed_at, '9') DESC LIMIT 1"
    )
    if asked and asked[0].closed_at is None:
        return None
    last = [asked[0].closed_at.astimezone(UTC).date()] if asked and asked[0].closed_at else []
    return max([min(ends), *last])


def apply_rules(workspace: Workspace, contact_ids: list[int]) -> Changes:
    """Erase people whose time is over, each as an action of its own.

    Args:
        workspace: the open workspace.
        contact_ids: of those that the preview listed and the person chose.

    Returns:
        The last changes; their result is the count of the erased.

    Raises:
        KnownError: ``retention-nobody`` where none of them is overdue any more.
    """
    due = {one.contact_id for one in overdue(workspace)} & set(contact_ids)
    if not due:
        raise KnownError("retention-nobody")
    reason = _("rule of retention")
    changes = [
        privacy.erase(workspace, workspace.store.get(Contact, contact_id), reason)
        for contact_id in sorted(due)
    ]
    nouns = frozenset(noun for one in changes for noun in one.nouns)
    return Changes(changes[-1].unit, nouns, len(changes))
