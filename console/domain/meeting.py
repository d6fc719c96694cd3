"""Meetings with a client: agenda from open points, decisions, tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(ClientRecord):
    """A meeting; ``minutes`` is free text, the points are records of their own."""

    held_at: datetime
    place: str = ""
    attendees: str = ""
    minutes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPoint(ClientRecord):
    """A point of a meeting: what was open, what was decided, who does it until when."""

    meeting_id: int
    position: int
    subject: str
    request_id: int | None = None
    decision: str = ""
    task: str = ""
    task_due: date | None = None
    done: bool = False
