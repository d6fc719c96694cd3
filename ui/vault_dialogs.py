"""Which dialog answers the wishes about keys, backups and bundles."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.services import keys
from ui.desk import Desk


class VaultDialogs(QObject):
    """Opens the dialogs of the vault over the window.

    Args:
        desk: whose wishes they answer.
        window: over which they open.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menus do, by their names."""
        return {"recovery-key": self.make_recovery_key}

    def make_recovery_key(self) -> None:
        """Draw a recovery key and show it."""
        from ui.dialogs.recovery_key import RecoveryKeyDialog

        RecoveryKeyDialog(self._desk, self._window).open()

    def look_for_recovery_key(self, told: Callable[[bool], None]) -> None:
        """Tell whether the workspace has a recovery key."""

        def work(opened: Any) -> bool:
            return keys.has_recovery_key(opened.folder)

        self._desk.tasks.query(work, told, lambda _error: None)
