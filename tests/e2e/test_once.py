"""What is pressed twice in a hurry is done once."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from console.domain.access import Access
from console.domain.request import Confirmation, Entry, Kind, Request, RequestState
from console.domain.sim import Sim
from console.services import sims
from tests.e2e.office import AUTHORISED, Office, choose, choose_more, open_request, shown_dialog
from tests.window import button, find, open_dialog, settle
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.reveal import RevealDialog
from ui.dialogs.technical_unit import TechnicalUnitDialog
from ui.main_window import MainWindow

ICCID = "8942010007990000012"
FIRST = "+420799000005"


def _filled(window: MainWindow, line: str) -> Any:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, line)
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    QTest.qWait(150)
    settle(window.tasks)
    return dialog


def _twice(parent: Any, text: str) -> None:
    pressed = button(parent, text)
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)
    QTest.mouseClick(pressed, Qt.MouseButton.LeftButton)


def test_ctrl_enter_twice_logs_one_request(office: Office) -> None:
    window = office.window()
    dialog = _filled(window, "blok 799 000 005")
    choose(find(dialog, QComboBox, "Contact"), AUTHORISED)
    settle(window.tasks)
    for _time in range(2):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window.tasks)
    assert len(office.stored(window, Request)) == 1


@pytest.mark.parametrize("text", ["Log as refused", "Confirm in writing"])
def test_double_click_logs_one_request(office: Office, text: str) -> None:
    window = office.window()
    dialog = _filled(window, "tarif 799 000 005")
    _twice(dialog, text)
    settle(window.tasks)
    (logged,) = office.stored(window, Request)
    is_refused = text == "Log as refused"
    assert (logged.state is RequestState.REFUSED) == is_refused
    assert (logged.confirmation is Confirmation.WANTED) != is_refused


def test_nothing_else_can_be_pressed_while_a_dialog_saves(office: Office) -> None:
    window = office.window()
    dialog = _filled(window, "tarif 799 000 005")
    button(dialog, "Log as refused").click()
    assert not button(dialog, "Confirm in writing").isEnabled()
    assert not button(dialog, "Log the request").isEnabled()
    settle(window.tasks)
    assert len(office.stored(window, Request)) == 1


def test_buttons_work_again_where_saving_failed(office: Office) -> None:
    window = office.window()
    dialog = _filled(window, "tarif 799 000 005")
    button(dialog, "Log the request").click()
    settle(window.tasks)
    assert dialog.banner.isVisible()
    assert button(dialog, "Log as refused").isEnabled()
    assert button(dialog, "Log the request").isEnabled()
    dialog.reject()


def test_hand_over_pressed_twice_is_one_line_of_the_story(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal", place="Lípová 1")
    window = office.window()
    panel = open_request(window, request)
    choose_more(panel, "Hand over to a technical unit…")
    dialog = shown_dialog(window, TechnicalUnitDialog)
    for _time in range(2):
        dialog.submit()
    settle(window.tasks)
    handed = office.stored(window, Entry, "kind = 'hand-over'")
    assert len(handed) == 1


def test_note_pressed_twice_is_one_line_of_the_story(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    panel.show_tab(2)
    settle(window.tasks)
    QTest.keyClicks(panel._story.field, "Volal technik")
    _twice(panel._story, "Note")
    settle(window.tasks)
    assert len(office.stored(window, Entry, "text = 'Volal technik'")) == 1


def test_reveal_pressed_twice_is_written_down_once(office: Office) -> None:
    sims.add_sim(office.opened, Sim(client_id=office.client.id, iccid=ICCID, puk="12345678"))
    (card,) = office.opened.store.select(Sim, "iccid = ?", [ICCID])
    window = office.window()
    dialog = RevealDialog(window.desk, card.id, ICCID, window)
    dialog.open()
    dialog.reason.setText("ztracený telefon")
    _twice(dialog, "Reveal")
    settle(window.tasks)
    assert dialog.secret.text() == "12345678"
    assert len(office.stored(window, Access, "reason <> ''")) == 1
    dialog.reject()
