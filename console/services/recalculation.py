"""Counting open requests anew by the present agreement and closures: shown first, then done.

Editing a clause, a calendar or a closure acts on requests that come later. Those that are
open keep the version and the closures that they were registered with until this is done.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from console.domain import formats
from console.domain.agreement import Nature
from console.domain.agreement_version import AgreementVersion
from console.domain.deadlines import Deadlines, compute
from console.domain.journal import Changes
from console.domain.recalculation import MovedDeadline, Recalculation, RecalculationRow
from console.domain.request import (
    OPEN_STATES,
    Entry,
    EntryKind,
    Request,
    RequestDeadline,
)
from console.errors import KnownError
from console.services import agreements, request_stories
from console.services.request_stories import Told
from console.texts import _
from console.workspace import Workspace


def recalculation(workspace: Workspace, client_id: int) -> Recalculation:
    """Return what counting a client's open requests anew would change.

    They would be counted by the version of the agreement that is in force today and by the
    closures that are known today. Nothing is stored.
    """
    store = workspace.store
    version = agreements.version_in_force(workspace, client_id, store.now())
    closures = agreements.closures_of(workspace, client_id)
    states = ", ".join(f"'{state}'" for state in OPEN_STATES)
    open_requests = store.select(Request, f"client_id = ? AND state IN ({states})", [client_id])
    told = request_stories.tell_all(workspace, open_requests)
    stored = request_stories.by_request(workspace, RequestDeadline, [r.id for r in open_requests])
    terms = agreements.terms_of(version)
    found = [
        _row(one, stored[one.request.id], compute(terms, one.facts, one.story, None, closures))
        for one in told
    ]
    return Recalculation(
        client_id=client_id,
        agreement_id=version.id if version else None,
        closures=tuple(sorted(day.isoformat() for day in closures)),
        rows=tuple(row for row in found if row.moved),
    )


def _row(told: Told, stored: list[RequestDeadline], after: Deadlines) -> RecalculationRow:
    request = told.request
    before = {Nature(deadline.nature): deadline for deadline in stored}
    later = {deadline.nature: deadline for deadline in after.all}
    moved = []
    for nature in Nature:
        old, new = before.get(nature), later.get(nature)
        one = MovedDeadline(
            nature=nature,
            clause_before=old.clause if old else "",
            clause_after=new.clause if new else "",
            due_before=old.due_at if old else None,
            due_after=new.due.astimezone(UTC) if new else None,
        )
        if (one.clause_before, one.due_before) != (one.clause_after, one.due_after):
            moved.append(one)
    return RecalculationRow(
        request_id=request.id,
        version=request.version,
        number=request.number,
        subject=request.subject,
        received=request.received_at,
        due_before=request.due_at,
        due_after=after.governing.due.astimezone(UTC) if after.governing else None,
        moved=tuple(moved),
    )


def recalculate(
    workspace: Workspace, preview: Recalculation, request_ids: Collection[int] | None = None
) -> Changes:
    """Count open requests anew, as one action that undo takes back.

    Args:
        workspace: the open workspace.
        preview: what the person saw and agreed to.
        request_ids: only these of it; all of it where None.

    Returns:
        The changes; their result is the list of the requests as they are now.

    Raises:
        KnownError: ``recalculation-stale`` where anything changed since the preview.
    """
    store = workspace.store
    present = {row.request_id: row for row in recalculation(workspace, preview.client_id).rows}
    chosen = [row for row in preview.rows if request_ids is None or row.request_id in request_ids]
    if any(present.get(row.request_id) != row for row in chosen):
        raise KnownError("recalculation-stale")
    with store.unit("recalculate", ", ".join(row.number for row in chosen[:5])) as unit:
        done = [_recalculate(workspace, preview, row) for row in chosen]
    return Changes(unit, frozenset(store.tables_changed), done)


def _recalculate(workspace: Workspace, preview: Recalculation, row: RecalculationRow) -> Request:
    store = workspace.store
    request = replace(store.get(Request, row.request_id), version=row.version)
    store.insert(
        Entry(
            client_id=request.client_id,
            request_id=request.id,
            kind=EntryKind.RECALCULATION,
            at=store.now(),
            author=store.actor,
            text=_said(workspace, preview, row),
            reference=str(preview.agreement_id or ""),
        )
    )
    changed = store.update(request, agreement_id=preview.agreement_id, closures=preview.closures)
    return request_stories.recompute(workspace, changed)


def _said(workspace: Workspace, preview: Recalculation, row: RecalculationRow) -> str:
    """Return what the request's story says about it."""
    moved = _("Due on {before}, now on {after}.").format(
        before=_shown(row.due_before), after=_shown(row.due_after)
    )
    if preview.agreement_id is None:
        return moved
    version = workspace.store.get(AgreementVersion, preview.agreement_id)
    by = _("By “{name}” in force since {day}.").format(
        name=agreements.name_of(version), day=formats.day(version.valid_from)
    )
    return f"{moved} {by}"


def _shown(due: datetime | None) -> str:
    return formats.moment(due) or "–"
