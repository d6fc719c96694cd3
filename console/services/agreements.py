"""The agreements of clients: choosing a shipped one, amending it, the version in force."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from console.domain import formats
from console.domain.agreement import Agreement
from console.domain.agreement_version import AgreementVersion, Closure
from console.domain.duty import Duty, duty_at
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.request import Kind
from console.domain.terms import parse_agreement, to_mapping
from console.errors import KnownError
from console.services.shipped import shipped
from console.workspace import Workspace


def choose_agreement(workspace: Workspace, client_id: int, key: str, valid_from: date) -> Changes:
    """Give a client a shipped agreement from a day on.

    Raises:
        KnownError: ``agreement-unknown``.
    """
    return _store_version(workspace, client_id, shipped(key), valid_from, "choose-agreement")


def amend_agreement(
    workspace: Workspace, client_id: int, terms: Agreement, valid_from: date
) -> Changes:
    """Store a new version of a client's agreement.

    It acts on requests that are received from that day on; those that are logged already
    keep their version until they are recalculated.

    Args:
        workspace: the open workspace.
        client_id: whose.
        terms: the whole terms, with what is amended.
        valid_from: first day on which they are in force.

    Raises:
        KnownError: ``terms-wrong`` names the part and the field that are wrong.
    """
    return _store_version(workspace, client_id, terms, valid_from, "amend-agreement")


def _store_version(
    workspace: Workspace, client_id: int, terms: Agreement, valid_from: date, action: str
) -> Changes:
    store = workspace.store
    plain = to_mapping(terms)
    _check(terms, plain)
    with store.unit(action, terms.name.shown) as unit:
        stored = store.insert(
            AgreementVersion(
                client_id=client_id,
                key=terms.key,
                name=terms.name.shown,
                valid_from=valid_from,
                terms=json.dumps(plain, ensure_ascii=False),
            )
        )
    return Changes(unit, frozenset(store.tables_changed), stored)


def _check(terms: Agreement, plain: dict[str, Any]) -> None:
    """Refuse terms that could not be read back."""
    try:
        parse_agreement(terms.name.shown, plain)
    except KnownError as error:
        facts = error.facts
        raise KnownError("terms-wrong", part=facts["part"], field=facts["field"]) from error


def name_of(version: AgreementVersion | None) -> str:
    """Return what an agreement is called in the language in use; nothing where there is none."""
    return parsed(version).name.shown if version else ""


def versions(workspace: Workspace, client_id: int) -> list[AgreementVersion]:
    """Return all versions of a client's agreements, the newest first."""
    return workspace.store.select(
        AgreementVersion, "client_id = ?", [client_id], order="valid_from DESC, id DESC"
    )


def version_in_force(workspace: Workspace, client_id: int, at: datetime) -> AgreementVersion | None:
    """Return the version in force at a moment, or None where there is none yet."""
    day = at.astimezone(PRAGUE).date()
    found = workspace.store.select(
        AgreementVersion,
        "client_id = ? AND valid_from <= ?",
        [client_id, day.isoformat()],
        order="valid_from DESC, id DESC LIMIT 1",
    )
    return found[0] if found else None


def in_force(workspace: Workspace, client_id: int) -> AgreementVersion | None:
    """Return the version in force at this moment, or None."""
    return version_in_force(workspace, client_id, workspace.store.now())


def who_to_call(
    workspace: Workspace,
    client_id: int,
    at: datetime | None = None,
    is_crisis: bool = False,
    kind: Kind | None = None,
) -> Duty | None:
    """Return who of the operator can be called about a client, and when the others can.

    Args:
        workspace: the open workspace.
        client_id: about whom.
        at: the moment, aware; now where None.
        is_crisis: whether it is urgent or a crisis.
        kind: what is asked for, or None for anything.

    Returns:
        None where no agreement is in force at that moment.
    """
    moment = at or workspace.store.now()
    terms = terms_of(version_in_force(workspace, client_id, moment))
    if terms is None:
        return None
    return duty_at(terms, moment, is_crisis, kind, closures_of(workspace, client_id))


def terms_of(version: AgreementVersion | None) -> Agreement | None:
    """Return the terms of a version, or None."""
    return parsed(version) if version else None


def parsed(version: AgreementVersion) -> Agreement:
    """Return the terms of a version."""
    return _parsed(version.name, version.terms)


@lru_cache(maxsize=64)
def _parsed(name: str, terms: str) -> Agreement:
    return parse_agreement(name, json.loads(terms))


def closures_of(workspace: Workspace, client_id: int) -> frozenset[date]:
    """Return the days on which the client's office is closed beside the holidays."""
    return frozenset(closure.day for closure in closures(workspace, client_id))


def closures(workspace: Workspace, client_id: int) -> list[Closure]:
    """Return the client's own closed days in the order of time."""
    return workspace.store.select(Closure, "client_id = ?", [client_id], order="day, id")


def change_end(
    workspace: Workspace,
    version: AgreementVersion,
    valid_until: date | None,
    notice_months: int | None,
) -> Changes:
    """Set when an agreement ends and how long before notice is given; its rules stay.

    Raises:
        KnownError: ``agreement-end`` where it would end before it begins.
    """
    if valid_until is not None and valid_until < version.valid_from:
        raise KnownError("agreement-end", day=formats.day(version.valid_from))
    store = workspace.store
    with store.unit("change-agreement-end", version.name) as unit:
        stored = store.update(version, valid_until=valid_until, notice_months=notice_months)
    return Changes(unit, frozenset(store.tables_changed), stored)


def add_closure(workspace: Workspace, client_id: int, day: date, reason: str = "") -> Changes:
    """Enter a day on which the client's office is closed; it acts on later requests.

    Raises:
        KnownError: ``closure-exists``.
    """
    if day in closures_of(workspace, client_id):
        raise KnownError("closure-exists", day=formats.day(day))
    store = workspace.store
    with store.unit("add-closure", formats.day(day)) as unit:
        stored = store.insert(Closure(client_id=client_id, day=day, reason=reason.strip()))
    return Changes(unit, frozenset(store.tables_changed), stored)


def add_closures(
    workspace: Workspace, client_id: int, days: Iterable[date], reason: str = ""
) -> Changes:
    """Enter several closed days as one action; those that are entered already stay."""
    new = sorted(set(days) - closures_of(workspace, client_id))
    store = workspace.store
    with store.unit("add-closure", ", ".join(map(formats.day, new[:5]))) as unit:
        stored = [
            store.insert(Closure(client_id=client_id, day=day, reason=reason.strip()))
            for day in new
        ]
    return Changes(unit, frozenset(store.tables_changed), stored)


def remove_closure(workspace: Workspace, closure: Closure) -> Changes:
    """Take a closed day back; requests that are logged already keep it until recalculated."""
    store = workspace.store
    with store.unit("remove-closure", formats.day(closure.day)) as unit:
        store.delete(closure)
    return Changes(unit, frozenset(store.tables_changed), closure)
