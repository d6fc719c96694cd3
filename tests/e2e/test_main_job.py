"""The main job, from nothing to printed paper, in the real window."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
)

from console import texts, workspace
from tests.conftest import PASSPHRASE, SAMPLES
from tests.window import choose_file, find, open_dialog, press, settle, shortcut, unlock
from ui.dialogs.client import ClientDialog
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.order import OrderDialog
from ui.dialogs.palette import Palette
from ui.dialogs.report import ReportDialog
from ui.main_window import MainWindow

NUMBERS = SAMPLES / "urad" / "cisla.xlsx"


def _create(window: MainWindow) -> None:
    find(window, QLineEdit, "Your name").setText("Jana Nováková")
    find(window, QLineEdit, "Passphrase").setText(PASSPHRASE)
    find(window, QLineEdit, "Passphrase once more").setText(PASSPHRASE)
    press(window, "Create")
    settle(window.tasks)


def _add_client(window: MainWindow) -> None:
    dialog = open_dialog(window, ClientDialog, "Ctrl+Shift+N")
    find(dialog, QLineEdit, "Name").setText("Městský úřad Lípová")
    find(dialog, QLineEdit, "IČO").setText("00259586")
    agreements = find(dialog, QComboBox, "Agreement")
    agreements.setCurrentIndex(agreements.findData("o2-public-sector"))
    press(dialog, "Save")
    settle(window.tasks)


def _import(window: MainWindow, path: Path) -> str:
    dialog = open_dialog(window, ImportDialog, "Ctrl+I")
    choose_file(path)
    press(dialog, "Choose a file…")
    settle(window.tasks)
    told = str(dialog._summary.text())
    if dialog.action.isEnabled():
        press(dialog, "Import")
        settle(window.tasks)
    else:
        dialog.reject()
    return told


def _log_request(window: MainWindow, number: str) -> None:
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, number)
    QTest.qWait(300)
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    find(dialog, QLineEdit, "Subject").setText("Nejde signál")
    QTest.qWait(300)
    settle(window.tasks)
    assert "by the contract" in dialog._seen.deadline.text()
    press(dialog, "Log the request")
    settle(window.tasks)


def _rows(window: MainWindow, page: str) -> list[Any]:
    window.show_page(page)
    settle(window.tasks)
    model = window.pages[page].view.model
    return [model.record(row) for row in range(model.rowCount())]


@pytest.fixture
def office(new_window: MainWindow) -> MainWindow:
    """A window with a new workspace, one client, and its numbers taken in."""
    _create(new_window)
    _add_client(new_window)
    assert _import(new_window, NUMBERS).startswith("240 to add")
    return new_window


def test_from_nothing_to_a_printed_report(office: MainWindow, tmp_path: Path) -> None:
    assert len(_rows(office, "lines")) == 240
    _log_request(office, "799 000 005")
    request = _rows(office, "requests")[0]
    assert (request.subject, request.number[-4:]) == ("Nejde signál", "0001")
    dialog = open_dialog(office, ReportDialog, "Ctrl+R")
    find(dialog, QComboBox, "Month").setCurrentIndex(0)
    press(dialog, "Issue")
    settle(office.tasks)
    preview = office.pages["documents"].preview
    assert preview.page_count >= 1
    target = tmp_path / "zpráva.pdf"
    choose_file(target)
    press(preview, "Save as…")
    settle(office.tasks)
    assert target.read_bytes().startswith(b"%PDF-")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "tisk.pdf"))
    preview.print_on(printer)
    QTest.qWait(2000)
    assert (tmp_path / "tisk.pdf").stat().st_size > 10_000


def test_order_is_numbered_and_shown(office: MainWindow) -> None:
    dialog = open_dialog(office, OrderDialog, "Ctrl+O")
    lines = find(dialog, QTableWidget, "Lines of the order")
    for column, text in enumerate(("Telefon Příšerně Žluťoučký", "3", "2 490,00", "21")):
        lines.setItem(0, column, QTableWidgetItem(text))
    assert "9,038.70" in dialog._sum.text()
    press(dialog, "Issue")
    settle(office.tasks)
    (document,) = _rows(office, "documents")
    assert document.title.startswith("Order form")


def test_second_import_of_the_same_file_changes_nothing(office: MainWindow) -> None:
    assert _import(office, NUMBERS).startswith("0 to add, 0 to change, 240 left alone")


@pytest.mark.parametrize("is_reading", [True, False])
def test_cancelled_import_leaves_everything_as_it_was(
    office: MainWindow, tmp_path: Path, is_reading: bool
) -> None:
    """Escape while rows are read, and when all are read or written already."""
    many = tmp_path / "velky.csv"
    rows = "\n".join(f"{601_000_000 + n};Uživatel {n}" for n in range(20_000))
    many.write_text(f"Tel. číslo;Uživatel\n{rows}\n", encoding="utf-8")
    dialog = open_dialog(office, ImportDialog, "Ctrl+I")
    dialog.read_file(many)
    settle(office.tasks)
    told: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        told.append((done, total))
        if (done < total) == is_reading:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    dialog.progressed.connect(cancel, Qt.ConnectionType.BlockingQueuedConnection)
    press(dialog, "Import")
    settle(office.tasks)
    assert told
    assert "cancelled" in dialog.banner.text
    assert dialog.action.isEnabled()
    dialog.reject()
    assert len(_rows(office, "lines")) == 240


def test_import_is_one_undo(office: MainWindow) -> None:
    shortcut(office, "Ctrl+Z")
    settle(office.tasks)
    assert _rows(office, "lines") == []
    shortcut(office, "Ctrl+Y")
    settle(office.tasks)
    assert office.pages["lines"].view.model.rowCount() == 240


def test_request_is_undone_and_done_again(office: MainWindow) -> None:
    _log_request(office, "799 000 005")
    shortcut(office, "Ctrl+Z")
    settle(office.tasks)
    assert _rows(office, "requests") == []
    shortcut(office, "Ctrl+Y")
    settle(office.tasks)
    assert [request.subject for request in _rows(office, "requests")] == ["Nejde signál"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("799 000 00", "799 000 00"),
        ("lipova", "Městský úřad Lípová"),
        ("+420 799 000 01", "799 000 01"),
    ],
)
def test_everything_is_found_at_one_keystroke(office: MainWindow, typed: str, found: str) -> None:
    palette = open_dialog(office, Palette, "Ctrl+K")
    QTest.keyClicks(find(palette, QLineEdit, "Find"), typed)
    QTest.qWait(200)
    settle(office.tasks)
    results = find(palette, QListWidget, "Found")
    assert any(found in results.item(row).text() for row in range(results.count()))
    palette.reject()


def test_found_number_opens_with_its_card(office: MainWindow) -> None:
    palette = open_dialog(office, Palette, "Ctrl+K")
    field = find(palette, QLineEdit, "Find")
    QTest.keyClicks(field, "799000005")
    QTest.qWait(200)
    settle(office.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(office.tasks)
    assert office.pages["lines"].isVisible()


def test_hurried_enter_opens_what_was_typed_and_not_what_an_older_text_found(
    office: MainWindow,
) -> None:
    palette = open_dialog(office, Palette, "Ctrl+K")
    field = find(palette, QLineEdit, "Find")
    QTest.keyClicks(field, "799000123")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(office.tasks)
    shown = [label.text() for label in office.pages["lines"].findChildren(QLabel)]
    assert "799 000 123" in shown


def test_double_click_on_a_client_opens_its_dossier(office: MainWindow) -> None:
    _rows(office, "clients")
    view = office.pages["clients"].view
    at = view.table.visualRect(view.model.index(0, 0)).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle(office.tasks)
    dossier = office.pages["client"]
    assert dossier.isVisible()
    numbers = [t for t in dossier.findChildren(QTableView) if t.model().rowCount() == 240]
    assert numbers


def test_wrong_file_says_so_and_another_may_follow(office: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "čísla.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)
    dialog = open_dialog(office, ImportDialog, "Ctrl+I")
    dialog.read_file(picture)
    settle(office.tasks)
    assert "is no table" in dialog.banner.text
    assert not dialog.action.isEnabled()
    dialog.read_file(NUMBERS)
    settle(office.tasks)
    assert "240 left alone" in dialog._summary.text()
    dialog.reject()


def test_locked_and_opened_again_on_another_day(office: MainWindow, tmp_path: Path) -> None:
    _log_request(office, "799 000 005")
    office.lock()
    settle(office.tasks)
    unlock(office, PASSPHRASE)
    assert [request.subject for request in _rows(office, "requests")] == ["Nejde signál"]
    folder = tmp_path / "Klientela"
    office.lock()
    settle(office.tasks)
    opened = workspace.open_workspace(folder, workspace.unlock(folder, PASSPHRASE))
    assert opened.store.db.conn.execute("SELECT COUNT(*) FROM lines").fetchone() == (240,)
    opened.close()


def test_the_same_job_in_czech(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    texts.use_language("cs")
    window: MainWindow = request.getfixturevalue("new_window")
    find(window, QLineEdit, "Vaše jméno").setText("Jana Nováková")
    find(window, QLineEdit, "Heslo").setText(PASSPHRASE)
    find(window, QLineEdit, "Heslo ještě jednou").setText(PASSPHRASE)
    press(window, "Založit")
    settle(window.tasks)
    dialog = open_dialog(window, ClientDialog, "Ctrl+Shift+N")
    find(dialog, QLineEdit, "Název").setText("Obec Žďár")
    find(dialog, QLineEdit, "IČO").setText("00259586")
    press(dialog, "Uložit")
    settle(window.tasks)
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = find(dialog, QLineEdit, "Číslo nebo jméno")
    QTest.keyClicks(field, "zdar")
    QTest.qWait(300)
    settle(window.tasks)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    kinds = find(dialog, QComboBox, "Druh")
    kinds.setCurrentIndex(kinds.findText("Konzultace"))
    find(dialog, QPlainTextEdit, "Text").setPlainText("Který tarif?")
    press(dialog, "Zapsat požadavek")
    settle(window.tasks)
    assert [request.kind.label for request in _rows(window, "requests")] == ["Konzultace"]
