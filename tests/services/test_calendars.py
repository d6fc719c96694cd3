"""Meetings with their agenda, and the calendar file that any calendar program takes in."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from console.domain.client import Client
from console.domain.meeting import Meeting, MeetingPoint
from console.domain.request import RequestState
from console.services import calendars, history, meetings
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, agree, another_client, log, refused, step


def _events(file: Path) -> list[Any]:
    return list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


def test_agenda_is_what_is_open_the_most_urgent_first(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    first = log(opened, client, subject="Výpadek")
    clock.now += timedelta(hours=1)
    log(opened, client, subject="Signál")
    step(opened, log(opened, client, subject="Hotovo"), RequestState.RESOLVED)
    points = meetings.agenda(opened, client.id)
    assert [point.subject.partition(" · ")[2] for point in points] == ["Výpadek", "Signál"]
    assert points[0].request_id == first.id


def test_meeting_is_saved_changed_and_taken_back_whole(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    log(opened, client, subject="Výpadek")
    meeting = Meeting(client_id=client.id, held_at=clock.now + timedelta(days=2), place="Radnice")
    saved: Any = meetings.save(opened, meeting, meetings.agenda(opened, client.id)).result
    full = meetings.full_meeting(opened, saved.id)
    assert len(full.points) == 1
    more = MeetingPoint(client_id=client.id, meeting_id=0, position=0, subject="Nový tarif")
    meetings.save(opened, full.meeting, [more])
    assert [p.subject for p in meetings.full_meeting(opened, saved.id).points] == ["Nový tarif"]
    history.undo_last(opened)
    assert meetings.full_meeting(opened, saved.id).points[0].request_id
    with refused("field-missing"):
        meetings.save(
            opened,
            full.meeting,
            [MeetingPoint(client_id=client.id, meeting_id=0, position=0, subject=" ")],
        )
    meetings.delete(opened, full.meeting)
    assert meetings.meetings_of(opened, client.id) == []


def test_calendar_holds_deadlines_news_chases_and_meetings(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    agree(opened, client, "municipal-tender")
    person = add_contact(opened, client, "Jana Malá", authorised=True)
    subject = "Výpadek; Kolárova, čp. 3\nsuterén"
    request = log(opened, client, subject=subject, contact_id=person.id)
    held = clock.now + timedelta(days=3)
    meetings.save(opened, Meeting(client_id=client.id, held_at=held, place="Radnice"), [])
    past = clock.now - timedelta(days=3)
    meetings.save(opened, Meeting(client_id=client.id, held_at=past), [])
    file = calendars.export(opened, tmp_path / "klientela.ics")
    events = {str(event["uid"]): event for event in _events(file)}
    moments = [at for at in (request.due_at, request.news_due_at) if at]
    assert len(events) == len(moments) + 1
    meeting = next(event for uid, event in events.items() if "meeting" in uid)
    assert meeting.decoded("dtstart") == held
    assert str(meeting["location"]) == "Radnice"
    again = {str(e["uid"]) for e in _events(calendars.export(opened, tmp_path / "2.ics"))}
    assert again == set(events)


def test_calendar_of_one_client_holds_nobody_elses(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    other = another_client(opened)
    for one in (client, other):
        agree(opened, one, "o2-public-sector")
        log(opened, one, subject=one.name)
    events = _events(calendars.export(opened, tmp_path / "c.ics", other.id))
    assert events
    assert all(other.name in str(event["summary"]) for event in events)


def test_folder_that_cannot_be_written_is_named(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    (tmp_path / "soubor").write_text("x")
    with refused("file-unwritable"):
        calendars.export(opened, tmp_path / "soubor" / "k.ics")


def test_day_of_a_whole_day_event_is_a_date(tmp_path: Path, clock: Clock) -> None:
    from console.documents import calendar_file
    from console.domain.calendar_event import CalendarEvent

    event = CalendarEvent(uid="1", start=date(2026, 12, 24), title="Konec", changed=clock.now)
    (made,) = Calendar.from_ical(calendar_file.render([event], "x")).walk("VEVENT")
    assert (made.decoded("dtstart"), made.decoded("dtend")) == (
        date(2026, 12, 24),
        date(2026, 12, 25),
    )
