"""One client at a deputy and back, in the window."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox

from console.services import clients, contacts
from tests.conftest import PASSPHRASE
from tests.e2e.office import menu_action, shown_dialog, wait_until
from tests.e2e.vault_steps import NEW, OBEC, add_contact, ask, is_open, lock
from tests.window import find, press, settle, unlock
from ui.dialogs.bundle import HandOverClientDialog, OpenBundleDialog, TakeBackDialog
from ui.dialogs.conflicts import ConflictsDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("cheap_keys")


def test_client_goes_to_a_deputy_and_comes_back_with_a_conflict_to_decide(
    opened_window: MainWindow, tmp_path: Path
) -> None:
    window, bundle, back = opened_window, tmp_path / "obec.klientela-bundle", tmp_path / "zpet"
    own = window._folder
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    window.tasks.change(lambda w: add_contact(w, "Šárka"))
    settle(window.tasks)
    menu_action(window, "Hand over to a deputy…").trigger()
    dialog: Any = shown_dialog(window, HandOverClientDialog)
    assert find(dialog, QComboBox, "Client").currentText() == OBEC.name
    dialog.secret.setText(NEW)
    dialog.again.setText(NEW)
    dialog.file.setText(str(bundle))
    press(dialog, "Write the bundle")
    settle(window.tasks)
    assert bundle.exists()
    menu_action(window, "Open a bundle…").trigger()
    dialog = shown_dialog(window, OpenBundleDialog)
    dialog.file.setText(str(bundle))
    dialog.secret.setText(NEW)
    dialog.folder.setText(str(tmp_path / "deputy"))
    press(dialog, "Open")
    assert "missing" in dialog.banner.text
    dialog.name.setText("Petr")
    dialog.prefix.setText("PE")
    press(dialog, "Open")
    wait_until(window, lambda: not is_open(window) and window._folder == tmp_path / "deputy")
    settle(window.tasks)
    unlock(window, NEW)
    assert [c.name for c in ask(window, clients.all_clients)] == [OBEC.name]
    window.tasks.change(lambda w: _note(w, "zástupcova"))
    settle(window.tasks)
    menu_action(window, "Hand over to a deputy…").trigger()
    dialog = shown_dialog(window, HandOverClientDialog)
    assert not dialog.secret.isVisible()
    dialog.file.setText(str(back))
    press(dialog, "Write the bundle")
    settle(window.tasks)
    lock(window)
    window.unlock_page.show_folder(own)
    unlock(window, PASSPHRASE)
    window.tasks.change(lambda w: _note(w, "moje"))
    settle(window.tasks)
    menu_action(window, "Take a bundle back…").trigger()
    dialog = shown_dialog(window, TakeBackDialog)
    dialog.file.setText(str(back.with_suffix(".klientela-bundle")))
    dialog.secret.setText(NEW)
    press(dialog, "Take back")
    settle(window.tasks)
    decisions = shown_dialog(window, ConflictsDialog)
    assert [decisions.table.item(0, n).text() for n in range(1, 6)] == [
        "Note",
        "",
        "moje",
        "zástupcova",
        "Petr",
    ]
    press(decisions, "Take the deputy's")
    settle(window.tasks)
    assert "Nothing is left" in decisions.banner.text
    client = ask(window, clients.all_clients)[0]
    (sarka,) = ask(window, lambda w: contacts.contacts_of(w, client.id))
    assert sarka.note == "zástupcova"


def _note(opened: Any, note: str) -> Any:
    (client,) = clients.all_clients(opened)
    (person,) = contacts.contacts_of(opened, client.id)
    return contacts.change_contact(opened, person, note=note)
