"""Issuing documents, keeping them, and giving them out again.

An issued document is frozen: number, revision, SHA-256, and the data that it was made from.
Issued again from the same data it is the same document; from other data it is the next
revision, which says what differs.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from console import texts
from console.domain import formats
from console.domain.client import Client
from console.domain.document import Document, DocumentKind
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.order import Order
from console.errors import KnownError
from console.services import agreements, care_sheet, differences, files, orders, reports, settings
from console.services import order_form as composing
from console.services.client_language import in_clients_language
from console.services.frozen import from_json, to_json, with_journal
from console.services.orders import OrderDraft
from console.storage import journal
from console.system_reasons import reason_of
from console.texts import _
from console.workspace import Workspace

Renderer = Callable[[Any, str, bytes], bytes]
"""Takes a finished record, the same as JSON, and the operator's logo; gives the PDF."""

_SERIES: Final = "D"


@dataclass(frozen=True, slots=True)
class Issued:
    """A document with its file's bytes.

    Args:
        is_new: whether this call made it; otherwise it was there already.
    """

    document: Document
    content: bytes
    is_new: bool


@in_clients_language
def issue_status_report(workspace: Workspace, client: Client, month: date) -> Changes:
    """Issue a client's status report for a month; ``result`` is :class:`Issued`.

    Args:
        workspace: the open workspace.
        client: whose.
        month: its first day.

    Raises:
        KnownError: ``month-not-over``.
    """
    from console.documents import status_report

    def make(number: str, revision: int) -> Any:
        return reports.status_report(workspace, client, month, number, revision)

    return issue(workspace, report_of(client, month), make, status_report.render)


def report_of(client: Client, month: date) -> "Wanted":
    """Return what a status report is issued as."""
    title = _("Status report for {month}").format(month=formats.month(month))
    return Wanted(client.id, DocumentKind.STATUS_REPORT, f"{month:%Y-%m}", title)


def preview(workspace: Workspace, wanted: "Wanted", data: Any, pending: int = 0) -> Any:
    """Return a record as it would be issued next, with its number, or None where nothing differs.

    Args:
        workspace: the open workspace.
        wanted: what is to be issued.
        data: the finished record.
        pending: first issues that will be stored before this one.
    """
    last = _last_revision(workspace, wanted)
    if last and not differences.words(last, data):
        return None
    if last:
        return _numbered(data, last.number, last.revision + 1)
    store = workspace.store
    counted = store.last_in_series(*_series(workspace)) + pending + 1
    return _numbered(data, _number(workspace, counted), 1)


@in_clients_language
def issue_care_sheet(workspace: Workspace, client: Client) -> Changes:
    """Issue a client's care sheet as it stands today; ``result`` is :class:`Issued`.

    Raises:
        KnownError: ``agreement-missing``.
    """
    from console.documents import care_sheet as sheet

    def make(number: str, revision: int) -> Any:
        return care_sheet.care_sheet(workspace, client, number, revision)

    version = care_sheet.version_for_sheet(workspace, client)
    title = f"{_('Care sheet')} – {agreements.parsed(version).name.shown}"
    return issue(
        workspace,
        Wanted(client.id, DocumentKind.CARE_SHEET, version.key, title),
        make,
        sheet.render,
    )


def order_and_issue(workspace: Workspace, draft: OrderDraft) -> Changes:
    """Store an order and issue its form, as one action.

    Returns:
        The changes; their result is an :class:`Issued`.

    Raises:
        KnownError: as :func:`console.services.orders.create_order`.
    """
    store = workspace.store
    with store.unit("create-order") as unit:
        order: Any = orders.create_order(workspace, draft).result
        issued = issue_order_form(workspace, order).result
    return Changes(unit, frozenset(store.tables_changed), issued)


def change_order_and_issue(workspace: Workspace, order: Order, draft: OrderDraft) -> Changes:
    """Fill in a draft anew and issue its form, as one action.

    Returns:
        The changes; their result is an :class:`Issued`, a revision where there was a form.

    Raises:
        KnownError: as :func:`console.services.orders.change_order`.
    """
    store = workspace.store
    with store.unit("change-order", order.number) as unit:
        changed: Any = orders.change_order(workspace, order, draft).result
        issued = issue_order_form(workspace, changed).result
    return Changes(unit, frozenset(store.tables_changed), issued)


