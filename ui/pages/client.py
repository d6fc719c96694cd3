"""The dossier of a client: all that belongs to it, in tabs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.domain.access import AccessSummary
from console.domain.client import Client
from console.domain.journal import Changes, JournalEntry
from console.domain.listing import ListQuery
from console.domain.register_fields import FIELDS
from console.domain.shown_table import ShownTable
from console.services import access, agreements, clients, contacts, documents, history
from console.services.documents import Issued
from console.texts import N_, _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.client import ClientDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.open_record import add_record, edit_record
from ui.models import columns
from ui.models.record_table import Column
from ui.pages.lines import line_choices
from ui.pages.requests import request_choices
from ui.pages.sims import sim_choices
from ui.widgets.access_view import AccessView
from ui.widgets.agreement_view import AgreementView
from ui.widgets.document_menu import DocumentMenu
from ui.widgets.history_view import HistoryView
from ui.widgets.meetings_view import MeetingsView
from ui.widgets.parts import button, heading, row, wrapped
from ui.widgets.record_view import Choice, RecordView
from ui.widgets.register_view import RegisterView

_ADDED: Final = {
    "lines": N_("New number"),
    "sims": N_("New SIM card"),
    "devices": N_("New device"),
    "tariffs": N_("New tariff"),
}


@dataclass(frozen=True, slots=True)
class _Dossier:
    """What stands over the tabs and in those that are no lists."""

    client: Client
    agreement: str
    history: list[JournalEntry]
    is_logged: bool
    openings: list[AccessSummary]


def _read(workspace: Workspace, client_id: int) -> _Dossier:
    client = clients.client(workspace, client_id)
    version = agreements.in_force(workspace, client_id)
    return _Dossier(
        client,
        agreements.name_of(version),
        history.history(workspace, client_id),
        access.is_logged(workspace, client_id),
        access.accesses(workspace, client_id),
    )


class ClientPage(QWidget):
    """Shows one client at a time."""

    nouns = frozenset({"clients", "agreements", "contacts", "lines", "requests", "documents"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._client: Client | None = None
        self._title = heading("", "title")
        self._facts = wrapped("", "muted")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._agreement = AgreementView(desk)
        self._agreement.care_sheet_requested.connect(lambda _id: self._issue_care_sheet())
        self._accesses = AccessView()
        self._history = HistoryView()
        self._meetings = MeetingsView(desk)
        self._views = self._make_views()
        self._lay_out()

    def _make_views(self) -> dict[str, RecordView]:
        made = {
            "contacts": self._view("contacts", columns.CONTACTS, "name"),
            "lines": self._view("lines", columns.LINES, "msisdn", line_choices()),
            "requests": self._view("requests", columns.REQUESTS, "due_at", request_choices()),
            "sims": self._view("sims", columns.SIMS, "iccid", sim_choices()),
            "devices": self._view("devices", columns.DEVICES, "model"),
            "tariffs": self._view("tariffs", columns.TARIFFS, "name"),
            "orders": self._view("orders", columns.ORDERS, "ordered_on"),
            "documents": self._view("documents", columns.DOCUMENTS, "issued_at"),
        }
        made["contacts"].record_opened.connect(self._edit_contact)
        made["lines"].record_opened.connect(lambda r: self._desk.line_requested.emit(r.id))
        made["requests"].record_opened.connect(lambda r: self._desk.request_requested.emit(r.id))
        made["documents"].record_opened.connect(lambda r: self._desk.document_requested.emit(r.id))
        made["orders"].record_opened.connect(lambda r: self._desk.order_shown_requested.emit(r.id))
        made["documents"].tools.insertWidget(
            1, DocumentMenu(self._desk, lambda: (self._client.id if self._client else 0, 0))
        )
        made["contacts"].tools.insertWidget(1, button(_("New contact"), self._add_contact, "plus"))
        for noun, text in _ADDED.items():
            made[noun].tools.insertWidget(1, button(_(text), partial(self._add, noun), "plus"))
        for noun in ("sims", "devices", "tariffs"):
            made[noun].record_opened.connect(partial(self._edit_record, noun))
        return made

    def _view(
        self, noun: str, shown: Sequence[Column], sort: str, choices: Sequence[Choice] = ()
    ) -> RecordView:
        query = ListQuery(noun=noun, sort=sort, client_id=-1)
        within = columns.within_client(shown)
        if noun in FIELDS:
            return RegisterView(self._desk, f"client-{noun}", "", within, query, choices)
        return RecordView(self._desk.tasks, f"client-{noun}", "", within, query, choices)

    @property
    def client(self) -> Client | None:
        """The client that is shown."""
        return self._client

    @property
    def view(self) -> RecordView | None:
        """The list of the tab that is shown, or None where it is no list."""
        shown = self._tabs.currentWidget()
        return shown if isinstance(shown, RecordView) else None

    def shown_table(self) -> ShownTable | None:
        """Return the table of the tab that is shown, for a file; None where it is a list."""
        shown = self._tabs.currentWidget()
        if isinstance(shown, MeetingsView | HistoryView | AccessView):
            return shown.shown_table()
        return None

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
            "sims": _("SIM cards"),
            "devices": _("Devices"),
            "tariffs": _("Tariffs"),
            "orders": _("Orders"),
            "documents": _("Documents"),
        }
        self._tabs.addTab(self._views["requests"], titles["requests"])
        self._tabs.addTab(self._views["lines"], titles["lines"])
        self._tabs.addTab(self._views["contacts"], titles["contacts"])
        self._tabs.addTab(self._agreement, _("Agreement"))
        for name in ("sims", "devices", "tariffs", "orders", "documents"):
            self._tabs.addTab(self._views[name], titles[name])
        self._tabs.addTab(self._meetings, _("Meetings"))
        self._tabs.addTab(self._history, _("History"))
        self._tabs.addTab(self._accesses, _("Openings"))
        layout.addWidget(self._tabs, 1)

    def show_client(self, client_id: int) -> None:
        """Show a client by its id."""
        for view in self._views.values():
            view.model.query = replace(view.model.query, client_id=client_id)
            view.reload()
        self._agreement.show_client(client_id)
        self._meetings.show_client(client_id)
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
        if {"clients", "agreements", "closures", "accesses"} & changes.nouns:
            self._load(self._client.id)
        if {"meetings", "meeting_points"} & changes.nouns:
            self._meetings.reload()
        if {"agreements", "closures"} & changes.nouns:
            self._agreement.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._client = None
        self._title.clear()
        self._facts.clear()
        self._history.clear()
        self._agreement.clear()
        self._meetings.clear()
        self._accesses.clear()
        for view in self._views.values():
            view.model.clear()

    def _load(self, client_id: int) -> None:
        self._desk.tasks.query(lambda w: _read(w, client_id), self._show)

    def _show(self, found: "_Dossier") -> None:
        client = self._client = found.client
        self._title.setText(client.name)
        parts = (
            f"IČO {client.ico}",
            f"DIČ {client.dic}" if client.dic else "",
            client.seat,
            found.agreement or _("without an agreement"),
        )
        self._facts.setText(" · ".join(part for part in parts if part))
        self._history.show_entries(found.history)
        self._accesses.show_openings(found.openings)
        self._tabs.setTabVisible(
            self._tabs.indexOf(self._accesses), found.is_logged or bool(found.openings)
        )

    def _issue_care_sheet(self) -> None:
        client = self._client
        if client is not None:
            self._desk.tasks.change(
                lambda w: documents.issue_care_sheet(w, client), self._on_care_sheet
            )

    def _on_care_sheet(self, changes: Changes) -> None:
        if isinstance(changes.result, Issued):
            self._desk.document_requested.emit(changes.result.document.id)

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

    def _add(self, noun: str) -> None:
        if self._client is not None:
            add_record(self._desk, noun, {"client_id": self._client.id}, self)

    def _edit_record(self, noun: str, summary: Any) -> None:
        edit_record(self._desk, noun, summary.id, self)

    def _edit_contact(self, summary: Any) -> None:
        self._desk.tasks.query(
            lambda workspace: contacts.contact(workspace, summary.id),
            lambda contact: ContactDialog(self._desk, contact.client_id, self, contact).open(),
        )
