"""Documents as they are shown: void ones marked, revisions with what differs one by one."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console import texts
from console.domain.client import Client
from console.domain.document import Document, DocumentKind
from console.domain.listing import ListQuery
from console.services import clients, differences, document_views, documents, lists, requests
from console.workspace import Workspace
from tests.documents import pdf, validators
from tests.services.steps import Clock, agree, log, prague, refused

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client with an agreement and one fault of October."""
    agree(opened, client, "o2-public-sector")
    log(opened, client, received_at=prague("2026-10-15T09:00"), reason="dodatečně", subject="Jedna")
    return client


def issue(opened: Workspace, town: Client) -> Any:
    """Issue the report of October."""
    made: Any = documents.issue_status_report(opened, town, OCTOBER).result
    return made.document


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_void_copy_is_marked_on_every_page_and_stays_archival(
    opened: Workspace, town: Client, tmp_path: Path, language: str
) -> None:
    texts.use_language(language)
    document = issue(opened, town)
    texts.use_language("en")
    documents.void(opened, document, "omyl")
    shown = document_views.view(opened, document.id)
    word = {"cs": "NEPLATNÉ", "en": "VOID"}[language]
    for page in pdf.pages(shown.content):
        assert "omyl" in page
    assert pdf.info(shown.content)["Title"].startswith(f"{word} – ")
    assert shown.content == document_views.view(opened, document.id).content
    file = tmp_path / "void.pdf"
    file.write_bytes(shown.content)
    assert validators.real_failures([file]) == ""


def test_list_says_void_and_can_leave_it_out(opened: Workspace, town: Client) -> None:
    documents.void(opened, issue(opened, town), "omyl")
    query = ListQuery(noun="documents", sort="issued_at")
    (row,) = lists.page(opened, query, None, 10).rows
    assert row.state == "void"
    valid = ListQuery(noun="documents", sort="issued_at", filters=(("void", 0),))
    assert lists.page(opened, valid, None, 10).rows == []


def test_revision_says_what_differs_one_by_one(opened: Workspace, town: Client) -> None:
    first = issue(opened, town)
    log(opened, town, received_at=prague("2026-10-20T09:00"), reason="dodatečně", subject="Dvě")
    clients.change_client(opened, town, seat="Nové náměstí 2")
    second = issue(opened, clients.client(opened, town.id))
    shown = document_views.view(opened, second.id)
    told = {one.what: (one.before, one.after) for one in shown.differences}
    assert told["the client's particulars or agreement"][1] == "Nové náměstí 2"
    before, after = told["open points"]
    assert (before, after[:8]) == ("1 row", "2 rows: ")
    assert "Dvě" in after
    assert [one.id for one in shown.revisions] == [first.id, second.id]
    assert (shown.is_last, document_views.view(opened, first.id).is_last) == (True, False)
    assert document_views.view(opened, first.id).differences == ()


def test_differences_are_written_as_people_write_days_times_and_yes(
    opened: Workspace, town: Client
) -> None:
    request = log(opened, town, received_at=prague("2026-10-20T09:00"), reason="dodatečně")
    issue(opened, town)
    requests.change_request(opened, request, subject="Jiná věc")
    second = issue(opened, town)
    found = document_views.view(opened, second.id).differences
    said = " ".join(f"{one.before} {one.after}" for one in found).replace("\N{NO-BREAK SPACE}", " ")
    assert "Jiná věc" in said
    assert "20. 10. 2026 9:00" in said
    assert "overdue: yes" in said
    assert not re.search(r"\d{4}-\d\d-\d\d|True|False|None", said)


def _holding(data: dict[str, Any]) -> Document:
    return Document(
        client_id=1, kind=DocumentKind.STATUS_REPORT, number="D1", revision=1, title="Zpráva",
        subject="2026-10", language="cs", sha256="", issued_at=prague("2026-11-02T09:00"),
        data=json.dumps(data),
    )  # fmt: skip


def test_rows_that_say_the_same_in_another_zone_do_not_differ() -> None:
    row = {"subject": "Výpadek", "due": "2026-10-01T08:24:00+00:00"}
    before = _holding({"misses": [row, {"subject": "Druhý"}]})
    later = {**row, "due": "2026-10-01T10:24:00+02:00", "cause": ""}
    after = _holding({"misses": [later]})
    (one,) = differences.one_by_one(before, after)
    assert (one.before, one.after) == ("2 rows: Druhý", "1 row")


def test_file_from_outside_is_recognised_or_not(opened: Workspace, town: Client) -> None:
    document = issue(opened, town)
    content = documents.read(opened, document)
    assert document_views.verify(opened, content).document == document
    assert document_views.verify(opened, content + b"\n").document is None
    with refused("document-not-pdf"):
        document_views.verify(opened, b"nic")
