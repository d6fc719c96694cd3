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
            "second-place": self._choose_second_place,
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

    def _choose_second_place(self) -> None:
        from ui import second_place

        second_place.ask(self._desk, self._window)

    def put_second_place_off(self) -> None:
        """Ask for a second place of the backups again in a month."""
        from ui import second_place

        second_place.put_off(self._desk)

    def make_recovery_key(self) -> None:
        """Draw a recovery key and show it."""
        from ui.dialogs.recovery_key import RecoveryKeyDialog

        RecoveryKeyDialog(self._desk, self._window).open()

    def look_for_what_lacks(self, told: Callable[[str], None]) -> None:
        """Tell what the workspace lacks to be safe against loss; see ``keys.lacking``."""

        def work(opened: Any) -> str:
            from console.services import keys

            return keys.lacking(opened)

        self._desk.tasks.query(work, told, lambda _error: None)
