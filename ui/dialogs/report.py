"""Issuing the status report of a client for a month; all at once are in ``month_end``."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.client import Client
from console.services import clients, documents
from console.services.documents import Issued
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.dialogs.month_end import month_choice


class ReportDialog(FormDialog):
    """Chooses client and month; last month is what one mostly wants."""

    def __init__(self, desk: Desk, client_id: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Status report"), _("Issue"), parent)
        self._wish = client_id
        self.client = QComboBox()
        self.client.setAccessibleName(_("Client"))
        self.month = month_choice()
        self.form.addRow(_("Client"), self.client)
        self.form.addRow(_("Month"), self.month)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client)
        wished = [i for i, c in enumerate(found) if c.id == self._wish]
        if wished:
            self.client.setCurrentIndex(wished[0])
        self.need_client(found)

    def submit(self) -> None:
        """Issue the report."""
        chosen: Client | None = self.client.currentData()
        month: date = self.month.currentData()
        if chosen:
            self.save(lambda w: documents.issue_status_report(w, chosen, month), self._on_issued)

    def _on_issued(self, changes: Any) -> None:
        issued: Issued = changes.result
        self.desk.document_requested.emit(issued.document.id)
        text = _("{number} issued.") if issued.is_new else _("{number} is unchanged.")
        self.desk.message.emit(text.format(number=issued.document.number))
