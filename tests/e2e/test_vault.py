"""Keys, backups, damage and bundles as a person meets them in the window."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QRadioButton

from console import workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.services import backups, clients, contacts
from console.vault import passphrase, slots
from tests.conftest import PASSPHRASE
from tests.documents import pdf
from tests.e2e.office import menu_action, shown_dialog, wait_until, words
from tests.window import button, choose_file, find, press, settle, shortcut, unlock
from ui.dialogs.bundle import HandOverClientDialog, OpenBundleDialog, TakeBackDialog
from ui.dialogs.conflicts import ConflictsDialog
from ui.dialogs.data_key import DataKeyDialog
from ui.dialogs.passphrase import ChangePassphraseDialog, ForgottenPassphraseDialog
from ui.dialogs.recovery_guide import RecoveryGuide
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.dialogs.restore import RestoreDialog
from ui.main_window import MainWindow

NEW = "jiná dlouhá věta"
OBEC = Client(name="Obec Lhota", ico="00259586")


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys as cheaply as they may be; what they cost is tested elsewhere."""
    monkeypatch.setattr(passphrase, "TARGET", 0.0)


def ask(window: MainWindow, work: Callable[[Any], Any]) -> Any:
    """Return what work on the open workspace gives."""
    found: list[Any] = []
    window.tasks.query(work, found.append)
    settle(window.tasks)
    return found[0]


def is_open(window: MainWindow) -> bool:
    return window._is_open


def lock(window: MainWindow) -> None:
    shortcut(window, "Ctrl+L")
    wait_until(window, lambda: not is_open(window) and window.unlock_page.isVisible())


def safety(window: MainWindow) -> Any:
    """Show the card of keys and backups."""
    window.show_page("settings")
    settle(window.tasks)
    return window.pages["settings"].safety


def type_back(dialog: RecoveryKeyDialog) -> str:
    """Type the groups that are asked for from what is shown; return the whole key."""
    groups = dialog.shown_groups
    for number, field in dialog._typed:
        field.setText(groups[number - 1].lower())
    return "-".join(groups)


def set_up_recovery_key(window: MainWindow) -> str:
    press(window, "Make one now")
    dialog = shown_dialog(window, RecoveryKeyDialog)
    key = type_back(dialog)
    press(dialog, "I have it")
    settle(window.tasks)
    return key


def test_recovery_key_is_shown_saved_typed_back_and_opens_a_forgotten_workspace(
    opened_window: MainWindow, tmp_path: Path
) -> None:
    window = opened_window
    press(window, "Make one now")
    dialog = shown_dialog(window, RecoveryKeyDialog)
    sheet = tmp_path / "list.pdf"
    choose_file(sheet)
    press(dialog, "Save the sheet…")
    settle(window.tasks)
    groups = dialog.shown_groups
    assert " ".join(groups[:4]) in pdf.words(sheet.read_bytes())
    press(dialog, "I have it")
    assert "another one on the sheet" in dialog.banner.text
    assert not workspace_has_key(window)
    key = type_back(dialog)
    press(dialog, "I have it")
    settle(window.tasks)
    assert workspace_has_key(window)
    assert not window._bench.reminder.isVisible()
    lock(window)
    press(window, "I forgot the passphrase")
    forgotten = shown_dialog(window, ForgottenPassphraseDialog)
    forgotten.key.setText(key.lower().replace("-", " "))
    forgotten.new.setText(NEW)
    forgotten.again.setText(NEW)
    press(forgotten, "Set the new passphrase")
    wait_until(window, lambda: is_open(window))
    lock(window)
    unlock(window, NEW)
    assert is_open(window)


def workspace_has_key(window: MainWindow) -> bool:
    return slots.read(window._folder).slot("recovery") is not None


def test_new_workspace_offers_a_recovery_key_at_once(new_window: MainWindow) -> None:
    window = new_window
    for name in ("Passphrase", "Passphrase once more"):
        find(window, QLineEdit, name).setText(NEW)
    press(window, "Create")
    wait_until(window, lambda: is_open(window))
    dialog = shown_dialog(window, RecoveryKeyDialog)
    dialog.reject()
    settle(window.tasks)
    assert window._bench.reminder.isVisible()
    assert not workspace_has_key(window)


