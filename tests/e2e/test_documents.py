"""Documents as a person handles them: found, printed, mailed, signed, sealed, declared void."""

from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
)

from console.domain.complaint import ComplaintOutcome
from console.domain.document import DocumentKind
from console.domain.journal import Changes
from console.services import complaints, requests
from console.services.complaints import Settlement
from console.services.request_drafts import Draft
from console.workspace import Workspace
from tests.documents import pdf
from tests.services import certificates
from tests.services.certificates import SECRET
from tests.window import choose_file, find, open_dialog, press, settle, shortcut
from ui.dialogs.report import ReportDialog
from ui.dialogs.verification import VerificationDialog
from ui.main_window import MainWindow
from ui.widgets.document_menu import DocumentMenu

LEFT = Qt.MouseButton.LeftButton
ICOS = ("26168685", "00006947", "00025593", "27082440")


def panel(window: MainWindow) -> Any:
    """Return what shows the document."""
    return window.pages["documents"].preview


def report(window: MainWindow) -> Any:
    """Issue the status report of this month; it is shown afterwards."""
    dialog = open_dialog(window, ReportDialog, "Ctrl+R")
    find(dialog, QComboBox, "Month").setCurrentIndex(0)
    press(dialog, "Issue")
    settle(window.tasks)
    return panel(window)


