"""Calendars: deadlines, promised news, whom to ask, meetings and what ends."""

from datetime import datetime, timedelta
from pathlib import Path

from console.documents import calendar_file
from console.domain.calendar_event import CalendarEvent
from console.domain.client import Client
from console.domain.expiry import Expiring
from console.domain.local_time import PRAGUE
from console.domain.meeting import Meeting
from console.domain.request import OPEN_STATES, Request
from console.services import documents, expiry, meetings
from console.texts import _
from console.workspace import Workspace

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_MEETING_MINUTES = 60
_DEADLINE_ALARM = 60
_DAY_MINUTES = 24 * 60
_HORIZON_DAYS = 400
"""How far ahead a calendar tells what ends."""


def events(workspace: Workspace, client_id: int = 0) -> list[CalendarEvent]:
    """Return what is to come: of one client, or of all where it is 0."""
    store = workspace.store
    requests = store.select(
        Request, f"state IN ({_OPEN}) AND (client_id = ?1 OR ?1 = 0)", [client_id], "due_at, id"
    )
    names = {client.id: client.name for client in store.select(Client)}
    found = [event for one in requests for event in _of_request(one, names[one.client_id])]
    planned = meetings.upcoming(workspace, store.now(), client_id)
    found += [_of_meeting(workspace, one, names[one.client_id]) for one in planned]
    today = store.now().astimezone(PRAGUE).date()
    horizon = today + timedelta(days=_HORIZON_DAYS)
    ends = expiry.between(workspace, today, horizon, client_id)
    return [*found, *(_of_ending(one, store.now()) for one in ends)]


def _of_ending(one: Expiring, now: datetime) -> CalendarEvent:
    return CalendarEvent(
        uid=f"{one.record_id}-{one.ending.value}",
        start=one.until,
        title=f"{one.ending.label}: {one.what}",
        description=one.client,
        changed=now,
        alarm_minutes=one.lead * _DAY_MINUTES,
    )


def _of_request(request: Request, client: str) -> list[CalendarEvent]:
    head = f"{request.number} · {request.subject}"
    moments = (
        ("due", request.due_at, _("Due: {what}"), _DEADLINE_ALARM),
        ("news", request.news_due_at, _("Inform the client: {what}"), None),
        ("chase", request.chase_at, _("Ask again: {what}"), None),
    )
    return [
        CalendarEvent(
            uid=f"{request.id}-{word}",
            start=at,
            title=text.format(what=head),
            description=client,
            changed=request.registered_at,
            alarm_minutes=alarm,
        )
        for word, at, text, alarm in moments
        if at is not None
    ]


def _of_meeting(workspace: Workspace, meeting: Meeting, client: str) -> CalendarEvent:
    points = meetings.full_meeting(workspace, meeting.id).points
    return CalendarEvent(
        uid=f"{meeting.id}-meeting",
        start=meeting.held_at,
        minutes=_MEETING_MINUTES,
        title=_("Meeting: {client}").format(client=client),
        description="\n".join([meeting.attendees, *(point.subject for point in points)]).strip(),
        place=meeting.place,
        changed=workspace.store.now(),
        alarm_minutes=_DEADLINE_ALARM,
    )


def export(workspace: Workspace, target: Path, client_id: int = 0) -> Path:
    """Write a calendar file.

    Raises:
        KnownError: ``file-unwritable``.
    """
    name = workspace.store.get(Client, client_id).name if client_id else "Klientela"
    return documents.save_as(calendar_file.render(events(workspace, client_id), name), target)
