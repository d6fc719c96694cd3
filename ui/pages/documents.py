"""The list of issued documents, with a preview of the chosen one."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.domain.document import DocumentKind
from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.document_menu import DocumentMenu
from ui.widgets.document_panel import DocumentPanel
from ui.widgets.record_view import Choice, RecordView


def document_choices() -> list[Choice]:
    """Return the views of a list of documents."""
    return [
        (_("All documents"), ()),
        (_("Valid documents"), (("void", 0),)),
        *((kind.label, (("kind", kind.value),)) for kind in DocumentKind),
    ]


class DocumentsPage(ListPage):
    """All issued documents. Ctrl+P prints and Ctrl+S saves the one that is shown."""

    nouns = frozenset({"documents", "attachments"})
    """A seal is kept as an attachment of its document."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RecordView(
            desk.tasks,
            "documents",
            _("Documents"),
            columns.DOCUMENTS,
            ListQuery(noun="documents", sort="issued_at", descending=True),
            document_choices(),
            empty=_("No document yet. Issue a status report or an order form."),
        )
        self.preview = DocumentPanel(desk)
        super().__init__(desk, view, self.preview, parent, side_width=440)
        view.tools.insertWidget(2, DocumentMenu(desk))
        view.record_selected.connect(self._on_selected)
        for key, name in (("Ctrl+P", "print"), ("Ctrl+S", "save")):
            shortcut = QShortcut(QKeySequence(key), self, partial(self.preview.act, name))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def reload(self) -> None:
        """Read the list and the document that is shown anew."""
        super().reload()
        self.preview.reload()

    def show_document(self, document_id: int) -> None:
        """Show a document by its id."""
        self.preview.show_document(document_id)

    def _on_selected(self, document: Any) -> None:
        if document is not None:
            self.preview.show_document(document.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self.preview.clear()
