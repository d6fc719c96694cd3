"""What other terms would have made of the requests that came already; nothing is stored."""

from datetime import UTC, date, datetime, time, timedelta

from console.domain.agreement import Agreement
from console.domain.deadline import Deadline
from console.domain.deadlines import compute
from console.domain.due_times import DueTimes
from console.domain.local_time import PRAGUE
from console.domain.request import Request
from console.domain.what_if import WhatIf, WhatIfRow
from console.services import request_stories
from console.services.request_stories import Told
from console.storage import rows
from console.workspace import Workspace


def what_if(
    workspace: Workspace, client_id: int, terms: Agreement, since: date, until: date
) -> WhatIf:
    """Show how other terms would have treated a client's requests.

    What happened to each request is taken as it happened, with the closures it knew.

    Args:
        workspace: the open workspace.
        client_id: whose requests.
        terms: for example the present ones with a clause changed.
        since: first day of receipt, in Prague.
        until: last day of receipt.
    """
    return WhatIf(
        rows=tuple(_rows(workspace, _received(workspace, client_id, since, until), terms))
    )


def _received(workspace: Workspace, client_id: int, since: date, until: date) -> list[Request]:
    first = datetime.combine(since, time(), PRAGUE)
    behind = datetime.combine(until + timedelta(days=1), time(), PRAGUE)
    return workspace.store.select(
        Request,
        "client_id = ? AND received_at >= ? AND received_at < ?",
        [client_id, rows.encode_datetime(first), rows.encode_datetime(behind)],
        order="received_at, id",
    )


def _rows(workspace: Workspace, requests: list[Request], terms: Agreement) -> list[WhatIfRow]:
    now = workspace.store.now()
    quick: dict[frozenset[date], DueTimes] = {}
    made = []
    for told in request_stories.tell_all(workspace, requests):
        closed = told.request.closed_days
        if told.story.is_plain:
            times = quick.setdefault(closed, DueTimes(terms, closed))
            made.append(_plain_row(told, times.due(told.facts), now))
        else:
            after = compute(terms, told.facts, told.story, None, closed).governing
            made.append(_told_row(told, after, now))
    return made


def _plain_row(told: Told, due_after: datetime | None, now: datetime) -> WhatIfRow:
    """Return the row of a request whose story moves no deadline: two times are enough."""
    before, after = told.request.due_at, _utc(due_after)
    resolved = told.story.resolved
    return _row(told, before, after, _met(before, resolved, now), _met(after, resolved, now))


def _told_row(told: Told, after: Deadline | None, now: datetime) -> WhatIfRow:
    before = told.deadlines().governing
    return _row(
        told,
        _utc(before.due if before else None),
        _utc(after.due if after else None),
        _kept(before, told.story.resolved, now),
        _kept(after, told.story.resolved, now),
    )


def _kept(deadline: Deadline | None, resolved: datetime | None, now: datetime) -> bool | None:
    """Return whether a deadline was kept each time that the request was resolved."""
    if deadline and not all(cycle.is_met for cycle in deadline.ended):
        return False
    return _met(_utc(deadline.due if deadline else None), resolved, now)


def _met(due: datetime | None, resolved: datetime | None, now: datetime) -> bool | None:
    if due is None:
        return None
    if resolved is None:
        return False if due < now else None
    return resolved <= due


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _row(
    told: Told,
    due_before: datetime | None,
    due_after: datetime | None,
    met_before: bool | None,
    met_after: bool | None,
) -> WhatIfRow:
    request = told.request
    return WhatIfRow(
        request_id=request.id,
        number=request.number,
        subject=request.subject,
        kind=request.kind,
        channel=request.channel,
        received=request.received_at,
        resolved=told.story.resolved,
        due_before=due_before,
        due_after=due_after,
        met_before=met_before,
        met_after=met_after,
    )
