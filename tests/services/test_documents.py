"""Documents: issued once from the same data, revised where the data differ, kept as issued."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console import texts
from console.domain.care_sheet import CareSheet
from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.document import Document, DocumentKind
from console.domain.order import Order, OrderLine, OrderState
from console.domain.order_form import OrderForm
from console.domain.request import Channel, RequestState
from console.domain.signature import Signature
from console.domain.status_report import StatusReport
from console.services import (
    clients,
    contacts,
    differences,
    documents,
    frozen,
    history,
    orders,
    settings,
)
from console.services.documents import Issued
from console.services.orders import OrderDraft
from console.services.settings import Manager
from console.workspace import Workspace
from tests.services.steps import (
    Clock,
    add_contact,
    add_line,
    agree,
    complain,
    log,
    prague,
    refused,
    step,
)

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client with an agreement and one fault of October."""
    settings.change_manager(opened, Manager(name="Jana Nováková", prefix="NV"))
    agree(opened, client, "o2-public-sector")
    log(opened, client, received_at=prague("2026-10-15T09:00"), reason="dodatečně")
    return client


def issue(opened: Workspace, client: Client, month: date = OCTOBER) -> Issued:
    """Issue the status report of a month."""
    issued = documents.issue_status_report(opened, client, month).result
    assert isinstance(issued, Issued)
    return issued


def make_order(opened: Workspace, client: Client, **more: Any) -> Order:
    """Make an order of four phones."""
    line = OrderLine(
        client_id=client.id,
        order_id=0,
        position=1,
        item="Telefon",
        quantity=4,
        unit_price=Decimal("6190.50"),
    )
    draft = OrderDraft(client_id=client.id, lines=(line,), **more)
    made = orders.create_order(opened, draft).result
    assert isinstance(made, Order)
    return made


def stored_file(opened: Workspace) -> Path:
    """Return the only file of the workspace's attachments."""
    (file,) = (opened.folder / "attachments").iterdir()
    return file


# Issuing


def test_issued_report_is_stored_with_what_it_was_made_from(
    opened: Workspace, town: Client
) -> None:
    issued = issue(opened, town)
    document = issued.document
    assert (document.number, document.revision, document.subject) == (
        "2026-NV-D0001",
        1,
        "2026-10",
    )
    assert (document.kind, document.client_id) == (DocumentKind.STATUS_REPORT, town.id)
    assert document.sha256 == hashlib.sha256(issued.content).hexdigest()
    assert json.loads(document.data)["client"] == town.name
    assert issued.is_new
    assert documents.read(opened, document) == issued.content


def test_file_beside_the_database_is_encrypted(opened: Workspace, town: Client) -> None:
    document = issue(opened, town).document
    file = stored_file(opened)
    assert b"%PDF" not in file.read_bytes()
    assert document.sha256 not in file.name


def test_same_data_is_the_same_document(opened: Workspace, town: Client, clock: Clock) -> None:
    first = issue(opened, town)
    clock.set("2026-11-20T18:00")
    second = issue(opened, town)
    assert (second.document, second.content, second.is_new) == (
        first.document,
        first.content,
        False,
    )
    assert opened.store.select(Document) == [first.document]


