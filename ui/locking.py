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
        self._is_watching = False
        self._suspension = Suspension(self)
        self._suspension.began.connect(self._on_sleep)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def start(self) -> None:
        """Watch from now on."""
        self._is_watching = True
        self._idle.start()

    def stop(self) -> None:
        """Rest: nothing is open."""
        self._is_watching = False
        self._idle.stop()

    def end(self) -> None:
        """Let go of the program's events, before the window goes."""
        self.stop()
        self._suspension.stop()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Put the idle lock off at every key and click."""
        if self._is_watching and event.type() in _TOUCHES:
            self._idle.start()
        return super().eventFilter(watched, event)

    def _on_sleep(self) -> None:
        if self._is_watching:
            self.due.emit()
