"""Documents as a person handles them: found, printed, mailed, signed, sealed, declared void."""

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
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
)

from console.domain.client import Client
from console.domain.document import DocumentKind
from console.domain.request import Kind
from console.errors import KnownError
from console.services import clients, contacts, documents, reports, requests
from console.services.request_drafts import Draft
from tests.documents import pdf
from tests.services import certificates
from tests.services.certificates import SECRET
from tests.window import choose_file, find, open_dialog, press, settle, shortcut
from ui.dialogs.month_end import MonthEndDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.verification import VerificationDialog
from ui.main_window import MainWindow
from ui.widgets.document_menu import DocumentMenu

LEFT = Qt.MouseButton.LeftButton
ICOS = ("26168685", "00006947", "00025593", "27082440")


@pytest.fixture
def office(opened_window: MainWindow) -> MainWindow:
    """A window with a client, an authorised person and a complaint."""

    def work(workspace: Any) -> Any:
        client: Any = clients.add_client(
            workspace, Client(name="Městský úřad Lípová", ico="00259586")
        ).result
        person = contacts.Contact(
            client_id=client.id, name="Zofie", authorised=True, may_order=True,
            email="zofie@mesto.example",
        )  # fmt: skip
        asking: Any = contacts.add_contact(workspace, person).result
        draft = Draft(client_id=client.id, kind=Kind.COMPLAINT, contact_id=asking.id,
                      subject="Účet <b>")  # fmt: skip
        return requests.log_request(workspace, draft)

    opened_window.tasks.change(work)
    settle(opened_window.tasks)
    return opened_window


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


def test_word_is_found_in_the_document(office: MainWindow) -> None:
    shown = report(office)
    field = find(shown, QLineEdit, "Find in the document")
    QTest.keyClicks(field, "Status")
    for _turn in range(100):
        QTest.qWait(20)
        if shown.pages.hit_count:
            break
    assert shown.pages.hit == 1
    QTest.keyClick(field, Qt.Key.Key_F3)
    assert shown.pages.hit == 2 or shown.pages.hit_count == 1
    office.show_page("documents")
    view = shown.pages._view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.pages.focusWidget() is field


def test_dialog_of_the_system_prints_a_range(office: MainWindow, tmp_path: Path) -> None:
    shown = report(office)
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
    office.desk.message.connect(told.append)
    QTimer.singleShot(20, answer)
    press(shown, "Print…")
    for _turn in range(200):
        QTest.qWait(20)
        if told:
            break
    assert told == ["1 page was sent to the printer."]
    assert pdf.info((tmp_path / "tisk.pdf").read_bytes())["Pages"] == "1"


def test_saved_file_is_the_issued_one_and_never_the_print(
    office: MainWindow, tmp_path: Path
) -> None:
    shown = report(office)
    choose_file(tmp_path / "zpráva.pdf")
    press(shown, "Save as…")
    settle(office.tasks)
    assert (tmp_path / "zpráva.pdf").read_bytes() == shown._view.content
    assert "Status report" in pdf.words(shown._view.content)


def test_folder_that_cannot_be_written_is_told_and_the_document_stays(
    office: MainWindow, tmp_path: Path
) -> None:
    shown = report(office)
    (tmp_path / "soubor").write_text("x")
    shown.save_to(tmp_path / "soubor" / "zpráva.pdf", shown._view.content)
    settle(office.tasks)
    assert "cannot be written" in said(shown)
    assert shown.page_count >= 2


def test_mail_is_a_draft_that_the_mail_program_opens(
    office: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()) or True
    )
    shown = report(office)
    target = tmp_path / "zpráva.eml"
    choose_file(target)
    press(shown, "Mail…")
    settle(office.tasks)
    mail = message_from_bytes(target.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["X-Unsent"]) == ("zofie@mesto.example", "1")
    (attached,) = mail.iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_content() == shown._view.content
    assert opened == [str(target)]


def test_void_needs_a_reason_and_shows_in_list_preview_and_file(
    office: MainWindow, tmp_path: Path
) -> None:
    shown = report(office)
    number = shown._view.document.number
    press(shown, "Void…")
    dialog = dialog_of(shown)
    press(dialog, "Declare void")
    settle(office.tasks)
    assert "for a reason" in said(dialog)
    QTest.keyClicks(find(dialog, QLineEdit, "Reason"), "chybny klient")
    press(dialog, "Declare void")
    settle(office.tasks)
    assert "chybny klient" in said(shown)
    row = office.pages["documents"].view.model.record(0)
    assert (row.number, row.state) == (number, "void")
    shown.save_to(tmp_path / "void.pdf", shown._view.content)
    settle(office.tasks)
    assert "Void since" in pdf.words((tmp_path / "void.pdf").read_bytes())
    shortcut(office, "Ctrl+Z")
    settle(office.tasks)
    assert office.pages["documents"].view.model.record(0).state == ""
    assert "chybny klient" not in said(shown)


