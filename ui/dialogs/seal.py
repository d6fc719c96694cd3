"""Sealing a document with the manager's certificate."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from console.domain.document import Document
from console.domain.journal import Changes
from console.services import signatures
from console.texts import _
from console.workspace import Workspace
from ui import folders
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, row, wrapped


class SealDialog(FormDialog):
    """Asks for the certificate and its passphrase, which is used once and kept nowhere."""

    def __init__(self, desk: Desk, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Seal"), _("Seal"), parent)
        self._document = document
        self.form.addRow(wrapped(f"{document.number} · {document.title}", "heading"))
        self.certificate = QLineEdit()
        self.certificate.setAccessibleName(_("Certificate (PKCS#12)"))
        choose = button(_("Choose…"), self._choose, "folder-open")
        self.form.addRow(_("Certificate (PKCS#12)"), row(self.certificate, choose))
        self.passphrase = self.add_text(_("Passphrase of the certificate"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason = self.add_text(_("Reason"))
        self.place = self.add_text(_("Place"))
        self.form.addRow(
            wrapped(
                _(
                    "The sealed copy is kept with the document and is what is saved, printed and "
                    "sent from now on. The passphrase is not kept."
                ),
                "muted",
            )
        )
        kept = folders.last(folders.CERTIFICATE)
        if kept.is_file():
            self.certificate.setText(str(kept))
            self.passphrase.setFocus()
        else:
            self.certificate.setFocus()

    def _choose(self) -> None:
        kinds = _("Certificates") + " (*.p12 *.pfx);;" + _("All files") + " (*)"
        start = str(folders.last(folders.CERTIFICATE))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a certificate"), start, kinds)
        if chosen:
            self.certificate.setText(chosen)
            self.passphrase.setFocus()

    def submit(self) -> None:
        """Seal the document."""
        document, certificate = self._document, Path(self.certificate.text().strip())
        secret = self.passphrase.text()
        reason, place = self.reason.text().strip(), self.place.text().strip()

        def work(workspace: Workspace) -> Changes:
            return signatures.seal_document(workspace, document, certificate, secret, reason, place)

        self.save(work, lambda _changes: self._on_sealed(certificate))

    def _on_sealed(self, certificate: Path) -> None:
        self.passphrase.clear()
        folders.remember(folders.CERTIFICATE, certificate)
        self.desk.message.emit(_("{number} is sealed.").format(number=self._document.number))
