"""A disk that is full or cannot be written to: the form stays open with its text."""

import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from console.services import clients
from console.storage import reserve
from tests.conftest import PASSPHRASE
from tests.e2e.office import menu_action, shown_dialog
from tests.faults.test_disk import fill_disk, on_a_small_disk
from tests.ui.conftest import show_window
from tests.window import find, press, settle, unlock
from ui import theme
from ui.dialogs.client import ClientDialog
from ui.main_window import MainWindow

ICOS = ("00259586", "26168685", "00006947", "00025593")


@pytest.fixture
def small_window(qapp: QApplication, folder: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window over a workspace on a small disk."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)
    with on_a_small_disk(tmp_path / "small", folder) as place:
        for made in show_window(place / "workspace"):
            unlock(made, PASSPHRASE)
            yield made


def typed(window: MainWindow, ico: str) -> ClientDialog:
    """Open the form of a client and fill it in, with a long note so that pages are needed."""
    menu_action(window, "Client").trigger()
    dialog: ClientDialog = shown_dialog(window, ClientDialog)
    find(dialog, QLineEdit, "Name").setText("Obec " + "x" * 150 + ico)
    find(dialog, QLineEdit, "IČO").setText(ico)
    return dialog


def save(window: MainWindow, dialog: ClientDialog) -> None:
    press(dialog, dialog.action.text())
    settle(window.tasks)


def names(window: MainWindow) -> list[str]:
    found: list[list[str]] = []
    window.tasks.query(lambda w: [c.ico for c in clients.all_clients(w)], found.append)
    settle(window.tasks)
    return found[0]


def test_full_disk_takes_the_reserve_then_keeps_the_form_until_there_is_room(
    small_window: MainWindow,
) -> None:
    window = small_window
    folder = window._folder
    (folder / reserve.FILE_NAME).write_bytes(bytes(reserve.BYTES))
    ballast = fill_disk(folder.parent)
    dialog = typed(window, ICOS[0])
    save(window, dialog)
    assert names(window) == [ICOS[0]]
    assert not (folder / reserve.FILE_NAME).exists()
    assert "last reserve" in window._bench.banner.text
    more = fill_disk(folder.parent, "more")
    dialog = typed(window, ICOS[1])
    save(window, dialog)
    assert dialog.isVisible()
    assert "disk is full" in dialog.banner.text
    assert find(dialog, QLineEdit, "IČO").text() == ICOS[1]
    assert names(window) == [ICOS[0]]
    for file in (ballast, more):
        file.unlink()
    save(window, dialog)
    assert set(names(window)) == {ICOS[0], ICOS[1]}


def test_disk_that_does_not_take_writes_any_more_keeps_the_form(small_window: MainWindow) -> None:
    window = small_window
    dialog = typed(window, ICOS[0])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        save(window, dialog)
        assert dialog.isVisible()
        assert find(dialog, QLineEdit, "IČO").text() == ICOS[0]
        assert "not saved" in dialog.banner.text
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    save(window, dialog)
    assert names(window) == [ICOS[0]]


def test_stick_with_the_second_place_that_is_gone_is_told_and_the_backup_stays(
    small_window: MainWindow, tmp_path: Path
) -> None:
    window, stick = small_window, tmp_path / "stick"
    stick.mkdir()
    window.show_page("settings")
    card = window.pages["settings"].safety
    card.choose_place(stick)
    settle(window.tasks)
    shutil.rmtree(stick)
    press(card, "Back up now")
    settle(window.tasks)
    assert str(stick) in card.banner.text
    assert "connect the disk" in card.banner.text
    assert card.table.rowCount() == 1
