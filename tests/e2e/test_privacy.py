"""What ends and whose data go, on the real window."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSpinBox,
    QTableWidget,
)

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.local_time import PRAGUE
from console.services import clients
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.e2e.office import choose, menu_action, saved, shown_dialog
from tests.services.steps import add_contact, add_line, agree
from tests.ui.conftest import show_window
from tests.window import find, press, settle, unlock
from ui.dialogs.agreement_end import AgreementEndDialog
from ui.dialogs.erase_person import ErasePersonDialog
from ui.dialogs.leads import LeadsDialog
from ui.dialogs.privacy_extract import PrivacyExtractDialog
from ui.dialogs.retention import RetentionDialog
from ui.main_window import MainWindow

TODAY = datetime.now(PRAGUE).date()


@pytest.fixture
def window(qapp: QApplication, opened: Workspace, client: Client, folder: Path) -> Any:
    agree(opened, client, "o2-public-sector")
    add_line(opened, client, "+420799000001", commitment_until=TODAY + timedelta(days=10))
    add_line(opened, client, "+420799000002", commitment_until=TODAY + timedelta(days=200))
    add_contact(opened, client, "Vilémína Důvěrná", email="v@urad.example", authorised=True)
    add_contact(opened, client, "Dávno Odešlý", valid_until=date(2015, 1, 1))
    opened.close()
    for made in show_window(folder):
        unlock(made, PASSPHRASE)
        yield made


def _people(window: MainWindow) -> list[str]:
    found: list[Contact] = []
    window.tasks.query(lambda w: w.store.select(Contact), found.extend)
    settle(window.tasks)
    return [contact.name for contact in found]


def test_radar_lists_marks_and_opens_what_ends(window: MainWindow, tmp_path: Path) -> None:
    window.show_page("expiry")
    settle(window.tasks)
    page = window.pages["expiry"]
    table = find(page, QTableWidget, "What ends")
    assert [table.item(n, 2).text() for n in range(table.rowCount())] == ["799 000 001"]
    choose(find(page, QComboBox, "How far ahead"), "next year")
    settle(window.tasks)
    assert table.rowCount() == 2
    calendar = find(page, QCalendarWidget, "Days on which something ends")
    day = TODAY + timedelta(days=10)
    marked = calendar.dateTextFormat(QDate(day.year, day.month, day.day))
    assert marked != QTextCharFormat()
    assert "1 thing ends" in marked.toolTip()
    calendar.clicked.emit(QDate(day.year, day.month, day.day))
    assert table.rowCount() == 1
    press(page, "All days")
    assert table.rowCount() == 2
    choose(find(page, QComboBox, "Kinds"), "Warranty ends")
    settle(window.tasks)
    assert table.rowCount() == 0
    choose(find(page, QComboBox, "Kinds"), "everything that ends")
    settle(window.tasks)
    page.export(tmp_path / "konci.ics")
    settle(window.tasks)
    assert b"799 000 002" in saved(tmp_path / "konci.ics")
    press(page, "Lead times…")
    leads = shown_dialog(window, LeadsDialog)
    find(leads, QSpinBox, "Commitment ends").setValue(5)
    press(leads, "Save")
    settle(window.tasks)
    overview = window.pages["overview"]
    assert "Nothing ends soon." in overview._lists["expiring"].item(0).text()
    table.setCurrentCell(0, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(window.tasks)
    assert window.pages["lines"].isVisible()


def test_end_of_an_agreement_is_on_the_radar(window: MainWindow) -> None:
    client: list[Client] = []
    window.tasks.query(clients.all_clients, client.extend)
    settle(window.tasks)
    window.desk.client_requested.emit(client[0].id)
    settle(window.tasks)
    page = window.pages["client"]
    page._tabs.setCurrentWidget(page._agreement)
    press(page, "End…")
    dialog = shown_dialog(window, AgreementEndDialog)
    next(b for b in dialog.findChildren(QCheckBox)).setChecked(True)
    dialog.until.set_day(date(2010, 1, 1))
    press(dialog, "Save")
    settle(window.tasks)
    assert "does not end before it begins" in dialog.banner.text
    dialog.until.set_day(TODAY + timedelta(days=120))
    find(dialog, QSpinBox, "Months of notice").setValue(2)
    press(dialog, "Save")
    settle(window.tasks)
    window.show_page("expiry")
    settle(window.tasks)
    table = find(window.pages["expiry"], QTableWidget, "What ends")
    said = {table.item(n, 1).text() for n in range(table.rowCount())}
    assert "Last day for giving notice" in said


def test_person_is_told_everything_and_erased(window: MainWindow, tmp_path: Path) -> None:
    menu_action(window, "Personal data…").trigger()
    dialog = shown_dialog(window, PrivacyExtractDialog)
    choose(find(dialog, QComboBox, "Person"), "Vilémína Důvěrná")
    dialog.export(tmp_path / "osoba.json")
    settle(window.tasks)
    assert "not encrypted" in dialog.banner.text
    assert json.loads(saved(tmp_path / "osoba.json"))["person"][0]["email"] == "v@urad.example"
    press(dialog, "Erase the person…")
    erasing = shown_dialog(window, ErasePersonDialog)
    assert not erasing.action.isEnabled()
    erasing.is_meant.setChecked(True)
    press(erasing, "Erase")
    settle(window.tasks)
    assert "Reason" in erasing.banner.text
    find(erasing, QLineEdit, "Reason").setText("zadost osoby")
    press(erasing, "Erase")
    settle(window.tasks)
    names = _people(window)
    assert "Vilémína Důvěrná" not in names
    assert any(name.startswith("Person ") for name in names)
    dialog.reject()


def test_retention_erases_only_whom_one_chooses(window: MainWindow) -> None:
    menu_action(window, "Retention…").trigger()
    dialog = shown_dialog(window, RetentionDialog)
    table = find(dialog, QTableWidget, "Whose time is over")
    assert table.item(0, 0).text() == "Dávno Odešlý"
    dialog.is_meant.setChecked(True)
    assert not dialog.action.isEnabled()
    find(dialog, QSpinBox, "Standard").setValue(600)
    press(dialog, "Save the months")
    settle(window.tasks)
    assert table.rowCount() == 0
    find(dialog, QSpinBox, "Standard").setValue(12)
    press(dialog, "Save the months")
    settle(window.tasks)
    table.item(0, 0).setCheckState(Qt.CheckState.Checked)
    press(dialog, "Erase the chosen")
    settle(window.tasks)
    names = _people(window)
    assert "Dávno Odešlý" not in names
    assert "Vilémína Důvěrná" in names
