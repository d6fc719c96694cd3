"""Agreements in the real window: choosing, reading, amending, looking back, recalculating."""

from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QWidget,
)

from console.services.shipped import shipped, shipped_keys
from tests.window import button, find, open_dialog, press, settle, shortcut
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.client import ClientDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.exception import ExceptionDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.recalculation import RecalculationDialog
from ui.main_window import MainWindow
from ui.pages.client import ClientPage

AGREEMENT, OPENINGS = "Agreement", "Openings"


def _client_with(window: MainWindow, key: str) -> ClientPage:
    """Add a client with an agreement by the form and open its dossier."""
    dialog = open_dialog(window, ClientDialog, "Ctrl+Shift+N")
    find(dialog, QLineEdit, "Name").setText("Město")
    find(dialog, QLineEdit, "IČO").setText("00259586")
    chosen = find(dialog, QComboBox, "Agreement")
    chosen.setCurrentIndex(chosen.findData(key))
    press(dialog, "Save")
    settle(window.tasks)
    window.desk.client_requested.emit(window.pages["clients"].view.model.record(0).id)
    settle(window.tasks)
    page: ClientPage = window.pages["client"]
    _tab(page, AGREEMENT)
    settle(window.tasks)
    return page


def _tab(page: ClientPage, title: str) -> None:
    tabs = page._tabs
    page._tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))


