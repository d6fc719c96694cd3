"""Which pages a print dialog asked for, and that they come out on paper."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console import texts
from tests.documents import everything, pdf
from ui import printing
from ui.printing import PrintJob

Range = QPrinter.PrintRange
DUPLEX = QPrinter.DuplexMode


@pytest.fixture
def printer(qtbot: QtBot) -> QPrinter:
    """A printer as a document of several pages wants it."""
    return printing.printer_for(3)


def test_several_pages_are_printed_on_both_sides() -> None:
    assert printing.sides_for(3) == DUPLEX.DuplexLongSide
    assert printing.sides_for(1) == DUPLEX.DuplexNone


def test_dialog_offers_the_range_of_pages(printer: QPrinter, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = printing.dialog_for(printer, 7, parent)
    assert (dialog.minPage(), dialog.maxPage()) == (1, 7)
    assert dialog.testOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ((Range.AllPages, 0, 0), [0, 1, 2, 3, 4]),
        ((Range.PageRange, 2, 4), [1, 2, 3]),
        ((Range.PageRange, 3, 3), [2]),
        ((Range.PageRange, 4, 99), [3, 4]),
        ((Range.CurrentPage, 0, 0), [1]),
    ],
)
def test_pages_are_those_that_were_asked_for(
    printer: QPrinter, asked: tuple[Range, int, int], pages: list[int]
) -> None:
    kind, first, last = asked
    printer.setPrintRange(kind)
    printer.setFromTo(first, last)
    assert list(printing.chosen_pages(printer, 5, 2)) == pages
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert list(printing.chosen_pages(printer, 5, 2)) == pages[::-1]


def test_chosen_pages_come_out_and_the_window_lives_on(
    printer: QPrinter, tmp_path: Path, qtbot: QtBot
) -> None:
    content = everything.made("request-story", "cs")
    texts.use_language("en")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "tisk.pdf"))
    printer.setPrintRange(Range.PageRange)
    printer.setFromTo(2, 3)
    job = PrintJob(content, printer)
    with qtbot.waitSignal(job.finished, timeout=20_000) as told:
        job.start()
    assert told.args == [2]
    printed = (tmp_path / "tisk.pdf").read_bytes()
    assert (pdf.info(printed)["Pages"], "(A4)" in pdf.info(printed)["Page size"]) == ("2", True)


@pytest.mark.qt_log_ignore("QPainter::begin", "QPdfEngine", extend=True)
def test_printer_that_takes_nothing_is_told(
    printer: QPrinter, tmp_path: Path, qtbot: QtBot
) -> None:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nikde" / "tisk.pdf"))
    job = PrintJob(everything.made("recovery-sheet", "en"), printer)
    with qtbot.waitSignal(job.failed, timeout=5_000):
        job.start()
