"""Tells that the computer goes to sleep, or has slept."""

import time
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

_LOOK_MS: Final = 5000
_JUMP_SECONDS: Final = 20.0
"""By how much the clock on the wall may run ahead of the one that stands still in sleep."""
_SERVICE: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_INTERFACE: Final = "org.freedesktop.login1.Manager"


class Suspension(QObject):
    """Listens to the system where it tells, and watches the clocks everywhere.

    Args:
        wall: gives the time of day, seconds.
        steady: gives seconds that do not count while the computer sleeps.
        bus: address of the bus that the system tells it on; the system's own where empty.
    """

    began = Signal()
    """The computer goes to sleep, or slept."""

    def __init__(
        self,
        parent: QObject | None = None,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        bus: str = "",
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._lead = wall() - steady()
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self.is_told = _listen(self, bus)

    def stop(self) -> None:
        """Watch the clocks no longer."""
        self._looking.stop()

    def look(self) -> None:
        """Compare the clocks."""
        lead = self._wall() - self._steady()
        has_slept = abs(lead - self._lead) > _JUMP_SECONDS
        self._lead = lead
        if has_slept:
            self.began.emit()

    @Slot(bool)
    def on_prepare_for_sleep(self, begins: bool) -> None:
        """Take what the system says: it goes to sleep, or woke up."""
        if begins:
            self.began.emit()


def _listen(receiver: Suspension, address: str) -> bool:
    """Ask the system to tell; return whether it will."""
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return False
    bus = QDBusConnection.connectToBus(address, address) if address else QDBusConnection.systemBus()
    if not bus.isConnected():
        return False
    slot: Any = SLOT("on_prepare_for_sleep(bool)")
    return bool(bus.connect(_SERVICE, _PATH, _INTERFACE, "PrepareForSleep", receiver, slot))
