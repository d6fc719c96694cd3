"""Issuing status reports: for one client or for all, for a month."""

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain import formats
from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.legal_time import add_months
from console.services import clients, documents
from console.services.documents import Issued
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import today

_MONTHS: Final = 24


class ReportDialog(FormDialog):
    """Chooses client and month; last month is what one mostly wants."""

    def __init__(self, desk: Desk, client_id: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Status report"), _("Issue"), parent)
        self._wish = client_id
        self.client = QComboBox()
        self.client.setAccessibleName(_("Client"))
        self.month = QComboBox()
        self.month.setAccessibleName(_("Month"))
        this = today().replace(day=1)
        for back in range(_MONTHS):
            month = add_months(this, -back)
            self.month.addItem(formats.month(month), month)
        self.month.setCurrentIndex(1)
        self.form.addRow(_("Client"), self.client)
        self.form.addRow(_("Month"), self.month)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _show_clients(self, found: list[Client]) -> None:
        if len(found) > 1:
            self.client.addItem(_("all clients"), None)
        for client in found:
            self.client.addItem(client.name, client)
        wished = [i for i, c in enumerate(found) if c.id == self._wish]
        if wished:
            self.client.setCurrentIndex(wished[0] + (len(found) > 1))
        self.need_client(found)

    def submit(self) -> None:
        """Issue the reports, each a document of its own."""
        chosen: Client | None = self.client.currentData()
        month: date = self.month.currentData()

        def work(workspace: Workspace) -> Changes:
            wanted = [chosen] if chosen else clients.all_clients(workspace)
            last = Changes(0, frozenset())
            for client in wanted:
                last = documents.issue_status_report(workspace, client, month)
            return Changes(last.unit, frozenset({"documents"}), last.result)

        self.save(work, self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        issued: Issued = changes.result
        self.desk.document_requested.emit(issued.document.id)
        text = _("{number} issued.") if issued.is_new else _("{number} is unchanged.")
        self.desk.message.emit(text.format(number=issued.document.number))
