"""Which dialog answers the wishes about keys, backups and bundles; imported when asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk

if TYPE_CHECKING:
    from console.services.bundles import Merged


class VaultDialogs(QObject):
    """Opens the dialogs of the vault over the window.

    Args:
        desk: whose wishes they answer.
        window: over which they open.
    """

    bundle_opened = Signal(Path)
    """The folder of a workspace that was made out of a bundle."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menus do, by their names."""
        return {
            "recovery-key": self.make_recovery_key,
            "bundle-out": self._hand_over,
            "bundle-in": self._open_bundle,
            "bundle-back": self._take_back,
            "conflicts": self._show_conflicts,
        }

    def _hand_over(self) -> None:
        from ui.dialogs.bundle import HandOverClientDialog

        HandOverClientDialog(self._desk, self._window).open()

    def _open_bundle(self) -> None:
        from ui.dialogs.bundle import OpenBundleDialog

        dialog = OpenBundleDialog(self._desk, self._window)
        dialog.made.connect(self.bundle_opened)
        dialog.open()

    def _take_back(self) -> None:
        from ui.dialogs.bundle import TakeBackDialog

        dialog = TakeBackDialog(self._desk, self._window)
        dialog.merged.connect(self._on_merged)
        dialog.open()

    def _on_merged(self, done: "Merged") -> None:
        if done.conflicts:
            self._show_conflicts()

    def _show_conflicts(self) -> None:
        from ui.dialogs.conflicts import ConflictsDialog

        ConflictsDialog(self._desk, self._window).open()

    def make_recovery_key(self) -> None:
        """Draw a recovery key and show it."""
        from ui.dialogs.recovery_key import RecoveryKeyDialog

        RecoveryKeyDialog(self._desk, self._window).open()

    def look_for_recovery_key(self, told: Callable[[bool], None]) -> None:
        """Tell whether the workspace has a recovery key."""

        def work(opened: Any) -> bool:
            from console.services import keys

            return keys.has_recovery_key(opened.folder)

        self._desk.tasks.query(work, told, lambda _error: None)
