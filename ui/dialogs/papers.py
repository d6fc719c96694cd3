"""Issuing a document about a client or a request."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.client import Client
from console.domain.document import DocumentKind
from console.domain.journal import Changes
from console.domain.listing import ListQuery, Page
from console.domain.request import Kind, Request
from console.services import clients, documents, lists, papers, requests
from console.services.documents import Issued
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog

_REQUESTS: Final = 500
"""The newest requests of a client, of which one is chosen."""
ISSUES: Final[Mapping[DocumentKind, Callable[[Workspace, Request], Changes]]] = {
    DocumentKind.WRITTEN_CONFIRMATION: papers.issue_written_confirmation,
    DocumentKind.COMPLAINT_RECORD: papers.issue_complaint_record,
    DocumentKind.COMPLAINT_REPLY: papers.issue_complaint_reply,
    DocumentKind.REQUEST_STORY: papers.issue_request_story,
}
"""What is issued about a request."""


class ClientPaperDialog(FormDialog):
    """Issues a document about a client; others add what they need."""

    def __init__(
        self, desk: Desk, kind: DocumentKind, client_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, kind.label, _("Issue"), parent)
        self.kind = kind
        self.wish = client_id
        self.client = self.add_choice(_("Client"))
        self.client.currentIndexChanged.connect(self.load)
        self.make_fields()
        desk.tasks.query(clients.all_clients, self._show_clients)

    def add_choice(self, name: str) -> QComboBox:
        """Add a field to choose from."""
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumContentsLength(30)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.addRow(name, box)
        return box

    def make_fields(self) -> None:
        """Add further fields."""

    def load(self) -> None:
        """Read what depends on the client."""

    @property
    def chosen(self) -> Client | None:
        """The client that is chosen."""
        client: Client | None = self.client.currentData()
        return client

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client)
        wished = [n for n, client in enumerate(found) if client.id == self.wish]
        self.client.setCurrentIndex(wished[0] if wished else 0)
        self.need_client(found)

    def submit(self) -> None:
        """Issue it."""
        client, kind = self.chosen, self.kind
        if client is None:
            return
        if kind is DocumentKind.CARE_SHEET:
            self.issue(lambda w: documents.issue_care_sheet(w, client))
        else:
            self.issue(lambda w: papers.issue_authorised_persons(w, client))

    def issue(self, work: Any) -> None:
        """Run what issues it, and show the document."""
        self.save(work, self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        issued: Issued = changes.result
        self.desk.document_requested.emit(issued.document.id)
        text = _("{number} issued.") if issued.is_new else _("{number} is unchanged.")
        self.desk.message.emit(text.format(number=issued.document.number))


class RequestPaperDialog(ClientPaperDialog):
    """Issues a document about a request."""

    def __init__(
        self,
        desk: Desk,
        kind: DocumentKind,
        client_id: int,
        request_id: int,
        parent: QWidget | None = None,
    ) -> None:
        self._wished_request = request_id
        super().__init__(desk, kind, client_id, parent)

    def make_fields(self) -> None:
        """Add the choice of the request."""
        self.request = self.add_choice(_("Request"))

    def load(self) -> None:
        """Read the client's requests, the newest first."""
        client = self.chosen
        if client is None:
            return
        is_complaint = self.kind in (
            DocumentKind.COMPLAINT_RECORD,
            DocumentKind.COMPLAINT_REPLY,
        )
        filters = (("kind", Kind.COMPLAINT.value),) if is_complaint else ()
        query = ListQuery(
            noun="requests",
            sort="received_at",
            descending=True,
            client_id=client.id,
            filters=filters,
        )
        self.desk.tasks.query(lambda w: lists.page(w, query, None, _REQUESTS), self._show_requests)

    def _show_requests(self, found: Page) -> None:
        self.request.clear()
        for one in found.rows:
            self.request.addItem(f"{one.number} · {one.subject or one.kind.label}", one.id)
        self.request.setCurrentIndex(max(0, self.request.findData(self._wished_request)))
        self.action.setEnabled(bool(found.rows))
        if found.rows:
            self.banner.hide()
        else:
            self.banner.show_text(_("The client has no request that this could be about."))

    def submit(self) -> None:
        """Issue it."""
        request_id = self.request.currentData()
        if not request_id:
            return
        issue = ISSUES[self.kind]

        def work(workspace: Workspace) -> Changes:
            return issue(workspace, requests.dossier(workspace, request_id).request)

        self.issue(work)
