"""What a status report says about requests: how they stood when its month ended.

All of it is told from the stories up to then, so that what happens later changes no month
that is over.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from console.domain import backlog, formats
from console.domain.backlog import STATE_WORDS, Step
from console.domain.client import Client
from console.domain.legal_time import add_months
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Entry, EntryKind, Kind, Request, RequestState
from console.domain.status_report import (
    ChannelRow,
    ComplaintRow,
    KindRow,
    OpenPoint,
    Promise,
    StateRow,
)
from console.errors import KnownError
from console.services import compliance, request_stories
from console.services.request_stories import Told
from console.storage import rows
from console.texts import _
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Seen:
    """The requests that a report is about, as they stood.

    Args:
        requests: received before the month's end.
        steps: of each until the month's end, in the order of time.
        told: those that are open, and all complaints, with their stories until then.
        begin: of the month.
        end: of the month.
        at: the month's end, or now where it goes on.
    """

    requests: Sequence[Request]
    steps: Mapping[int, Sequence[Step]]
    told: Sequence[Told]
    begin: datetime
    end: datetime
    at: datetime

    def state(self, request: Request) -> RequestState:
        """Return the state of a request at the month's end."""
        steps = self.steps.get(request.id)
        return steps[-1].state if steps else RequestState.NEW

    def was_closed(self, request: Request) -> bool:
        """Return whether a request was closed in the month, for a while or for good."""
        steps = self.steps.get(request.id, ())
        return any(self.begin <= step.at and not step.state.is_open for step in steps)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PRAGUE)


def seen(workspace: Workspace, client: Client, month: date) -> Seen:
    """Return a client's requests as they stood when a month ended.

    Args:
        workspace: the open workspace.
        client: whose.
        month: its first day.

    Raises:
        KnownError: ``month-not-over`` for a month that has not begun.
    """
    begin, end = _midnight(month), _midnight(add_months(month, 1))
    now = workspace.store.now()
    if begin > now:
        raise KnownError("month-not-over", month=formats.month(month))
    requests = workspace.store.select(
        Request,
        "client_id = ? AND received_at < ?",
        [client.id, rows.encode_datetime(end)],
        order="received_at, id",
    )
    found = Seen(requests, _steps(workspace, client, end), (), begin, end, min(end, now))
    wanted = [r for r in requests if found.state(r).is_open or r.kind is Kind.COMPLAINT]
    told = request_stories.tell_all(workspace, wanted)
    return replace(found, told=[compliance.as_of(one, end) for one in told])


def _steps(workspace: Workspace, client: Client, end: datetime) -> Mapping[int, Sequence[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    for entry in workspace.store.select(
        Entry,
        "kind = ? AND at < ? AND client_id = ?",
        [EntryKind.STEP, rows.encode_datetime(end), client.id],
        order="at, id",
    ):
        if entry.reference in STATE_WORDS:
            found[entry.request_id].append(Step(entry.at, STATE_WORDS[entry.reference]))
    return found


def figures(seen: Seen, last: date) -> dict[str, Any]:
    """Return the fields of a report that are about requests.

    Args:
        seen: the requests.
        last: first day of the month after.
    """
    still_open = [one for one in seen.told if seen.state(one.request).is_open]
    return {
        "kinds": _kinds(seen),
        "states": _state_rows(seen),
        "channels": _channels(seen),
        "open_points": tuple(_open_point(seen, one) for one in still_open),
        "complaints": _complaints(seen),
        "promises": _promises(still_open, seen.at, last),
    }


def _kinds(seen: Seen) -> tuple[KindRow, ...]:
    found = []
    for kind in Kind:
        moved = backlog.total(
            backlog.movement(r.received_at, seen.steps.get(r.id, ()), seen.begin, seen.end)
            for r in seen.requests
            if r.kind is kind
        )
        if moved != backlog.Movement():
            found.append(
                KindRow(
                    kind=kind.label,
                    opening=moved.opening,
                    received=moved.received,
                    closed=moved.closed,
                    reopened=moved.reopened,
                    closing=moved.closing,
                )
            )
    return tuple(found)


def _state_rows(seen: Seen) -> tuple[StateRow, ...]:
    counted = Counter(
        seen.state(r) for r in seen.requests if seen.state(r).is_open or r.received_at >= seen.begin
    )
    return tuple(
        StateRow(state=state.label, count=counted[state])
        for state in RequestState
        if counted[state]
    )


def _channels(seen: Seen) -> tuple[ChannelRow, ...]:
    counted = Counter(r.channel for r in seen.requests if r.received_at >= seen.begin)
    return tuple(
        ChannelRow(channel=channel.label, received=counted[channel])
        for channel in Channel
        if counted[channel]
    )


def _open_point(seen: Seen, one: Told) -> OpenPoint:
    """Return what is open, with the deadline as it was counted at the month's end."""
    request, governing = one.request, one.deadlines(seen.at).governing
    late = governing is not None and governing.due < seen.at and not governing.standing_since
    return OpenPoint(
        number=request.number,
        subject=request.topic,
        state=seen.state(request).label,
        received=request.received_at,
        due=governing.due.astimezone(UTC) if governing else None,
        is_overdue=late,
        explanation=tuple(step.text for step in governing.explanation) if governing else (),
    )


def _complaints(seen: Seen) -> tuple[ComplaintRow, ...]:
    return tuple(
        _complaint(seen, one)
        for one in seen.told
        if one.request.kind is Kind.COMPLAINT
        and (
            seen.state(one.request).is_open
            or one.request.received_at >= seen.begin
            or seen.was_closed(one.request)
        )
    )


def _complaint(seen: Seen, one: Told) -> ComplaintRow:
    was_dropped = one.story.is_closed and not one.story.resolved
    governing = None if was_dropped else one.deadlines(seen.at).governing
    return ComplaintRow(
        number=one.request.number,
        subject=one.request.topic,
        received=one.request.received_at,
        state=seen.state(one.request).label,
        due=governing.due.astimezone(UTC) if governing else None,
        resolved=one.story.resolved,
    )


def _promises(told: Sequence[Told], at: datetime, last: date) -> tuple[Promise, ...]:
    """Return what is to be done, and told, in the month after."""
    until = _midnight(add_months(last, 1))
    found = []
    for one in told:
        deadlines, request = one.deadlines(at), one.request
        due = deadlines.governing.due if deadlines.governing else None
        for when, what in ((due, _("resolution")), (deadlines.news_due, _("news"))):
            if when and at <= when < until:
                found.append(
                    Promise(
                        number=request.number,
                        subject=request.topic,
                        what=what,
                        due=when.astimezone(UTC),
                    )
                )
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.number)))