def test_what_is_reopened_later_changes_no_month_that_is_over(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    late = log(opened, town, received_at=prague("2026-10-05T09:00"), reason="dodatečně")
    late = step(opened, late, RequestState.RESOLVED, at=prague("2026-10-09T09:00"))
    letter = {"channel": Channel.LETTER, "received_at": prague("2026-09-21T09:00")}
    complaint = complain(opened, town, **letter)
    complaint = step(opened, complaint, RequestState.RESOLVED, at=prague("2026-10-01T00:00"))
    dropped = complain(opened, town, **letter)
    dropped = step(opened, dropped, RequestState.CANCELLED, at=prague("2026-10-02T09:00"))
    first = issue(opened, town)
    told = json.loads(first.document.data)
    assert [row["number"] for row in told["complaints"]] == [complaint.number, dropped.number]
    assert [row["due"] is None for row in told["complaints"]] == [False, True]
    for request in (late, complaint, dropped):
        step(opened, request, RequestState.IN_PROGRESS)
    clock.set("2026-11-20T18:00")
    again = issue(opened, town)
    assert (again.document, again.is_new) == (first.document, False)


def test_times_of_documents_are_kept_in_one_zone() -> None:
    made = Signature(
        name="Žofie", role="client", at=prague("2026-10-09T10:24"), place="", strokes=()
    )
    once = frozen.to_json(made)
    assert json.loads(once)["at"] == "2026-10-09T08:24:00+00:00"
    assert frozen.from_json(Signature, once) == made


def test_document_of_before_a_field_was_there_is_still_the_same(
    opened: Workspace, town: Client
) -> None:
    first = issue(opened, town).document
    told = json.loads(first.data)
    for row in told["kinds"]:
        del row["reopened"]
    told["open_points"][0]["due"] = "2026-10-16T09:00:00+02:00"
    older = replace(first, data=json.dumps(told))
    now = frozen.from_json(StatusReport, first.data)
    assert json.loads(first.data)["open_points"][0]["due"] == "2026-10-16T07:00:00+00:00"
    assert differences.words(older, now) == []
    told["open_points"][0]["due"] = "2026-10-16T09:00:01+02:00"
    assert differences.words(replace(first, data=json.dumps(told)), now) == ["open points"]


def test_issuing_the_same_again_is_no_action_to_undo(opened: Workspace, town: Client) -> None:
    issue(opened, town)
    unit = history.next_undo(opened)
    assert documents.issue_status_report(opened, town, OCTOBER).unit == 0
    assert history.next_undo(opened) == unit


def test_other_data_are_the_next_revision_that_says_what_differs(
    opened: Workspace, town: Client
) -> None:
    first = issue(opened, town)
    log(opened, town, received_at=prague("2026-10-20T09:00"), reason="dodatečně")
    second = issue(opened, town)
    assert (second.document.number, second.document.revision) == (first.document.number, 2)
    differs = second.document.difference.split(", ")
    assert {"requests", "states", "open points"} <= set(differs)
    assert not {"tariffs", "changes of numbers"} & set(differs)
    assert documents.read(opened, first.document) == first.content
    assert first.document.difference == ""


def test_difference_is_in_the_language_of_the_document(opened: Workspace, town: Client) -> None:
    texts.use_language("cs")
    first = issue(opened, town)
    add_line(opened, town, "799000001", tariff="Profi 100", activated_on=date(2026, 10, 3))
    second = issue(opened, town)
    assert second.document.revision == 2
    assert "tarify" in second.document.difference
    assert "tariffs" not in second.document.difference
    assert first.document.language == "cs"


def test_each_language_is_a_document_of_its_own(opened: Workspace, town: Client) -> None:
    english = issue(opened, town).document
    texts.use_language("cs")
    czech = issue(opened, town).document
    assert (czech.revision, english.revision) == (1, 1)
    assert czech.number != english.number


def test_numbers_of_documents_are_gapless(opened: Workspace, town: Client) -> None:
    with refused("month-not-over"):
        issue(opened, town, date(2026, 12, 1))
    found = [issue(opened, town, date(2026, month, 1)).document.number for month in (9, 10, 11)]
    assert found == ["2026-NV-D0001", "2026-NV-D0002", "2026-NV-D0003"]


def test_issued_report_never_changes_with_the_register(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    first = issue(opened, town)
    data = first.document.data
    clients.change_client(opened, clients.client(opened, town.id), name="Přejmenovaný úřad")
    assert documents.document(opened, first.document.id).data == data
    assert documents.read(opened, first.document) == first.content


# Files


@pytest.mark.parametrize("spoil", ["altered", "cut", "emptied", "removed"])
def test_spoilt_file_is_told_and_made_again_from_its_data(
    opened: Workspace, town: Client, clock: Clock, spoil: str
) -> None:
    first = issue(opened, town)
    file = stored_file(opened)
    content = file.read_bytes()
    if spoil == "removed":
        file.unlink()
    else:
        spoilt = {"altered": content[:-1] + bytes([content[-1] ^ 1]), "cut": content[:99]}
        file.write_bytes(spoilt.get(spoil, b""))
    with refused("document-missing") as caught:
        documents.read(opened, first.document)
    assert first.document.number in str(caught.value)
    clock.set("2026-11-20T18:00")
    again = issue(opened, town)
    assert (again.document, again.content) == (first.document, first.content)
    assert documents.read(opened, first.document) == first.content


def test_file_is_saved_whole_into_a_new_folder(tmp_path: Path) -> None:
    target = tmp_path / "nová" / "složka" / "zpráva.pdf"
    assert documents.save_as(b"%PDF", target) == target
    assert target.read_bytes() == b"%PDF"
    assert [file.name for file in target.parent.iterdir()] == [target.name]


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with refused("file-unwritable"):
        documents.save_as(b"%PDF", tmp_path / "out" / "zpráva.pdf")


def test_file_name_suits_every_system(opened: Workspace, town: Client) -> None:
    document = issue(opened, town).document
    for name in ('a/b\\c:d*e?f"g<h>i|j', "..", "Městský úřad", "x" * 300, "\n\t"):
        file = documents.file_name(document, Client(name=name, ico="00259586"))
        assert not set(file) & set('/\\:*?"<>|\n\t ')
        assert not file.startswith((".", "-"))
        assert len(file.encode()) < 200
        assert file.endswith("-status-report-2026-10.pdf")


def test_clients_with_the_same_name_get_files_of_their_own(opened: Workspace, town: Client) -> None:
    document = issue(opened, town).document
    name = "Základní škola a mateřská škola s velmi dlouhým názvem, příspěvková organizace"
    files = {
        documents.file_name(document, Client(name=f"{name} {n}", ico=ico))
        for n, ico in enumerate(("00259586", "26168685"))
    }
    assert len(files) == 2


# Order forms


def test_order_form_says_sums_and_authority(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Žofie Němcová", may_order=True)
    issued: Any = documents.issue_order_form(
        opened, make_order(opened, town, contact_id=person.id)
    ).result
    data = json.loads(issued.document.data)
    assert (data["net"], data["gross"]) == ("24762.00", "29962.02")
    assert data["vat"] == [{"rate": "21", "net": "24762.00", "vat": "5200.02", "gross": "29962.02"}]
    assert (data["ordered_by"], data["authority"]) == (
        "Žofie Němcová",
        "Žofie Němcová may order.",
    )


def test_issued_order_is_no_draft_any_more(opened: Workspace, town: Client) -> None:
    order = make_order(opened, town)
    documents.issue_order_form(opened, order)
    assert orders.full_order(opened, order.id).order.state is OrderState.DRAFT


def test_order_form_issued_again_is_the_same(opened: Workspace, town: Client) -> None:
    order = make_order(opened, town)
    first: Any = documents.issue_order_form(opened, order).result
    order = orders.full_order(opened, order.id).order
    second: Any = documents.issue_order_form(opened, order).result
    assert (second.is_new, second.document, second.content) == (
        False,
        first.document,
        first.content,
    )


def test_renamed_person_makes_a_revision_of_the_order_form(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Žofie Němcová", may_order=True)
    order = make_order(opened, town, contact_id=person.id)
    documents.issue_order_form(opened, order)
    contacts.change_contact(opened, person, name="Žofie Nová")
    order = orders.full_order(opened, order.id).order
    second: Any = documents.issue_order_form(opened, order).result
    assert (second.document.revision, second.document.difference) == (2, "who orders")


@pytest.mark.parametrize("record", [StatusReport, OrderForm, CareSheet])
def test_whatever_may_differ_has_a_word_for_it(record: type) -> None:
    compared = {field.name for field in fields(record)} - differences._NOT_COMPARED
    assert compared <= set(differences._DIFFERENCES)


def test_order_and_its_form_are_one_action_whose_number_is_never_lost(
    opened: Workspace, town: Client
) -> None:
    line = OrderLine(client_id=town.id, order_id=0, position=1, item="SIM")
    draft = OrderDraft(client_id=town.id, lines=(line,))
    documents.order_and_issue(opened, draft)
    history.undo_last(opened)
    assert opened.store.select(Order) == []
    (form,) = opened.store.select(Document)
    assert (form.is_void, form.void_reason) == (True, "taken back")
    assert issue(opened, town).document.number == "2026-NV-D0002"


def test_report_that_was_taken_back_is_void_and_valid_again_when_that_is_taken_back(
    opened: Workspace, town: Client
) -> None:
    first = issue(opened, town).document
    history.undo_last(opened)
    assert documents.document(opened, first.id).is_void
    history.redo_last(opened)
    assert not documents.document(opened, first.id).is_void
    assert issue(opened, town).document.id == first.id


def test_void_can_be_taken_back(opened: Workspace, town: Client) -> None:
    document = issue(opened, town).document
    documents.void(opened, document, "omyl")
    history.undo_last(opened)
    assert not documents.document(opened, document.id).is_void


def test_numbers_begin_anew_with_the_year_and_have_no_gap_whatever_fails(
    opened: Workspace, town: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A renderer that fails, a void document and a new year leave no gap."""
    from console.documents import status_report

    issue(opened, town, date(2026, 9, 1))
    with monkeypatch.context() as broken:
        broken.setattr(status_report, "render", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue(opened, town)
    documents.void(opened, issue(opened, town).document, "omyl")
    clock.set("2027-01-01T00:30")
    late = [issue(opened, town, date(2026, month, 1)).document.number for month in (11, 12)]
    assert late == ["2027-NV-D0001", "2027-NV-D0002"]
    numbers = sorted(one.number for one in opened.store.select(Document))
    assert numbers == ["2026-NV-D0001", "2026-NV-D0002", *late]


def test_form_says_the_limit_of_who_orders(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Žofie Němcová", may_order=True)
    grant = Authority(client_id=town.id, contact_id=person.id, order_limit=Decimal(30_000))
    with opened.store.unit("add-authority"):
        grant = opened.store.insert(grant)
        over = {"order_limit": Decimal(90_000), "revoked_on": opened.store.today()}
        opened.store.insert(replace(grant, id=0, **over))
    within: Any = documents.issue_order_form(
        opened, make_order(opened, town, contact_id=person.id)
    ).result
    said = json.loads(within.document.data)["authority"].replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "Žofie Němcová has authority for this. One order up to 30,000.00 Kč without VAT."
    )


def test_report_of_a_month_that_goes_on_grows(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    november = date(2026, 11, 1)
    first = issue(opened, town, november)
    request = log(opened, town)
    second = issue(opened, town, november)
    step(opened, request, RequestState.RESOLVED)
    third = issue(opened, town, november)
    assert [one.document.revision for one in (first, second, third)] == [1, 2, 3]


def test_void_document_keeps_its_number_and_is_followed_by_a_revision(
    opened: Workspace, town: Client
) -> None:
    first = issue(opened, town)
    with refused("void-reason-needed"):
        documents.void(opened, first.document, " ")
    voided: Any = documents.void(opened, first.document, "chybný klient").result
    assert (voided.number, voided.is_void, voided.void_reason) == (
        first.document.number,
        True,
        "chybný klient",
    )
    with refused("document-void"):
        documents.void(opened, voided, "znovu")
    assert documents.read(opened, voided) == first.content
    second = issue(opened, town).document
    assert (second.number, second.revision) == (first.document.number, 2)
    assert second.difference == "the revision before is void"
    assert issue(opened, town, date(2026, 9, 1)).document.number == "2026-NV-D0002"
