"""The list of issued documents, with a preview of the chosen one."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from console.domain.client import Client
from console.domain.document import Document
from console.domain.listing import ListQuery
from console.services import clients, documents
from console.texts import _
from ui.desk import Desk
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import Banner, button, flat_button, row, wrapped
from ui.widgets.record_view import RecordView

_PRINT_DPI = 200
_KEEP = Qt.AspectRatioMode.KeepAspectRatio


class PreviewPanel(QWidget):
    """Shows a document; zooms, prints and saves it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: tuple[Document, Client, bytes] | None = None
        self._banner = Banner()
        self._title = wrapped("", "heading")
        self._difference = wrapped("", "muted")
        self._pdf = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setAccessibleName(_("Preview of the document"))
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocument(self._pdf)
        self._save = button(_("Save as…"), self._save_as, "save")
        self._print = button(_("Print…"), self._print_out, "printer")
        zoom_in = flat_button("", "zoom-in", lambda: self._zoom(1.25))
        zoom_out = flat_button("", "zoom-out", lambda: self._zoom(0.8))
        zoom_in.setAccessibleName(_("Larger"))
        zoom_out.setAccessibleName(_("Smaller"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._banner)
        layout.addWidget(self._title)
        layout.addWidget(self._difference)
        layout.addWidget(row(self._save, self._print, None, zoom_out, zoom_in))
        layout.addWidget(self._view, 1)
        self.setMinimumWidth(360)
        self.clear()

    def show_document(self, document_id: int) -> None:
        """Show a document by its id."""

        def work(workspace: Any) -> tuple[Document, Client, bytes]:
            found = documents.document(workspace, document_id)
            content = documents.read(workspace, found)
            return found, clients.client(workspace, found.client_id), content

        self._banner.hide()
        self._desk.tasks.query(work, self._show, self._banner.show_error)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._found = None
        self._pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray())
        self._title.setText(_("Choose a document to see it."))
        self._difference.hide()
        self._save.setEnabled(False)
        self._print.setEnabled(False)

    @property
    def page_count(self) -> int:
        """Pages of the document that is shown."""
        return self._pdf.pageCount()

    def _show(self, found: tuple[Document, Client, bytes]) -> None:
        self.clear()
        self._found = found
        document, _client, content = found
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.load(self._buffer)
        self._title.setText(f"{document.number} · {document.title}")
        difference = _("Revision {revision} differs in: {what}.")
        self._difference.setText(
            difference.format(revision=document.revision, what=document.difference)
        )
        self._difference.setVisible(bool(document.difference))
        self._save.setEnabled(True)
        self._print.setEnabled(True)

    def _zoom(self, factor: float) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(max(0.2, min(5.0, self._view.zoomFactor() * factor)))

    def _save_as(self) -> None:
        if self._found is None:
            return
        document, client, content = self._found
        suggested = documents.file_name(document, client)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as"), suggested, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen), content)

    def save_to(self, target: Path, content: bytes) -> None:
        """Write the document's own bytes to a file, off the window's thread."""
        self._desk.tasks.query(
            lambda _workspace: documents.save_as(content, target),
            lambda path: self._desk.message.emit(_("Saved: {path}").format(path=path)),
            self._banner.show_error,
        )

    def _print_out(self) -> None:
        """Print through the system's dialog, with its range of pages."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.page_count))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Paint the chosen pages on a printer."""
        first = printer.fromPage() or 1
        last = printer.toPage() or self.page_count
        painter = QPainter(printer)
        for number in range(first - 1, last):
            if number > first - 1:
                printer.newPage()
            area = painter.viewport()
            points = self._pdf.pagePointSize(number)
            scale = _PRINT_DPI / 72
            size = QSize(round(points.width() * scale), round(points.height() * scale))
            image = self._pdf.render(number, size)
            fitted = size.scaled(area.size(), _KEEP)
            painter.drawImage(
                area.adjusted(0, 0, fitted.width() - area.width(), fitted.height() - area.height()),
                image,
            )
        painter.end()


class DocumentsPage(ListPage):
    """All issued documents."""

    nouns = frozenset({"documents"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RecordView(
            desk.tasks,
            "documents",
            _("Documents"),
            columns.DOCUMENTS,
            ListQuery(noun="documents", sort="issued_at", descending=True),
            empty=_("No document yet. Issue a status report or an order form."),
        )
        self.preview = PreviewPanel(desk)
        super().__init__(desk, view, self.preview, parent, side_width=420)
        report = button(
            _("Status report…"), lambda: desk.report_requested.emit(0), "file-text", primary=True
        )
        view.tools.insertWidget(2, report)
        order = button(_("Order form…"), lambda: desk.order_requested.emit(0), "shopping-cart")
        view.tools.insertWidget(3, order)
        view.record_selected.connect(self._on_selected)

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
