"""The line of a new request: numbers, names and words in, what they mean out."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QListWidget, QListWidgetItem

from console.domain import phone, quick_log
from console.domain.quick_log import QuickLog
from console.domain.search import SearchHit
from console.texts import _
from ui.tasks import Tasks
from ui.widgets.live_search import LiveSearch

LONGEST: Final = 1_000_000
"""Letters that are read; a text of this length fills four hundred pages."""
_FOUND: Final = ("lines", "sims", "contacts", "clients")


class QuickLine(QObject):
    """Adds the field and what was found to a form.

    Args:
        form: takes the rows.
        tasks: the way to the services.
        parent: as in Qt.
    """

    edited = Signal()
    kind_said = Signal(object)
    """A word of the line names a kind."""
    found = Signal(object)
    """The first hit for what stands in the line."""
    listed = Signal(object)
    """What the line says where it has several numbers."""
    confirmed = Signal(object)
    """Enter was pressed; what the line says."""
    chosen = Signal(object)
    """A hit was chosen."""
    cut = Signal()
    """What was pasted is longer than what is read."""

    def __init__(self, form: QFormLayout, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Number or name"))
        self.field.setMaxLength(LONGEST)
        self._taken = ""
        self.field.setPlaceholderText(_("799 000 005, Nováková, ICCID, client…"))
        self.results = QListWidget()
        self.results.setObjectName("results")
        self.results.setAccessibleName(_("Found"))
        self.results.setMaximumHeight(150)
        self.results.hide()
        form.addRow(_("Number or name"), self.field)
        form.addRow("", self.results)
        self._live_search = LiveSearch(tasks, self.field, _FOUND, limit=5, reading=_looked_for)
        self._live_search.found.connect(self._show_hits)
        self._live_search.confirmed.connect(self._on_confirmed)
        self.field.textEdited.connect(self._on_edited)
        self.field.inputRejected.connect(self._on_rejected)
        self.results.itemActivated.connect(self._choose)
        self.results.itemClicked.connect(self._choose)

    def clear(self) -> None:
        """Forget the line and what was found for it."""
        self._taken = ""
        self.field.clear()
        self.results.hide()

    def clear_taken(self) -> None:
        """Forget what was taken out of the line; what was typed behind it meanwhile stays."""
        text, taken = self.field.text(), self._taken
        self.clear()
        if taken and text != taken and text.startswith(taken):
            self.show(text[len(taken) :].lstrip())

    def give_back(self) -> None:
        """Leave in the line what could not be taken."""
        self._taken = ""

    def show(self, text: str) -> None:
        """Show a line that was typed before."""
        self.field.setText(text)
        self._live_search.ask()

    def go_into_results(self) -> None:
        """Let the keys choose from what was found."""
        self.results.setFocus()
        self.results.setCurrentRow(0)

    def _on_edited(self, text: str) -> None:
        """Understand the line: its kind is told at once, several numbers are taken at once."""
        self.edited.emit()
        if self._taken and text.startswith(self._taken):
            return
        said = quick_log.parse(text)
        if said.kind is not None and text.strip():
            self.kind_said.emit(said.kind)
        if len(said.numbers) > 1:
            self._taken = text
            self.listed.emit(said)
        else:
            self._live_search.ask()

    def _on_rejected(self) -> None:
        if len(self.field.text()) >= LONGEST:
            self.cut.emit()

    def _show_hits(self, hits: list[SearchHit]) -> None:
        self.results.clear()
        for hit in hits:
            title = phone.pretty(hit.title) if hit.noun == "lines" else hit.title
            item = QListWidgetItem(f"{title}  ·  {hit.detail}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.results.addItem(item)
        self.results.setVisible(bool(hits))
        if hits:
            self.found.emit(hits[0])

    def _on_confirmed(self) -> None:
        self.confirmed.emit(quick_log.parse(self.field.text()))
        if self.results.count():
            self._choose(self.results.item(max(0, self.results.currentRow())))

    def _choose(self, item: QListWidgetItem) -> None:
        self._taken = self.field.text()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def words_beside_the_kind(said: QuickLog) -> str:
    """Return the subject that a line gives: the kind, and what stands beside it."""
    return f"{said.kind.label}: {said.rest}" if said.kind is not None and said.rest else ""


def _looked_for(line: str) -> str:
    """Return what to look for out of a line that may name a kind, too."""
    said = quick_log.parse(line)
    if said.numbers:
        return phone.pretty(said.numbers[0])
    return said.rest if said.kind is not None and said.rest else line.strip()
