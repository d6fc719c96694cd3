"""Files to be added: chosen or dropped, each can be left out again."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from console.texts import _
from ui.widgets.parts import button, clear


class FilesField(QWidget):
    """Knows paths only; nothing is read before it is saved."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: list[Path] = []
        self.setAcceptDrops(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._show()

    def add(self, paths: list[Path]) -> None:
        """Take files, each once."""
        self.set_paths([*self.paths, *(p for p in paths if p.is_file())])

    def set_paths(self, paths: list[Path]) -> None:
        """Show these files and no others."""
        self.paths = list(dict.fromkeys(paths))
        self._show()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Let files be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what was dropped."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls()])
        event.acceptProposedAction()

    def _show(self) -> None:
        clear(self._layout)
        for path in self.paths:
            made = button(path.name, lambda p=path: self._leave_out(p), "x")  # type: ignore[misc]
            made.setToolTip(_("Leave it out"))
            self._layout.addWidget(made)
        self._layout.addWidget(button(_("Add a file…"), self._choose, "paperclip"))

    def _leave_out(self, path: Path) -> None:
        self.set_paths([kept for kept in self.paths if kept != path])

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add a file"))
        self.add([Path(name) for name in chosen])
