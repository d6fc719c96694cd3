"""A request in one line by keyboard alone, from a mail, and after a crash."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from shiboken6 import isValid

from console.domain.request import Channel, Kind
from console.services import agreements, imports
from console.workspace import Workspace
from tests.conftest import PASSPHRASE, SAMPLES
from tests.ui.conftest import show_window
from tests.window import find, open_dialog, press, settle, shortcut, unlock
from ui.dialogs.new_request import NewRequestDialog
from ui.main_window import MainWindow


@pytest.fixture
def office(opened: Workspace, client: Any, folder: Path) -> Path:
    """A closed workspace of the town hall with numbers, contacts and agreement."""
    day = opened.store.now().date().replace(year=2020)
    agreements.choose_agreement(opened, client.id, "o2-public-sector", day)
    for name, what in (("cisla.xlsx", "numbers"), ("kontakty.csv", "contacts")):
        imports.run(opened, client.id, imports.read_file(SAMPLES / "urad" / name, what))
    opened.close()
    return folder


@pytest.fixture
def window(qapp: QApplication, office: Path) -> Iterator[MainWindow]:
    for made in show_window(office):
        unlock(made, PASSPHRASE)
        yield made


def _dialog(window: MainWindow) -> Any:
    dialog = next(d for d in window.findChildren(NewRequestDialog) if d.isVisible())
    QTest.qWait(150)
    settle(window.tasks)
    return dialog


def _first(window: MainWindow) -> Any:
    return window.pages["requests"].view.model.record(0)


def test_line_becomes_a_request_by_keyboard_alone(window: MainWindow) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, "blok 799 000 005")
    settle(window.tasks)
    assert find(dialog, QComboBox, "Kind").currentData() == Kind.SIM_BLOCK
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    QTest.qWait(150)
    settle(window.tasks)
    assert dialog._numbers == ["+420799000005"]
    assert "by the contract" in dialog._seen.deadline.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window.tasks)
    assert _first(window).kind is Kind.SIM_BLOCK


def test_range_is_taken_at_once_with_the_tariff_as_subject(window: MainWindow) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    field.setText("tarif P300 799000010-799000021")
    field.textEdited.emit(field.text())
    QTest.qWait(150)
    settle(window.tasks)
    assert len(dialog._numbers) == 12
    assert find(dialog, QLineEdit, "Subject").text() == "Tariff change: P300"
    QTest.qWait(200)
    settle(window.tasks)
    assert "48 hours" in dialog._seen.explanation.text()


def test_what_was_typed_survives_a_crash(window: MainWindow, office: Path) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, "799 000 005")
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    find(dialog, QPlainTextEdit, "Text").setPlainText("Volala paní z podatelny")
    QTest.qWait(900)
    settle(window.tasks)
    received = dialog._fields.opened_at
    window.tasks.stop()
    window._only_window.release()
    for again in show_window(office):
        unlock(again, PASSPHRASE)
        restored = open_dialog(again, NewRequestDialog, "Ctrl+N")
        settle(again.tasks)
        assert find(restored, QPlainTextEdit, "Text").toPlainText() == "Volala paní z podatelny"
        assert restored._numbers == ["+420799000005"]
        assert restored._fields.opened_at == received
        press(restored, "Start anew")
        assert find(restored, QPlainTextEdit, "Text").toPlainText() == ""
        restored.reject()
        settle(again.tasks)
        empty = open_dialog(again, NewRequestDialog, "Ctrl+N")
        assert find(empty, QPlainTextEdit, "Text").toPlainText() == ""
        empty.reject()


def test_logged_request_leaves_no_draft(window: MainWindow) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, "blok 799 000 005")
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(900)
    settle(window.tasks)
    press(dialog, "Log the request")
    settle(window.tasks)
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    assert again._about.text() == ""
    again.reject()


def test_locking_closes_open_dialogs(window: MainWindow) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    assert not isValid(dialog) or not dialog.isVisible()
    assert window.unlock_page.isVisible()


def test_dropped_mail_fills_the_form_and_is_logged_with_its_story(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES / "posta" / "blokace.eml"))])
    drop = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    settle(window.tasks)
    dialog = _dialog(window)
    assert find(dialog, QComboBox, "Kind").currentData() == Kind.SIM_BLOCK
    assert find(dialog, QComboBox, "Channel").currentData() == Channel.EMAIL
    assert find(dialog, QComboBox, "Contact").currentText() == "Mgr. Šárka Dvořák"
    assert "kontakt1@urad.example" in dialog.banner.text
    find(dialog, QLineEdit, "Reason").setText("pošta za víkend")
    press(dialog, "Log the request")
    settle(window.tasks)
    assert _first(window).kind is Kind.SIM_BLOCK
    window.desk_dialogs.take_mail(SAMPLES / "posta" / "blokace.eml")
    settle(window.tasks)
    again = _dialog(window)
    find(again, QLineEdit, "Reason").setText("znovu")
    press(again, "Log the request")
    settle(window.tasks)
    assert "is filed with" in again.banner.text
    again.reject()


def test_reply_is_filed_with_the_request_that_it_answers(
    window: MainWindow, tmp_path: Path
) -> None:
    window.desk_dialogs.take_mail(SAMPLES / "posta" / "blokace.eml")
    settle(window.tasks)
    first = _dialog(window)
    find(first, QLineEdit, "Reason").setText("pošta za víkend")
    press(first, "Log the request")
    settle(window.tasks)
    number = _first(window).number
    reply = tmp_path / "odpoved.eml"
    reply.write_bytes(
        b"From: kontakt1@urad.example\nSubject: Re: Ztrata\nMessage-ID: <re@urad.example>\n"
        b"In-Reply-To: <blokace@urad.example>\n\nTelefon se nasel."
    )
    window.desk_dialogs.take_mail(reply)
    settle(window.tasks)
    press(_dialog(window), f"File it with {number}")
    settle(window.tasks)
    panel = window.pages["requests"].panel
    panel.show_tab(2)
    settle(window.tasks)
    assert any("Telefon se nasel." in label.text() for label in panel.findChildren(QLabel))
    assert window.pages["requests"].view.model.rowCount() == 1


def test_what_is_no_mail_says_so(window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "zprava.eml"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 400)
    window.desk_dialogs.take_mail(picture)
    settle(window.tasks)
    assert "is no mail" in window._bench.banner.text
