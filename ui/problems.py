"""Bugs: one dialog with details to copy, and a hook for what nobody caught."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from console.texts import _

_log = logging.getLogger(__name__)


def show_bug(parent: QWidget | None, error: BaseException) -> None:
    """Say that the program failed; the details hold the place, never the data."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(_("Klientela"))
    box.setText(
        _("The program failed at something. What was saved is safe; please send us the details.")
    )
    box.setDetailedText(place_of(error))
    box.open()


def place_of(error: BaseException) -> str:
    """Return kind and place of an error, without its message, which may hold data."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(error).__name__, *lines])


def install() -> None:
    """Log what nobody caught, by its place only.

    Its message may hold data, and many a system keeps what is printed.
    """

    def caught(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        place = place_of(error)
        _log.error("not caught: %s", place)
        if sys.stderr is not None:
            sys.stderr.write(f"{place}\n")

    def caught_elsewhere(what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            caught(what.exc_type, what.exc_value, what.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_elsewhere
