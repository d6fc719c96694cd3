"""What journeys at the desk share: the town hall's workspace, and ways through the window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.request import Request
from console.services import agreements, contacts, imports, requests
from console.services.requests import Draft
from console.workspace import Workspace
from tests.conftest import PASSPHRASE, SAMPLES
from tests.ui.conftest import show_window
from tests.window import find, settle, unlock
from ui.main_window import MainWindow

ADDRESS = "opravnena@urad.example"
Dialog = TypeVar("Dialog", bound=QWidget)
AUTHORISED = "Mgr. Šárka Oprávněná"
"""Of the contacts in the samples some authorities have ended, and more will."""


def furnish(opened: Workspace, client: Client, agreement: str = "o2-public-sector") -> None:
    """Give the town hall its agreement, numbers and contacts out of the samples."""
    day = opened.store.now().date().replace(year=2020)
    agreements.choose_agreement(opened, client.id, agreement, day)
    for name, what in (("cisla.xlsx", "numbers"), ("kontakty.csv", "contacts")):
        imports.run(opened, client.id, imports.read_file(SAMPLES / "urad" / name, what))
    person = Contact(client_id=client.id, name=AUTHORISED, email=ADDRESS, authorised=True)
    contacts.add_contact(opened, person)


def log_as(opened: Workspace, client: Client, **draft: Any) -> Request:
    """Log a request of an authorised person."""
    person = contacts.contact_by_name(opened, client.id, AUTHORISED)
    assert person is not None
    full = {"contact_id": person.id, **draft}
    logged = requests.log_request(opened, Draft(client_id=client.id, **full)).result
    assert isinstance(logged, Request)
    return logged


class Office:
    """The town hall, before the window opens and while it is open."""

    def __init__(self, opened: Workspace, client: Client, folder: Path) -> None:
        self.opened, self.client, self.folder = opened, client, folder
        self._windows: list[Iterator[MainWindow]] = []

    def log(self, **draft: Any) -> Request:
        """Log a request of an authorised person."""
        return log_as(self.opened, self.client, **draft)

    def window(self) -> MainWindow:
        """Close the workspace and show the window over it."""
        self.opened.close()
        shown = show_window(self.folder)
        self._windows.append(shown)
        made = next(shown)
        unlock(made, PASSPHRASE)
        return made

    def leave(self) -> None:
        """Close what was shown."""
        for shown in self._windows:
            next(shown, None)

    def stored(self, window: MainWindow, kind: Any, where: str = "1") -> list[Any]:
        """Read records while the window is open."""
        found: list[Any] = []
        window.tasks.query(lambda w: w.store.select(kind, where), found.extend)
        settle(window.tasks)
        return found


def open_request(window: MainWindow, request: Request) -> Any:
    """Show a request in its page; return its panel."""
    window.desk.request_requested.emit(request.id)
    settle(window.tasks)
    return window.pages["requests"].panel


def choose_more(panel: QWidget, text: str) -> None:
    """Choose an entry of the menu with all that can be done."""
    (more,) = [b for b in panel.findChildren(QPushButton) if b.menu() is not None and b.isVisible()]
    menu: QMenu = more.menu()
    fitting = [action for action in menu.actions() if action.text() == text]
    assert fitting, (text, [action.text() for action in menu.actions()])
    fitting[0].trigger()


def shown_dialog(window: MainWindow, kind: type[Dialog]) -> Dialog:
    """Return the dialog of a kind that is open."""
    settle(window.tasks)
    dialog = next(d for d in window.findChildren(kind) if d.isVisible())
    settle(window.tasks)
    return dialog


def words(widget: QWidget) -> str:
    """Return everything that a widget says in labels and buttons."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]
    return "\n".join(labels + buttons)


def choose(box: QComboBox, text: str) -> None:
    """Choose what a box shows by its text, as a person does."""
    at = box.findText(text)
    assert at >= 0, (text, [box.itemText(n) for n in range(box.count())])
    box.setCurrentIndex(at)
    box.activated.emit(at)


def menu_action(window: MainWindow, text: str) -> QAction:
    """Return an action of the menus by what it says."""
    actions = window.findChildren(QAction)
    return next(a for a in actions if a.text().replace("&", "") == text)


def wait_until(window: MainWindow, holds: Callable[[], bool], seconds: float = 10) -> None:
    """Let the window go on until something holds."""
    for _turn in range(int(seconds * 20)):
        settle(window.tasks)
        if holds():
            return
        QTest.qWait(50)
    raise AssertionError("it did not come about")


def saved(path: Path) -> bytes:
    """Return what was written into a file."""
    assert path.exists()
    return path.read_bytes()


def type_line(dialog: Any, text: str, window: MainWindow) -> QLineEdit:
    """Type into the quick line of a new request, and wait for what it finds."""
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, text)
    QTest.qWait(150)
    settle(window.tasks)
    return field
