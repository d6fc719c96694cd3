"""The dossier of a client: all that belongs to it, in tabs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.domain.agreement import Agreement
from console.domain.client import Client
from console.domain.duty import Duty
from console.domain.journal import Changes, JournalEntry
from console.domain.listing import ListQuery
from console.services import agreements, clients, contacts, history
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.client import ClientDialog
from ui.dialogs.contact import ContactDialog
from ui.models import columns
from ui.models.record_table import Column
from ui.pages.lines import line_choices
from ui.pages.requests import request_choices
from ui.widgets.history_view import HistoryView
from ui.widgets.parts import button, card, clear, facts, label, row, wrapped
from ui.widgets.record_view import Choice, RecordView


class ClientPage(QWidget):
    """Shows one client at a time."""

    nouns = frozenset({"clients", "agreements", "contacts", "lines", "requests", "documents"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._client: Client | None = None
        self._title = label("", "title")
        self._facts = wrapped("", "muted")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._agreement = QWidget()
        self._agreement_layout = QVBoxLayout(self._agreement)
        self._history = HistoryView()
        self._views = self._make_views()
        self._lay_out()

    def _make_views(self) -> dict[str, RecordView]:
        made = {
            "contacts": self._view("contacts", columns.CONTACTS, "name"),
            "lines": self._view("lines", columns.LINES, "msisdn", line_choices()),
            "requests": self._view("requests", columns.REQUESTS, "due_at", request_choices()),
            "tariffs": self._view("tariffs", columns.TARIFFS, "name"),
            "orders": self._view("orders", columns.ORDERS, "ordered_on"),
            "documents": self._view("documents", columns.DOCUMENTS, "issued_at"),
        }
        made["contacts"].record_opened.connect(self._edit_contact)
        made["lines"].record_opened.connect(lambda r: self._desk.line_requested.emit(r.id))
        made["requests"].record_opened.connect(lambda r: self._desk.request_requested.emit(r.id))
        made["documents"].record_opened.connect(lambda r: self._desk.document_requested.emit(r.id))
        made["contacts"].tools.insertWidget(1, button(_("New contact"), self._add_contact, "plus"))
        return made

    def _view(
        self, noun: str, shown: Sequence[Column], sort: str, choices: Sequence[Choice] = ()
    ) -> RecordView:
        query = ListQuery(noun=noun, sort=sort, client_id=-1)
        within = columns.within_client(shown)
        return RecordView(self._desk.tasks, f"client-{noun}", "", within, query, choices)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        buttons = row(
            self._title,
            None,
            button(_("Edit"), self._edit, "pencil"),
            button(_("Import…"), lambda: self._wish(self._desk.import_requested), "upload"),
            button(
                _("Order form…"), lambda: self._wish(self._desk.order_requested), "shopping-cart"
            ),
            button(
                _("Status report…"), lambda: self._wish(self._desk.report_requested), "file-text"
            ),
            button(_("New request"), self._log, "plus", primary=True),
        )
        layout.addWidget(buttons)
        layout.addWidget(self._facts)
        titles = {
            "contacts": _("Contacts"),
            "lines": _("Numbers"),
            "requests": _("Requests"),
            "tariffs": _("Tariffs"),
            "orders": _("Orders"),
            "documents": _("Documents"),
        }
        self._tabs.addTab(self._views["requests"], titles["requests"])
        self._tabs.addTab(self._views["lines"], titles["lines"])
        self._tabs.addTab(self._views["contacts"], titles["contacts"])
        self._tabs.addTab(self._agreement, _("Agreement"))
        for name in ("tariffs", "orders", "documents"):
            self._tabs.addTab(self._views[name], titles[name])
        self._tabs.addTab(self._history, _("History"))
        layout.addWidget(self._tabs, 1)

    def show_client(self, client_id: int) -> None:
        """Show a client by its id."""
        for view in self._views.values():
            view.model.query = replace(view.model.query, client_id=client_id)
            view.reload()
        self._load(client_id)

    def reload(self) -> None:
        """Read the dossier anew."""
        if self._client is not None:
            self.show_client(self._client.id)

    def on_records_changed(self, changes: Changes) -> None:
        """Reload what changed."""
        if self._client is None:
            return
        for noun, view in self._views.items():
            if noun in changes.nouns or (noun == "lines" and "sims" in changes.nouns):
                view.reload()
        if {"clients", "agreements"} & changes.nouns:
            self._load(self._client.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._client = None
        self._title.clear()
        self._facts.clear()
        self._history.clear()
        clear(self._agreement_layout)
        for view in self._views.values():
            view.model.clear()

    def _load(self, client_id: int) -> None:
        def work(
            workspace: Workspace,
        ) -> tuple[Client, Agreement | None, Duty | None, list[JournalEntry]]:
            found = clients.client(workspace, client_id)
            terms, duty = agreements.in_force_now(workspace, client_id)
            return found, terms, duty, history.history(workspace, client_id)

        self._desk.tasks.query(work, lambda found: self._show(*found))

    def _show(
        self,
        client: Client,
        terms: Agreement | None,
        duty: Duty | None,
        entries: list[JournalEntry],
    ) -> None:
        self._client = client
        self._title.setText(client.name)
        parts = (
            f"IČO {client.ico}",
            f"DIČ {client.dic}" if client.dic else "",
            client.seat,
            terms.name.shown if terms else _("without an agreement"),
        )
        self._facts.setText(" · ".join(part for part in parts if part))
        self._history.show_entries(entries)
        self._show_agreement(terms, duty)

    def _show_agreement(self, terms: Agreement | None, duty: Duty | None) -> None:
        clear(self._agreement_layout)
        if terms is None or duty is None:
            text = _("The client has no agreement yet. Edit the client to choose one.")
            self._agreement_layout.addWidget(card(wrapped(text, "muted")))
            self._agreement_layout.addStretch(1)
            return
        people = [f"{p.name} ({p.role.label}) {p.mobile or p.landline}" for p in duty.specialists]
        lines = [f"{point.label.shown}: {point.value}" for point in duty.contact_points]
        now = card(
            label(_("Who to call now"), "heading"), wrapped("\n".join([*people, *lines]) or "–")
        )
        rules = [(c.reference.shown, c.nature.label) for c in terms.clauses]
        about = card(
            label(terms.name.shown, "heading"),
            wrapped(terms.summary.shown, "muted"),
            facts(rules),
            wrapped("\n".join(f"• {service.shown}" for service in terms.services)),
        )
        self._agreement_layout.addWidget(now)
        self._agreement_layout.addWidget(about)
        self._agreement_layout.addStretch(1)

    def _wish(self, signal: Any) -> None:
        if self._client is not None:
            signal.emit(self._client.id)

    def _log(self) -> None:
        self._desk.new_request_requested.emit(self._client)

    def _edit(self) -> None:
        if self._client is not None:
            ClientDialog(self._desk, self, self._client).open()

    def _add_contact(self) -> None:
        if self._client is not None:
            ContactDialog(self._desk, self._client.id, self).open()

    def _edit_contact(self, summary: Any) -> None:
        self._desk.tasks.query(
            lambda workspace: contacts.contact(workspace, summary.id),
            lambda contact: ContactDialog(self._desk, contact.client_id, self, contact).open(),
        )
