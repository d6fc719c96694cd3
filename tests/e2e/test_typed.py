"""Nothing that a person typed is lost: by Esc, by a lock, by another dialog over it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
)

from console.domain.line import Line
from console.domain.request import Entry, Kind, Request
from console.services import drafts
from tests.conftest import PASSPHRASE
from tests.e2e.office import (
    AUTHORISED,
    Office,
    choose,
    choose_more,
    open_request,
    shown_dialog,
    words,
)
from tests.services.steps import add_line, another_client
from tests.window import button, find, open_dialog, press, settle, shortcut, unlock
from ui.dialogs.entry import EntryDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.meeting import MeetingDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog
from ui.dialogs.settle_complaint import SettleComplaintDialog
from ui.dialogs.technical_unit import TechnicalUnitDialog
from ui.main_window import MainWindow

FIRST, SECOND = "+420799000005", "+420799000006"
LONG_AGO = datetime.fromisoformat("2020-01-01T08:00:00+00:00")


def _take(dialog: Any, window: MainWindow, line: str) -> None:
    field = find(dialog, QLineEdit, "Number or name")
    field.setFocus()
    QTest.keyClicks(field, line)
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    _see(window)


def _see(window: MainWindow) -> None:
    settle(window.tasks)
    QTest.qWait(150)
    settle(window.tasks)


def _paste(dialog: Any, window: MainWindow, text: str) -> None:
    field = find(dialog, QLineEdit, "Number or name")
    field.setFocus()
    field.insert(text)
    field.textEdited.emit(field.text())
    _see(window)


@pytest.mark.parametrize("how", ["Esc", "Ctrl+L"])
def test_text_survives_the_key_that_follows_its_last_letter(office: Office, how: str) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    QTest.keyClicks(find(dialog, QPlainTextEdit, "Text"), "Volala pani")
    if how == "Esc":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        settle(window.tasks)
    else:
        shortcut(window, how)
        settle(window.tasks)
        unlock(window, PASSPHRASE)
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    assert find(again, QPlainTextEdit, "Text").toPlainText() == "Volala pani"
    again.reject()


def test_every_field_of_a_request_comes_back(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    choose(find(dialog, QComboBox, "Kind"), Kind.COMPLAINT.label)
    dialog._fields.is_delivered.setChecked(True)
    dialog._fields.delivered_on.set_day(date(2026, 3, 4))
    dialog._fields.foreign.setChecked(True)
    dialog._fields.override.setChecked(True)
    find(dialog, QLineEdit, "Invoice").setText("202608123")
    dialog.reject()
    settle(window.tasks)
    fields = open_dialog(window, NewRequestDialog, "Ctrl+N")._fields
    assert fields.is_delivered.isChecked()
    assert fields.delivered_on.day == date(2026, 3, 4)
    assert fields.foreign.isChecked()
    assert fields.override.isChecked()
    assert fields.invoice.text() == "202608123"


def test_line_that_was_begun_and_nothing_else_comes_back(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    QTest.keyClicks(find(dialog, QLineEdit, "Number or name"), "Opravn")
    dialog.reject()
    settle(window.tasks)
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    settle(window.tasks)
    assert find(again, QLineEdit, "Number or name").text() == "Opravn"
    again.reject()


def test_request_of_a_line_leaves_the_older_draft_alone(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    QTest.keyClicks(find(dialog, QPlainTextEdit, "Text"), "Starsi")
    dialog.reject()
    settle(window.tasks)
    (line,) = office.stored(window, Line, f"msisdn = '{FIRST}'")
    for is_logged in (False, True):
        beside = NewRequestDialog(window.desk, line, window)
        beside.open()
        _see(window)
        assert beside._numbers == [FIRST]
        assert find(beside, QPlainTextEdit, "Text").toPlainText() == ""
        if is_logged:
            choose(find(beside, QComboBox, "Contact"), AUTHORISED)
            press(beside, "Log the request")
        else:
            beside.reject()
        settle(window.tasks)
    assert len(office.stored(window, Request)) == 1
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    assert find(again, QPlainTextEdit, "Text").toPlainText() == "Starsi"
    again.reject()


def test_starting_anew_stays_open_and_begins_at_the_next_key(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _take(dialog, window, "799 000 005")
    dialog.reject()
    settle(window.tasks)
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _see(window)
    assert again._numbers == [FIRST]
    before = again._fields.opened_at
    press(again, "Start anew")
    assert again.isVisible()
    _take(again, window, "799 000 006")
    assert again._numbers == [SECOND]
    assert again._fields.opened_at > before
    again.reject()


def test_request_is_received_at_the_first_key_and_not_at_the_opening(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    dialog._fields.begin(LONG_AGO)
    _take(dialog, window, "799 000 005")
    assert dialog._fields.opened_at > LONG_AGO
    begun = dialog._fields.opened_at
    QTest.keyClicks(find(dialog, QPlainTextEdit, "Text"), "dalsi slova")
    assert dialog._fields.opened_at == begun
    dialog.reject()


def test_wrong_number_is_taken_out_by_a_key_and_by_a_button(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    for number in ("blok 799 000 005", "799 000 006", "799 000 007"):
        _take(dialog, window, number)
    numbers = find(dialog, QListWidget, "Numbers of the request")
    assert numbers.count() == 3
    numbers.setCurrentRow(0)
    QTest.keyClick(numbers, Qt.Key.Key_Delete)
    assert dialog._numbers == [SECOND, "+420799000007"]
    numbers.setCurrentRow(1)
    press(dialog, "Take out")
    assert dialog._numbers == [SECOND]
    choose(find(dialog, QComboBox, "Contact"), AUTHORISED)
    press(dialog, "Log the request")
    settle(window.tasks)
    panel = window.pages["requests"].panel
    assert [one.msisdn for one in panel._dossier.lines] == [SECOND]


@pytest.mark.parametrize("between", [" ", ", ", "\n"])
def test_pasted_list_of_four_hundred_is_taken_whole(office: Office, between: str) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    numbers = [f"+420799{n:06d}" for n in range(1, 401)]
    _paste(dialog, window, "tarif P300 " + between.join(numbers))
    assert dialog._numbers == numbers
    assert dialog._number_list._count.text() == "400 numbers"
    assert find(dialog, QLineEdit, "Subject").text() == "Tariff change: P300"
    dialog.reject()


def test_words_of_a_long_mail_become_the_text(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    said = "Dobrý den, prosíme o prověření signálu v suterénu. " * 200
    _paste(dialog, window, f"799 000 005, 799 000 006 {said}")
    assert dialog._numbers == [FIRST, SECOND]
    assert find(dialog, QPlainTextEdit, "Text").toPlainText().count("suterénu") == 200
    dialog.reject()


def test_what_is_wrong_with_numbers_is_said_before_they_are_logged(office: Office) -> None:
    other = another_client(office.opened)
    add_line(office.opened, other, "+420777123456")
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    unknown = " ".join(f"7018{n:05d}" for n in range(45))
    _paste(dialog, window, f"799 000 005 {unknown} 777 123 456")
    said = dialog._seen.explanation.text()
    assert "45 numbers are not in the register: 701 800 000, " in said
    assert "and 39 more" in said
    assert f"1 number belongs to another client: 777 123 456 ({other.name})" in said
    dialog.reject()


def _story(panel: Any) -> None:
    panel.show_tab(2)
    press(panel, "Call, mail, letter, file…")


def _menu(text: str) -> Callable[[Any], None]:
    return lambda panel: choose_more(panel, text)


@pytest.mark.parametrize(
    ("kind", "opens", "dialog_type", "field", "action"),
    [
        (Kind.FAULT, _story, EntryDialog, "Text", "Save"),
        (Kind.FAULT, _menu("Inform the client…"), InformDialog, "Text", "Was told already"),
        (
            Kind.FAULT,
            _menu("Hand over to a technical unit…"),
            TechnicalUnitDialog,
            "What was handed over",
            "Hand over",
        ),
        (Kind.FAULT, _menu("Fill in or correct…"), RequestFactsDialog, "Text", "Save"),
        (Kind.COMPLAINT, _menu("Decide the complaint…"), SettleComplaintDialog, "Reasons", ""),
        (Kind.FAULT, _menu("Add numbers…"), AddNumbersDialog, "Numbers", "Add"),
    ],
)
def test_dialog_about_a_request_gives_back_what_was_typed(
    office: Office, kind: Kind, opens: Callable[[Any], None], dialog_type: type[QDialog],
    field: str, action: str,
) -> None:  # fmt: skip
    request = office.log(kind=kind, numbers=(FIRST,), subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    opens(panel)
    dialog: Any = shown_dialog(window, dialog_type)
    first = find(dialog, QPlainTextEdit, field).toPlainText()
    find(dialog, QPlainTextEdit, field).appendPlainText("799 000 009 slova")
    typed = find(dialog, QPlainTextEdit, field).toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(window.tasks)
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    unlock(window, PASSPHRASE)
    panel = open_request(window, request)
    opens(panel)
    again: Any = shown_dialog(window, dialog_type)
    assert find(again, QPlainTextEdit, field).toPlainText() == typed
    assert "typed before and not saved" in again.banner.text
    press(again, "Start anew")
    assert find(again, QPlainTextEdit, field).toPlainText() == first
    assert again.isVisible()
    find(again, QPlainTextEdit, field).setPlainText("799 000 009 jinak")
    press(again, action) if action else again.submit()
    settle(window.tasks)
    opens(panel)
    third: Any = shown_dialog(window, dialog_type)
    assert "typed before" not in third.banner.text or not third.banner.isVisible()
    third.reject()


def test_dialog_that_nobody_touched_leaves_no_draft(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    choose_more(panel, "Inform the client…")
    shown_dialog(window, InformDialog).reject()
    settle(window.tasks)
    assert list((office.folder / "drafts").glob("*.draft")) == []


def test_meeting_gives_back_its_minutes_and_points(office: Office) -> None:
    office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    window.desk.client_requested.emit(office.client.id)
    settle(window.tasks)
    meetings = window.pages["client"]._meetings
    meetings._plan()
    dialog = shown_dialog(window, MeetingDialog)
    dialog.points.item(0, 1).setText("posíleno")
    dialog.minutes.setPlainText("Zápis z jednání")
    dialog.reject()
    settle(window.tasks)
    meetings._plan()
    again = shown_dialog(window, MeetingDialog)
    assert again.minutes.toPlainText() == "Zápis z jednání"
    assert again.points.item(0, 1).text() == "posíleno"
    assert again.points.rowCount() == 1
    press(again, "Save")
    settle(window.tasks)
    meetings._plan()
    third = shown_dialog(window, MeetingDialog)
    assert third.minutes.toPlainText() == ""
    third.reject()


def test_note_beside_the_story_survives_a_lock(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    other = office.log(kind=Kind.FAULT, numbers=(SECOND,), subject="Jiny")
    window = office.window()
    panel = open_request(window, request)
    panel.show_tab(2)
    QTest.keyClicks(find(panel, QLineEdit, "New entry"), "zavolat zitra")
    assert find(open_request(window, other), QLineEdit, "New entry").text() == ""
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    unlock(window, PASSPHRASE)
    panel = open_request(window, request)
    panel.show_tab(2)
    assert find(panel, QLineEdit, "New entry").text() == "zavolat zitra"
    press(panel, "Note")
    settle(window.tasks)
    assert len(office.stored(window, Entry, "text = 'zavolat zitra'")) == 1
    kept: list[Any] = []
    window.tasks.query(lambda w: drafts.kept(w, f"note-{request.id}"), kept.append)
    settle(window.tasks)
    assert kept == [None]
    assert button(panel, "Note").isEnabled()


def test_long_words_beside_one_number_become_the_text(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    said = "Dobrý den, prosíme o prověření signálu v suterénu. " * 6
    _paste(dialog, window, f"799 000 005 {said}")
    QTest.keyClick(find(dialog, QLineEdit, "Number or name"), Qt.Key.Key_Return)
    _see(window)
    assert dialog._numbers == [FIRST]
    assert find(dialog, QPlainTextEdit, "Text").toPlainText().count("suterénu") == 6
    dialog.reject()


def test_second_line_adds_its_words_where_there_is_a_subject_already(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _take(dialog, window, "tarif P300 799 000 005")
    _take(dialog, window, "tarif P500 799 000 006")
    assert dialog._numbers == [FIRST, SECOND]
    assert find(dialog, QLineEdit, "Subject").text() == "Tariff change: P300"
    assert find(dialog, QPlainTextEdit, "Text").toPlainText() == "P500"
    dialog.reject()


def test_what_is_typed_while_a_list_is_looked_up_stays_in_the_line(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    field.insert("799 000 005, 799 000 006")
    field.textEdited.emit(field.text())
    QTest.keyClicks(field, " Opravn")
    _see(window)
    assert dialog._numbers == [FIRST, SECOND]
    assert field.text() == "Opravn"
    dialog.reject()


def test_card_of_the_first_number_comes_back_with_the_draft(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _take(dialog, window, "799 000 005")
    dialog.reject()
    settle(window.tasks)
    again = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _see(window)
    assert "799 000 005" in words(again._cards)
    again.reject()


def test_number_of_another_client_takes_the_others_out_with_a_word(office: Office) -> None:
    other = another_client(office.opened)
    add_line(office.opened, other, "+420777123456")
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    _take(dialog, window, "blok 799 000 005")
    _take(dialog, window, "777 123 456")
    assert dialog._numbers == ["+420777123456"]
    assert "taken out" in dialog.banner.text
    assert other.name in words(dialog)
    dialog.reject()
