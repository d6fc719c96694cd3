"""Declaring a document void, for a reason."""

from PySide6.QtWidgets import QWidget

from console.domain.document import Document
from console.services import documents
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import wrapped


class VoidDialog(FormDialog):
    """Asks why; the document keeps its number and its file."""

    def __init__(self, desk: Desk, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Declare void"), _("Declare void"), parent)
        self._document = document
        self.form.addRow(wrapped(f"{document.number} · {document.title}", "heading"))
        self.reason = self.add_text(_("Reason"))
        self.form.addRow(
            wrapped(
                _(
                    "The document keeps its number and its file; whatever is shown, printed or "
                    "saved of it is marked. Ctrl+Z takes it back."
                ),
                "muted",
            )
        )
        self.keep_typed(f"void-{document.id}", document.client_id, {"reason": self.reason})
        self.reason.setFocus()

    def submit(self) -> None:
        """Declare it void."""
        document, reason = self._document, self.reason.text()
        self.save(lambda workspace: documents.void(workspace, document, reason))
