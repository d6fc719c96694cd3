"""The sidebar: which pages there are, and choosing one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.texts import _
from ui import icons

WIDTH = 190


class Navigation(QListWidget):
    """A list of pages with icons; Ctrl+1 to Ctrl+9 choose, too."""

    page_chosen = Signal(str)

    def __init__(
        self, pages: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """Make the sidebar.

        Args:
            pages: name, label and icon of each page.
            parent: as in Qt.
        """
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(_("Pages"))
        self.setFixedWidth(WIDTH)
        self.setIconSize(QSize(18, 18))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._icons: list[str] = []
        for name, text, icon in pages:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(WIDTH - 20, 38))
            self.addItem(item)
            self._icons.append(icon)
        self.retint()
        self.currentRowChanged.connect(self._on_row_changed)

    def choose(self, name: str) -> None:
        """Choose a page by its name."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.setCurrentRow(row)

    def retint(self) -> None:
        """Draw the icons in the colours of the theme in use."""
        for row, icon in enumerate(self._icons):
            token = "accent_text" if row == self.currentRow() else "sidebar_text"
            self.item(row).setIcon(icons.icon(icon, token))

    def _on_row_changed(self, row: int) -> None:
        self.retint()
        if row >= 0:
            self.page_chosen.emit(self.item(row).data(Qt.ItemDataRole.UserRole))