@in_clients_language
def issue_order_form(workspace: Workspace, order: Order) -> Changes:
    """Issue the form of an order; ``result`` is :class:`Issued`."""
    from console.documents import order_form

    def make(number: str, revision: int) -> Any:
        return composing.order_form(workspace, order, number, revision)

    title = _("Order form {number}").format(number=order.number)
    store = workspace.store
    with store.unit("issue-document", order.number):
        return issue(
            workspace,
            Wanted(order.client_id, DocumentKind.ORDER_FORM, order.number, title),
            make,
            order_form.render,
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be issued: for whom, which kind, about what."""

    client_id: int
    kind: DocumentKind
    subject: str
    title: str


def issue(
    workspace: Workspace,
    wanted: Wanted,
    make: Callable[[str, int], Any],
    render: Renderer,
    head: tuple[int, str] | None = None,
) -> Changes:
    """Make the data, compare it with the last revision, and render it where it differs.

    Args:
        workspace: open.
        wanted: what is to be issued.
        make: makes the data for a number and a revision.
        render: makes the file out of the data, of their JSON and of the logo.
        head: of the journal, where drawing began before; the present one where None.
    """
    store = workspace.store
    last = _last_revision(workspace, wanted)
    data = make(last.number if last else "", last.revision if last else 1)
    difference = differences.words(last, data)
    if last and not difference:
        content = _kept(workspace, last, data, render)
        return Changes(0, frozenset(), Issued(last, content, is_new=False))
    with store.unit("issue-document", wanted.title) as unit:
        number = last.number if last else _next_number(workspace)
        revision = last.revision + 1 if last else 1
        numbered = _numbered(data, number, revision)
        plain = with_journal(to_json(numbered), *(head or journal.head(store.db)))
        content = render(numbered, plain, settings.logo_of(workspace, numbered.brand))
        sha256 = files.put(workspace, content)
        document = store.insert(
            Document(
                client_id=wanted.client_id,
                kind=wanted.kind,
                number=number,
                revision=revision,
                subject=wanted.subject,
                title=wanted.title,
                language=texts.language(),
                issued_at=store.now(),
                sha256=sha256,
                data=plain,
                difference=", ".join(difference) if last else "",
            )
        )
    return Changes(unit, frozenset(store.tables_changed), Issued(document, content, is_new=True))


def _kept(workspace: Workspace, last: Document, data: Any, render: Renderer) -> bytes:
    """Return the file of an issued document, made again from its data where it was lost.

    Raises:
        KnownError: ``document-missing`` where it would not become the same file.
    """
    try:
        return read(workspace, last)
    except KnownError:
        frozen: Any = from_json(type(data), last.data)
        content = render(frozen, last.data, settings.logo_of(workspace, frozen.brand))
        if hashlib.sha256(content).hexdigest() != last.sha256:
            raise
        files.put(workspace, content)
        return content


def _numbered(data: Any, number: str, revision: int) -> Any:
    name = "document" if hasattr(data, "document") else "number"
    return replace(data, **{name: number, "revision": revision})


def _last_revision(workspace: Workspace, wanted: Wanted) -> Document | None:
    found = workspace.store.select(
        Document,
        "client_id = ? AND kind = ? AND subject = ? AND language = ?",
        [wanted.client_id, wanted.kind, wanted.subject, texts.language()],
        order="revision DESC LIMIT 1",
    )
    return found[0] if found else None


def _series(workspace: Workspace) -> tuple[str, int]:
    prefix = settings.manager(workspace).prefix
    return f"{prefix}-{_SERIES}", workspace.store.now().astimezone(PRAGUE).year


def _number(workspace: Workspace, counted: int) -> str:
    series, year = _series(workspace)
    return f"{year}-{series}{counted:04}"


def _next_number(workspace: Workspace) -> str:
    return _number(workspace, workspace.store.next_in_series(*_series(workspace)))


def void(workspace: Workspace, document: Document, reason: str) -> Changes:
    """Declare a document void; it keeps its number, its file and its data.

    Issued again, it is the next revision.

    Raises:
        KnownError: ``void-reason-needed``, ``document-void``.
    """
    if not reason.strip():
        raise KnownError("void-reason-needed")
    if document.is_void:
        raise KnownError("document-void", number=document.number)
    store = workspace.store
    with store.unit("void-document", document.number) as unit:
        voided = store.update(document, void_reason=reason.strip(), voided_at=store.now())
    return Changes(unit, frozenset(store.tables_changed), voided)


def document(workspace: Workspace, document_id: int) -> Document:
    """Return a document's record by its id."""
    return workspace.store.get(Document, document_id)


def revisions(workspace: Workspace, document: Document) -> list[Document]:
    """Return all revisions of a document, the first one first."""
    return workspace.store.select(Document, "number = ?", [document.number], order="revision")


def read(workspace: Workspace, document: Document) -> bytes:
    """Return the PDF of an issued document.

    Raises:
        KnownError: ``document-missing`` where the file is gone or altered.
    """
    content = files.get(workspace, document.sha256)
    if content is None:
        raise KnownError("document-missing", number=document.number)
    return content


def file_name(document: Document, client: Client) -> str:
    """Return a file name that sorts by client and subject and suits every system."""
    revision = f"-r{document.revision}" if document.revision > 1 else ""
    name = _plain(client.name)[:40].strip("-") or "klient"
    subject = _plain(document.subject)[:60].strip("-")
    return f"{name}-{client.ico}-{document.kind}-{subject}{revision}.pdf"


def _plain(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text)


def save_as(content: bytes, target: Path) -> Path:
    """Write a document's file in one step.

    Raises:
        KnownError: ``file-unwritable``.
    """
    temporary = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("file-unwritable", path=target, reason=reason) from error
    return target
