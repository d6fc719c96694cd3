"""One document beside the list: what it is worth, its pages, and what can be done with it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from console.domain import formats
from console.services import document_mail, document_views, documents, signatures, signing
from console.services.document_views import DocumentView
from console.texts import _, ngettext
from ui import folders, printing
from ui.desk import Desk
from ui.dialogs.differences import DifferencesDialog
from ui.dialogs.seal import SealDialog
from ui.dialogs.signature import SignatureDialog
from ui.dialogs.void import VoidDialog
from ui.widgets.parts import Banner, button, row, wrapped
from ui.widgets.preview import Preview


class DocumentPanel(QWidget):
    """Shows a document; saves, prints, mails, signs, seals it, and declares it void."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document_id = 0
        self._view: DocumentView | None = None
        self._banner = Banner()
        self._title = wrapped("", "heading")
        self._state = Banner()
        self._difference = wrapped("", "muted")
        self._what = button(_("What differs…"), self._open_differences, "git-compare")
        self._revisions = QComboBox()
        self._revisions.setAccessibleName(_("Revision"))
        self._revisions.activated.connect(self._choose_revision)
        self.pages = Preview()
        self._save = button(_("Save as…"), self._save_as, "save")
        self._print = button(_("Print…"), self._print_out, "printer")
        self._mail = button(_("Mail…"), self._send, "mail")
        self._sign = button(_("Sign…"), self._open_signature, "file-signature")
        self._seal = button(_("Seal…"), self._open_seal, "lock")
        self._void = button(_("Void…"), self._open_void, "x")
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (
            self._banner,
            row(self._title, self._revisions),
            self._state,
            row(self._difference, self._what),
            row(self._save, self._print, self._mail, None),
            row(self._sign, self._seal, self._void, None),
        ):
            layout.addWidget(widget)
        layout.addWidget(self.pages, 1)
        self.setMinimumWidth(400)

    @property
    def page_count(self) -> int:
        """Pages of the document that is shown."""
        return self.pages.page_count

    def show_document(self, document_id: int) -> None:
        """Show a document by its id."""
        self._document_id = document_id
        self._banner.hide()
        self._desk.tasks.query(
            lambda workspace: document_views.view(workspace, document_id),
            self._show,
            self._banner.show_error,
        )

    def reload(self) -> None:
        """Read the document that is shown anew."""
        if self._document_id:
            self.show_document(self._document_id)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._document_id = 0
        self._view = None
        self.pages.clear()
        self._title.setText(_("Choose a document to see it."))
        for widget in (self._difference, self._what, self._state, self._banner, self._revisions):
            widget.hide()
        for tool in (self._save, self._print, self._mail, self._sign, self._seal, self._void):
            tool.setEnabled(False)

    def _show(self, found: DocumentView) -> None:
        document = found.document
        if document.id != self._document_id:
            return
        if self._view is None or self._view.content != found.content:
            self.pages.show_pdf(found.content)
        self._view = found
        self._title.setText(f"{document.number} · {document.title}")
        self._show_revisions(found)
        self._show_state(found)
        is_open = found.is_last and not document.is_void
        for widget in (self._save, self._print, self._mail):
            widget.setEnabled(True)
        self._sign.setEnabled(is_open and signatures.can_be_signed(document))
        self._seal.setEnabled(is_open)
        self._void.setEnabled(not document.is_void)

    def _show_revisions(self, found: DocumentView) -> None:
        self._revisions.clear()
        for one in found.revisions:
            text = _("Revision {revision}").format(revision=one.revision)
            self._revisions.addItem(text, one.id)
        self._revisions.setCurrentIndex(self._revisions.findData(found.document.id))
        self._revisions.setVisible(len(found.revisions) > 1)
        text = _("Revision {revision} differs in: {what}.").format(
            revision=found.document.revision, what=found.document.difference
        )
        self._difference.setText(text)
        self._difference.setVisible(bool(found.document.difference))
        self._what.setVisible(bool(found.differences))

    def _choose_revision(self) -> None:
        self.show_document(self._revisions.currentData())

    def _show_state(self, found: DocumentView) -> None:
        document = found.document
        self._state.hide()
        if document.is_void:
            text = _("Void since {since}: {reason}").format(
                since=formats.moment(document.voided_at), reason=document.void_reason
            )
            self._state.show_text(text, "danger")
        elif found.seals:
            is_good = all(seal.is_good for seal in found.seals)
            text = "\n".join(map(signing.told, found.seals))
            self._state.show_text(text, "good" if is_good else "danger")
        elif not found.is_last:
            text = _("A later revision was issued.")
            self._state.show_text(text, "warning")

    def _save_as(self) -> None:
        found = self._view
        if found is None:
            return
        target = folders.ask_where_to_save(
            self, _("Save as"), folders.DOCUMENTS, found.file_name, "PDF (*.pdf)"
        )
        if target:
            self.save_to(target, found.content)

    def save_to(self, target: Path, content: bytes) -> None:
        """Write the document's own bytes to a file, off the window's thread."""
        self._desk.tasks.query(
            lambda _workspace: documents.save_as(content, target),
            lambda path: self._desk.message.emit(_("Saved: {path}").format(path=path)),
            self._banner.show_error,
        )

    def _send(self) -> None:
        found = self._view
        if found is None:
            return
        name = str(Path(found.file_name).with_suffix(".eml"))
        kinds = _("Mails") + " (*.eml)"
        target = folders.ask_where_to_save(self, _("Save the mail"), folders.MAILS, name, kinds)
        if target:
            self.prepare_mail(target)

    def prepare_mail(self, target: Path) -> None:
        """Write a draft with the document and let the mail program open it."""
        document_id = self._document_id
        self._desk.tasks.query(
            lambda workspace: document_mail.prepare(workspace, document_id, target),
            self._on_prepared,
            self._banner.show_error,
        )

    def _on_prepared(self, target: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            text = _("The mail is open in your mail program: {path}")
        else:
            text = _("The mail is saved; open it in your mail program: {path}")
        self._desk.message.emit(text.format(path=target))

    def _print_out(self) -> None:
        """Print through the system's dialog: copies, both sides, range of pages."""
        printer = printing.printer_for(self.page_count)
        dialog = printing.dialog_for(printer, self.page_count, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages that were chosen, one after another beside other work."""
        if self._view is None:
            return
        job = printing.PrintJob(self._view.content, printer, self.pages.page, self)
        job.finished.connect(self._on_printed)
        job.failed.connect(self._on_not_printed)
        job.start()

    def _on_printed(self, pages: int) -> None:
        text = ngettext(
            "{n} page was sent to the printer.", "{n} pages were sent to the printer.", pages
        )
        self._desk.message.emit(text.format(n=pages))

    def _on_not_printed(self) -> None:
        self._banner.show_text(
            _("The printer takes nothing. Nothing was printed; check it or choose another one."),
            "danger",
        )

    def _open_signature(self) -> None:
        if self._view:
            SignatureDialog(self._desk, self._view.document, self).open()

    def _open_seal(self) -> None:
        if self._view:
            SealDialog(self._desk, self._view.document, self).open()

    def _open_differences(self) -> None:
        if self._view:
            DifferencesDialog(self._view.document, self._view.differences, self).open()

    def _open_void(self) -> None:
        if self._view:
            VoidDialog(self._desk, self._view.document, self).open()

    def act(self, name: str) -> None:
        """Press a button by what it does, where it can be pressed: for the keys of the page."""
        pressed: Any = {"save": self._save, "print": self._print}[name]
        if pressed.isEnabled():
            pressed.click()
