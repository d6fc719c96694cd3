"""Fixtures of the journeys: a person in front of the window."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.request import Kind
from console.services import clients, contacts, requests
from console.services.request_drafts import Draft
from console.vault import passphrase
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.e2e.office import Office, furnish
from tests.ui.conftest import show_window
from tests.window import settle, unlock
from ui import theme
from ui.main_window import MainWindow


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys as cheaply as they may be; what they cost is tested elsewhere."""
    monkeypatch.setattr(passphrase, "TARGET", 0.0)


@pytest.fixture
def new_window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The window of somebody who has no workspace yet."""
    yield from show_window(tmp_path / "Klientela")


@pytest.fixture
def opened_window(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    """The window over an empty workspace that is open."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)
    for made in show_window(folder):
        unlock(made, PASSPHRASE)
        yield made


@pytest.fixture
def town_hall(opened_window: MainWindow) -> MainWindow:
    """A window with a client, an authorised person and a complaint."""

    def work(workspace: Any) -> Any:
        client: Any = clients.add_client(
            workspace, Client(name="Městský úřad Lípová", ico="00259586")
        ).result
        person = Contact(
            client_id=client.id, name="Zofie", authorised=True, may_order=True,
            email="zofie@mesto.example",
        )  # fmt: skip
        asking: Any = contacts.add_contact(workspace, person).result
        draft = Draft(client_id=client.id, kind=Kind.COMPLAINT, contact_id=asking.id,
                      subject="Účet <b>")  # fmt: skip
        return requests.log_request(workspace, draft)

    opened_window.tasks.change(work)
    settle(opened_window.tasks)
    return opened_window


@pytest.fixture
def office(qapp: QApplication, opened: Workspace, client: Client, folder: Path) -> Iterator[Office]:
    furnish(opened, client)
    made = Office(opened, client, folder)
    yield made
    made.leave()
