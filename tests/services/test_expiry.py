"""The radar of what ends: each kind on its day, from its lead time on, and in the calendar."""

from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

from console.domain.agreement_version import AgreementVersion
from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.device import Device
from console.domain.expiry import Ending
from console.services import agreements, calendars, expiry
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, agree, another_client, refused

TODAY = date(2026, 11, 4)
FAR = date(2030, 1, 1)


def _furnish(opened: Workspace, client: Client) -> None:
    agree(opened, client, "o2-public-sector")
    (version,) = opened.store.select(AgreementVersion)
    agreements.change_end(opened, version, date(2027, 3, 31), 3)
    add_line(opened, client, "+420799000001", commitment_until=date(2026, 12, 1))
    add_line(opened, client, "+420799000002", number_lost_on=date(2026, 11, 10))
    end = date(2026, 11, 30)
    person = add_contact(opened, client, "Jana Malá", valid_until=end, authorised=True)
    add_contact(opened, client, "Ivo Bez oprávnění", valid_until=end)
    gone = add_contact(
        opened, client, "Petr Odešlý", valid_until=end, authorised=True, revoked_on=TODAY
    )
    assert gone.revoked_on
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(
                client_id=client.id,
                contact_id=person.id,
                valid_until=date(2026, 12, 31),
                mandate="plná moc",
                mandate_until=date(2026, 11, 20),
            )
        )
        opened.store.insert(
            Device(client_id=client.id, model="Galaxy", warranty_until=date(2026, 11, 25))
        )


def test_every_kind_of_end_is_found_on_its_day(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    _furnish(opened, client)
    (version,) = opened.store.select(AgreementVersion)
    found = {(one.ending, one.until, one.what) for one in expiry.between(opened, TODAY, FAR)}
    assert found == {
        (Ending.NUMBER, date(2026, 11, 10), "799 000 002"),
        (Ending.MANDATE, date(2026, 11, 20), "Jana Malá"),
        (Ending.WARRANTY, date(2026, 11, 25), "Galaxy"),
        (Ending.AUTHORITY, date(2026, 11, 30), "Jana Malá"),
        (Ending.AUTHORITY, date(2026, 12, 31), "Jana Malá"),
        (Ending.COMMITMENT, date(2026, 12, 1), "799 000 001"),
        (Ending.NOTICE, date(2026, 12, 31), version.name),
        (Ending.AGREEMENT, date(2027, 3, 31), version.name),
    }


def test_days_at_the_border_count_and_those_beyond_do_not(
    opened: Workspace, client: Client
) -> None:
    add_line(opened, client, "+420799000001", commitment_until=TODAY)
    add_line(opened, client, "+420799000002", commitment_until=TODAY + timedelta(days=1))
    assert len(expiry.between(opened, TODAY, TODAY)) == 1
    assert expiry.between(opened, TODAY + timedelta(days=2), FAR) == []
    assert len(expiry.between(opened, TODAY, FAR, kinds=(Ending.COMMITMENT,))) == 2
    assert expiry.between(opened, TODAY, FAR, kinds=(Ending.NOTICE,)) == []


def test_each_kind_is_told_from_its_own_lead_time_on(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    _furnish(opened, client)
    told = {one.ending for one in expiry.due(opened)}
    assert told == set(Ending)
    expiry.change_leads(opened, {Ending.AGREEMENT: 146, Ending.COMMITMENT: 27, Ending.NUMBER: 6})
    told = {one.ending for one in expiry.due(opened)}
    assert Ending.AGREEMENT not in told
    assert {Ending.COMMITMENT, Ending.NUMBER} <= told
    expiry.change_leads(opened, {Ending.COMMITMENT: 26})
    assert Ending.COMMITMENT not in {one.ending for one in expiry.due(opened)}
    with refused("lead-days"):
        expiry.change_leads(opened, {Ending.NUMBER: -1})


def test_notice_is_counted_back_and_does_not_roll(opened: Workspace, client: Client) -> None:
    agree(opened, client, "o2-public-sector")
    (version,) = opened.store.select(AgreementVersion)
    agreements.change_end(opened, version, date(2027, 5, 31), 3)
    (version,) = opened.store.select(AgreementVersion)
    assert expiry.last_notice_day(version) == date(2027, 2, 28)  # a Sunday
    agreements.change_end(opened, version, date(2027, 5, 31), None)
    (version,) = opened.store.select(AgreementVersion)
    assert expiry.last_notice_day(version) is None
    with refused("agreement-end"):
        agreements.change_end(opened, version, date(2019, 12, 31), None)


def test_radar_of_one_client_shows_nobody_elses(opened: Workspace, client: Client) -> None:
    other = another_client(opened)
    for one, number in ((client, "+420799000001"), (other, "+420799000002")):
        add_line(opened, one, number, commitment_until=date(2026, 12, 1))
    (found,) = expiry.between(opened, TODAY, FAR, other.id)
    assert found.client == other.name


def test_calendar_tells_what_ends_with_its_lead_time(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    add_line(opened, client, "+420799000001", commitment_until=date(2026, 12, 1))
    file = calendars.export(opened, tmp_path / "k.ics", client.id)
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 12, 1)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(days=90)
    assert "799 000 001" in str(event["summary"])
