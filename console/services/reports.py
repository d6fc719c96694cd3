"""The numbers of a status report, computed from the register and the requests' stories."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from console.domain import formats
from console.domain.agreement import Nature
from console.domain.client import Client
from console.domain.compliance import Case
from console.domain.compliance import compliance as counting
from console.domain.legal_time import add_months
from console.domain.local_time import PRAGUE
from console.domain.request import (
    Channel,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestState,
)
from console.domain.status_report import (
    ChannelRow,
    ClauseRow,
    ComplaintRow,
    KindRow,
    Miss,
    OpenPoint,
    Promise,
    StateRow,
    StatusReport,
)
from console.errors import KnownError
from console.services import agreements, compliance, register, request_stories, usage
from console.services.letterhead import letterhead
from console.services.request_stories import Told
from console.storage import rows
from console.texts import _
from console.workspace import Workspace


def parse_month(text: str) -> date:
    """Return the first day of a month written as ``2026-10``.

    Raises:
        KnownError: ``month-wrong``.
    """
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise KnownError("month-wrong", month=text) from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PRAGUE)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Periods of deadlines, and the month that they are counted in."""

    cases: tuple[Case, ...]
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class _Seen:
    """The requests that a report is about, as they stood.

    Args:
        requests: received before the month's end.
        states: of each at the month's end.
        told: the open ones with their stories.
        begin: of the month.
        end: of the month.
        at: the month's end, or now where it goes on.
    """

    requests: Sequence[Request]
    states: dict[int, RequestState]
    told: Sequence[Told]
    begin: datetime
    end: datetime
    at: datetime


def status_report(
    workspace: Workspace, client: Client, month: date, number: str, revision: int
) -> StatusReport:
    """Compute the report of a client for a month.

    Args:
        workspace: the open workspace.
        client: whose.
        month: its first day.
        number: of the document.
        revision: of the document.

    Raises:
        KnownError: ``month-not-over`` for a month that has not begun.
    """
    seen = _seen(workspace, client, month)
    version = agreements.version_in_force(workspace, client.id, seen.at)
    return StatusReport(
        **letterhead(workspace, client, number, revision),
        agreement=version.name if version else "",
        month=month,
        **_of_requests(workspace, seen, add_months(month, 1)),
        **_of_deadlines(workspace, client, seen),
        **_of_numbers(workspace, client, month),
    )


def _seen(workspace: Workspace, client: Client, month: date) -> _Seen:
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
    states = _states_at(workspace, requests, end)
    told = request_stories.tell_all(workspace, [r for r in requests if states[r.id].is_open])
    told = [compliance.as_of(one, end) for one in told]
    return _Seen(requests, states, told, begin, end, min(end, now))


def _of_requests(workspace: Workspace, seen: _Seen, last: date) -> dict[str, Any]:
    requests, states, begin, end = seen.requests, seen.states, seen.begin, seen.end
    return {
        "kinds": _kinds(workspace, requests, begin, end),
        "states": _state_rows(requests, states, begin),
        "channels": _channels(requests, begin),
        "open_points": _open_points(seen.told, states, seen.at),
        "complaints": _complaints(requests, states, begin, end),
        "promises": _promises(seen.told, seen.at, last),
    }


def _of_deadlines(workspace: Workspace, client: Client, seen: _Seen) -> dict[str, Any]:
    cases = tuple(compliance.cases(workspace, client.id, seen.begin, seen.at))
    counted = _Counted(cases, seen.begin, seen.at)
    names = compliance.references(workspace, client.id)
    subjects = {request.number: request.subject for request in seen.requests}
    return {
        "clauses": _clauses(counted, names),
        "misses": _misses(counted, names, subjects),
    }


def _of_numbers(workspace: Workspace, client: Client, month: date) -> dict[str, Any]:
    last = add_months(month, 1)
    lines = register.lines_at(workspace, client, last)
    billed = usage.by_cost_centre(workspace, client, lines, month)
    return {
        "changes": register.changes(workspace, client, month),
        "tariffs": register.tariffs(workspace, client, lines),
        "lines": register.states(lines),
        "costs": register.costs(workspace, client, lines, billed),
        "expiring": register.expiring(lines, last),
    }


def _states_at(
    workspace: Workspace, requests: Sequence[Request], end: datetime
) -> dict[int, RequestState]:
    """Return the states at the month's end, from the steps written until then."""
    states = dict.fromkeys((request.id for request in requests), RequestState.NEW)
    words = {state.value: state for state in RequestState} | {"reopened": RequestState.IN_PROGRESS}
    wanted = set(states)
    steps = workspace.store.select(
        Entry,
        "kind = ? AND at < ? AND client_id = ?",
        [EntryKind.STEP, rows.encode_datetime(end), requests[0].client_id if requests else 0],
        order="at, id",
    )
    for step in steps:
        if step.request_id in wanted and step.reference in words:
            states[step.request_id] = words[step.reference]
    return states


