"""Opening the workspace by this machine's keyring, while the window is still being made."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console import workspace
from console.early_key import EarlyKey
from console.workspace import Workspace
from ui.tasks import Tasks


class KeyringOpening(QObject):
    """Asks the keyring once.

    Args:
        tasks: the worker that opens.
    """

    opened = Signal()
    refused = Signal()
    """The keyring is not meant to open this workspace, has no key, or gave none in time."""
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.is_under_way = False

    def begin(self, folder: Path, asked: EarlyKey | None) -> None:
        """Open a workspace by what the keyring has.

        Args:
            folder: of the workspace.
            asked: what the keyring was asked before; it is asked now where None.
        """

        def work() -> Workspace | None:
            if not workspace.is_remembered(folder):
                return None
            key = workspace.unlock_by_keyring(folder, asked.take if asked else _not_asked)
            return workspace.open_workspace(folder, key) if key else None

        self.is_under_way = True
        self._tasks.open(work, self._on_asked, self._on_failed)

    def _on_asked(self, is_open: bool) -> None:
        self.is_under_way = False
        (self.opened if is_open else self.refused).emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_under_way = False
        self.failed.emit(error)


def _not_asked(_account: str) -> None:
    return None
