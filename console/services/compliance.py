"""How a client's deadlines were kept in a period, from the stories as they stood at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from console.domain.agreement import Nature, Reopening
from console.domain.compliance import Case, Cause, Compliance, compliance, likely_cause
from console.domain.deadlines import STATUTE
from console.domain.local_time import PRAGUE
from console.domain.request import Entry, EntryKind, Request, RequestDeadline, RequestState
from console.domain.story import story_of
from console.errors import KnownError
from console.services import agreements, request_stories
from console.services.request_stories import Told
from console.storage import rows
from console.texts import _
from console.workspace import Workspace


def report(workspace: Workspace, client_id: int, since: date, until: date) -> Compliance:
    """Return how a client's deadlines were kept.

    Args:
        workspace: the open workspace.
        client_id: whose.
        since: first day of the period, in Prague.
        until: its last day; a period that lasts ends now.

    Raises:
        KnownError: ``period-wrong``.
    """
    begin = datetime.combine(since, time(), PRAGUE)
    end = datetime.combine(until + timedelta(days=1), time(), PRAGUE)
    if end <= begin or begin > workspace.store.now():
        raise KnownError("period-wrong")
    return between(workspace, client_id, begin, min(end, workspace.store.now()))


def between(workspace: Workspace, client_id: int, begin: datetime, end: datetime) -> Compliance:
    """Return how a client's deadlines were kept between two moments; ``end`` is outside."""
    found = cases(workspace, client_id, begin, end)
    return compliance(found, begin, end, references(workspace, client_id))


def cases(workspace: Workspace, client_id: int, begin: datetime, end: datetime) -> list[Case]:
    """Return each period of a deadline that may count between two moments."""
    found = _candidates(workspace, client_id, begin, end)
    stored = request_stories.by_request(workspace, RequestDeadline, [r.id for r in found])
    return [
        case
        for told in request_stories.tell_all(workspace, found)
        for case in _cases(told, stored[told.request.id], end)
    ]


def references(workspace: Workspace, client_id: int) -> dict[str, str]:
    """Return what each clause of a client's agreements is called; the newest wording wins."""
    names = {STATUTE: _("Act 127/2005, section 64 (complaints)")}
    for version in reversed(agreements.versions(workspace, client_id)):
        names.update({c.id: c.reference.shown for c in agreements.parsed(version).clauses})
    return names


def _candidates(
    workspace: Workspace, client_id: int, begin: datetime, end: datetime
) -> list[Request]:
    """Return the requests that may have a deadline due, resolved or overdue in the period."""
    return workspace.store.select(
        Request,
        "client_id = :client AND received_at < :end AND (closed_at IS NULL OR closed_at >= :begin"
        " OR EXISTS (SELECT 1 FROM deadlines d WHERE d.request_id = requests.id"
        " AND d.deleted_at IS NULL AND d.due_at >= :begin))",
        {
            "client": client_id,
            "begin": rows.encode_datetime(begin),
            "end": rows.encode_datetime(end),
        },
    )


@dataclass(frozen=True, slots=True)
class _Period:
    """A period of one deadline: when it began, was due and was resolved."""

    nature: Nature
    clause: str
    start: datetime
    due: datetime
    resolved: datetime | None


def _cases(told: Told, stored: Sequence[RequestDeadline], end: datetime) -> Iterator[Case]:
    """Yield what a request's deadlines were at the end of the period.

    Deadlines that nothing moved are read as they are stored; others are counted again from
    what had happened by then, so that a later reopening changes no earlier month.
    """
    seen = as_of(told, end)
    if seen.story.is_closed and seen.story.resolved is None:
        return
    plain = told.story.is_plain
    for period in _stored(seen, stored) if plain else _counted(seen, end):
        yield Case(
            request=told.request.number,
            nature=period.nature,
            clause=period.clause,
            start=period.start,
            due=period.due,
            resolved=period.resolved,
            cause=_cause(seen, period, end),
        )


def as_of(told: Told, end: datetime) -> Told:
    """Return a request as it stood at a moment."""
    entries = [entry for entry in told.entries if entry.at < end]
    lines = [line for line in told.lines if line.added_at < end] or told.lines
    story = story_of(told.request, lines, entries)
    return replace(told, lines=lines, entries=entries, story=story)


def _stored(told: Told, stored: Sequence[RequestDeadline]) -> Iterator[_Period]:
    received, resolved = told.request.received_at, told.story.resolved
    for deadline in stored:
        nature = Nature(deadline.nature)
        yield _Period(nature, deadline.clause, received, deadline.due_at, resolved)


def _counted(told: Told, end: datetime) -> Iterator[_Period]:
    """Yield each period; one that goes on after reopening counts once, and keeps its breach."""
    received, resolved = told.request.received_at, told.story.resolved
    renewed = bool(told.terms and told.terms.reopening is Reopening.NEW_CYCLE)
    for deadline in told.deadlines(end).all:
        nature, clause = deadline.nature, deadline.clause
        if renewed and nature is not Nature.STATUTORY and deadline.ended:
            first, *others = deadline.ended
            yield _Period(nature, clause, received, first.due, first.resolved)
            for cycle in others:
                yield _Period(nature, clause, cycle.start, cycle.due, cycle.resolved)
            yield _Period(nature, clause, deadline.start, deadline.due, resolved)
            continue
        late = next((cycle for cycle in deadline.ended if not cycle.is_met), None)
        if late:
            yield _Period(nature, clause, received, late.due, late.resolved)
        else:
            yield _Period(nature, clause, received, deadline.due, resolved)


def _cause(told: Told, period: _Period, end: datetime) -> Cause:
    """Return the recorded cause of a late resolution, or what the story tells."""
    recorded = next((e.reason for e in told.entries if _resolves(e, period.resolved)), "")
    if recorded in set(Cause):
        return Cause(recorded)
    until = period.resolved or end
    return likely_cause(told.request.received_at, told.entries, told.story, until)


def _resolves(entry: Entry, resolved: datetime | None) -> bool:
    return (
        entry.kind is EntryKind.STEP
        and entry.reference == RequestState.RESOLVED
        and entry.at == resolved
    )


def to_json(found: Compliance) -> dict[str, Any]:
    """Return a report as the command line prints it; times to resolution in hours."""
    return {
        "from": found.begin.astimezone(PRAGUE).isoformat(),
        "to": found.end.astimezone(PRAGUE).isoformat(),
        "met": found.met,
        "missed": found.missed,
        "open_overdue": found.open_overdue,
        "clauses": [
            {
                "nature": row.nature.value,
                "clause": row.clause,
                "reference": row.reference,
                "counted": row.counted,
                "met": row.met,
                "missed": row.missed,
                "open_overdue": row.open_overdue,
                "median_hours": _hours(row.median),
                "percentile_90_hours": _hours(row.percentile_90),
                "causes": {cause.cause.value: cause.count for cause in row.causes},
            }
            for row in found.clauses
        ],
    }


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(hours=1), 2)