def test_slip_in_the_recovery_key_is_named_and_both_lost_deletes_nothing(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    key = set_up_recovery_key(window)
    lock(window)
    before = {f: f.read_bytes() for f in window._folder.rglob("*") if f.is_file()}
    press(window, "I forgot the passphrase")
    dialog = shown_dialog(window, ForgottenPassphraseDialog)
    wrong = key[:6] + ("0" if key[6] != "0" else "1") + key[7:]
    dialog.key.setText(wrong)
    dialog.key.textEdited.emit(wrong)
    assert "Mistyped groups: 2" in words(dialog)
    dialog.new.setText(NEW)
    dialog.again.setText(NEW)
    press(dialog, "Set the new passphrase")
    settle(window.tasks)
    assert "Group 2" in dialog.banner.text
    assert dialog.new.text() == NEW
    press(dialog, "I do not have the recovery key either")
    assert "Nothing was deleted" in dialog.banner.text
    dialog.reject()
    assert {f: f.read_bytes() for f in window._folder.rglob("*") if f.is_file()} == before


def test_passphrase_is_changed_and_a_wrong_one_keeps_what_was_typed(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    press(safety(window), "Change the passphrase…")
    dialog = shown_dialog(window, ChangePassphraseDialog)
    for field, text in ((dialog.old, "špatně"), (dialog.new, NEW), (dialog.again, NEW)):
        field.setText(text)
    press(dialog, "Save")
    settle(window.tasks)
    assert "wrong" in dialog.banner.text
    assert dialog.new.text() == NEW
    dialog.old.setText(PASSPHRASE)
    press(dialog, "Save")
    settle(window.tasks)
    lock(window)
    unlock(window, NEW)
    assert is_open(window)


def test_new_data_key_encrypts_everything_anew_and_the_window_goes_on(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    old = ask(window, lambda w: w.data_key)
    press(safety(window), "New data key…")
    dialog = shown_dialog(window, DataKeyDialog)
    key = type_back(dialog)
    dialog.passphrase.setText("špatně")
    press(dialog, "Encrypt anew")
    settle(window.tasks)
    assert "wrong" in dialog.banner.text
    dialog.passphrase.setText(PASSPHRASE)
    press(dialog, "Encrypt anew")
    settle(window.tasks)
    assert ask(window, lambda w: w.data_key) != old
    assert [c.name for c in ask(window, clients.all_clients)] == [OBEC.name]
    assert workspace.unlock_by_recovery_key(window._folder, key) == ask(
        window, lambda w: w.data_key
    )


def test_backups_are_made_copied_checked_and_restored_into_a_new_folder(
    opened_window: MainWindow, tmp_path: Path
) -> None:
    window, stick = opened_window, tmp_path / "stick"
    stick.mkdir()
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    card = safety(window)
    assert "thief" in words(card)
    card.choose_place(stick)
    settle(window.tasks)
    press(card, "Back up now")
    settle(window.tasks)
    assert "made and verified" in card.banner.text
    assert len(list(stick.glob("*.klientela-backup"))) == 1
    assert card.table.rowCount() == 1
    assert card.table.item(0, 3).text() == "verified when it was made"
    press(card, "Check everything")
    settle(window.tasks)
    assert "Everything is whole" in card.banner.text
    assert card.table.item(0, 3).text() == "read back whole"
    card.table.selectRow(0)
    press(card, "Restore…")
    dialog = shown_dialog(window, RestoreDialog)
    dialog.folder.setText(str(tmp_path / "again"))
    dialog.secret.setText("špatně")
    press(dialog, "Restore")
    settle(window.tasks)
    assert "wrong" in dialog.banner.text
    dialog.secret.setText(PASSPHRASE)
    press(dialog, "Restore")
    settle(window.tasks)
    assert str(tmp_path / "again") in window._bench.banner.text
    restored = workspace.open_workspace(
        tmp_path / "again", workspace.unlock(tmp_path / "again", PASSPHRASE)
    )
    assert [c.name for c in clients.all_clients(restored)] == [OBEC.name]
    restored.close()


def test_backup_in_the_place_of_the_workspace_brings_the_old_state_and_keeps_the_new(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    ask(window, backups.by_hand)
    window.tasks.change(
        lambda w: clients.add_client(w, Client(name="Škola později", ico="26168685"))
    )
    card = safety(window)
    card.table.selectRow(0)
    press(card, "Restore…")
    dialog = shown_dialog(window, RestoreDialog)
    find_radio(dialog, "In the place of the present workspace, which is kept").click()
    dialog.secret.setText(PASSPHRASE)
    press(dialog, "Restore")
    settle(window.tasks)
    assert [c.name for c in ask(window, clients.all_clients)] == [OBEC.name]
    (kept,) = window._folder.parent.glob("workspace.damaged-*")
    later = workspace.open_workspace(kept, workspace.unlock(kept, PASSPHRASE))
    assert len(clients.all_clients(later)) == 2
    later.close()


def find_radio(parent: Any, text: str) -> QRadioButton:
    return next(one for one in parent.findChildren(QRadioButton) if one.text() == text)


def test_damaged_backup_is_listed_as_such(opened_window: MainWindow) -> None:
    window = opened_window
    kept = ask(window, backups.by_hand)
    content = bytearray(kept.path.read_bytes())
    content[100] ^= 1
    kept.path.write_bytes(content)
    card = safety(window)
    assert card.table.item(0, 3).text() == "damaged"
    card.table.selectRow(0)
    assert not button(card, "Restore…").isEnabled()


def _emptied(folder: Path) -> None:
    (folder / workspace.DATABASE_NAME).write_bytes(b"")


def _missing(folder: Path) -> None:
    (folder / workspace.DATABASE_NAME).unlink()


def _truncated(folder: Path) -> None:
    database = folder / workspace.DATABASE_NAME
    database.write_bytes(database.read_bytes()[: 20 * 4096])


def _first_page(folder: Path) -> None:
    database = folder / workspace.DATABASE_NAME
    content = bytearray(database.read_bytes())
    content[100] ^= 1
    database.write_bytes(content)


def _bad_slots(folder: Path) -> None:
    (folder / slots.FILE_NAME).write_text("{")
    (folder / slots.PREVIOUS_NAME).unlink(missing_ok=True)


def _no_slots(folder: Path) -> None:
    (folder / slots.FILE_NAME).unlink()
    (folder / slots.PREVIOUS_NAME).unlink(missing_ok=True)


def _older(folder: Path) -> None:
    shutil.copy(folder.parent / "older", folder / workspace.DATABASE_NAME)


DAMAGES = [_emptied, _missing, _truncated, _first_page, _bad_slots, _no_slots, _older]


@pytest.mark.parametrize("spoil", DAMAGES, ids=lambda one: one.__name__.strip("_"))
def test_damaged_workspace_is_recognised_and_recovered_with_a_guide(
    opened_window: MainWindow, spoil: Callable[[Path], None]
) -> None:
    window = opened_window
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    ask(window, lambda w: backups.make(w, "hourly"))
    window.tasks.query(
        lambda w: w.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(),
        lambda _done: None,
    )
    settle(window.tasks)
    shutil.copy(window._folder / workspace.DATABASE_NAME, window._folder.parent / "older")
    window.tasks.change(lambda w: _add(w, "Po záloze"))
    lock(window)
    spoil(window._folder)
    before = {f.name: f.read_bytes() for f in window._folder.iterdir() if f.is_file()}
    find(window, QLineEdit, "Passphrase").setText(PASSPHRASE)
    press(window, "Unlock")
    settle(window.tasks)
    assert not is_open(window)
    press(window, "Recover the workspace…")
    guide = shown_dialog(window, RecoveryGuide)
    press(guide, "Look what can be saved")
    settle(window.tasks)
    assert "Last good backup" in words(guide)
    press(guide, "Recover")
    settle(window.tasks)
    assert "nothing is missing" in guide.banner.text
    assert find(guide, QListWidget, "What is missing").count() == 0
    (kept,) = window._folder.parent.glob("workspace.damaged-*")
    assert {f.name: f.read_bytes() for f in kept.iterdir() if f.name in before} == before
    press(guide, "Open")
    wait_until(window, lambda: is_open(window))
    client = ask(window, clients.all_clients)[0]
    assert [c.name for c in ask(window, lambda w: contacts.contacts_of(w, client.id))] == [
        "Po záloze"
    ]


def _add(opened: Any, name: str) -> Any:
    (client,) = clients.all_clients(opened)
    return contacts.add_contact(opened, Contact(client_id=client.id, name=name))


def test_newer_workspace_is_told_and_offers_no_recovery(opened_window: MainWindow) -> None:
    window = opened_window
    ask(
        window,
        lambda w: w.store.db.utils["_sqlite_migrations"].insert(
            {"migration_set": "klientela", "name": "m9999_later", "applied_at": "2027"}
        ),
    )
    lock(window)
    find(window, QLineEdit, "Passphrase").setText(PASSPHRASE)
    press(window, "Unlock")
    settle(window.tasks)
    assert "newer version" in words(window.unlock_page)
    assert not window.unlock_page._recover.isVisible()


def test_hopeless_workspace_comes_back_from_the_second_place(
    opened_window: MainWindow, tmp_path: Path
) -> None:
    window, stick = opened_window, tmp_path / "stick"
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    kept = ask(window, lambda w: backups.by_hand(w, stick))
    lock(window)
    _emptied(window._folder)
    (window._folder / "operations.log").unlink()
    find(window, QLineEdit, "Passphrase").setText(PASSPHRASE)
    press(window, "Unlock")
    settle(window.tasks)
    press(window, "Recover the workspace…")
    guide = shown_dialog(window, RecoveryGuide)
    press(guide, "Look what can be saved")
    settle(window.tasks)
    assert not button(guide, "Recover").isEnabled()
    assert "second place" in words(guide)
    choose_file(kept.path)
    press(guide, "Backup from elsewhere…")
    settle(window.tasks)
    press(guide, "Open")
    wait_until(window, lambda: is_open(window))
    assert [c.name for c in ask(window, clients.all_clients)] == [OBEC.name]


def test_client_goes_to_a_deputy_and_comes_back_with_a_conflict_to_decide(
    opened_window: MainWindow, tmp_path: Path
) -> None:
    window, bundle, back = opened_window, tmp_path / "obec.klientela-bundle", tmp_path / "zpet"
    own = window._folder
    window.tasks.change(lambda w: clients.add_client(w, OBEC))
    window.tasks.change(lambda w: _add(w, "Šárka"))
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
