"""The radar of what ends: over all clients or one, with lead times of one's own."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from console.domain import phone
from console.domain.agreement import days_of_rest
from console.domain.agreement_version import AgreementVersion
from console.domain.client import Client
from console.domain.expiry import LONGEST_LEAD, USUAL_LEADS, Ending, Expiring
from console.domain.journal import Changes
from console.domain.legal_time import notice_day
from console.domain.local_time import PRAGUE
from console.errors import KnownError
from console.services import agreements
from console.storage import expiry as stored_expiry
from console.storage import settings as stored
from console.workspace import Workspace

_SETTING: Final = "lead_{name}"
_MOST: Final = 2000
"""Rows of each kind; a radar with more is no radar."""


def leads(workspace: Workspace) -> dict[Ending, int]:
    """Return how many days before its end each kind is told."""
    values = stored.read(workspace.store)
    return {
        one: int(values.get(_SETTING.format(name=one.value), days))
        for one, days in USUAL_LEADS.items()
    }


def change_leads(workspace: Workspace, changed: Mapping[Ending, int]) -> Changes:
    """Set how many days before its end each kind is told.

    Raises:
        KnownError: ``lead-days``.
    """
    if not all(0 <= days <= LONGEST_LEAD for days in changed.values()):
        raise KnownError("lead-days", most=LONGEST_LEAD)
    with workspace.store.unit("change-settings") as unit:
        values = {_SETTING.format(name=one.value): str(days) for one, days in changed.items()}
        stored.write(workspace.store, values)
    return Changes(unit, frozenset({"settings"}), dict(changed))


def between(
    workspace: Workspace,
    since: date,
    until: date,
    client_id: int = 0,
    kinds: Iterable[Ending] = tuple(Ending),
    most: int = _MOST,
) -> list[Expiring]:
    """Return what ends between two days, both included, the soonest first.

    Args:
        workspace: the open workspace.
        since: the first day.
        until: the last day.
        client_id: only this client's; 0 for all.
        kinds: what to look for.
        most: rows of each kind at most.
    """
    lead = leads(workspace)
    found: list[Expiring] = []
    for kind in kinds:
        if kind is Ending.NOTICE:
            found += _notices(workspace, since, until, lead[kind])
            continue
        rows = stored_expiry.ending(workspace.store.db, kind.value, since, until, most)
        found += [
            Expiring(
                kind,
                phone.pretty(name) if noun == "lines" else name,
                noun,
                record_id,
                owner,
                client,
                date.fromisoformat(day),
                lead[kind],
            )
            for day, name, noun, record_id, owner, client in rows
        ]
    kept = [one for one in found if not client_id or one.client_id == client_id]
    return sorted(kept, key=lambda one: (one.until, one.ending, one.what))


def _notices(workspace: Workspace, since: date, until: date, lead: int) -> list[Expiring]:
    """Return the last days for giving notice, counted back from the agreements' ends."""
    store = workspace.store
    ended = store.select(AgreementVersion, "valid_until IS NOT NULL AND notice_months IS NOT NULL")
    found = []
    for version in ended:
        day = last_notice_day(version)
        if day is not None and since <= day <= until:
            client = store.get(Client, version.client_id)
            found.append(
                Expiring(
                    Ending.NOTICE,
                    agreements.name_of(version),
                    "clients",
                    client.id,
                    client.id,
                    client.name,
                    day,
                    lead,
                )
            )
    return found


def last_notice_day(version: AgreementVersion) -> date | None:
    """Return the last day on which notice still ends an agreement with its term, or None.

    Source:
        Act 89/2012, s. 605, counted back from the end; such a day does not roll.
    """
    if version.valid_until is None or not version.notice_months:
        return None
    return notice_day(version.valid_until, version.notice_months, "months", days_of_rest())


def due(workspace: Workspace, most: int = 50) -> list[Expiring]:
    """Return what is to be told today: whose lead time has begun and whose day has not passed.

    Args:
        workspace: the open workspace.
        most: rows at most.
    """
    today = workspace.store.now().astimezone(PRAGUE).date()
    lead = leads(workspace)
    found = [
        one
        for kind in Ending
        for one in between(
            workspace, today, today + timedelta(days=lead[kind]), kinds=(kind,), most=most
        )
    ]
    return sorted(found, key=lambda one: (one.until, one.ending, one.what))[:most]
