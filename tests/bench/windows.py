"""Windows in a process of their own: how soon they paint, and how much memory they take.

python -m tests.bench.windows MODE     one of BARE; ``tests.bench.started`` has the others

Prints one line when it is there, and ends.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

if TYPE_CHECKING:
    from console.early_key import EarlyKey


class _Painted(QObject):
    """Calls once when a widget was painted."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._then:
            then, self._then = self._then, None
            QTimer.singleShot(0, then)
        return False


def _say(text: str) -> None:
    print(text, flush=True)
    os._exit(0)


def bare() -> None:
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1280, 760)
    window.show()
    _Painted(window, lambda: _say("painted"))
    application.exec()


def first_paint(key: "EarlyKey | None") -> None:
    from ui import app

    application, window = app.open_window(sys.argv, key)
    _Painted(window, lambda: _say("painted"))
    application.exec()


def overview(key: "EarlyKey | None") -> None:
    """The key comes from the keyring; usable is the overview that was painted with its day."""
    from ui import app

    application, window = app.open_window(sys.argv, key)

    def watch() -> None:
        window.desk.day_counted.connect(
            lambda _day: _Painted(window._bench.page("overview"), lambda: _say("usable"))
        )

    window.first_painted.connect(watch)
    application.exec()


def passphrase_prompt(key: "EarlyKey | None") -> None:
    """The form that asks for the passphrase is painted, and the cursor stands in it."""
    from ui import app

    application, window = app.open_window(sys.argv, key)
    window.first_painted.connect(lambda: _Painted(window.unlock_page, lambda: _say("asked")))
    application.exec()


def bare_memory() -> None:
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1280, 760)
    window.show()
    QTimer.singleShot(500, lambda: _say(f"{_resident_mb()}"))
    application.exec()


def memory(key: "EarlyKey | None") -> None:
    """Open by the passphrase, go through every page, scroll through the numbers, and count."""
    from tests.bench.data import PASSPHRASE
    from ui import app

    application, window = app.open_window(sys.argv, key)
    while not window.centralWidget():
        application.processEvents()
    window.tasks.wait(60)
    field = window.unlock_page.findChildren(QLineEdit)[1]
    field.setText(PASSPHRASE)
    field.returnPressed.emit()
    window.tasks.wait(60)
    for name in window.pages:
        window.show_page(name)
        window.tasks.wait(120)
    window.show_page("lines")
    bar = window.pages["lines"].view.table.verticalScrollBar()
    for step in range(100):
        bar.setValue(bar.maximum() * step // 100)
        application.processEvents()
        window.tasks.wait(60)
    assert window.pages["lines"].view.model.rowCount() == 1_000_000
    _say(f"{_resident_mb()}")


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


BARE = {"bare": bare, "bare-memory": bare_memory}
OF_THE_PROGRAM = {
    "first-paint": first_paint,
    "passphrase-prompt": passphrase_prompt,
    "overview": overview,
    "memory": memory,
}

if __name__ == "__main__":
    BARE[sys.argv[1]]()