def _shown(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def _log(window: MainWindow, kind: str, channel: str = "Phone") -> Any:
    """Log a request about the client whose dossier is open; return it."""
    window.pages["client"]._log()
    dialog = next(d for d in window.findChildren(NewRequestDialog) if d.isVisible())
    settle(window.tasks)
    for name, text in (("Kind", kind), ("Channel", channel)):
        box = find(dialog, QComboBox, name)
        box.setCurrentIndex(box.findText(text))
    QTest.qWait(150)
    settle(window.tasks)
    assert dialog._seen.deadline.text()
    if not dialog._fields.override.isHidden():
        dialog._fields.override.setChecked(True)
        find(dialog, QLineEdit, "Reason").setText("Potvrzeno písemně")
    press(dialog, "Log the request")
    settle(window.tasks)
    view = window.pages["requests"].view
    return view.model.record(0)


def _dialog(window: MainWindow, kind: type[Any]) -> Any:
    dialog = next(d for d in window.findChildren(kind) if d.isVisible())
    settle(window.tasks)
    return dialog


@pytest.mark.parametrize("key", shipped_keys())
def test_every_agreement_works_from_choosing_to_paper(opened_window: MainWindow, key: str) -> None:
    page = _client_with(opened_window, key)
    terms = shipped(key)
    shown = _shown(page._agreement)
    for point in terms.contact_points:
        assert point.value in shown
    for person in terms.specialists:
        assert person.name in shown
    for clause in terms.clauses:
        assert clause.reference.shown in shown
    request = _log(opened_window, "Information")
    if terms.clauses:
        assert request.due_at is not None
    opened_window.desk.client_requested.emit(request.client_id)
    settle(opened_window.tasks)
    _tab(page, AGREEMENT)
    press(page._agreement, "Care sheet")
    settle(opened_window.tasks)
    documents = opened_window.pages["documents"]
    assert documents.isVisible()
    assert documents.preview.page_count == 1


def test_crisis_shows_who_may_be_called_beyond_hours(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "municipal-tender")
    assert "in a crisis only" in _shown(page._agreement)
    box = next(b for b in page._agreement.findChildren(QCheckBox) if b.text() == "It is a crisis")
    box.setChecked(True)
    settle(opened_window.tasks)
    assert "in a crisis only" not in _shown(page._agreement)
    assert "again from" not in _shown(page._agreement)


def test_amendment_acts_on_what_comes_and_recalculation_on_what_is_open(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    page = _client_with(window, "o2-public-sector")
    before = _log(window, "Fault")
    window.desk.client_requested.emit(before.client_id)
    settle(window.tasks)
    _tab(page, AGREEMENT)
    press(page._agreement, "Amend…")
    editor = _dialog(window, AgreementDialog)
    clauses = find(editor, QTableWidget, "Clauses")
    clauses.setCurrentCell(1, 0)
    amount = find(editor, QLineEdit, "Amount")
    assert amount.text() == "24"
    amount.selectAll()
    QTest.keyClicks(amount, "6")
    assert clauses.item(1, 1).text() == "6"
    editor.show_tab(6)
    press(editor, "Look back")
    settle(window.tasks)
    assert "1 of 1 request would be due at another time" in editor._what_if.summary.text()
    press(editor, "Save the amendment")
    settle(window.tasks)
    versions = find(page._agreement, QComboBox, "Version of the agreement")
    assert versions.count() == 2
    _tab(page, AGREEMENT)
    press(page._agreement, "Recalculate…")
    recalculation = _dialog(window, RecalculationDialog)
    assert recalculation.table.rowCount() == 1
    press(recalculation, "Recalculate")
    settle(window.tasks)
    moved = window.pages["requests"].view.model.record(0)
    assert moved.due_at < before.due_at
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert window.pages["requests"].view.model.record(0).due_at == before.due_at


def test_wrong_field_is_named_and_nothing_is_lost(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "o2-public-sector")
    press(page._agreement, "Amend…")
    editor = _dialog(opened_window, AgreementDialog)
    editor.show_tab(2)
    press(editor.editors["specialists"], "Add")
    find(editor.editors["specialists"], QLineEdit, "E-mail").setText("kdo@urad.example")
    press(editor, "Save the amendment")
    settle(opened_window.tasks)
    assert editor.isVisible()
    assert "Full name" in editor.banner.text
    name = find(editor.editors["specialists"], QLineEdit, "Full name")
    assert editor._tabs.currentWidget() is editor.editors["specialists"]
    QTest.keyClicks(name, "Eva Nova")
    press(editor, "Save the amendment")
    settle(opened_window.tasks)
    assert "Eva Nova" in _shown(page._agreement)


def test_office_hours_are_written_as_people_write_them(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "parking-support")
    press(page._agreement, "Amend…")
    editor = _dialog(opened_window, AgreementDialog)
    hours = editor.editors["calendars"]
    editor.show_tab(4)
    press(hours, "Add")
    find(hours, QLineEdit, "Name").clear()
    QTest.keyClicks(find(hours, QLineEdit, "Name"), "urad")
    QTest.keyClicks(find(hours, QLineEdit, "Monday"), "8-12, 13.00-17:30")
    people = editor.editors["specialists"]
    editor.show_tab(2)
    press(people, "Add")
    QTest.keyClicks(find(people, QLineEdit, "Full name"), "Eva Nova")
    calendar = find(people, QComboBox, "Hours")
    calendar.setCurrentIndex(calendar.findData("urad"))
    calendar.activated.emit(calendar.currentIndex())
    press(editor, "Save the amendment")
    settle(opened_window.tasks)
    assert "8:00–12:00, 13:00–17:30" in _shown(page._agreement)


def test_closed_day_is_added_and_taken_back(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "municipal-tender")
    find(page._agreement, QDateTimeEdit, "Day").setDate(QDate(2027, 12, 27))
    find(page._agreement, QLineEdit, "Reason").setText("Celozávodní dovolená")
    press(page._agreement, "Add")
    settle(opened_window.tasks)
    assert "27. 12. 2027 · Celozávodní dovolená" in _shown(page._agreement).replace("\u00a0", " ")
    removing = [b for b in page._agreement.findChildren(QWidget) if "Remove" in b.accessibleName()]
    QTest.mouseClick(removing[0], Qt.MouseButton.LeftButton)
    settle(opened_window.tasks)
    assert "Celozávodní" not in _shown(page._agreement)


def test_technical_difficulties_are_recorded_with_their_proof(opened_window: MainWindow) -> None:
    window = opened_window
    _client_with(window, "o2-public-sector")
    request = _log(window, "Complaint")
    panel = window.pages["requests"].panel
    panel.show_tab(1)
    press(panel, "Record a circumstance…")
    dialog = _dialog(window, ExceptionDialog)
    press(dialog, "Record")
    settle(window.tasks)
    assert dialog.isVisible()
    dialog.evidence.setText("INC-4711")
    press(dialog, "Record")
    settle(window.tasks)
    settle(window.tasks)
    assert "INC-4711" in _shown(panel) or "technical difficulties" in _shown(panel)
    assert window.pages["requests"].view.model.record(0).number == request.number


def test_opening_a_persons_data_is_written_down_with_its_request(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    page = _client_with(window, "retail-account")
    page._add_contact()
    dialog = _dialog(window, ContactDialog)
    find(dialog, QLineEdit, "Full name").setText("Jana Malá")
    press(dialog, "Save")
    settle(window.tasks)
    page._log()
    request = _dialog(window, NewRequestDialog)
    who = find(request, QComboBox, "Contact")
    who.setCurrentIndex(who.findText("Jana Malá"))
    press(request, "Log the request")
    settle(window.tasks)
    press(window.pages["requests"].panel, "Open the contact")
    settle(window.tasks)
    _dialog(window, ContactDialog).reject()
    number = window.pages["requests"].view.model.record(0).number
    window.desk.client_requested.emit(window.pages["clients"].view.model.record(0).id)
    settle(window.tasks)
    _tab(page, OPENINGS)
    shown = find(page, QListWidget, OPENINGS)
    lines = [shown.item(row).text() for row in range(shown.count())]
    assert any("contact Jana Malá" in line and f"for {number}" in line for line in lines)
    assert any("client Město" in line for line in lines)


def test_openings_have_no_tab_where_nothing_is_logged(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "order-care")
    tabs = page._tabs
    hidden = [tabs.tabText(n) for n in range(tabs.count()) if not tabs.isTabVisible(n)]
    assert hidden == [OPENINGS]


def test_agreement_without_a_button_pressed_changes_nothing(opened_window: MainWindow) -> None:
    page = _client_with(opened_window, "incident-claim")
    press(page._agreement, "Amend…")
    editor = _dialog(opened_window, AgreementDialog)
    press(editor.editors["clauses"], "Add")
    assert button(editor, "Save the amendment").isEnabled()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settle(opened_window.tasks)
    assert find(page._agreement, QComboBox, "Version of the agreement").count() == 1
