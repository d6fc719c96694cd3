"""Warnings that deadlines come near: which are due now, and that they were given."""

from collections.abc import Iterator
from typing import Final

from console.domain.agreement import Nature
from console.domain.client import Client
from console.domain.deadline_warning import DeadlineWarning
from console.domain.journal import Changes
from console.domain.request import OPEN_STATES, Request, RequestDeadline
from console.services import request_stories
from console.services.request_stories import Told
from console.storage import rows
from console.workspace import Workspace

_OPEN: Final = ", ".join(f"'{state}'" for state in OPEN_STATES)
_MAY_BE_DUE: Final = f"""
    SELECT 1 FROM deadlines d WHERE d.request_id = requests.id AND d.deleted_at IS NULL
    AND julianday(:now) - julianday(requests.received_at) + 0.0001
        >= CASE d.warned WHEN 0 THEN 0.5 WHEN 50 THEN 0.75 WHEN 75 THEN 0.9 WHEN 90 THEN 1 END
        * (julianday(d.due_at) - julianday(requests.received_at))
    AND requests.state IN ({_OPEN})
"""
"""Leaves out what cannot be due yet: standstills and later starts only put warnings off."""


def due_warnings(workspace: Workspace) -> list[DeadlineWarning]:
    """Return what is to be warned of now and was not yet, the most urgent first.

    Warnings come when 50, 75, 90 and 100 % of the counted time are gone; those that were
    slept through come together. A clock that stands still warns of nothing.
    """
    store = workspace.store
    found = store.select(
        Request, f"EXISTS ({_MAY_BE_DUE})", {"now": rows.encode_datetime(store.now())}
    )
    stored = request_stories.by_request(workspace, RequestDeadline, [r.id for r in found])
    warnings = [
        warning
        for told in request_stories.tell_all(workspace, found)
        for warning in _warnings(workspace, told, stored[told.request.id])
    ]
    return sorted(warnings, key=lambda warning: (warning.due, warning.deadline_id))


def _warnings(
    workspace: Workspace, told: Told, stored: list[RequestDeadline]
) -> Iterator[DeadlineWarning]:
    request, now = told.request, workspace.store.now()
    by_nature = {Nature(deadline.nature): deadline for deadline in stored}
    deadlines = told.deadlines(now)
    for deadline in deadlines.all:
        known = by_nature.get(deadline.nature)
        percents = deadline.warnings_due(now, known.warned) if known else ()
        if known and percents:
            yield DeadlineWarning(
                deadline_id=known.id,
                request_id=request.id,
                client_id=request.client_id,
                client=workspace.store.get(Client, request.client_id).name,
                number=request.number,
                subject=request.subject,
                nature=deadline.nature,
                clause=deadline.clause,
                governing=deadline is deadlines.governing,
                due=deadline.due,
                percents=percents,
            )


def give_warnings(workspace: Workspace) -> Changes:
    """Mark the warnings that are due as given, so that each comes once.

    Returns:
        The changes, which undo passes by; their result is the list of the warnings.
    """
    store = workspace.store
    warnings = due_warnings(workspace)
    if not warnings:
        return Changes(0, frozenset(), warnings)
    with store.unit("give-warnings") as unit:
        for warning in warnings:
            store.update(store.get(RequestDeadline, warning.deadline_id), warned=warning.percent)
    return Changes(unit, frozenset(store.tables_changed), warnings)
