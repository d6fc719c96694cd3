"""How rows are drawn: what is selected, where the keyboard is, and what a narrow column shows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.services import clients
from console.workspace import Workspace
from tests.window import settle
from ui import theme
from ui.desk import Desk
from ui.models import columns
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.record_view import RecordView

LONG = "Ředitelství silnic a dálnic, oddělení veřejných zakázek " * 4


def _fill(workspace: Workspace) -> Changes:
    clients.add_client(workspace, Client(name=LONG, ico="00259586"))
    client = clients.client_by_ico(workspace, "00259586")
    with workspace.store.unit("add") as unit:
        for number in range(5):
            line = Line(client_id=client.id, msisdn=f"+42079900000{number}", holder=LONG)
            workspace.store.insert(line)
    return Changes(unit, frozenset({"lines"}))


@pytest.fixture
def view(desk: Desk, qapp: QApplication) -> Iterator[RecordView]:
    theme.apply(qapp, theme.LIGHT)
    desk.tasks.change(_fill)
    query = ListQuery(noun="lines", sort="msisdn")
    made = RecordView(desk.tasks, "cells", "Numbers", columns.LINES, query)
    made.resize(900, 400)
    made.show()
    made.reload()
    settle(desk.tasks)
    yield made
    made.close()


def _drawn(view: RecordView) -> QImage:
    return view.table.viewport().grab().toImage()


def _ground(image: QImage, row: int, x: int = 3) -> QColor:
    return image.pixelColor(x, row * ROW_HEIGHT + 4)


def test_selected_rows_stand_out_over_their_whole_width(view: RecordView) -> None:
    flag = QItemSelectionModel.SelectionFlag
    for row in (1, 3):
        view.table.selectionModel().select(view.model.index(row, 0), flag.Select | flag.Rows)
    image, color = _drawn(view), theme.current.color
    assert [_ground(image, row) == color("selection") for row in range(5)] == [
        False, True, False, True, False,
    ]  # fmt: skip
    assert _ground(image, 1, image.width() - 3) == color("selection")
    assert _ground(image, 0) == color("surface")


def test_frame_is_around_the_current_cell_of_the_table_with_the_keyboard(
    view: RecordView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.table.setCurrentIndex(view.model.index(2, 1))
    without = _drawn(view)
    monkeypatch.setattr(view.table, "hasFocus", lambda: True)
    rect = view.table.visualRect(view.model.index(2, 1))
    framed = _drawn(view)
    assert framed.copy(rect) != without.copy(rect)
    above = QRect(0, 0, framed.width(), 2 * ROW_HEIGHT)
    assert framed.copy(above) == without.copy(above)


def test_part_that_is_painted_alone_is_as_it_is_in_the_whole(view: RecordView) -> None:
    part = QRect(150, ROW_HEIGHT + 7, 300, 2 * ROW_HEIGHT)
    assert view.table.viewport().grab(part).toImage() == _drawn(view).copy(part)


def test_text_of_a_narrow_column_stays_in_it(view: RecordView) -> None:
    holder = next(n for n, c in enumerate(columns.LINES) if c.name == "holder")
    view.table.setColumnWidth(holder, 60)
    rect = view.table.visualRect(view.model.index(0, holder))
    image = _drawn(view)
    edge = [image.pixelColor(rect.right() - 2, y) for y in range(2, ROW_HEIGHT - 2)]
    assert set(map(QColor.name, edge)) == {theme.current.color("surface").name()}


def test_hidden_and_moved_columns_are_drawn_where_they_stand(view: RecordView) -> None:
    before = _drawn(view)
    width = view.table.columnWidth(0)
    cell = before.copy(0, 0, width, ROW_HEIGHT)
    view.table.horizontalHeader().moveSection(0, 1)
    left = view.table.columnViewportPosition(0)
    assert left > 0
    assert _drawn(view).copy(left, 0, width, ROW_HEIGHT) == cell
    view.table.setColumnHidden(0, True)
    assert _drawn(view).copy(left, 0, width, ROW_HEIGHT) != cell


def test_double_click_on_the_border_of_a_header_makes_room_for_all_of_a_text(
    view: RecordView,
) -> None:
    holder = next(n for n, c in enumerate(columns.LINES) if c.name == "holder")
    view.table.resizeColumnToContents(holder)
    assert view.table.columnWidth(holder) > view.table.fontMetrics().horizontalAdvance(LONG)


def test_table_without_rows_draws_nothing(desk: Desk, qapp: QApplication) -> None:
    view = RecordView(
        desk.tasks, "none", "None", columns.LINES, ListQuery(noun="lines", sort="msisdn")
    )
    view.show()
    view.reload()
    settle(desk.tasks)
    image = _drawn(view)
    assert image.pixelColor(image.width() - 5, image.height() - 5) == theme.current.color("surface")
    view.close()
