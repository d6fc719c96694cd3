"""What journeys through the vault share: asking the open workspace, locking, a client."""

from collections.abc import Callable
from typing import Any

from console.domain.client import Client
from console.domain.contact import Contact
from console.services import clients, contacts
from tests.e2e.office import wait_until
from tests.window import settle, shortcut
from ui.main_window import MainWindow

NEW = "jiná dlouhá věta"
OBEC = Client(name="Obec Lhota", ico="00259586")


def ask(window: MainWindow, work: Callable[[Any], Any]) -> Any:
    """Return what work on the open workspace gives."""
    found: list[Any] = []
    window.tasks.query(work, found.append)
    settle(window.tasks)
    return found[0]


def is_open(window: MainWindow) -> bool:
    """Return whether a workspace is shown."""
    return window._is_open


def lock(window: MainWindow) -> None:
    """Lock as a person does."""
    shortcut(window, "Ctrl+L")
    wait_until(window, lambda: not is_open(window) and window.unlock_page.isVisible())


def safety(window: MainWindow) -> Any:
    """Show the card of keys and backups."""
    window.show_page("settings")
    settle(window.tasks)
    return window.pages["settings"].safety


def add_contact(opened: Any, name: str) -> Any:
    """Give the only client a contact."""
    (client,) = clients.all_clients(opened)
    return contacts.add_contact(opened, Contact(client_id=client.id, name=name))
