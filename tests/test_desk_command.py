"""The command line of the desk: the day, parts and wholes, confirmations, personal data."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.test_cli import (  # noqa: F401  (fixtures)
    ICO,
    Console,
    _argon_once,
    add,
    console,
    now,
    town,
)

FIRST, SECOND = "+420799000001", "+420799000002"


@pytest.fixture
def office(town: Console, tmp_path: Path) -> Console:  # noqa: F811
    """A console over a client with two people and two numbers."""
    people = tmp_path / "lide.csv"
    people.write_text(
        "Jméno a příjmení;E-mail;Oprávněná osoba\nŽofie Němcová;zofie@mesto.example;ano\n"
        "Petr Malý;petr@mesto.example;ne\n",
        encoding="utf-8",
    )
    numbers = tmp_path / "cisla.csv"
    numbers.write_text(
        "Tel. číslo;Uživatel;Závazek do\n799000001;Petr Malý;31. 12. 2099\n799000002;;\n",
        encoding="utf-8",
    )
    town.json("import", "contacts", people, "--client", ICO)
    town.json("import", "numbers", numbers, "--client", ICO)
    return town


def test_day_names_what_it_wants(office: Console) -> None:
    late = add(office, "--reason", "dodatečně", received=now(days=3))
    found = office.json("day")
    assert [row["number"] for row in found["overdue"]] == [late["number"]]
    assert found["chase"] == []
    assert late["number"] in office.text("day")


def test_fault_is_handed_over_by_its_place_and_asked_about(office: Console) -> None:
    nowhere = add(office)["number"]
    hand_over = ("request", "hand-over", nowhere, "--unit", "Dohled")
    assert "place of the fault" in office.fails(*hand_over)
    placed = add(office, "--place", "Kolárova 3")["number"]
    later = (datetime.now(UTC) + timedelta(hours=3)).isoformat(timespec="seconds")
    handed = office.json(
        "request", "hand-over", placed, "--unit", "Dohled", "--reference", "INC1", "--chase", later
    )
    assert handed["state"] == "waiting-operator"
    assert datetime.fromisoformat(handed["chase"]) == datetime.fromisoformat(later)
    story = office.json("request", "show", placed)["story"]
    assert [one["reference"] for one in story if one["kind"] == "hand-over"] == ["INC1"]


def test_note_takes_a_file_and_says_what_is_wrong(office: Console, tmp_path: Path) -> None:
    number = add(office)["number"]
    file = tmp_path / "zapis.txt"
    file.write_text("zápis", encoding="utf-8")
    office.json("request", "note", number, "--kind", "call", "--text", "Volali", "--file", file)
    assert "cannot be read" in office.fails(
        "request", "note", number, "--text", "x", "--file", tmp_path / "neni.txt"
    )
    assert "is missing" in office.fails("request", "note", number)
    assert "is not one of" in office.fails("request", "note", number, "--kind", "vzkaz")


def test_requests_are_joined_and_split(office: Console) -> None:
    person = ("--contact", "Žofie Němcová")
    first = add(office, "--numbers", f"{FIRST},{SECOND}", *person, kind="tariff-change")["number"]
    second = add(office, "--numbers", SECOND, *person, kind="tariff-change")["number"]
    office.json("request", "join", first, second, "--link")
    assert office.json("request", "show", first)["links"] == [{"kind": "related", "number": second}]
    assert office.json("request", "join", second, first)["number"] == first
    made = office.json("request", "split", first, "--numbers", "799 000 002")
    assert office.json("request", "show", made["number"])["numbers"] == [SECOND]
    assert office.json("request", "show", first)["numbers"] == [FIRST]
    assert "must stay" in office.fails("request", "split", first, "--numbers", FIRST)


def test_unauthorised_request_is_refused_or_waits_for_its_confirmation(office: Console) -> None:
    asked = ("--contact", "Petr Malý", "--numbers", FIRST)
    assert "no authority" in office.fails(
        "request", "add", "--client", ICO, "--kind", "sim-swap", "--channel", "phone",
        "--received", now(), *asked,
    )  # fmt: skip
    refused = add(office, *asked, "--refused", kind="sim-swap")
    assert refused["governing"] is None
    assert office.json("request", "show", refused["number"])["state"] == "refused"
    waiting = add(office, *asked, "--to-confirm", kind="sim-swap")["number"]
    assert office.json("request", "show", waiting)["confirmation"] == "wanted"
    confirm = ("request", "confirm", waiting, "--how", "dopisem", "--by")
    assert "no authority" in office.fails(*confirm, "Petr Malý")
    assert office.json(*confirm, "Žofie Němcová")["state"] == "in-progress"
    assert "Karel" in office.fails(*confirm, "Karel Nikdo")


def test_complaint_of_a_bill_needs_its_bill(office: Console, tmp_path: Path) -> None:
    person = ("--contact", "Žofie Němcová")
    half = add(office, "--invoice", "7", *person, kind="complaint")["number"]
    assert "billing period" in office.fails("request", "step", half, "resolved")
    whole = ("--invoice", "7", "--period", "10/2026", *person)
    number = add(office, *whole, kind="complaint")["number"]
    assert office.json("request", "step", number, "resolved")["state"] == "resolved"
    assert "is not decided yet" in office.fails(
        "paper", "reply", "--request", number, "--out", tmp_path
    )


def test_calendar_and_outbox(office: Console, tmp_path: Path) -> None:
    add(office)
    (file,) = office.json("calendar", "--client", ICO, "--out", tmp_path / "k.ics")["files"]
    assert list(Calendar.from_ical(Path(file).read_bytes()).walk("VEVENT"))
    assert office.json("outbox") == []
    assert office.json("outbox", "--send") == []


def test_what_ends_is_listed_as_far_as_one_looks(office: Console) -> None:
    assert office.json("expiring", "--days", "30") == []
    (found,) = office.json("expiring", "--days", "40000", "--client", ICO)
    assert found["ending"] == "commitment"
    assert found["until"] == "2099-12-31"


def test_person_is_extracted_and_erased(office: Console, tmp_path: Path) -> None:
    who = ("--client", ICO, "--contact", "Petr Malý")
    paper, data = office.json("privacy", "extract", *who, "--out", tmp_path)["files"]
    assert Path(paper).suffix == ".pdf"
    assert json.loads(Path(data).read_text(encoding="utf-8"))["numbers"][0]["msisdn"] == FIRST
    tried = office.json("privacy", "erase", *who, "--reason", "žádost", "--dry-run")
    assert tried["rows"]["contacts"] == 1
    assert "pseudonym" not in tried
    done = office.json("privacy", "erase", *who, "--reason", "žádost")
    assert done["pseudonym"]
    assert "Petr Malý" in office.fails("privacy", "extract", *who, "--out", tmp_path)
    found = office.json("search", "Malý")
    assert {hit["noun"] for hit in found} <= {"documents"}  # as they were issued
    assert office.json("verify")["ok"]
    assert office.json("privacy", "retention") == {"overdue": [], "erased": 0}
