"""Documents about one request or one client, composed from what is kept."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.domain.complaint import ComplaintOutcome
from console.domain.contact import Authority
from console.domain.document import DocumentKind
from console.domain.hand_over import HandedDevice
from console.domain.request import Kind, RequestState
from console.services import (
    authorities,
    clients,
    complaints,
    keys,
    papers,
    privacy_extract,
    requests,
)
from console.services.complaints import Settlement
from console.services.requests import Draft
from console.workspace import Workspace
from tests.documents import everything, pdf
from tests.services.steps import Clock, add_contact, agree, log, refused, step


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client with an agreement."""
    agree(opened, client, "o2-public-sector")
    return client


def test_papers_of_a_request_are_issued_once(opened: Workspace, town: Client) -> None:
    request = log(opened, town, subject="Výpadek <b>")
    for issue, kind in (
        (papers.issue_written_confirmation, DocumentKind.WRITTEN_CONFIRMATION),
        (papers.issue_request_story, DocumentKind.REQUEST_STORY),
    ):
        first: Any = issue(opened, request).result
        assert (first.document.kind, first.document.subject) == (kind, request.number)
        assert "Výpadek <b>" in pdf.words(first.content)
        again: Any = issue(opened, request).result
        assert (again.is_new, again.document) == (False, first.document)


def test_signed_form_is_a_revision_that_says_so(opened: Workspace, town: Client) -> None:
    request = log(opened, town)
    papers.issue_written_confirmation(opened, request)
    signed: Any = papers.issue_written_confirmation(opened, request, [everything.INK]).result
    assert (signed.document.revision, signed.document.difference) == (2, "signatures")