def said(widget: Any) -> str:
    """Return the words that can be seen."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def dialog_of(parent: Any) -> Any:
    """Return the dialog that is open over a widget."""
    return next(d for d in parent.findChildren(QDialog) if d.isVisible())


def ask_for(window: MainWindow, kind: DocumentKind) -> Any:
    """Choose an entry of the menu of new documents; return the dialog that it opens."""
    window.show_page("documents")
    menu = window.pages["documents"].findChildren(DocumentMenu)[0]
    entries = [a for a in menu.menu().actions() if a.text() == f"{kind.label}…"]
    assert isinstance(entries[0], QAction)
    entries[0].trigger()
    settle(window.tasks)
    return dialog_of(window)


def sign(ink: Any) -> None:
    """Draw two strokes."""
    for top in (30, 60):
        QTest.mousePress(ink, LEFT, pos=QPoint(60, top))
        QTest.mouseMove(ink, QPoint(160, top + 20))
        QTest.mouseRelease(ink, LEFT, pos=QPoint(200, top))


def test_word_is_found_in_the_document(town_hall: MainWindow) -> None:
    shown = report(town_hall)
    field = find(shown, QLineEdit, "Find in the document")
    QTest.keyClicks(field, "Status")
    for _turn in range(100):
        QTest.qWait(20)
        if shown.pages.hit_count:
            break
    assert shown.pages.hit == 1
    QTest.keyClick(field, Qt.Key.Key_F3)
    assert shown.pages.hit == 2 or shown.pages.hit_count == 1
    town_hall.show_page("documents")
    view = shown.pages._view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.pages.focusWidget() is field


def test_dialog_of_the_system_prints_a_range(town_hall: MainWindow, tmp_path: Path) -> None:
    shown = report(town_hall)
    assert shown.page_count >= 2

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QPrintDialog):
            QTimer.singleShot(20, answer)
            return
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "tisk.pdf"))
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 2)
        QDialog.done(dialog, QDialog.DialogCode.Accepted)

    told: list[str] = []
    town_hall.desk.message.connect(told.append)
    QTimer.singleShot(20, answer)
    press(shown, "Print…")
    for _turn in range(200):
        QTest.qWait(20)
        if told:
            break
    assert told == ["1 page was sent to the printer."]
    assert pdf.info((tmp_path / "tisk.pdf").read_bytes())["Pages"] == "1"


def test_saved_file_is_the_issued_one_and_never_the_print(
    town_hall: MainWindow, tmp_path: Path
) -> None:
    shown = report(town_hall)
    choose_file(tmp_path / "zpráva.pdf")
    press(shown, "Save as…")
    settle(town_hall.tasks)
    assert (tmp_path / "zpráva.pdf").read_bytes() == shown._view.content
    assert "Status report" in pdf.words(shown._view.content)


def test_folder_that_cannot_be_written_is_told_and_the_document_stays(
    town_hall: MainWindow, tmp_path: Path
) -> None:
    shown = report(town_hall)
    (tmp_path / "soubor").write_text("x")
    shown.save_to(tmp_path / "soubor" / "zpráva.pdf", shown._view.content)
    settle(town_hall.tasks)
    assert "cannot be written" in said(shown)
    assert shown.page_count >= 2


def test_mail_is_a_draft_that_the_mail_program_opens(
    town_hall: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()) or True
    )
    shown = report(town_hall)
    target = tmp_path / "zpráva.eml"
    choose_file(target)
    press(shown, "Mail…")
    settle(town_hall.tasks)
    mail = message_from_bytes(target.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["X-Unsent"]) == ("zofie@mesto.example", "1")
    (attached,) = mail.iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_content() == shown._view.content
    assert opened == [str(target)]


def test_void_needs_a_reason_and_shows_in_list_preview_and_file(
    town_hall: MainWindow, tmp_path: Path
) -> None:
    shown = report(town_hall)
    number = shown._view.document.number
    press(shown, "Void…")
    dialog = dialog_of(shown)
    press(dialog, "Declare void")
    settle(town_hall.tasks)
    assert "for a reason" in said(dialog)
    QTest.keyClicks(find(dialog, QLineEdit, "Reason"), "chybny klient")
    press(dialog, "Declare void")
    settle(town_hall.tasks)
    assert "chybny klient" in said(shown)
    row = town_hall.pages["documents"].view.model.record(0)
    assert (row.number, row.state) == (number, "void")
    shown.save_to(tmp_path / "void.pdf", shown._view.content)
    settle(town_hall.tasks)
    assert "Void since" in pdf.words((tmp_path / "void.pdf").read_bytes())
    shortcut(town_hall, "Ctrl+Z")
    settle(town_hall.tasks)
    assert town_hall.pages["documents"].view.model.record(0).state == ""
    assert "chybny klient" not in said(shown)


def test_second_revision_says_what_differs(town_hall: MainWindow) -> None:
    first = report(town_hall)._view.document
    town_hall.tasks.change(
        lambda w: requests.log_request(w, Draft(client_id=first.client_id, subject="Dvě"))
    )
    settle(town_hall.tasks)
    shown = report(town_hall)
    assert "Revision 2 differs in:" in said(shown)
    press(shown, "What differs…")
    dialog = dialog_of(shown)
    told = find(dialog, QPlainTextEdit, "What differs").toPlainText()
    assert "Dvě" in told
    assert "Before: " in told
    assert dialog.focusWidget().accessibleName() == "What differs"
    dialog.reject()
    box = find(shown, QComboBox, "Revision")
    assert [box.itemText(n) for n in range(box.count())] == ["Revision 1", "Revision 2"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settle(town_hall.tasks)
    assert shown._view.document.id == first.id
    assert "A later revision was issued." in said(shown)


def test_protocol_is_issued_signed_sealed_verified_and_a_change_is_found(
    town_hall: MainWindow, tmp_path: Path
) -> None:
    dialog = ask_for(town_hall, DocumentKind.HAND_OVER)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    assert "Who takes over?" in said(dialog)
    find(dialog, QComboBox, "Taken over by").setCurrentText("Zofie")
    press(dialog, "Issue")
    settle(town_hall.tasks)
    assert "No device is handed over" in said(dialog)
    table = find(dialog, QTableWidget, "Devices")
    for column, text in enumerate(("Galaxy <b>", "356938035643809")):
        table.setItem(0, column, QTableWidgetItem(text))
    press(dialog, "Issue")
    settle(town_hall.tasks)
    shown = panel(town_hall)
    _sign(town_hall, shown)
    _seal(town_hall, shown, certificates.make(tmp_path))
    sealed = shown._view.content
    for key, is_sealed in (("Ctrl+Z", False), ("Ctrl+Y", True)):
        shortcut(town_hall, key)
        settle(town_hall.tasks)
        assert (shown._view.content == sealed) is is_sealed
        assert ("nothing was changed since" in said(shown)) is is_sealed
        assert (town_hall.pages["documents"].view.model.record(0).state == "sealed") is is_sealed
    target = tmp_path / "opecet.pdf"
    shown.save_to(target, shown._view.content)
    settle(town_hall.tasks)
    verification = open_dialog(town_hall, VerificationDialog, "Ctrl+Shift+V")
    verification.verify(target)
    settle(town_hall.tasks)
    assert "nothing was changed since" in said(verification)
    assert "what was issued here" in said(verification)
    content = bytearray(target.read_bytes())
    content[len(content) // 3] ^= 1
    target.write_bytes(content)
    verification.verify(target)
    settle(town_hall.tasks)
    assert "nothing was changed since" not in said(verification)
    assert "not a file that was issued here" in said(verification)
    verification.reject()


def _sign(window: MainWindow, shown: Any) -> None:
    number = shown._view.document.number
    press(shown, "Sign…")
    dialog = dialog_of(shown)
    settle(window.tasks)
    assert not dialog.action.isEnabled()
    find(dialog, QLineEdit, "Place").setText("Žďár")
    sign(dialog.places[0].ink)
    name = dialog.places[0].name
    assert name.currentText() == "Zofie"
    name.setCurrentText(" ")
    press(dialog, "Sign")
    settle(window.tasks)
    assert "Who signs?" in said(dialog)
    assert len(dialog.places[0].ink.strokes) == 2
    name.setCurrentText("Zofie")
    press(dialog, "Sign")
    settle(window.tasks)
    document = shown._view.document
    assert (document.number, document.revision) == (number, 2)
    assert "differs in: signatures" in said(shown)
    assert "Žďár" in pdf.words(shown._view.content)


def _seal(window: MainWindow, shown: Any, certificate: Path) -> None:
    press(shown, "Seal…")
    dialog = dialog_of(shown)
    find(dialog, QLineEdit, "Certificate (PKCS#12)").setText(str(certificate))
    secret = find(dialog, QLineEdit, "Passphrase of the certificate")
    assert secret.echoMode() == QLineEdit.EchoMode.Password
    secret.setText("jine")
    press(dialog, "Seal")
    settle(window.tasks)
    assert "cannot be opened with this passphrase" in said(dialog)
    secret.setText(SECRET)
    press(dialog, "Seal")
    settle(window.tasks)
    assert "Sealed by Jana Nováková" in said(shown)
    assert "nothing was changed since" in said(shown)
    assert window.pages["documents"].view.model.record(0).state == "sealed"


def test_escape_leaves_the_paper_unsigned(town_hall: MainWindow) -> None:
    dialog = ask_for(town_hall, DocumentKind.WRITTEN_CONFIRMATION)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    shown = panel(town_hall)
    press(shown, "Sign…")
    signing = dialog_of(shown)
    sign(signing.places[1].ink)
    QTest.keyClick(signing.places[1].ink, Qt.Key.Key_Escape)
    settle(town_hall.tasks)
    assert shown._view.document.revision == 1


def test_reply_to_a_complaint_waits_for_its_decision(town_hall: MainWindow) -> None:
    dialog = ask_for(town_hall, DocumentKind.COMPLAINT_REPLY)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    assert "is not decided yet" in said(dialog)
    request_id = dialog.request.currentData()
    town_hall.tasks.change(lambda w: _decide(w, request_id))
    settle(town_hall.tasks)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    text = pdf.words(panel(town_hall)._view.content)
    assert "Účtováno dvakrát <b>" in text
    assert "1,234.50" in text


def _decide(workspace: Workspace, request_id: int) -> Changes:
    request = requests.dossier(workspace, request_id).request
    complaints.change(workspace, request, invoice="7", period="10/2026", amount=Decimal("1234.50"))
    decision = Settlement(ComplaintOutcome.PARTLY, "Účtováno dvakrát <b>")
    return complaints.settle(workspace, request, decision)


@pytest.mark.parametrize(
    "kind",
    [
        DocumentKind.COMPLAINT_RECORD,
        DocumentKind.REQUEST_STORY,
        DocumentKind.AUTHORISED_PERSONS,
        DocumentKind.PRIVACY_EXTRACT,
    ],
)
def test_papers_are_issued_from_the_menu(town_hall: MainWindow, kind: DocumentKind) -> None:
    dialog = ask_for(town_hall, kind)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    shown = panel(town_hall)._view
    assert shown.document.kind is kind
    assert "Zofie" in pdf.words(shown.content)


def test_care_sheet_without_an_agreement_says_what_to_do(town_hall: MainWindow) -> None:
    dialog = ask_for(town_hall, DocumentKind.CARE_SHEET)
    press(dialog, "Issue")
    settle(town_hall.tasks)
    assert "has no agreement in force" in said(dialog)
