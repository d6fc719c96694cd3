"""Everything at one keystroke: find any record, or any action of the menu."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.domain import phone
from console.domain.search import SearchHit
from console.texts import _
from ui.desk import Desk
from ui.widgets.live_search import LiveSearch
from ui.widgets.noun_names import noun_name


class Palette(QDialog):
    """A field and what it finds, noun by noun; Enter opens."""

    def __init__(
        self, desk: Desk, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._actions = actions
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Client, number, SIM, request, person, action…"))
        self.field.setAccessibleName(_("Find"))
        self.results = QListWidget()
        self.results.setObjectName("results")
        self.results.setAccessibleName(_("Found"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.results)
        self.resize(620, 460)
        self._search = LiveSearch(desk.tasks, self.field)
        self._search.found.connect(self._show)
        self.field.textChanged.connect(lambda: self._search.ask())
        self._search.confirmed.connect(lambda: self._open(self.results.currentItem()))
        self.results.itemActivated.connect(self._open)
        self.results.itemClicked.connect(self._open)
        self._show([])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down move in the list while the field keeps the cursor."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.field.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._move(step)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.results.currentRow() + step
        while 0 <= row < self.results.count():
            if self.results.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.results.setCurrentRow(row)
                return
            row += step

    def _show(self, hits: list[SearchHit]) -> None:
        self.results.clear()
        noun = ""
        for hit in hits:
            if hit.noun != noun:
                noun = hit.noun
                self._add_heading(noun_name(noun))
            title = phone.pretty(hit.title)
            self._add(f"{title}   {hit.detail}", partial(self._open_hit, hit))
        words = self.field.text().casefold().split()
        fitting = [a for a in self._actions if all(w in a.text().casefold() for w in words)]
        if fitting:
            self._add_heading(_("Actions"))
        for action in fitting:
            keys = action.shortcut().toString()
            self._add(f"{action.text().replace('&', '')}   {keys}", action.trigger)
        if not self.results.count():
            self._add_heading(_("Nothing found."))
        self._move(1)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.results.addItem(item)

    def _add(self, text: str, opened: Callable[[], object]) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, opened)
        self.results.addItem(item)

    def _open(self, item: QListWidgetItem | None) -> None:
        opened = item.data(Qt.ItemDataRole.UserRole) if item else None
        if opened:
            self.accept()
            opened()

    def _open_hit(self, hit: SearchHit) -> None:
        if hit.noun in ("lines", "sims"):
            self._desk.line_requested.emit(hit.owner_id)
        elif hit.noun in ("requests", "entries"):
            self._desk.request_requested.emit(hit.owner_id)
        elif hit.noun == "documents":
            self._desk.document_requested.emit(hit.id)
        elif hit.noun == "orders":
            self._desk.order_shown_requested.emit(hit.id)
        else:
            self._desk.client_requested.emit(hit.client_id)
