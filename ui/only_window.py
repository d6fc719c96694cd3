"""One window over a workspace: a second start brings the first one up and leaves."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.errors import KnownError
from console.services import windows


class OnlyWindow(QObject):
    """Holds the lock of the window, and listens for a second start."""

    raise_asked = Signal()
    """Another start asks for this window."""
    other_raised = Signal()
    """Another window has the workspace, and came up."""
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._instance: Any = None

    def take(self, folder: Path) -> None:
        """Become the one window over a workspace."""
        self.release()
        try:
            self._instance = windows.take_window(folder)
        except KnownError as error:
            if error.code == "workspace-in-use" and windows.raise_window(folder):
                self.other_raised.emit()
            else:
                self.failed.emit(error)
            return
        self._instance.listen(self.raise_asked.emit)

    def release(self) -> None:
        """Let another window have the workspace; once more does nothing."""
        if self._instance is not None:
            self._instance.release()
            self._instance = None
