"""What a file from outside is worth: its seals, and whether it is what was issued here."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.services import document_views, signing
from console.services.document_views import Verified
from console.texts import _
from ui import folders
from ui.desk import Desk
from ui.widgets.parts import Banner, button, wrapped


class VerificationDialog(QDialog):
    """Takes a file and says who sealed it, when, and whether anything was changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Verify a document"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._file = wrapped(_("Choose a PDF that came back, or that you sent."), "heading")
        self.seals = Banner()
        self.origin = Banner()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        for widget in (self._file, self.seals, self.origin):
            layout.addWidget(widget)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(button(_("Choose…"), self._choose, "folder-open", primary=True))
        buttons.addStretch(1)
        buttons.addWidget(button(_("Close"), self.reject))
        layout.addLayout(buttons)
        self.setMinimumWidth(520)
        self.setMinimumHeight(220)

    def _choose(self) -> None:
        start = str(folders.last(folders.DOCUMENTS))
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Verify a document"), start, "PDF (*.pdf)"
        )
        if chosen:
            self.verify(Path(chosen))

    def verify(self, file: Path) -> None:
        """Say what a file is worth."""
        self._file.setText(file.name)
        self.seals.hide()
        self.origin.hide()
        self._desk.tasks.query(
            lambda workspace: document_views.verify(workspace, signing.read_file(file)),
            self._show,
            self.seals.show_error,
        )

    def _show(self, found: Verified) -> None:
        if found.seals:
            is_good = all(seal.is_good for seal in found.seals)
            text = "\n".join(map(signing.told, found.seals))
            self.seals.show_text(text, "good" if is_good else "danger")
        else:
            self.seals.show_text(_("There is no seal in the file."), "warning")
        self._show_origin(found)

    def _show_origin(self, found: Verified) -> None:
        document = found.document
        if document is None:
            text = _("This is not a file that was issued here, or it was changed since.")
            self.origin.show_text(text, "warning")
            return
        text = _("It is what was issued here as {number}, revision {revision}.").format(
            number=document.number, revision=document.revision
        )
        if document.is_void:
            reason = _("It was declared void: {reason}").format(reason=document.void_reason)
            text = f"{text} {reason}"
        self.origin.show_text(text, "danger" if document.is_void else "good")
