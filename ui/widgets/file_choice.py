"""The line of a form that chooses a table to read."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from console.texts import _
from ui.widgets.parts import button, label


class FileChoice(QWidget):
    """A button with the name of the chosen file beside it."""

    chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._name = label(_("No file yet."), "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(button(_("Choose a file…"), self._choose, "folder-open"))
        layout.addWidget(self._name, 1)

    def show_path(self, path: Path) -> None:
        """Show which file is chosen."""
        self.path = path
        self._name.setText(path.name)

    def _choose(self) -> None:
        kinds = _("Tables") + " (*.xlsx *.ods *.xls *.csv *.txt);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if chosen:
            self.chosen.emit(Path(chosen))
