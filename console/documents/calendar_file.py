"""Calendars out: ``.ics`` that any calendar program takes in.

Source:
    RFC 5545 (iCalendar).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from console.domain.calendar_event import CalendarEvent

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//Klientela//Klientela//CS"


def render(events: Sequence[CalendarEvent], name: str) -> bytes:
    """Return a calendar with these events.

    Args:
        events: in any order.
        name: what the calendar is called.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in sorted(events, key=lambda one: (str(one.start), one.uid)):
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent) -> "Event":
    from icalendar import Event

    made = Event()
    made.add("uid", f"{event.uid}@klientela")
    made.add("dtstamp", event.changed.astimezone(UTC))
    made.add("summary", event.title)
    if event.description:
        made.add("description", event.description)
    if event.place:
        made.add("location", event.place)
    if isinstance(event.start, datetime):
        start = event.start.astimezone(UTC)
        made.add("dtstart", start)
        made.add("dtend", start + timedelta(minutes=event.minutes))
    else:
        made.add("dtstart", event.start)
        made.add("dtend", event.start + timedelta(days=1))
    _add_alarm(made, event)
    return made


def _add_alarm(made: "Event", event: CalendarEvent) -> None:
    from icalendar import Alarm

    if event.alarm_minutes is None:
        return
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", -timedelta(minutes=event.alarm_minutes))
    made.add_component(alarm)