def test_second_revision_says_what_differs(office: MainWindow) -> None:
    first = report(office)._view.document
    office.tasks.change(
        lambda w: requests.log_request(w, Draft(client_id=first.client_id, subject="Dvě"))
    )
    settle(office.tasks)
    shown = report(office)
    assert "Revision 2 differs in:" in said(shown)
    box = find(shown, QComboBox, "Revision")
    assert [box.itemText(n) for n in range(box.count())] == ["Revision 1", "Revision 2"]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settle(office.tasks)
    assert shown._view.document.id == first.id
    assert "A later revision was issued." in said(shown)


def test_protocol_is_issued_signed_sealed_verified_and_a_change_is_found(
    office: MainWindow, tmp_path: Path
) -> None:
    dialog = ask_for(office, DocumentKind.HAND_OVER)
    press(dialog, "Issue")
    settle(office.tasks)
    assert "Who takes over?" in said(dialog)
    find(dialog, QComboBox, "Taken over by").setCurrentText("Zofie")
    press(dialog, "Issue")
    settle(office.tasks)
    assert "No device is handed over" in said(dialog)
    table = find(dialog, QTableWidget, "Devices")
    for column, text in enumerate(("Galaxy <b>", "356938035643809")):
        table.setItem(0, column, QTableWidgetItem(text))
    press(dialog, "Issue")
    settle(office.tasks)
    shown = panel(office)
    _sign(office, shown)
    _seal(office, shown, certificates.make(tmp_path))
    target = tmp_path / "opecet.pdf"
    shown.save_to(target, shown._view.content)
    settle(office.tasks)
    verification = open_dialog(office, VerificationDialog, "Ctrl+Shift+V")
    verification.verify(target)
    settle(office.tasks)
    assert "nothing was changed since" in said(verification)
    assert "what was issued here" in said(verification)
    content = bytearray(target.read_bytes())
    content[len(content) // 3] ^= 1
    target.write_bytes(content)
    verification.verify(target)
    settle(office.tasks)
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


def test_escape_leaves_the_paper_unsigned(office: MainWindow) -> None:
    dialog = ask_for(office, DocumentKind.WRITTEN_CONFIRMATION)
    press(dialog, "Issue")
    settle(office.tasks)
    shown = panel(office)
    press(shown, "Sign…")
    signing = dialog_of(shown)
    sign(signing.places[1].ink)
    QTest.keyClick(signing.places[1].ink, Qt.Key.Key_Escape)
    settle(office.tasks)
    assert shown._view.document.revision == 1


def test_reply_to_a_complaint_needs_its_reasons(office: MainWindow) -> None:
    dialog = ask_for(office, DocumentKind.COMPLAINT_REPLY)
    find(dialog, QLineEdit, "Number of the bill").setText("2026100042")
    amount = find(dialog, QLineEdit, "Disputed sum with VAT, Kč")
    amount.setText("mnoho")
    press(dialog, "Issue")
    settle(office.tasks)
    assert "A sum is no number" in said(dialog)
    amount.setText("1 234,50")
    press(dialog, "Issue")
    settle(office.tasks)
    assert "Say the reasons" in said(dialog)
    find(dialog, QPlainTextEdit, "Reasons").setPlainText("Účtováno dvakrát <b>")
    press(dialog, "Issue")
    settle(office.tasks)
    text = pdf.words(panel(office)._view.content)
    assert "Účtováno dvakrát <b>" in text
    assert "1,234.50" in text


@pytest.mark.parametrize(
    "kind",
    [
        DocumentKind.COMPLAINT_RECORD,
        DocumentKind.REQUEST_STORY,
        DocumentKind.AUTHORISED_PERSONS,
        DocumentKind.PRIVACY_EXTRACT,
    ],
)
def test_papers_are_issued_from_the_menu(office: MainWindow, kind: DocumentKind) -> None:
    dialog = ask_for(office, kind)
    press(dialog, "Issue")
    settle(office.tasks)
    shown = panel(office)._view
    assert shown.document.kind is kind
    assert "Zofie" in pdf.words(shown.content)


def test_care_sheet_without_an_agreement_says_what_to_do(office: MainWindow) -> None:
    dialog = ask_for(office, DocumentKind.CARE_SHEET)
    press(dialog, "Issue")
    settle(office.tasks)
    assert "has no agreement in force" in said(dialog)


def _many(window: MainWindow) -> None:
    def work(workspace: Any) -> Any:
        for number, ico in enumerate(ICOS):
            last = clients.add_client(workspace, Client(name=f"Klient {number}", ico=ico))
        return last

    window.tasks.change(work)
    settle(window.tasks)


def _begin(window: MainWindow, folder: Path) -> MonthEndDialog:
    dialog: MonthEndDialog = open_dialog(window, MonthEndDialog, "Ctrl+Shift+R")
    find(dialog, QLineEdit, "Folder").setText(str(folder))
    return dialog


def _wait(window: MainWindow, dialog: MonthEndDialog) -> None:
    for _turn in range(300):
        settle(window.tasks)
        if not dialog.is_running and dialog.action.isEnabled():
            break


def test_month_end_goes_on_past_one_client_that_fails(
    office: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _many(office)
    real = reports.status_report

    def failing(workspace: Any, client: Client, *more: Any) -> Any:
        if client.ico == ICOS[1]:
            raise KnownError("record-missing")
        return real(workspace, client, *more)

    monkeypatch.setattr(reports, "status_report", failing)
    dialog = _begin(office, tmp_path / "konec")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(True)
    press(dialog, "Issue all")
    _wait(office, dialog)
    assert "4 reports were issued. 1 mail was prepared." in dialog.banner.text
    failed = find(dialog, QTableWidget, "What failed")
    rows = [failed.item(n, 1).text() for n in range(failed.rowCount())]
    assert rows.count(ICOS[1]) == 1
    assert set(rows) == set(ICOS)
    names = sorted(file.name for file in (tmp_path / "konec").iterdir())
    assert names[0].startswith("00-")
    assert len([name for name in names if "status-report" in name and name.endswith("pdf")]) == 4
    assert [name[-4:] for name in names].count(".eml") == 1
    assert office.pages["documents"].view.model.rowCount() == 4
    dialog.reject()
    again = _begin(office, tmp_path / "konec")
    assert find(again, QLineEdit, "Folder").text() == str(tmp_path / "konec")
    again.reject()


def test_month_end_is_cancelled_and_keeps_what_was_issued(
    office: MainWindow, tmp_path: Path
) -> None:
    _many(office)
    dialog = _begin(office, tmp_path / "konec")
    bar = find(dialog, QProgressBar, "Progress")
    cancelling = bar.valueChanged.connect(lambda done: done == 2 and press(dialog, "Cancel"))
    press(dialog, "Issue all")
    _wait(office, dialog)
    assert "2 reports were issued." in dialog.banner.text
    assert "cancelled" in dialog.banner.text
    assert dialog.isVisible()
    assert len(list((tmp_path / "konec").iterdir())) == 2
    bar.valueChanged.disconnect(cancelling)
    press(dialog, "Issue all")
    _wait(office, dialog)
    assert "5 reports were issued." in dialog.banner.text
    found: list[Any] = []
    office.tasks.query(lambda w: w.store.select(documents.Document, order="number"), found.extend)
    settle(office.tasks)
    assert [one.number[-5:] for one in found] == [f"D{n:04}" for n in range(1, 6)]
    dialog.reject()


def test_window_does_other_work_between_the_reports(office: MainWindow, tmp_path: Path) -> None:
    _many(office)
    dialog = _begin(office, tmp_path / "konec")
    order: list[str] = []
    bar = find(dialog, QProgressBar, "Progress")
    bar.valueChanged.connect(lambda done: order.append(f"report {done}"))
    bar.valueChanged.connect(
        lambda done: (
            done == 1
            and office.tasks.query(clients.all_clients, lambda _found: order.append("asked"))
        )
    )
    press(dialog, "Issue all")
    _wait(office, dialog)
    assert order.index("asked") < order.index("report 3")
    dialog.reject()


def test_locking_stops_the_month_end(office: MainWindow, tmp_path: Path) -> None:
    _many(office)
    dialog = _begin(office, tmp_path / "konec")
    bar = find(dialog, QProgressBar, "Progress")
    bar.valueChanged.connect(lambda done: done == 1 and office.lock())
    press(dialog, "Issue all")
    settle(office.tasks)
    assert office.unlock_page.isVisible()
    assert len(list((tmp_path / "konec").iterdir())) < 5
