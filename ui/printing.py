"""Printing a PDF on paper: its pages painted one after another, while the window stays alive.

Only the paper is painted; the PDF that is saved or sent is never made from this.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_MOST_DPI: Final = 300
_Option = QAbstractPrintDialog.PrintDialogOption


def printer_for(pages: int) -> QPrinter:
    """Return a printer as a document wants it: A4, both sides where there are several pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDuplex(sides_for(pages))
    return printer


def sides_for(pages: int) -> QPrinter.DuplexMode:
    """Return on which sides a document is printed where nobody chose."""
    both, one = QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone
    return both if pages > 1 else one


def dialog_for(printer: QPrinter, pages: int, parent: QWidget) -> QPrintDialog:
    """Return the system's print dialog: printer, copies, both sides, range of pages."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(_Option.PrintPageRange, True)
    dialog.setOption(_Option.PrintCurrentPage, True)
    dialog.setMinMax(1, max(1, pages))
    return dialog


class PrintJob(QObject):
    """Prints some pages of a PDF; keeps the PDF until it is done.

    Args:
        content: the PDF.
        printer: as the dialog left it.
        current: the page that is looked at, from 1.
        parent: as in Qt.
    """

    finished = Signal(int)
    failed = Signal()

    def __init__(
        self, content: bytes, printer: QPrinter, current: int = 1, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._printer = printer
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf = QPdfDocument(self)
        self._pdf.load(self._buffer)
        self._waiting = list(chosen_pages(printer, self._pdf.pageCount(), current))
        self._count = len(self._waiting)
        self._painter = QPainter()
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin; ``finished`` tells how many pages were printed."""
        if not self._waiting or not self._painter.begin(self._printer):
            self.failed.emit()
            self.deleteLater()
            return
        self._next.start()

    def _print_next(self) -> None:
        _paint(self._painter, self._pdf, self._waiting.pop(0), self._printer.resolution())
        if self._waiting:
            self._printer.newPage()
            return
        self._next.stop()
        self._painter.end()
        self.finished.emit(self._count)
        self.deleteLater()


def chosen_pages(printer: QPrinter, count: int, current: int) -> Sequence[int]:
    """Return the pages that a print dialog asked for, from 0.

    Args:
        printer: as the dialog left it.
        count: pages of the document.
        current: the page that is looked at, from 1.
    """
    pages = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        pages = pages[current - 1 : current]
    elif printer.printRange() == QPrinter.PrintRange.PageRange:
        pages = pages[max(0, printer.fromPage() - 1) : printer.toPage() or count]
    is_backwards = printer.pageOrder() == QPrinter.PageOrder.LastPageFirst
    return pages[::-1] if is_backwards else pages


def _paint(painter: QPainter, pdf: QPdfDocument, number: int, resolution: int) -> None:
    points = pdf.pagePointSize(number)
    scale = min(resolution, _MOST_DPI) / 72
    image = pdf.render(number, QSize(round(points.width() * scale), round(points.height() * scale)))
    paper = painter.viewport()
    size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(paper.topLeft(), size), image)
