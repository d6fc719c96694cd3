"""A line of a request's story: a call, a mail, a letter, a note, with files."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain.request import Channel, Direction, EntryKind, Request
from console.domain.story import PAUSE_REASONS, reason_label
from console.services import requests
from console.services.requests import Message
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import FieldsDraft, KeptField
from ui.widgets.dates import MomentField
from ui.widgets.files_field import FilesField
from ui.widgets.parts import wrapped

_KINDS = (
    EntryKind.CALL,
    EntryKind.MAIL,
    EntryKind.LETTER,
    EntryKind.FAX,
    EntryKind.NOTE,
    EntryKind.NOTICE,
    EntryKind.PAUSE,
    EntryKind.RESUME,
)
_CLOCK = frozenset({EntryKind.PAUSE, EntryKind.RESUME})
_CHANNELS = {
    EntryKind.CALL: Channel.PHONE,
    EntryKind.MAIL: Channel.EMAIL,
    EntryKind.LETTER: Channel.LETTER,
    EntryKind.FAX: Channel.FAX,
}


class EntryDialog(FormDialog):
    """What was said or written, by whom, when, with which number and files."""

    def __init__(
        self, desk: Desk, request: Request, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("New entry"), _("Save"), parent)
        self._request = request
        self._begun = text
        self.form.addRow(wrapped(f"{request.number} · {request.subject}", "heading"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind"))
        for kind in _KINDS:
            if request.state.is_open or kind not in _CLOCK:
                self.kind.addItem(kind.label, kind)
        self.form.addRow(_("Kind"), self.kind)
        self.direction = QComboBox()
        self.direction.setAccessibleName(_("Direction"))
        for direction in (Direction.IN, Direction.OUT):
            self.direction.addItem(direction.label, direction)
        self.form.addRow(_("Direction"), self.direction)
        self.reason = QComboBox()
        self.reason.setAccessibleName(_("Reason"))
        for reason in PAUSE_REASONS:
            self.reason.addItem(_(reason_label(reason)), reason)
        self.form.addRow(_("Reason"), self.reason)
        self.recipient = self.add_text(_("With whom"))
        self.reference = self.add_text(_("Their number"))
        self.at = MomentField(_("When"))
        self.at.setEnabled(False)
        self.other_time = QCheckBox(_("earlier"))
        self.other_time.toggled.connect(self.at.setEnabled)
        self.form.addRow(self.other_time, self.at)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(_("Text"))
        self.text.setTabChangesFocus(True)
        self.form.addRow(_("Text"), self.text)
        self.files = FilesField()
        self.form.addRow(_("Files"), self.files)
        self.kind.currentIndexChanged.connect(lambda: self._on_kind())
        self._on_kind()
        self.resize(560, 520)
        self.keep_typed(f"entry-{request.id}", request.client_id, self._fields())

    def _restore_typed(self, draft: FieldsDraft, typed: Mapping[str, Any]) -> None:
        """Show what was kept, and behind it the note that the dialog was opened with."""
        super()._restore_typed(draft, typed)
        if self._begun and self._begun not in self.text.toPlainText():
            self.text.appendPlainText(self._begun)

    def _fields(self) -> dict[str, QWidget | KeptField]:
        return {
            "kind": self.kind,
            "direction": self.direction,
            "reason": self.reason,
            "recipient": self.recipient,
            "reference": self.reference,
            "other_time": self.other_time,
            "at": self.at,
            "text": self.text,
            "files": self.files,
        }

    def _on_kind(self) -> None:
        """Show what fits the kind: a note went nowhere, a pause has a listed reason."""
        kind = EntryKind(self.kind.currentData())
        is_message = kind not in (EntryKind.NOTE, *_CLOCK)
        self.form.setRowVisible(self.reason, kind in _CLOCK)
        self.form.setRowVisible(self.direction, is_message and kind is not EntryKind.NOTICE)
        self.form.setRowVisible(self.recipient, is_message)
        self.form.setRowVisible(self.reference, is_message)

    def _message(self, kind: EntryKind) -> Message:
        if kind is EntryKind.NOTE or kind in _CLOCK:
            return Message()
        told = kind is EntryKind.NOTICE
        direction = Direction.OUT if told else Direction(self.direction.currentData())
        channel = _CHANNELS.get(kind)
        return Message(
            direction,
            self.recipient.text(),
            channel.value if channel else "",
            self.reference.text(),
        )

    def submit(self) -> None:
        """Store the line with its files."""
        kind = EntryKind(self.kind.currentData())
        request, text, files = self._request, self.text.toPlainText(), list(self.files.paths)
        at = self.at.moment if self.other_time.isChecked() else None
        message = self._message(kind)
        reason = str(self.reason.currentData()) if kind in _CLOCK else ""
        self.save(lambda w: requests.add_entry(w, request, kind, text, at, reason, message, files))
