"""A table of 1,000,000 rows: opening it, and going down page by page."""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from console.domain.listing import ListQuery
from tests.bench.data import million, opened
from tests.bench.measure import Row, seconds
from tests.bench.screen import application, desk_over
from ui.models import columns
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.record_view import RecordView

SIZE = (1060, 640)
PAGES = 300
KEY_REPEAT_MS = 15
OPENED_MS = 300


def rows(_folder: Path) -> list[Row]:
    """Measure the window's own list of numbers against Qt's own model in memory."""
    application()
    with desk_over(opened(million())) as desk:
        start = time.perf_counter()
        view = _shown_list(desk)
        opened_ms = (time.perf_counter() - start) * 1000
        desk.tasks.wait(120)
        plain = _plain_table(view)
        floor, taken = _page_down_in_turn([plain, view.table])
        assert view.table.currentIndex().row() > PAGES * 10
        view.close()
        plain.close()
    return [
        Row("table of 1,000,000 rows: first paint", opened_ms, "ms", 0, OPENED_MS,
            is_difference=True),
        Row("table of 1,000,000 rows: page down, p95", taken * 1000, "ms", floor * 1000, 1.2),
    ]  # fmt: skip


def _shown_list(desk) -> RecordView:  # type: ignore[no-untyped-def]
    query = ListQuery(noun="lines", sort="msisdn")
    view = RecordView(desk.tasks, "bench", "Numbers", columns.LINES, query)
    view.resize(*SIZE)
    view.show()
    seen: list[object] = []
    view.model.loaded.connect(lambda: seen.append(True))
    view.reload()
    while not seen:
        application().processEvents()
    view.table.viewport().repaint()
    assert view.model.strings(0)
    return view


def _plain_table(like: RecordView) -> QTableView:
    """Return Qt's own table over Qt's own model with the same columns and cells."""
    model = QStandardItemModel()
    for row in range(250):
        strings = like.model.strings(row) or ()
        model.appendRow([QStandardItem(text) for text in strings])
    first = [[model.item(r, c).text() for c in range(model.columnCount())] for r in range(250)]
    for block in range(1, 40):
        for cells in first:
            model.appendRow([QStandardItem(f"{text} {block}") for text in cells])
    table = QTableView()
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    for column in range(model.columnCount()):
        table.setColumnWidth(column, like.table.columnWidth(column))
        table.setColumnHidden(column, like.table.isColumnHidden(column))
    table.resize(like.table.size())
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.show()
    model.setParent(table)
    _settle()
    return table


def _settle() -> None:
    for _turn in range(5):
        application().processEvents()


def _page_down_in_turn(tables: Sequence[QTableView]) -> list[float]:
    """Return the time that 95 of 100 steps of each table keep to, seconds.

    The tables take turns, so that both meet the same machine, and between two steps passes the
    time that lies between two keys of a keyboard that repeats.
    """
    taken: list[list[float]] = [[] for _table in tables]
    for _page in range(PAGES):
        for table, times in zip(tables, taken, strict=True):
            times.append(seconds(lambda t=table: _page_down(t)))
            QTest.qWait(KEY_REPEAT_MS)
    return [statistics.quantiles(times, n=20)[-1] for times in taken]


def _page_down(table: QTableView) -> None:
    """Go down a page and wait until its cells are painted with what they say."""
    before = table.currentIndex().row()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier)
        application().sendEvent(table, key)
    row = table.rowAt(table.viewport().height() // 2)
    while not table.model().index(row, 0).data():
        application().processEvents()
    table.viewport().repaint()
    assert table.currentIndex().row() > before
