"""When the window locks by itself: nobody touched it for a while, or the computer sleeps."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.suspension import Suspension

_IDLE_MS: Final = 5 * 60 * 1000
_TOUCHES: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Locking(QObject):
    """Watches while a workspace is open."""

    due = Signal()
    """The workspace is to be locked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self.due)
        self._suspension: Suspension | None = None

    def start(self) -> None:
        """Watch from now on."""
        self.stop()
        self._suspension = Suspension(self)
        self._suspension.began.connect(self.due)
        self._idle.start()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def stop(self) -> None:
        """Rest: nothing is open, or the window goes."""
        self._idle.stop()
        if self._suspension is not None:
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self._suspension.stop()
            self._suspension.deleteLater()
            self._suspension = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Put the idle lock off at every key and click."""
        if event.type() in _TOUCHES:
            self._idle.start()
        return super().eventFilter(watched, event)
