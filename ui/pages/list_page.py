"""A page that is one list with what belongs to the chosen record beside it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from console.domain.journal import Changes
from ui.desk import Desk
from ui.widgets.record_view import RecordView


class ListPage(QWidget):
    """Base of the list pages: reloads itself when its nouns change."""

    nouns: frozenset[str] = frozenset()

    def __init__(
        self,
        desk: Desk,
        view: RecordView,
        side: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.desk = desk
        self.view = view
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        if side is None:
            layout.addWidget(view)
            return
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(14)
        splitter.addWidget(view)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([760, 340])
        layout.addWidget(splitter)

    def reload(self) -> None:
        """Read the list anew."""
        self.view.reload()

    def on_records_changed(self, changes: Changes) -> None:
        """Reload where a noun of the page changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self.view.model.clear()

    def show_record(self, record: Any) -> None:
        """Show what belongs to the chosen record; pages with a side do."""
