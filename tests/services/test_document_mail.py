"""A document on its way: a draft in the document's language, with the file beside it."""

from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.services import document_mail, document_views, documents, settings
from console.services.settings import Manager
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, refused

OCTOBER = date(2026, 10, 1)


def prepared(opened: Workspace, document_id: int, folder: Path) -> Any:
    """Prepare a mail and read it back."""
    file = document_mail.prepare(opened, document_id, folder / "zpráva.eml")
    return message_from_bytes(file.read_bytes(), policy=policy.default)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_draft_speaks_the_language_of_the_document(
    opened: Workspace, clock: Clock, client: Client, tmp_path: Path, language: str
) -> None:
    settings.change_manager(opened, Manager(name="Jana Nováková", email="jana@operator.example"))
    add_contact(opened, client, "Žofie", authorised=True, email="zofie@mesto.example")
    add_contact(opened, client, "Petr", email="petr@mesto.example")
    texts.use_language(language)
    issued: Any = documents.issue_status_report(opened, client, OCTOBER).result
    texts.use_language("en" if language == "cs" else "cs")
    mail = prepared(opened, issued.document.id, tmp_path)
    assert (mail["To"], mail["From"]) == ("zofie@mesto.example", "jana@operator.example")
    assert (mail["X-Unsent"], mail["Subject"]) == ("1", issued.document.title)
    greeting = {"cs": "Dobrý den", "en": "Hello"}[language]
    assert mail.get_body(("plain",)).get_content().startswith(greeting)
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == issued.content
    assert attached.get_filename() == documents.file_name(issued.document, client)


def test_only_those_whose_authority_holds_today_get_mail(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    clock.set("2026-11-04T10:00")
    for name, more in {
        "dnes": {"valid_until": date(2026, 11, 4)},
        "vcera": {"valid_until": date(2026, 11, 3)},
        "odvolana": {"revoked_on": date(2026, 11, 4)},
        "bude": {"revoked_on": date(2026, 11, 5)},
    }.items():
        add_contact(opened, client, name, authorised=True, email=f"{name}@mesto.example", **more)
    found = document_mail.addresses(opened, client)
    assert sorted(found) == ["bude@mesto.example", "dnes@mesto.example"]
    clock.set("2026-11-05T00:01")
    with refused("mail-nobody"):
        document_mail.needed_addresses(opened, client)


def test_void_document_goes_out_marked_and_nobody_is_no_address(
    opened: Workspace, clock: Clock, client: Client, tmp_path: Path
) -> None:
    issued: Any = documents.issue_status_report(opened, client, OCTOBER).result
    documents.void(opened, issued.document, "omyl")
    mail = prepared(opened, issued.document.id, tmp_path)
    assert mail["To"] is None
    (attached,) = mail.iter_attachments()
    marked = document_views.view(opened, issued.document.id).content
    assert attached.get_content() == marked != issued.content


def test_title_with_line_breaks_is_one_header(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    draft = document_mail.draft(opened, [], "Zpráva\r\nBcc: x@y.cz", "a.pdf", b"%PDF")
    mail: Any = message_from_bytes(draft, policy=policy.default)
    assert (mail["Bcc"], mail["Subject"]) == (None, "Zpráva Bcc: x@y.cz")
