"""The clipboard: secrets leave it by themselves, and a lock leaves nothing on it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

KEPT_MS: Final = 20_000
"""How long a secret stays on the clipboard."""


def clear() -> None:
    """Take everything off it, off the selection too."""
    clipboard = QApplication.clipboard()
    clipboard.clear()
    if clipboard.supportsSelection():
        clipboard.clear(clipboard.Mode.Selection)


class SecretClipboard(QObject):
    """Puts a secret on the clipboard and takes it off again, unless something else is there.

    Args:
        parent: what outlives the dialog that copies, so that the clock goes on.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._secret = ""
        self.clock = QTimer(self, singleShot=True, interval=KEPT_MS)
        self.clock.timeout.connect(self.take_off)

    def put(self, secret: str) -> None:
        """Put a secret on the clipboard for a while."""
        self._secret = secret
        QApplication.clipboard().setText(secret)
        self.clock.start()

    def take_off(self) -> None:
        """Clear the clipboard where it still holds the secret."""
        if self._secret and QApplication.clipboard().text() == self._secret:
            QApplication.clipboard().clear()
        self._secret = ""
