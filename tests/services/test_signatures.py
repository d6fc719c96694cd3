"""Signing what was issued, sealing what was signed, and what a file from outside is worth."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.document import Document
from console.domain.hand_over import HandedDevice
from console.domain.order import OrderLine
from console.services import document_views, documents, history, papers, signatures
from console.services.orders import OrderDraft
from console.workspace import Workspace
from tests.documents import pdf, validators
from tests.documents.everything import INK
from tests.documents.test_structure import elements
from tests.services import certificates
from tests.services.certificates import SECRET
from tests.services.steps import Clock, add_contact, agree, complain, log, refused

OPERATOR_INK = replace(INK, role="operator", name="Jana Nováková")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manager's certificate."""
    return certificates.make(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client with an agreement and somebody who may order up to a limit."""
    agree(opened, client, "o2-public-sector")
    person = add_contact(opened, client, "Žofie Němcová", may_order=True, authorised=True)
    grant = Authority(client_id=client.id, contact_id=person.id, order_limit=Decimal(50_000))
    with opened.store.unit("add-authority"):
        opened.store.insert(grant)
    return client


def order(opened: Workspace, town: Client) -> Document:
    """Issue an order form for somebody who may order."""
    line = OrderLine(client_id=town.id, order_id=0, position=1, item="Telefon",
                     unit_price=Decimal(6190))  # fmt: skip
    person = papers.contacts.contacts_of(opened, town.id)[0]
    draft = OrderDraft(client_id=town.id, lines=(line,), contact_id=person.id)
    issued: Any = documents.order_and_issue(opened, draft).result
    return issued.document  # type: ignore[no-any-return]


def confirmation(opened: Workspace, town: Client) -> Document:
    issued: Any = papers.issue_written_confirmation(opened, log(opened, town)).result
    return issued.document  # type: ignore[no-any-return]


def record(opened: Workspace, town: Client) -> Document:
    issued: Any = papers.issue_complaint_record(opened, complain(opened, town)).result
    return issued.document  # type: ignore[no-any-return]


def protocol(opened: Workspace, town: Client) -> Document:
    devices = [HandedDevice(model="Galaxy A56", imei="356938035643809")]
    issued: Any = papers.issue_hand_over(opened, town, devices, "Žofie Němcová").result
    return issued.document  # type: ignore[no-any-return]


@pytest.mark.parametrize("make", [order, confirmation, record, protocol])
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_signed_paper_is_the_issued_one_with_the_ink_as_a_figure(
    opened: Workspace, town: Client, make: Any, language: str, tmp_path: Path
) -> None:
    texts.use_language(language)
    document = make(opened, town)
    texts.use_language("en" if language == "cs" else "cs")
    signed: Any = signatures.sign(opened, document, [INK, OPERATOR_INK]).result
    assert (signed.document.number, signed.document.revision) == (document.number, 2)
    assert signed.document.language == language
    before, after = json.loads(document.data), json.loads(signed.document.data)
    differing = {name for name in after if after[name] != before[name]}
    assert differing <= {"signatures", "revision", "issued_at", "journal"}
    figures = [said for role, said in elements(signed.content) if role == "Figure"]
    assert [name in said for name, said in zip((INK.name, "Jana"), figures, strict=True)]
    assert "Žďár nad Sázavou" in figures[0]
    assert validators.failures(signed.content) == []


def test_order_form_carries_signatures_authority_and_limit(opened: Workspace, town: Client) -> None:
    signed: Any = signatures.sign(opened, order(opened, town), [INK]).result
    text = pdf.words(signed.content)
    assert (
        "Žofie Němcová has authority for this. One order up to 50,000.00 Kč without VAT."
        in text.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert INK.place in text


def test_second_signature_stands_beside_the_first_one(opened: Workspace, town: Client) -> None:
    first: Any = signatures.sign(opened, protocol(opened, town), [INK]).result
    second: Any = signatures.sign(opened, first.document, [OPERATOR_INK]).result
    data = json.loads(second.document.data)
    assert [one["role"] for one in data["signatures"]] == ["client", "operator"]
    assert second.document.revision == 3


def test_issued_again_a_signed_paper_stays_signed(opened: Workspace, town: Client) -> None:
    document = confirmation(opened, town)
    signed: Any = signatures.sign(opened, document, [INK]).result
    request = papers.requests.request_by_number(opened, document.subject)
    again: Any = papers.issue_written_confirmation(opened, request).result
    assert (again.is_new, again.document) == (False, signed.document)


def test_what_cannot_be_signed_says_why(opened: Workspace, town: Client) -> None:
    report: Any = documents.issue_status_report(opened, town, date(2026, 10, 1)).result
    with refused("document-not-signed"):
        signatures.sign(opened, report.document, [INK])
    document = protocol(opened, town)
    for empty in ([], [replace(INK, strokes=())], [replace(INK, name=" ")]):
        with refused("signature-empty"):
            signatures.sign(opened, document, empty)
    signed: Any = signatures.sign(opened, document, [INK]).result
    with refused("document-superseded"):
        signatures.sign(opened, document, [INK])
    void: Any = documents.void(opened, signed.document, "omyl").result
    with refused("document-void"):
        signatures.sign(opened, void, [INK])


def test_places_suggest_who_orders_and_who_cares(opened: Workspace, town: Client) -> None:
    add_contact(opened, town, "Adam Starý")
    found = signatures.places(opened, protocol(opened, town))
    assert found.client == ("Žofie Němcová", "Adam Starý")
    assert len(found.operator) == 1


def test_sealed_copy_is_kept_given_out_and_verified_again(
    opened: Workspace, town: Client, certificate: Path
) -> None:
    signed: Any = signatures.sign(opened, protocol(opened, town), [INK]).result
    document = signed.document
    signatures.seal_document(opened, document, certificate, SECRET, "předání", "Žďár")
    shown = document_views.view(opened, document.id)
    (seal,) = shown.seals
    assert (seal.who, seal.is_good) == ("Jana Nováková", True)
    assert shown.content.startswith(signed.content)
    assert documents.read(opened, document) == signed.content
    verified = document_views.verify(opened, shown.content)
    assert (verified.document, verified.seals[0].is_good) == (document, True)


def test_changed_copy_is_no_document_of_ours(
    opened: Workspace, town: Client, certificate: Path
) -> None:
    document = protocol(opened, town)
    signatures.seal_document(opened, document, certificate, SECRET)
    content = bytearray(document_views.view(opened, document.id).content)
    content[len(content) // 3] ^= 1
    verified = document_views.verify(opened, bytes(content))
    assert verified.document is None
    assert not any(seal.is_good for seal in verified.seals)


def test_wrong_passphrase_seals_nothing(opened: Workspace, town: Client, certificate: Path) -> None:
    document = protocol(opened, town)
    with refused("certificate-wrong") as caught:
        signatures.seal_document(opened, document, certificate, "tajné-jiné")
    assert "tajné-jiné" not in str(caught.value)
    assert document_views.sealed_copies(opened, document) == []
    assert "tajné" not in json.dumps(
        [str(unit) for unit in [history.next_undo(opened)]], ensure_ascii=False
    )


def test_passphrase_of_the_certificate_is_kept_nowhere(
    opened: Workspace, town: Client, certificate: Path
) -> None:
    signatures.seal_document(opened, protocol(opened, town), certificate, SECRET)
    dump = "\n".join(str(row) for row in opened.store.db.conn.execute("SELECT * FROM journal"))
    stored = "\n".join(str(row) for row in opened.store.db.conn.execute("SELECT * FROM settings"))
    assert SECRET not in dump + stored


def test_void_document_is_not_sealed_and_is_given_out_marked(
    opened: Workspace, town: Client, certificate: Path
) -> None:
    document = protocol(opened, town)
    signatures.seal_document(opened, document, certificate, SECRET)
    void: Any = documents.void(opened, document, "chybný klient <x>").result
    with refused("document-void"):
        signatures.seal_document(opened, void, certificate, SECRET)
    shown = document_views.view(opened, document.id)
    assert shown.seals == ()
    assert pdf.info(shown.content)["Title"].startswith("VOID – ")
    assert "chybný klient <x>" in pdf.words(shown.content)
    assert validators.failures(shown.content) == []
    assert documents.read(opened, document) == document_views.documents.read(opened, void)
