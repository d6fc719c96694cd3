"""Whose data an erasure reaches: holders, too; colleagues and namesakes elsewhere never."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console import workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.device import Device
from console.domain.erasure import Holder
from console.domain.line import Line
from console.domain.meeting import Meeting
from console.domain.order import Order
from console.domain.request import EntryKind, Kind, Request
from console.errors import KnownError
from console.services import (
    backups,
    history,
    lines,
    meetings,
    privacy,
    privacy_extract,
    requests,
    restore,
    verify,
)
from console.workspace import Workspace
from tests.documents import pdf
from tests.services.steps import Clock, add_contact, add_line, another_client, log, refused
from tests.services.test_privacy import _everything

HOLDER = "Bc. Božetěch Nevšední"
SPELLINGS = ("602 123 456", "602123456", "+420602123456", "+420 602 123 456", "602-123-456")


@pytest.fixture
def holder(opened: Workspace, client: Client, clock: Clock) -> Holder:
    """Somebody who had one number, has another and a device, and is no contact."""
    first = add_line(opened, client, "+420799000001", holder=HOLDER)
    lines.change_line(opened, first, clock.now.date(), holder="Petr Jiný")
    add_line(opened, client, "+420799000002", holder="Petr Jiný")
    second = opened.store.select(Line, "msisdn = ?", ["+420799000002"])[0]
    lines.change_line(opened, second, clock.now.date(), holder=HOLDER)
    with opened.store.unit("t"):
        opened.store.insert(Device(client_id=client.id, model="Galaxy A56", holder=HOLDER))
    request = log(opened, client, kind=Kind.INFORMATION, subject="Dotaz", text="přišel dotaz")
    requests.add_entry(opened, request, EntryKind.CALL, "volal Božetěch Nevšední")
    found: Any = privacy.person_by_name(opened, client.id, HOLDER.upper())
    return found


def test_holder_who_is_no_contact_is_told_what_is_kept(
    opened: Workspace, client: Client, holder: Holder, tmp_path: Path
) -> None:
    assert privacy.holders_of(opened, client.id) == [holder, Holder(client.id, "Petr Jiný")]
    data = json.loads(privacy.export(opened, holder, tmp_path / "osoba.json").read_text("utf-8"))
    assert [one["msisdn"] for one in data["numbers"]] == ["+420799000002"]
    assert [one["model"] for one in data["devices"]] == ["Galaxy A56"]
    assert len(data["line_changes"]) == 2
    assert [one["text"] for one in data["entries"]] == ["volal Božetěch Nevšední"]
    paper: Any = privacy_extract.issue(opened, holder).result
    said = pdf.words(paper.content)
    for part in (HOLDER, "799 000 002", "Galaxy A56", "volal Božetěch", "History of a number"):
        assert part in said


def test_erased_holder_is_nowhere_and_the_others_stay(
    opened: Workspace, client: Client, holder: Holder
) -> None:
    seen = privacy.preview(opened, holder)
    assert (seen.rows["lines"], seen.rows["devices"], seen.rows["entries"]) == (1, 1, 1)
    erasure: Any = privacy.erase(opened, holder, "odešel").result
    assert "Nevšední" not in _everything(opened)
    first, second = opened.store.select(Line, order="msisdn")
    assert (first.holder, second.holder) == ("Petr Jiný", erasure.pseudonym)
    assert verify.verify(opened).ok
    with pytest.raises(KnownError):
        privacy.person_by_name(opened, client.id, HOLDER)


def test_older_backup_brings_back_no_holder_and_erases_nobody_else(
    opened: Workspace, client: Client, clock: Clock, folder: Path
) -> None:
    line = add_line(opened, client, "+420799000001", holder="Petr Jiný")
    add_line(opened, client, "+420799000002", holder=HOLDER)
    kept = backups.by_hand(opened)
    lines.change_line(opened, line, clock.now.date(), holder=HOLDER)
    privacy.erase(opened, Holder(client.id, HOLDER), "odešel")
    key = opened.data_key
    opened.close()
    restore.restore(kept.path, folder, key)
    again = workspace.open_workspace(folder, key, "Jana Nováková")
    try:
        first, second = again.store.select(Line, order="msisdn")
        assert first.holder == "Petr Jiný"
        assert second.holder.startswith("Person ")
        assert "Nevšední" not in _everything(again)
        assert privacy.settle(again) == []
    finally:
        again.close()


@pytest.mark.parametrize("written", SPELLINGS)
def test_phone_number_goes_however_it_was_written(
    opened: Workspace, client: Client, clock: Clock, written: str
) -> None:
    person = add_contact(opened, client, "Jana Malá", mobile="+420602123456")
    request = log(opened, client, kind=Kind.INFORMATION, subject="x", text=f"volat {written} večer")
    privacy.erase(opened, person, "žádost")
    assert written not in _everything(opened)
    assert opened.store.get(Request, request.id).text == "volat  večer"


def test_number_of_the_register_and_longer_digits_stay(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    add_line(opened, client, "+420799000001")
    person = add_contact(
        opened, client, "Jana Malá", mobile="+420799000001", landline="+420602123456"
    )
    request = log(
        opened, client, kind=Kind.INFORMATION, subject="x", text="799 000 001, č. 9602123456"
    )
    privacy.erase(opened, person, "žádost")
    assert [line.msisdn for line in opened.store.select(Line)] == ["+420799000001"]
    assert opened.store.get(Request, request.id).text == "799 000 001, č. 9602123456"


def test_shared_mailbox_and_switchboard_stay_with_the_colleagues(
    opened: Workspace, client: Client
) -> None:
    shared = {"email": "podatelna@lipova.cz", "landline": "+420225111222"}
    gone, stays = (add_contact(opened, client, name, **shared) for name in ("Jana Malá", "Ivo Vlk"))
    privacy.erase(opened, gone, "žádost")
    after = opened.store.get(Contact, stays.id)
    assert (after.email, after.landline) == (shared["email"], shared["landline"])


def test_namesake_elsewhere_and_beside_stays(opened: Workspace, client: Client) -> None:
    other = another_client(opened)
    mine = add_contact(opened, client, "Jan Novák", email="a@lipova.cz")
    beside = add_contact(opened, client, "Jan Novák", email="b@lipova.cz")
    elsewhere = add_contact(opened, other, "Jan Novák", email="c@zdarek.cz")
    add_line(opened, other, "+420799000009", holder="Jan Novák")
    privacy.erase(opened, mine, "žádost")
    for kept in (beside, elsewhere):
        assert opened.store.get(Contact, kept.id).name == "Jan Novák"
        changes = history.history(opened, kept.id)
        assert "Jan Novák" in str(changes)
    assert opened.store.select(Line)[0].holder == "Jan Novák"


def test_meetings_and_who_took_an_order_over_are_told(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    person = add_contact(opened, client, "Jana Malá")
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    meeting = Meeting(client_id=client.id, held_at=at, attendees="Jana Malá, Ivo Vlk")
    meetings.save(opened, meeting, ())
    with opened.store.unit("t"):
        opened.store.insert(
            Order(client_id=client.id, number="O-1", ordered_on=at.date(), taken_by="Jana Malá")
        )
    data = json.loads(privacy.export(opened, person, tmp_path / "a.json").read_text("utf-8"))
    assert (len(data["meetings"]), len(data["orders"])) == (1, 1)
    paper: Any = privacy_extract.issue(opened, person).result
    assert "Jana Malá, Ivo Vlk" in pdf.words(paper.content)


def test_open_request_of_a_holder_comes_first(opened: Workspace, client: Client) -> None:
    add_line(opened, client, "+420799000001", holder=HOLDER)
    log(opened, client, kind=Kind.INFORMATION, subject="x", text="y", caller=HOLDER)
    with refused("erase-open-requests"):
        privacy.erase(opened, Holder(client.id, HOLDER), "odešel")
