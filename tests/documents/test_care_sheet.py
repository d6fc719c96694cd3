"""The care sheet: one page for every agreement, in both languages, with all that is agreed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdf import QPdfDocument

from console import cli, texts
from console.domain.agreement import Words
from console.domain.client import Client
from console.domain.document import DocumentKind
from console.errors import KnownError
from console.services import agreements, care_sheet, documents
from console.services.documents import Issued
from console.services.shipped import shipped, shipped_keys
from console.workspace import Workspace
from tests.conftest import PASSPHRASE


def _pages(content: bytes) -> list[str]:
    """Return the text of each page, with every kind of space as a plain one."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    return [" ".join(pdf.getAllText(n).text().split()) for n in range(pdf.pageCount())]


def _issue(workspace: Workspace, client: Client) -> Issued:
    issued: Any = documents.issue_care_sheet(workspace, client).result
    return issued


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("key", shipped_keys())
def test_every_agreement_fits_one_page_with_all_it_says(
    opened: Workspace, client: Client, key: str, language: str
) -> None:
    agreements.choose_agreement(opened, client.id, key, date(2026, 1, 1))
    texts.use_language(language)
    (page,) = _pages(_issue(opened, client).content)
    terms = shipped(key)
    expected = [
        client.name,
        client.ico,
        terms.name.shown,
        *(point.value for point in terms.contact_points),
        *(person.name for person in terms.specialists),
        *(value for p in terms.specialists for value in (p.email, p.mobile, p.landline, p.fax)),
        *(unit.shown for level in terms.levels for unit in level.units),
        *(clause.reference.shown for clause in terms.clauses),
        *(service.shown for service in terms.services),
        terms.purpose.shown,
        terms.responsible.shown,
    ]
    unbroken = page.replace(" ", "")
    assert [text for text in expected if text.replace(" ", "") not in unbroken] == []


def test_hours_are_said_by_weekday_and_for_a_crisis(opened: Workspace, client: Client) -> None:
    agreements.choose_agreement(opened, client.id, "municipal-tender", date(2026, 1, 1))
    (page,) = _pages(_issue(opened, client).content)
    assert "Mo, We 8:00–17:00; Tu, Th 8:00–14:00; Fr 8:00–12:00" in page
    assert "beyond that in a crisis" in page
    assert "around the clock" in page
    assert "authorised persons only" in page


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("eets-provider", "Nothing is charged for any request."),
        ("retail-account", "Each opening of a person's data is logged"),
        ("retail-contact", "used to answer this request and for nothing else"),
        ("o2-public-sector", "technical difficulties: 60 days"),
    ],
)
def test_what_an_agreement_promises_is_printed(
    opened: Workspace, client: Client, key: str, sentence: str
) -> None:
    agreements.choose_agreement(opened, client.id, key, date(2026, 1, 1))
    (page,) = _pages(_issue(opened, client).content)
    assert sentence in page


def test_closures_ahead_are_printed(opened: Workspace, client: Client) -> None:
    agreements.choose_agreement(opened, client.id, "parking-support", date(2026, 1, 1))
    opened.store.clock = lambda: datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    for day in (2, 3, 30):
        agreements.add_closure(opened, client.id, date(2026, 3, day))
    (page,) = _pages(_issue(opened, client).content)
    assert "Closed beside public holidays: 3. 3. 2026, 30. 3. 2026." in page


def test_sheet_without_an_agreement_is_refused(opened: Workspace, client: Client) -> None:
    with pytest.raises(KnownError) as caught:
        documents.issue_care_sheet(opened, client)
    assert caught.value.code == "agreement-missing"


def test_same_agreement_gives_the_same_sheet_and_an_amendment_the_next_revision(
    opened: Workspace, client: Client
) -> None:
    agreements.choose_agreement(opened, client.id, "o2-public-sector", date(2026, 1, 1))
    first = _issue(opened, client)
    again = _issue(opened, client)
    assert (again.is_new, again.content) == (False, first.content)
    amended = replace(shipped("o2-public-sector"), levels=())
    agreements.amend_agreement(opened, client.id, amended, date(2026, 1, 1))
    revised = _issue(opened, client).document
    assert (revised.number, revised.revision) == (first.document.number, 2)
    assert revised.difference == "levels of support"
    assert revised.kind is DocumentKind.CARE_SHEET
    assert documents.read(opened, first.document) == first.content


def test_same_data_give_the_same_bytes(opened: Workspace, client: Client) -> None:
    from console.documents.care_sheet import render

    agreements.choose_agreement(opened, client.id, "municipal-tender", date(2026, 1, 1))
    sheet = care_sheet.care_sheet(opened, client, "2026-NV-D0001", 1)
    assert render(sheet, "data") == render(sheet, "data")


def test_foreign_text_prints_as_text_and_a_long_agreement_stays_legible(
    opened: Workspace, client: Client
) -> None:
    terms = shipped("o2-public-sector")
    many = tuple(Words(cs=f"<b>služba</b> {n}", en=f"<b>service</b> {n}") for n in range(12))
    agreements.amend_agreement(
        opened, client.id, replace(terms, services=terms.services + many), date(2026, 1, 1)
    )
    (page,) = _pages(_issue(opened, client).content)
    assert "<b>service</b> 11" in page
    endless = tuple(Words(cs=f"služba {n}", en=f"service {n}") for n in range(200))
    agreements.amend_agreement(
        opened, client.id, replace(terms, services=endless), date(2026, 1, 1)
    )
    pages = _pages(_issue(opened, client).content)
    assert len(pages) > 1
    assert "service 199" in pages[-1]


def test_command_issues_the_sheet_into_a_folder(
    opened: Workspace, client: Client, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    agreements.choose_agreement(opened, client.id, "order-care", date(2026, 1, 1))
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    opened.close()
    arguments = ["--workspace", str(opened.folder), "--passphrase-file", str(secret)]
    arguments += ["care-sheet", "--client", client.ico, "--out", str(tmp_path / "out"), "--json"]
    assert cli.main(arguments) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file.endswith(".pdf")
    assert "care-sheet" in file
