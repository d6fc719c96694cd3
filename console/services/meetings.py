"""Meetings with a client: planned with an agenda of the open points, then their minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.journal import Changes
from console.domain.meeting import Meeting, MeetingPoint
from console.domain.request import OPEN_STATES, Request
from console.errors import KnownError
from console.texts import _
from console.workspace import Workspace

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)


@dataclass(frozen=True, slots=True)
class FullMeeting:
    """A meeting with its points."""

    meeting: Meeting
    points: tuple[MeetingPoint, ...]


def meetings_of(workspace: Workspace, client_id: int) -> list[Meeting]:
    """Return a client's meetings, the latest first."""
    return workspace.store.select(
        Meeting, "client_id = ?", [client_id], order="held_at DESC, id DESC"
    )


def upcoming(workspace: Workspace, since: datetime, client_id: int = 0) -> list[Meeting]:
    """Return the meetings from a moment on, the soonest first; of one client, or of all."""
    from console.storage import rows

    return workspace.store.select(
        Meeting,
        "held_at >= ?1 AND (client_id = ?2 OR ?2 = 0)",
        [rows.encode_datetime(since), client_id],
        order="held_at, id",
    )


def full_meeting(workspace: Workspace, meeting_id: int) -> FullMeeting:
    """Return a meeting with its points in order."""
    store = workspace.store
    points = store.select(MeetingPoint, "meeting_id = ?", [meeting_id], order="position, id")
    return FullMeeting(store.get(Meeting, meeting_id), tuple(points))


def agenda(workspace: Workspace, client_id: int) -> list[MeetingPoint]:
    """Return the points that a meeting would begin with: what is open, the most urgent first."""
    found = workspace.store.select(
        Request,
        f"client_id = ? AND state IN ({_OPEN})",
        [client_id],
        order="coalesce(due_at, 'z'), id",
    )
    return [
        MeetingPoint(
            client_id=client_id,
            meeting_id=0,
            position=position,
            subject=f"{request.number} · {request.subject}",
            request_id=request.id,
        )
        for position, request in enumerate(found, 1)
    ]


def save(workspace: Workspace, meeting: Meeting, points: Sequence[MeetingPoint]) -> Changes:
    """Store a meeting with its points, new or changed; points left out are taken away.

    Raises:
        KnownError: ``field-missing`` for a point that says nothing.
    """
    if any(not point.subject.strip() for point in points):
        raise KnownError("field-missing", field=_("Point"))
    store = workspace.store
    with store.unit("save-meeting") as unit:
        stored = _put(workspace, meeting)
        known = {
            point.id: point for point in store.select(MeetingPoint, "meeting_id = ?", [stored.id])
        }
        for position, point in enumerate(points, 1):
            fresh = replace(point, meeting_id=stored.id, position=position)
            before = known.pop(point.id, None)
            if before is None:
                store.insert(replace(fresh, id=0, version=1))
            else:
                store.update(before, **_fields(fresh))
        for gone in known.values():
            store.delete(gone)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _put(workspace: Workspace, meeting: Meeting) -> Meeting:
    store = workspace.store
    if not meeting.id:
        return store.insert(meeting)
    return store.update(
        store.get(Meeting, meeting.id),
        held_at=meeting.held_at,
        place=meeting.place,
        attendees=meeting.attendees,
        minutes=meeting.minutes,
    )


def _fields(point: MeetingPoint) -> dict[str, object]:
    names = ("position", "subject", "request_id", "decision", "task", "task_due", "done")
    return {name: getattr(point, name) for name in names}


def delete(workspace: Workspace, meeting: Meeting) -> Changes:
    """Take a meeting off the lists; undo brings it back."""
    store = workspace.store
    with store.unit("delete-meeting") as unit:
        for point in store.select(MeetingPoint, "meeting_id = ?", [meeting.id]):
            store.delete(point)
        store.delete(meeting)
    return Changes(unit, frozenset(store.tables_changed), meeting)
