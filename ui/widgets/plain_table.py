"""A short table of texts that nobody edits in place; long ones are in ``record_view``."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.widgets.cells import ROW_HEIGHT


class PlainTable(QTableWidget):
    """Rows of texts under heads; a row may have a box to check."""

    def __init__(
        self, name: str, heads: Sequence[str], stretched: int = 0, parent: QWidget | None = None
    ) -> None:
        """Make the table.

        Args:
            name: what is read aloud.
            heads: of the columns, in the language in use.
            stretched: the column that takes what room is left.
            parent: as in Qt.
        """
        super().__init__(0, len(heads), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Sequence[str]], *, are_checked: bool = False) -> None:
        """Show these rows; with boxes, all of them checked, where that is asked for."""
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            self.show_row(number, texts)
            if are_checked:
                box = QTableWidgetItem(texts[0])
                box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                box.setCheckState(Qt.CheckState.Checked)
                self.setItem(number, 0, box)

    def show_row(self, number: int, texts: Sequence[str]) -> None:
        """Show one row anew."""
        for column, text in enumerate(texts):
            self.setItem(number, column, QTableWidgetItem(text))

    def align_right(self, columns: Sequence[int]) -> None:
        """Let figures stand at the right."""
        for number in range(self.rowCount()):
            for column in columns:
                item = self.item(number, column)
                if item is not None:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )

    def checked(self) -> list[int]:
        """Return the rows whose box is checked."""
        return [
            number
            for number in range(self.rowCount())
            if (box := self.item(number, 0)) and box.checkState() == Qt.CheckState.Checked
        ]
