"""The month's end: reports of all clients in one go, for the printer and for the mail.

Data are read here, one client after another; documents are drawn by as many processes as the
machine has cores, and stored as they come back.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from console.domain.client import Client
from console.errors import KnownError
from console.services import (
    client_language,
    document_mail,
    documents,
    drawing,
    reports,
    settings,
)
from console.services.documents import Issued
from console.services.drawing import Drawing
from console.services.frozen import to_json, with_journal
from console.storage import journal
from console.workspace import Workspace

Progress = Callable[[int, int], bool]
"""Told how many are done, and of how many; returns whether to go on."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A client whose report was not issued, and why."""

    client: str
    ico: str
    error: KnownError


@dataclass(frozen=True, slots=True)
class Report:
    """A client's report and its file."""

    client: Client
    file: Path


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What was made.

    Args:
        reports: in the order in which they were issued.
        failures: clients without a report.
        is_cancelled: whether it was stopped before the last client; what was made is kept.
    """

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...]
    is_cancelled: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files in the order of their names."""
        return tuple(sorted(report.file for report in self.reports))


class Run:
    """A month's end on its way, one client after another, so that other work comes between.

    Args:
        workspace: the open workspace; steps are taken on its thread.
        clients: whose reports.
        month: its first day.
        folder: where the files go.
    """

    def __init__(
        self, workspace: Workspace, clients: Sequence[Client], month: date, folder: Path
    ) -> None:
        self.count = len(clients)
        self.done = 0
        self._folder = folder
        self._reports: list[Report] = []
        self._failures: list[Failure] = []
        self._draw = Drawing(len(clients))
        self._outcomes = _outcomes(workspace, clients, month, self._draw)

    def step(self) -> bool:
        """Issue the next report; return whether there was one.

        Raises:
            KnownError: ``month-not-over``; what concerns one client is in the result.
        """
        begun = next(self._outcomes, None)
        if begun is None:
            return False
        self.done += 1
        client = begun.client
        try:
            issued = begun.finish()
            target = self._folder / documents.file_name(issued.document, client)
            saved = documents.save_as(issued.content, target)
            self._reports.append(Report(client, saved))
        except KnownError as error:
            if error.code == "month-not-over":
                raise
            self._failures.append(Failure(client.name, client.ico, error))
        return True

    def result(self) -> MonthEnd:
        """Return what was made until now."""
        is_cancelled = self.done < self.count
        return MonthEnd(tuple(self._reports), tuple(self._failures), is_cancelled)

    def close(self) -> None:
        """Let the processes go; what is drawn but not stored yet is dropped."""
        self._draw.close()


def issue_all(
    workspace: Workspace,
    clients: Sequence[Client],
    month: date,
    folder: Path,
    progress: Progress = lambda _done, _all: True,
) -> MonthEnd:
    """Issue the reports of a month and save them into a folder.

    Args:
        workspace: the open workspace.
        clients: whose.
        month: its first day.
        folder: where the files go.
        progress: told after each client; returning False stops.

    Raises:
        KnownError: ``month-not-over``; what concerns one client is in ``failures``.
    """
    with closing(Run(workspace, clients, month, folder)) as run:
        while run.step():
            if not progress(run.done, run.count):
                break
        return run.result()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A report that is being drawn.

    Args:
        finish: waits for it and stores it.
        takes_number: whether it will take the next number.
    """

    client: Client
    finish: Callable[[], Issued]
    takes_number: bool = False


def _outcomes(
    workspace: Workspace, clients: Sequence[Client], month: date, draw: Drawing
) -> Iterator[_Begun]:
    """Yield the reports in their order; drawing runs ahead of storing."""
    ahead = 2 * (os.cpu_count() or 1)
    waiting: list[_Begun] = []
    for client in clients:
        pending = sum(one.takes_number for one in waiting)
        waiting.append(_begin_one(workspace, client, month, draw, pending))
        if len(waiting) > ahead:
            yield waiting.pop(0)
    while waiting:
        yield waiting.pop(0)


def _begin_one(
    workspace: Workspace, client: Client, month: date, draw: Drawing, pending: int
) -> _Begun:
    """Read a client's data and begin to draw.

    The number is foreseen. Where it comes out otherwise, because one before was not issued,
    the report is drawn again, so that the series has no gap.
    """
    with client_language.speaking(client):
        try:
            data = reports.status_report(workspace, client, month, "", 1)
        except KnownError as error:
            return _Begun(client, partial(_refuse, error))
        wanted = documents.report_of(client, month)
        sent = documents.preview(workspace, wanted, data, pending)
    head = journal.head(workspace.store.db)
    foreseen = with_journal(to_json(sent), *head) if sent else ""
    drawn = draw.submit(sent, foreseen, settings.logo(workspace)) if sent else None

    def render(record: Any, plain: str, logo: bytes) -> bytes:
        return drawn() if drawn and plain == foreseen else drawing.draw(record, plain, logo)

    def finish() -> Issued:
        with client_language.speaking(client):
            changes = documents.issue(
                workspace, wanted, lambda _number, _revision: data, render, head
            )
        issued: Any = changes.result
        return cast("Issued", issued)

    return _Begun(client, finish, takes_number=bool(sent and sent.revision == 1))


def _refuse(error: KnownError) -> Issued:
    raise error


def merge(files: Sequence[Path], target: Path) -> Path:
    """Join PDFs into one for the printer, each beginning on the front of a sheet.

    Raises:
        KnownError: ``file-unreadable``, ``file-unwritable``.
    """
    import pikepdf

    job = pikepdf.new()
    for file in files:
        try:
            with pikepdf.open(file) as part:
                job.pages.extend(part.pages)
                if len(part.pages) % 2:
                    job.add_blank_page(page_size=(595.28, 841.89))
        except (OSError, pikepdf.PdfError) as error:
            raise KnownError("file-unreadable", name=file.name, reason=str(error)) from error
    buffer = io.BytesIO()
    job.save(buffer, deterministic_id=True)
    return documents.save_as(buffer.getvalue(), target)


def job_name(month: date) -> str:
    """Return the name of the file for the printer, which sorts before the reports."""
    return f"00-{month:%Y-%m}.pdf"


def prepare_mail(workspace: Workspace, client: Client, month: date, report: Path) -> Path:
    """Write a mail with a report beside it, as a draft that any mail program opens.

    Args:
        workspace: the open workspace.
        client: to whose authorised contacts it goes.
        month: of the report.
        report: its file.

    Raises:
        KnownError: ``mail-nobody``, ``file-unwritable``.
    """
    to = document_mail.needed_addresses(workspace, client)
    with client_language.speaking(client):
        title = documents.report_of(client, month).title
        mail = document_mail.draft(workspace, to, title, report.name, report.read_bytes())
    return documents.save_as(mail, report.with_suffix(".eml"))


@dataclass(frozen=True, slots=True)
class Mails:
    """Drafts that were prepared, and the clients for whom none was."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...]


def prepare_mails(workspace: Workspace, made: MonthEnd, month: date) -> Mails:
    """Prepare a mail beside each report."""
    files: list[Path] = []
    failures: list[Failure] = []
    for report in made.reports:
        try:
            files.append(prepare_mail(workspace, report.client, month, report.file))
        except KnownError as error:
            failures.append(Failure(report.client.name, report.client.ico, error))
    return Mails(tuple(files), tuple(failures))
