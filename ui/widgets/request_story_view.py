"""The story of a request: every line on one page, filtered, with files, and a field to add."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.attachment import Attachment
from console.domain.request import Channel, Entry, EntryKind
from console.domain.story_words import told
from console.services.requests import Dossier
from console.texts import _
from ui.widgets.parts import button, clear, label, link_button, row, wrapped

_ALL = ""


class RequestStoryView(QWidget):
    """Shows the story; the newest line first."""

    note_requested = Signal(str)
    """The text of the note."""
    notice_requested = Signal()
    """The client was told something; to whom and how has to be said."""
    entry_requested = Signal()
    file_requested = Signal(object)
    text_edited = Signal(str)

    def __init__(self, found: Dossier, typed: str, kind: str = "", words: str = "") -> None:
        """Make the view.

        Args:
            found: the request.
            typed: what was written into the field and not saved yet.
            kind: of the lines to show at first; empty for all.
            words: that the lines to show at first contain.
        """
        super().__init__()
        self._found = found
        self.field = QLineEdit(typed)
        self.field.setPlaceholderText(_("Write a note or what the client was told…"))
        self.field.setAccessibleName(_("New entry"))
        self.kinds = self._make_kinds(kind)
        self.words = QLineEdit(words)
        self.words.setPlaceholderText(_("Filter the story"))
        self.words.setAccessibleName(_("Filter the story"))
        self.words.setClearButtonEnabled(True)
        self._lines = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._show()

    def _make_kinds(self, kind: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Kinds of entries"))
        box.addItem(_("all entries"), _ALL)
        present = {entry.kind for entry in self._found.entries}
        for one in EntryKind:
            if one in present:
                box.addItem(one.label, one.value)
        box.setCurrentIndex(max(0, box.findData(kind)))
        return box

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        buttons = QHBoxLayout()
        buttons.addWidget(button(_("Note"), self._wish_note, "pencil"))
        told = button(_("Client informed…"), self.notice_requested.emit, "circle-check")
        buttons.addWidget(told)
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        layout.addWidget(button(_("Call, mail, letter, file…"), self.entry_requested.emit, "plus"))
        layout.addWidget(row(self.kinds, self.words))
        layout.addLayout(self._lines)
        layout.addStretch(1)

    def _wish_note(self) -> None:
        self.note_requested.emit(self.field.text())

    def _connect(self) -> None:
        self.field.textEdited.connect(self.text_edited.emit)
        self.kinds.currentIndexChanged.connect(lambda: self._show())
        self.words.textChanged.connect(lambda: self._show())

    def _show(self) -> None:
        clear(self._lines)
        found = self._found
        self._add_files(found.files.get(found.request.id, []))
        shown = [entry for entry in reversed(found.entries) if self._fits(entry)]
        for entry in shown:
            self._lines.addWidget(wrapped(_head(entry), "muted"))
            if said := told(entry):
                self._lines.addWidget(wrapped(said))
            self._add_files(found.files.get(entry.id, []))
        if found.entries and not shown:
            self._lines.addWidget(label(_("No entry fits the filter."), "muted"))

    def _fits(self, entry: Entry) -> bool:
        if self.kinds.currentData() not in (_ALL, entry.kind.value):
            return False
        said = f"{_head(entry)} {told(entry)}".casefold()
        return all(word in said for word in self.words.text().casefold().split())

    def _add_files(self, files: Sequence[Attachment]) -> None:
        for file in files:
            text = f"{file.name} · {formats.file_size(file.size)}"
            wish = partial(self.file_requested.emit, file)
            self._lines.addWidget(link_button(text, wish, "file-text"))


def _head(entry: Entry) -> str:
    channel = {one.value: one.label for one in Channel}.get(entry.channel, "")
    parts = (
        formats.moment(entry.at),
        entry.kind.label,
        entry.direction.label,
        entry.recipient,
        channel,
        entry.reason if entry.kind is EntryKind.HAND_OVER else "",
        _("their number {reference}").format(reference=entry.reference)
        if entry.kind is EntryKind.HAND_OVER and entry.reference
        else "",
        _("ask again {at}").format(at=formats.moment(entry.until))
        if entry.kind is EntryKind.HAND_OVER and entry.until
        else "",
        entry.author,
    )
    return " · ".join(part for part in parts if part)
