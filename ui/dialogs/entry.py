"""A line of a request's story: a call, a mail, a letter, a note, with files."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from console.domain.request import Channel, Direction, EntryKind, Request
from console.domain.story import PAUSE_REASONS, reason_label
from console.errors import KnownError
from console.services import requests
from console.services.requests import Message
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import FieldsDraft, KeptField
from ui.widgets.dates import MomentField
from ui.widgets.files_field import FilesField
from ui.widgets.parts import heading

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
        self,
        desk: Desk,
        request: Request,
        text: str = "",
        parent: QWidget | None = None,
        told: str | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            desk: the way to the services.
            request: whose story it is.
            text: to begin with.
            parent: as in Qt.
            told: where the client was told something, whom it would be; may be empty.
        """
        super().__init__(desk, _("New entry"), _("Save"), parent)
        self._request = request
        self._begun = text
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self._add_choices(request)
        self.recipient = self.add_text(_("With whom"), told or "")
        self.recipient.setCursorPosition(0)
        self.reference = self.add_text(_("Their number"))
        self._add_what_was_said(text)
        self.kind.currentIndexChanged.connect(lambda: self._on_kind())
        if told is not None:
            self.kind.setCurrentIndex(self.kind.findData(EntryKind.NOTICE))
        self._on_kind()
        self.resize(560, 520)
        name = f"entry-{request.id}" if told is None else f"notice-{request.id}"
        self.keep_typed(name, request.client_id, self._fields())

    def _add_choices(self, request: Request) -> None:
        """Add what kind of entry it is and what goes with some of the kinds."""
        kinds = [kind for kind in _KINDS if request.state.is_open or kind not in _CLOCK]
        ways = (Direction.IN, Direction.OUT)
        self.kind = self.add_words(_("Kind"), ((kind.label, kind) for kind in kinds))
        self.direction = self.add_words(_("Direction"), ((way.label, way) for way in ways))
        reasons = ((_(reason_label(reason)), reason) for reason in PAUSE_REASONS)
        self.reason = self.add_words(_("Reason"), reasons)
        channels = ((channel.label, channel) for channel in Channel)
        self.way = self.add_words(_("How it was told"), channels)
        self.way.setCurrentIndex(self.way.findData(request.channel))

    def _add_what_was_said(self, text: str) -> None:
        """Add when it was, what was said, and the files that belong to it."""
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
            "way": self.way,
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
        self.form.setRowVisible(self.way, kind is EntryKind.NOTICE)
        self.form.setRowVisible(self.recipient, is_message)
        self.form.setRowVisible(self.reference, is_message)

    def _message(self, kind: EntryKind) -> Message:
        if kind is EntryKind.NOTE or kind in _CLOCK:
            return Message()
        told = kind is EntryKind.NOTICE
        direction = Direction.OUT if told else Direction(self.direction.currentData())
        channel = Channel(self.way.currentData()) if told else _CHANNELS.get(kind)
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
        if kind is EntryKind.NOTICE and not message.recipient.strip():
            self.banner.show_error(KnownError("field-missing", field=_("With whom")))
            self.recipient.setFocus()
            return
        reason = str(self.reason.currentData()) if kind in _CLOCK else ""
        self.save(lambda w: requests.add_entry(w, request, kind, text, at, reason, message, files))
