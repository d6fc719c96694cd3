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
        side_width: int = 340,
    ) -> None:
        """Lay the page out.

        Args:
            desk: the way to the services.
            view: the list.
            side: what stands beside it, or None.
            parent: as in Qt.
            side_width: pixels of the side in a window of 1,280; it takes its share of more.
        """
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
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([1060 - side_width, side_width])
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