def _kinds(
    workspace: Workspace, requests: Sequence[Request], begin: datetime, end: datetime
) -> tuple[KindRow, ...]:
    """Count by kind so that open before + received − closed = open after."""
    at_begin = _states_at(workspace, requests, begin)
    at_end = _states_at(workspace, requests, end)
    found = []
    for kind in Kind:
        mine = [request for request in requests if request.kind is kind]
        before = sum(r.received_at < begin and at_begin[r.id].is_open for r in mine)
        received = sum(r.received_at >= begin for r in mine)
        after = sum(at_end[r.id].is_open for r in mine)
        if before or received or after:
            closed = before + received - after
            found.append(
                KindRow(
                    kind=kind.label, opening=before, received=received, closed=closed, closing=after
                )
            )
    return tuple(found)


def _state_rows(
    requests: Sequence[Request], states: dict[int, RequestState], begin: datetime
) -> tuple[StateRow, ...]:
    counted = Counter(
        states[r.id] for r in requests if states[r.id].is_open or r.received_at >= begin
    )
    return tuple(
        StateRow(state=state.label, count=counted[state])
        for state in RequestState
        if counted[state]
    )


def _channels(requests: Sequence[Request], begin: datetime) -> tuple[ChannelRow, ...]:
    counted = Counter(r.channel for r in requests if r.received_at >= begin)
    return tuple(
        ChannelRow(channel=channel.label, received=counted[channel])
        for channel in Channel
        if counted[channel]
    )


def _clauses(counted: _Counted, names: Mapping[str, str]) -> tuple[ClauseRow, ...]:
    """Return the rules of contract and law as the report of compliance counts them."""
    found = counting(counted.cases, counted.begin, counted.end, names)
    return tuple(
        ClauseRow(
            clause=row.reference,
            met=row.met,
            missed=row.missed,
            median_hours=_hours(row.median),
            percentile_90_hours=_hours(row.percentile_90),
        )
        for row in sorted(found.binding, key=lambda row: row.clause)
        if row.counted
    )


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(hours=1), 1)


def _misses(
    counted: _Counted, names: Mapping[str, str], subjects: Mapping[str, str]
) -> tuple[Miss, ...]:
    begin, end = counted.begin, counted.end
    missed = [
        case
        for case in counted.cases
        if case.nature is not Nature.SOFT and case.is_counted(begin, end) and not case.is_met(end)
    ]
    return tuple(
        Miss(
            number=case.request,
            subject=subjects.get(case.request, ""),
            clause=names.get(case.clause, case.clause),
            due=case.due,
            resolved=case.resolved,
            cause=case.cause.label,
        )
        for case in sorted(missed, key=lambda case: (case.due, case.request))
    )


def _open_points(
    told: Sequence[Told], states: dict[int, RequestState], at: datetime
) -> tuple[OpenPoint, ...]:
    """Return what is open, with the deadline as it was counted at the month's end."""
    found = []
    for one in told:
        request, governing = one.request, one.deadlines(at).governing
        late = governing is not None and governing.due < at and not governing.standing_since
        found.append(
            OpenPoint(
                number=request.number,
                subject=request.subject,
                state=states[request.id].label,
                received=request.received_at,
                due=governing.due.astimezone(UTC) if governing else None,
                is_overdue=late,
                explanation=tuple(step.text for step in governing.explanation) if governing else (),
            )
        )
    return tuple(found)


def _complaints(
    requests: Sequence[Request], states: dict[int, RequestState], begin: datetime, end: datetime
) -> tuple[ComplaintRow, ...]:
    return tuple(
        ComplaintRow(
            number=request.number,
            subject=request.subject,
            received=request.received_at,
            state=states[request.id].label,
            due=request.due_at,
            resolved=_before(request.resolved_at, end),
        )
        for request in requests
        if request.kind is Kind.COMPLAINT
        and (
            states[request.id].is_open
            or request.received_at >= begin
            or (request.closed_at is not None and request.closed_at >= begin)
        )
    )


def _before(moment: datetime | None, end: datetime) -> datetime | None:
    return moment if moment and moment < end else None


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
                        subject=request.subject,
                        what=what,
                        due=when.astimezone(UTC),
                    )
                )
    return tuple(sorted(found, key=lambda promise: (promise.due, promise.number)))
