"""Damage of every kind: recognised in the window, and a guide that leads back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QListWidget

from console import workspace
from console.services import backups, clients, contacts
from console.vault import slots
from tests.conftest import PASSPHRASE
from tests.e2e.office import shown_dialog, wait_until, words
from tests.e2e.vault_steps import OBEC, add_contact, ask, is_open, lock
from tests.window import button, choose_file, find, press, settle
from ui.dialogs.recovery_guide import RecoveryGuide
from ui.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("cheap_keys")


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
    window.tasks.change(lambda w: add_contact(w, "Po záloze"))
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
