"""An event for the calendar program: a deadline, a promise, a meeting, an end."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event.

    Args:
        uid: the same in every export, so that a calendar program replaces it.
        start: a moment, aware, or a whole day.
        minutes: how long it takes; 0 for a mere moment and for a whole day.
        changed: when what it tells was changed last, aware.
        alarm_minutes: how long before it the calendar program reminds, or None.
    """

    uid: str
    start: datetime | date
    title: str
    description: str = ""
    place: str = ""
    minutes: int = 0
    changed: datetime
    alarm_minutes: int | None = None
