"""The month's end: everybody at once, by both cores, and nobody stops the others."""

import io
from contextlib import closing
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pikepdf
import pytest

from console.domain.client import Client
from console.domain.document import Document
from console.errors import KnownError
from console.services import clients, documents, month_end, reports, verify
from console.workspace import Workspace
from tests.documents import pdf
from tests.services.steps import Clock, add_contact, refused

OCTOBER = date(2026, 10, 1)
ICOS = (
    "00259586", "26168685", "00006947", "00025593", "27082440", "45317054", "00001350",
    "60193336", "45244782", "49240901",
)  # fmt: skip


@pytest.fixture
def everybody(opened: Workspace, clock: Clock) -> list[Client]:
    """Ten clients."""
    for number, ico in enumerate(ICOS):
        clients.add_client(opened, Client(name=f"Klient {number}", ico=ico))
    return clients.all_clients(opened)


def test_batch_is_what_single_issues_are_without_gaps(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    seen: list[int] = []
    made = month_end.issue_all(
        opened, everybody, OCTOBER, tmp_path, lambda done, _all: seen.append(done) or True
    )
    assert (len(made.files), made.failures, made.is_cancelled) == (10, (), False)
    assert seen == list(range(1, 11))
    stored = opened.store.select(Document, order="number")
    assert [d.number[-5:] for d in stored] == [f"D{n:04}" for n in range(1, 11)]
    for document in stored:
        file = next(f for f in made.files if f.read_bytes() == documents.read(opened, document))
        assert document.subject in file.name
    again = month_end.issue_all(opened, everybody, OCTOBER, tmp_path)
    assert again.files == made.files
    assert len(opened.store.select(Document)) == 10


def test_one_failure_is_listed_and_leaves_no_gap(
    opened: Workspace,
    everybody: list[Client],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = reports.status_report

    def failing(workspace: Workspace, client: Client, *more: object) -> object:
        if client.ico == everybody[3].ico:
            raise KnownError("record-missing")
        return real(workspace, client, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reports, "status_report", failing)
    made = month_end.issue_all(opened, everybody, OCTOBER, tmp_path)
    assert [f.ico for f in made.failures] == [everybody[3].ico]
    assert made.failures[0].error.code == "record-missing"
    numbers = [d.number[-5:] for d in opened.store.select(Document, order="number")]
    assert numbers == [f"D{n:04}" for n in range(1, 10)]


def test_cancelled_batch_keeps_what_was_made(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    made = month_end.issue_all(opened, everybody, OCTOBER, tmp_path, lambda done, _all: done < 3)
    assert made.is_cancelled
    assert len(made.files) == len(opened.store.select(Document)) == 3


def test_process_that_dies_is_made_up_for(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    with closing(month_end.Run(opened, everybody, OCTOBER, tmp_path)) as run:
        assert run.step()
        for process in run._draw.processes:
            process.kill()
        while run.step():
            pass
        made = run.result()
    assert (len(made.files), made.failures) == (10, ())
    numbers = [d.number[-5:] for d in opened.store.select(Document, order="number")]
    assert numbers == [f"D{n:04}" for n in range(1, 11)]


def test_each_client_gets_its_own_language(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    czech = clients.change_client(opened, everybody[2], language="cs").result
    assert isinstance(czech, Client)
    add_contact(opened, czech, "Žofie", authorised=True, email="zofie@mesto.example")
    made = month_end.issue_all(opened, clients.all_clients(opened), OCTOBER, tmp_path)
    stored = opened.store.select(Document, order="number")
    assert [one.language for one in stored].count("cs") == 1
    (report,) = [one for one in made.reports if one.client.ico == czech.ico]
    text = pdf.words(report.file.read_bytes())
    assert "Zpráva o stavu za říjen 2026" in text
    assert "Status report" not in text
    (file,) = month_end.prepare_mails(opened, made, OCTOBER).files
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Subject"].startswith("Zpráva o stavu")
    assert "Status report" in pdf.words(made.files[0].read_bytes())


def test_month_that_has_not_begun_is_refused_at_once(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    with refused("month-not-over"):
        month_end.issue_all(opened, everybody, date(2027, 1, 1), tmp_path)


def test_print_job_begins_each_document_on_a_front(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    made = month_end.issue_all(opened, everybody[:3], OCTOBER, tmp_path)
    target = month_end.merge(made.files, tmp_path / "tisk.pdf")
    with pikepdf.open(target) as job:
        assert len(job.pages) % 2 == 0
        assert len(job.pages) >= 6


def test_mail_is_a_draft_for_the_authorised(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    client = everybody[0]
    (report,) = month_end.issue_all(opened, [client], OCTOBER, tmp_path).files
    with refused("mail-nobody"):
        month_end.prepare_mail(opened, client, OCTOBER, report)
    add_contact(opened, client, "Žofie Němcová", authorised=True, email="zofie@mesto.example")
    add_contact(opened, client, "Zlý", authorised=True, email="a@b.cz\r\nBcc: x@y.cz")
    file = month_end.prepare_mail(opened, client, OCTOBER, report)
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["X-Unsent"], mail["Bcc"]) == ("zofie@mesto.example", "1", None)
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == report.read_bytes()


def test_files_hold_the_data_that_the_documents_keep(
    opened: Workspace, everybody: list[Client], tmp_path: Path
) -> None:
    month_end.issue_all(opened, everybody, OCTOBER, tmp_path)
    for document in opened.store.select(Document):
        with pikepdf.open(io.BytesIO(documents.read(opened, document))) as paper:
            inside = paper.attachments["data.json"].get_file().read_bytes()
        assert inside.decode() == document.data
    assert verify.verify(opened).ok
