"""An import takes in what its preview showed, for the client of that preview."""

from PySide6.QtWidgets import QComboBox

from console.domain.client import Client
from console.domain.contact import Contact
from console.services import clients
from tests.conftest import SAMPLES
from tests.e2e.office import Office, shown_dialog
from tests.window import button, find, press, settle
from ui.dialogs.import_file import ImportDialog

CONTACTS = SAMPLES / "urad" / "kontakty.csv"


def test_client_changed_after_the_preview_waits_for_a_preview_of_its_own(office: Office) -> None:
    clients.add_client(office.opened, Client(name="Druhý klient", ico="27074358"))
    clients.add_client(office.opened, Client(name="Třetí klient", ico="45274649"))
    second = clients.client_by_ico(office.opened, "27074358")
    other = clients.client_by_ico(office.opened, "45274649")
    window = office.window()
    window.desk.import_requested.emit(second.id)
    dialog = shown_dialog(window, ImportDialog)
    what = find(dialog, QComboBox, "What")
    what.setCurrentIndex(what.findData("contacts"))
    dialog.read_file(CONTACTS)
    settle(window.tasks)
    assert button(dialog, "Import").isEnabled()
    box = find(dialog, QComboBox, "Client")
    box.setCurrentIndex(box.findData(other.id))
    assert not button(dialog, "Import").isEnabled()
    assert dialog._summary.text() == ""
    dialog.submit()
    settle(window.tasks)
    assert not office.stored(window, Contact, f"client_id = {other.id}")
    assert dialog._summary.text() != ""
    dialog.reject()


def test_what_was_previewed_is_what_is_taken_in(office: Office) -> None:
    clients.add_client(office.opened, Client(name="Druhý klient", ico="27074358"))
    other = clients.client_by_ico(office.opened, "27074358")
    window = office.window()
    window.desk.import_requested.emit(other.id)
    dialog = shown_dialog(window, ImportDialog)
    what = find(dialog, QComboBox, "What")
    what.setCurrentIndex(what.findData("contacts"))
    dialog.read_file(CONTACTS)
    settle(window.tasks)
    press(dialog, "Import")
    settle(window.tasks)
    (added,) = {c.client_id for c in office.stored(window, Contact, "name LIKE '%Dvořák%'")} - {
        office.client.id
    }
    assert added == other.id