def test_complaint_has_a_record_and_a_reply(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Žofie Němcová", authorised=True)
    bill = {"invoice": "2026100042", "period": "10/2026", "amount": Decimal("99.50")}
    complaint = log(opened, town, kind=Kind.COMPLAINT, contact_id=person.id, **bill)
    record: Any = papers.issue_complaint_record(opened, complaint).result
    decision = Settlement(ComplaintOutcome.REJECTED, "Účtováno správně.")
    settled: Any = complaints.settle(opened, complaint, decision).result
    reply: Any = papers.issue_complaint_reply(opened, settled).result
    assert record.document.kind is DocumentKind.COMPLAINT_RECORD
    assert reply.document.kind is DocumentKind.COMPLAINT_REPLY
    assert json.loads(reply.document.data)["details"]["amount"] == "99.50"
    with refused("not-a-complaint"):
        papers.issue_complaint_record(opened, log(opened, town))


def test_papers_of_a_client_are_issued(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Žofie Němcová", authorised=True, may_order=True)
    annex: Any = papers.issue_authorised_persons(opened, town).result
    assert "anything but orders, orders of devices" in pdf.words(annex.content)
    extract: Any = privacy_extract.issue(opened, person).result
    assert "Žofie Němcová" in pdf.words(extract.content)
    with refused("hand-over-empty"):
        papers.issue_hand_over(opened, town, [], person.name)
    device = HandedDevice(model="Galaxy A56", imei="356938035643809")
    protocol: Any = papers.issue_hand_over(opened, town, [device], person.name).result
    assert "356938035643809" in pdf.words(protocol.content)


def test_annex_names_only_what_holds_that_day(opened: Workspace, town: Client) -> None:
    today = opened.store.today()
    over, comes = today - timedelta(days=1), today + timedelta(days=1)
    add_contact(opened, town, "Odvolaná", authorised=True, revoked_on=today)
    add_contact(opened, town, "Odvolávaná", authorised=True, revoked_on=comes)
    named = add_contact(opened, town, "Žofie", valid_until=today + timedelta(days=30))
    for mandate, more in {
        "platí": {"mandate_until": comes},
        "odvolané": {"revoked_on": today},
        "příští": {"valid_from": comes},
        "prošlé": {"mandate_until": over},
    }.items():
        grant = Authority(client_id=town.id, contact_id=named.id, mandate=mandate, **more)
        authorities.add_authority(opened, grant)
    issued: Any = papers.issue_authorised_persons(opened, town).result
    found = [
        (p["name"], p["mandate"], p["until"]) for p in json.loads(issued.document.data)["persons"]
    ]
    assert found == [
        ("Odvolávaná", "", today.isoformat()),
        ("Žofie", "platí", comes.isoformat()),
    ]


def test_two_hand_overs_of_a_day_are_two_protocols(opened: Workspace, town: Client) -> None:
    first = HandedDevice(model="Galaxy", imei="490154203237518")
    second = HandedDevice(model="Modem")
    issued = [
        papers.issue_hand_over(opened, town, [device], "Žofie Němcová").result
        for device in (first, second, first)
    ]
    numbers = [one.document.number for one in issued]  # type: ignore[attr-defined]
    assert numbers[0] != numbers[1]
    assert numbers[0] == numbers[2]


def test_papers_speak_the_language_of_their_client(opened: Workspace, town: Client) -> None:
    clients.change_client(opened, town, language="cs")
    request = log(opened, town)
    for issue in (papers.issue_written_confirmation, papers.issue_request_story):
        issued: Any = issue(opened, request).result
        assert issued.document.language == "cs"
        assert issued.document.title.split()[0] in ("Písemné", "Průběh", "Příběh")
        assert "Page" not in pdf.words(issued.content)


@pytest.mark.parametrize(("window", "paper"), [("cs", "en"), ("en", "cs")])
def test_what_was_kept_in_the_windows_language_is_printed_in_the_clients(
    opened: Workspace, town: Client, window: str, paper: str
) -> None:
    town = clients.change_client(opened, town, language=paper).result  # type: ignore[assignment]
    person = add_contact(opened, town, "Čeněk Šťastný", authorised=True)
    texts.use_language(window)
    request = log(opened, town, kind=Kind.CONTRACT_PREPARATION, contact_id=person.id)
    request = step(opened, request, RequestState.IN_PROGRESS)
    refused_one: Any = requests.log_refused(
        opened, Draft(client_id=town.id, kind=Kind.CONTRACT_PREPARATION, caller="Kdokoli")
    ).result
    for issue, about in (
        (papers.issue_written_confirmation, request),
        (papers.issue_request_story, request),
        (papers.issue_request_story, refused_one),
        (papers.issue_authorised_persons, town),
        (privacy_extract.issue, person),
    ):
        issued: Any = issue(opened, about).result  # type: ignore[operator]
        printed = pdf.words(issued.content)
        strange = {
            "Čeněk Šťastný is an authorised person.", "Contract preparation", "In progress",
            "The person is no contact of the client.", "O2 for the public sector",
        }  # fmt: skip
        with texts.speaking("cs"):
            czech = {"Čeněk Šťastný je oprávněná osoba.", "O2 pro veřejný sektor"}
            czech |= {Kind.CONTRACT_PREPARATION.label, RequestState.IN_PROGRESS.label}
        strange = strange if paper == "cs" else czech
        assert [one for one in strange if one in printed] == []


@pytest.mark.parametrize("kept", ["", "Resolved", "Vyřízeno"])
def test_story_says_each_step_once_whatever_was_kept_with_it(
    opened: Workspace, town: Client, kept: str
) -> None:
    request = step(opened, log(opened, town), RequestState.IN_PROGRESS, text="začínám")
    request = step(opened, request, RequestState.RESOLVED, text=kept)
    step(opened, request, RequestState.IN_PROGRESS)
    story: Any = papers.issue_request_story(opened, request).result
    told = [one["text"] for one in json.loads(story.document.data)["entries"]]
    assert told == ["In progress – začínám", "Resolved", "Reopened"]


def test_recovery_sheet_is_printed_and_stored_nowhere(opened: Workspace, town: Client) -> None:
    key = keys.draw_recovery_key(opened)
    content = papers.recovery_sheet(opened, key)
    assert " ".join(key.groups[:4]) in pdf.words(content)
    assert " ".join(key.groups[4:]) in pdf.words(content)
    assert list((opened.folder / "attachments").iterdir()) == []
