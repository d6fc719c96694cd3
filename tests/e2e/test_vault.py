"""Keys, backups, damage and bundles as a person meets them in the window."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QRadioButton

from console import workspace
from console.domain.client import Client
from console.services import backups, clients
from console.storage import settings
from console.vault import slots
from tests.conftest import PASSPHRASE
from tests.documents import pdf
from tests.e2e.office import shown_dialog, wait_until, words
from tests.e2e.vault_steps import NEW, OBEC, ask, is_open, lock, safety
from tests.window import button, choose_file, find, press, settle, unlock
from ui.dialogs.data_key import DataKeyDialog
from ui.dialogs.passphrase import ChangePassphraseDialog, ForgottenPassphraseDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.dialogs.restore import RestoreDialog
from ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("cheap_keys")


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
    assert len(list(stick.glob("*/*.klientela-backup"))) == 1
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
    (kept,) = window._folder.parent.glob("workspace.before-*")
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


def test_second_place_is_asked_for_once_nothing_else_lacks(
    opened_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, stick = opened_window, tmp_path / "stick"
    stick.mkdir()
    bench = window._bench
    assert bench.reminder.isVisible()
    assert not bench.second_place.isVisible()
    set_up_recovery_key(window)
    settle(window.tasks)
    assert not bench.reminder.isVisible()
    assert "this disk only" in bench.second_place.text
    button(bench.second_place, "Close the message").click()
    settle(window.tasks)
    lock(window)
    unlock(window, PASSPHRASE)
    assert not bench.second_place.isVisible()
    ask(window, lambda opened: asked_again(opened))
    lock(window)
    unlock(window, PASSPHRASE)
    assert bench.second_place.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    press(bench.second_place, "Choose a place…")
    settle(window.tasks)
    assert not bench.second_place.isVisible()
    assert len(list(stick.glob("*/*.klientela-backup"))) == 1


def asked_again(opened: Any) -> None:
    """Make the day on which it was put off an old one."""
    with opened.store.unit("change-settings"):
        settings.write(opened.store, {"second_place_put_off": "2020-01-01"})
