"""A record of the register in a form, with its history: add one, change one, take a change back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QTabWidget, QWidget

from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.register_fields import FIELDS, SECRETS
from console.errors import KnownError
from console.services import clients, history, records
from console.services.records import Opened, Saved
from console.texts import N_, _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.dates import DayField
from ui.widgets.field_form import FieldForm
from ui.widgets.history_view import HistoryView
from ui.widgets.parts import button, column, row
from ui.widgets.register_fields import as_row, as_written, form_field

TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "contacts": (N_("New contact"), N_("Edit contact")),
    "authorities": (N_("New authority"), N_("Edit authority")),
    "lines": (N_("New number"), N_("Edit number")),
    "sims": (N_("New SIM card"), N_("Edit SIM card")),
    "tariffs": (N_("New tariff"), N_("Edit tariff")),
    "devices": (N_("New device"), N_("Edit device")),
    "catalogue_items": (N_("New item"), N_("Edit item")),
    "clients": (N_("New client"), N_("Edit client")),
}
"""What the dialog is called for a new and for a known record."""


class RecordDialog(FormDialog):
    """The form of one record.

    Args:
        desk: the way to the services.
        shown: the record; made by ``records.opened``, ``records.blank`` or ``records.plain``.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, shown: Opened, parent: QWidget | None = None) -> None:
        is_new, noun = not shown.record.id, shown.noun
        super().__init__(desk, _(TITLES[noun][0 if is_new else 1]), _("Save"), parent)
        self.shown = shown
        self.known_fields = [field for field in FIELDS[noun] if is_new or not field.is_fixed]
        self.row = as_row(self.known_fields, shown.values)
        self.fields = FieldForm([form_field(field) for field in self.known_fields])
        self.fields.show_row(self.row)
        self.effective = DayField(_("Holds from"))
        self._history = HistoryView()
        self._client = QComboBox()
        self._client.setAccessibleName(_("Client"))
        self._wished_client: int | None = None
        self._lay_out(is_new=is_new)
        self.resize(640, 640)
        self.fields.focus_field(self.known_fields[0].name)
        if not is_new:
            record_id = shown.record.id
            desk.tasks.query(lambda w: history.history(w, record_id), self._history.show_entries)
        self._first = dict(self.row)
        self._draft = self.keep_typed(
            self._draft_name(), records.owner_of(shown.record), self.kept()
        )

    def _draft_name(self) -> str:
        """Return the name of the draft: a record's own, or that of the next one of its owner."""
        record = self.shown.record
        owner = getattr(record, "contact_id", None) or records.owner_of(record)
        return f"record-{self.shown.noun}-{record.id or f'new-{owner}'}"

    def kept(self) -> dict[str, QWidget | KeptField]:
        """Return what is kept while it is typed; secrets are not."""
        return {
            "row": KeptField(self._changed_fields, self._put_back, self.fields.changed),
            "client": KeptField(
                self._client.currentData, self._wish_client, self._client.currentIndexChanged
            ),
            "effective": self.effective,
        }

    def _changed_fields(self) -> dict[str, Any]:
        """Return the fields that say something else than the record does."""
        return {
            name: value
            for name, value in self.row.items()
            if value != self._first[name] and name not in SECRETS
        }

    def _put_back(self, changed: Mapping[str, Any]) -> None:
        known = {name: value for name, value in changed.items() if name in self._first}
        self.row.update({**self._first, **known})
        self.fields.show_row(self.row)

    def _wish_client(self, client_id: int | None) -> None:
        """Choose a client, or remember the choice until the clients are read."""
        self._wished_client = client_id
        self._client.setCurrentIndex(max(0, self._client.findData(client_id)))

    def _lay_out(self, *, is_new: bool) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.fields)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        is_tracked = any(field.is_tracked for field in self.known_fields)
        if is_tracked and not is_new:
            self.form.addRow(_("Holds from"), self.effective)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(area, _("Fields"))
        if not is_new:
            back = button(_("Take this change back"), self._take_back, "undo-2")
            self.tabs.addTab(column(self._history, row(None, back)), _("History"))
        self.body.addWidget(self.tabs, 1)

    def ask_for_client(self) -> None:
        """Let the person choose whose the new record is."""
        self.form.insertRow(0, _("Client"), self._client)
        self.desk.tasks.query(clients.all_clients, self._show_clients)

    def _show_clients(self, found: list[Client]) -> None:
        with self._draft.filling():
            for client in found:
                self._client.addItem(client.name, client.id)
            self._wish_client(self._wished_client)
        self.need_client(found)

    def _current(self) -> Opened:
        """Return the record with the owner that is chosen."""
        if not self._client.count():
            return self.shown
        owned: Any = self.shown.record
        record = replace(owned, client_id=self._client.currentData())
        return replace(self.shown, record=record)

    def submit(self) -> None:
        """Store the record; a wrong field keeps the form open with the cursor in it."""
        shown, values = self._current(), as_written(self.known_fields, self.row)
        effective_on = self.effective.day
        self.save(lambda w: records.save(w, shown, values, effective_on), self.tell)

    def tell(self, changes: Changes) -> None:
        """Say what was saved, and what was kept though it looks wrong."""
        warnings = changes.result.warnings if isinstance(changes.result, Saved) else ()
        self.desk.message.emit(" ".join(warnings) or _("Saved. Ctrl+Z takes it back."))

    def _on_failed(self, error: Exception) -> None:
        super()._on_failed(error)
        if isinstance(error, KnownError) and "name" in error.facts:
            self.tabs.setCurrentIndex(0)
            self.fields.focus_field(str(error.facts["name"]))

    def _take_back(self) -> None:
        entry = self._history.chosen()
        if entry is not None:
            shown = self.shown
            self.change(lambda w: records.take_back(w, shown, entry), self._on_taken_back)

    def _on_taken_back(self, changes: Changes) -> None:
        """Close; what was typed beside it is kept."""
        self.tell(changes)
        self.accept()
