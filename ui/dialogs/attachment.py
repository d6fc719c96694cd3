"""A file of a story, shown read-only out of memory; nothing of it is written to the disk."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats
from console.domain.attachment import Attachment
from console.services import attachments
from console.texts import _
from ui.desk import Desk
from ui.widgets.parts import Banner, button, row, wrapped

_LONGEST_TEXT: Final = 400_000
_WIDEST: Final = 1600
_TEXTS: Final = ("text/", "message/", "application/json", "application/xml")
_MOST_MEGABYTES: Final = 256
"""Memory that a picture may take when it is unpacked."""


class AttachmentDialog(QDialog):
    """Shows texts, pictures and PDFs; everything else can be saved as a copy."""

    def __init__(self, desk: Desk, file: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(file.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._file = file
        self._content = b""
        self.banner = Banner()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.banner)
        self._save = button(_("Save a copy…"), self._choose, "save")
        self._save.setEnabled(False)
        head = f"{file.media_type} · {formats.file_size(file.size)}"
        self._layout.addWidget(wrapped(head, "muted"))
        self._layout.addWidget(row(None, self._save, button(_("Close"), self.reject)))
        self.resize(760, 600)
        desk.tasks.query(
            lambda w: attachments.content_of(w, file), self._show, self.banner.show_error
        )

    def _show(self, content: bytes) -> None:
        self._content = content
        self._save.setEnabled(True)
        self._layout.insertWidget(2, self._view(content), 1)

    def _view(self, content: bytes) -> QWidget:
        kind = self._file.media_type
        if kind == "application/pdf":
            return _pdf(content, self)
        if kind.startswith("image/"):
            shown = _picture(content)
            if shown is not None:
                return shown
        if kind.startswith(_TEXTS):
            return _text(content)
        return wrapped(_("This file cannot be shown here. Save a copy and open that."), "muted")

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), self._file.name)
        if chosen:
            self.save_as(Path(chosen))

    def save_as(self, target: Path) -> None:
        """Write a copy, which is not encrypted, where the person wants it."""
        content = self._content
        self._desk.tasks.query(
            lambda _w: attachments.save_copy(content, target),
            lambda path: self.banner.show_text(
                _("Saved as {name}. The copy is not encrypted.").format(name=path.name), "good"
            ),
            self.banner.show_error,
        )


def _text(content: bytes) -> QWidget:
    shown = QPlainTextEdit()
    shown.setReadOnly(True)
    shown.setAccessibleName(_("Text"))
    shown.setPlainText(content[:_LONGEST_TEXT].decode("utf-8", "replace"))
    return shown


def _picture(content: bytes) -> QWidget | None:
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image: QImage = QImageReader(buffer).read()
    if image.isNull():
        return None
    if image.width() > _WIDEST:
        image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    shown = QLabel()
    shown.setPixmap(QPixmap.fromImage(image))
    area = QScrollArea()
    area.setWidget(shown)
    return area


def _pdf(content: bytes, parent: QWidget) -> QWidget:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

    buffer = QBuffer(parent)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(parent)
    document.load(buffer)
    view = QPdfView(parent)
    view.setPageMode(QPdfView.PageMode.MultiPage)
    view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
    view.setDocument(document)
    return view
