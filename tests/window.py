"""Uses the window as a person does: finds things by the names that are read aloud or shown."""

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from console.texts import _
from ui.main_window import MainWindow
from ui.tasks import Tasks

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
PATIENCE_MS = 20_000


def find(parent: QWidget, kind: type[AnyWidget], name: str) -> AnyWidget:
    """Return what is read aloud by this name."""
    found = [w for w in parent.findChildren(kind) if w.accessibleName() == name]
    assert found, (name, sorted({w.accessibleName() for w in parent.findChildren(kind)}))
    return next((widget for widget in found if widget.isVisible()), found[0])


def button(parent: QWidget, text: str) -> QAbstractButton:
    """Return the visible button that says this, or that is read aloud so."""
    shown = [b for b in parent.findChildren(QAbstractButton) if b.isVisible()]
    fitting = [b for b in shown if text in (b.text().replace("&", ""), b.accessibleName())]
    assert fitting, (text, [b.text() for b in shown])
    return fitting[0]


def press(parent: QWidget, text: str) -> None:
    """Click the button that says this."""
    pressed = button(parent, text)
    assert pressed.isEnabled(), text
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)


def settle(tasks: Tasks) -> None:
    """Wait until nothing is under way and what came of it is shown."""
    for _turn in range(3):
        tasks.wait()
        QTest.qWait(5)
    tasks.wait()


def open_dialog(window: MainWindow, kind: type[Any], keys: str) -> Any:
    """Press the keys and return the dialog that opens."""
    shortcut(window, keys)
    dialog = next(d for d in window.findChildren(kind) if d.isVisible())
    settle(window.tasks)
    return dialog


def shortcut(window: MainWindow, keys: str) -> None:
    """Do what a shortcut of the menu does; a window off the screen never gets its focus."""
    actions = window.findChildren(QAction)
    fitting = [a for a in actions if a.shortcut().toString() == keys]
    assert fitting, (keys, [a.shortcut().toString() for a in actions])
    assert fitting[0].isEnabled(), keys
    fitting[0].trigger()


def unlock(window: MainWindow, passphrase: str) -> None:
    """Type the passphrase, press Enter, and wait until every page is made and filled."""
    field = find(window, QLineEdit, _("Passphrase"))
    field.setText(passphrase)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    while window._settling.isActive():
        QTest.qWait(5)
    for page in window.pages.values():
        assert page is not None
    settle(window.tasks)


def choose_file(path: Path) -> None:
    """Answer the next file dialog with a path."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        dialog.findChildren(QLineEdit)[0].setText(str(path))
        dialog.done(QDialog.DialogCode.Accepted)

    QTimer.singleShot(20, answer)
