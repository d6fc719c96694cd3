"""A table of records of any length: pages by key, with anchors for the scroll bar.

The first page is shown at once; the worker then finds an anchor every few hundred rows, and
a page that comes into view is read from the anchor before it, and its neighbours with it, so
that going on page by page waits for nothing. The model holds records and
the strings that the delegate draws, never a query.
"""

import html
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from console.domain.listing import Anchors, Key, ListQuery, Page
from console.services import lists
from console.texts import _
from console.workspace import Workspace
from ui.tasks import Tasks

STEP: Final = 250
"""Rows of a page, and between two anchors."""
_KEPT_PAGES: Final = 40
_ANCHORS_AT_ONCE: Final = 20
_ANCHORS_AT_FIRST: Final = 2
_SHOWN: Final = (
    Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
)
_EDITABLE: Final = _SHOWN | Qt.ItemFlag.ItemIsEditable
_LONG_SECONDS: Final = 0.03
"""So long the worker may look for anchors before it asks whether something else is wanted."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, as data.

    Args:
        name: stable, for remembering widths.
        label: of the header, marked for translation.
        text: gives what a cell shows.
        width: pixels at 100 %.
        sort: column of the list to sort by, or empty.
        tone: gives the tone of the badge that the cell is, or an empty string for plain text.
        right: whether numbers stand at the right.
        shown: whether it is there before the person chose.
        elastic: whether it gives way in a narrow table and takes what is left in a wide one.
        field: name of the record's field that it shows, for exports and for editing in place;
            empty where it is the column's own name.
    """

    name: str
    label: str
    text: Callable[[Any], str]
    width: int = 140
    sort: str = ""
    tone: Callable[[Any], str] | None = None
    right: bool = False
    shown: bool = True
    elastic: bool = False
    field: str = ""

    @property
    def shows(self) -> str:
        """Name of the field of the summary that it shows."""
        return self.field or self.name

    @property
    def exports(self) -> str:
        """Name of the field that goes into a table of this list: what an id refers to."""
        return self.name if self.field.endswith("_id") else self.shows


class RecordTable(QAbstractTableModel):
    """The model of a list of one noun."""

    loaded = Signal()
    counted = Signal(int, bool)
    edited = Signal(int, int, str)
    """A cell was overwritten; whoever shows the table stores it."""

    def __init__(
        self,
        tasks: Tasks,
        columns: Sequence[Column],
        query: ListQuery,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.columns = tuple(columns)
        self._texts = [column.text for column in columns]
        self.editable: frozenset[int] = frozenset()
        self.query = query
        self._rows = 0
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._strings: dict[int, tuple[str, ...]] = {}
        self._anchors: list[Key] = []
        self._at_once = _ANCHORS_AT_FIRST
        self._wanted: set[int] = set()
        self._generation = 0
        self._page_in_sight = -1
        self._is_counted = False
        self._neighbours_timer = QTimer(self, singleShot=True, interval=0)
        self._neighbours_timer.timeout.connect(self._want_neighbours)
        self._reload_timer = QTimer(self, singleShot=True, interval=0)
        self._reload_timer.timeout.connect(self._load_first)

    def show_query(self, **changes: Any) -> None:
        """Show another part of the list, or in another order."""
        self.query = replace(self.query, **changes)
        self.reload()

    def reload(self) -> None:
        """Read the list anew; several calls in a row read it once."""
        self._generation += 1
        self._reload_timer.start()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._generation += 1
        self._reload_timer.stop()
        self.beginResetModel()
        self._rows = 0
        self._pages.clear()
        self._strings.clear()
        self._anchors = []
        self._wanted.clear()
        self.endResetModel()

    def record(self, row: int) -> Any:
        """Return the record of a row, or None where its page is not there yet."""
        page = self._page(row // STEP)
        offset = row % STEP
        return page[offset] if page is not None and offset < len(page) else None

    def records_here(self, first: int, last: int) -> list[Any]:
        """Return the records of some rows that are here already; nothing is read for it."""
        found: list[Any] = []
        for number in sorted(self._pages):
            page, start = self._pages[number], number * STEP
            found += page[max(0, first - start) : max(0, last + 1 - start)]
        return found

    def strings(self, row: int) -> tuple[str, ...] | None:
        """Return the prepared strings of a row, or None where its page is not there yet."""
        number = row // STEP
        if number != self._page_in_sight:
            self._page_in_sight = number
            self._neighbours_timer.start()
        prepared = self._strings.get(row)
        if prepared is None:
            record = self.record(row)
            if record is None:
                return None
            prepared = self._strings[row] = tuple(text(record) for text in self._texts)
        return prepared

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # type: ignore[override]  # noqa: N802
        """Return the rows known so far."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex | None = None) -> int:  # type: ignore[override]  # noqa: N802
        """Return the count of columns, hidden ones included."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the text of a cell, for accessibility, copying and sizes."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        strings = self.strings(index.row())
        text = strings[index.column()] if strings else ""
        return html.escape(text) if role == Qt.ItemDataRole.ToolTipRole and "<" in text else text

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell; some can be edited in place."""
        if index.column() in self.editable and self.record(index.row()) is not None:
            return _EDITABLE
        return _SHOWN if index.isValid() else Qt.ItemFlag.NoItemFlags

    def setData(  # noqa: N802
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tell what a cell was overwritten with; the list is read anew when it is stored."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.edited.emit(index.row(), index.column(), str(value))
        return True

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the header of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self.columns[section].right
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _load_first(self) -> None:
        generation, query = self._generation, self.query
        self._tasks.query(
            lambda workspace: lists.page(workspace, query, None, STEP),
            lambda page: self._show_first(generation, page),
        )

    def _show_first(self, generation: int, page: Page) -> None:
        if generation != self._generation:
            return
        self.beginResetModel()
        self._pages.clear()
        self._strings.clear()
        self._anchors = []
        self._wanted.clear()
        self._rows = len(page.rows)
        self._keep(0, page)
        self._is_counted = page.at_end
        self.endResetModel()
        self.loaded.emit()
        self.counted.emit(self._rows, self._is_counted)
        if not page.at_end:
            self._anchors = [page.keys[-1]]
            self._at_once = _ANCHORS_AT_FIRST
            self._find_anchors(generation)

    def _find_anchors(self, generation: int) -> None:
        """Look for the next anchors: few at a time where a filter makes each of them dear."""
        query, after, count = self.query, self._anchors[-1], self._at_once

        def look(workspace: Workspace) -> tuple[Anchors, float]:
            start = time.perf_counter()
            found = lists.anchors(workspace, query, after, STEP, count)
            return found, time.perf_counter() - start

        self._tasks.query(look, lambda found: self._add_anchors(generation, *found))

    def _add_anchors(self, generation: int, found: Anchors, seconds: float) -> None:
        if generation != self._generation:
            return
        is_long = seconds > _LONG_SECONDS
        wanted = self._at_once // 2 if is_long else self._at_once * 2
        self._at_once = max(1, min(_ANCHORS_AT_ONCE, wanted))
        self._anchors += found.keys
        rows = len(self._anchors) * STEP + (found.rest or 0)
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
        self._is_counted = found.rest is not None
        self.counted.emit(self._rows, self._is_counted)
        if not self._is_counted:
            self._find_anchors(generation)

    def _page(self, number: int) -> list[Any] | None:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
        else:
            self._want(number)
        return page

    def _want_neighbours(self) -> None:
        """Read the pages beside the one in sight, once it is painted: reading takes its share."""
        self._want(self._page_in_sight + 1)
        self._want(self._page_in_sight - 1)

    def _want(self, number: int) -> None:
        is_there = number in self._pages or number in self._wanted
        has_rows = 0 < number <= len(self._anchors) and number * STEP < self._rows
        if not is_there and has_rows:
            self._wanted.add(number)
            self._read_page(number)

    def _read_page(self, number: int) -> None:
        generation, query, after = self._generation, self.query, self._anchors[number - 1]
        self._tasks.query(
            lambda workspace: lists.page(workspace, query, after, STEP),
            lambda page: self._show_page(generation, number, page),
        )

    def _show_page(self, generation: int, number: int, page: Page) -> None:
        if generation != self._generation:
            return
        self._wanted.discard(number)
        self._keep(number, page)
        top = self.index(number * STEP, 0)
        last = min(self._rows, number * STEP + len(page.rows)) - 1
        self.dataChanged.emit(top, self.index(last, len(self.columns) - 1))

    def _keep(self, number: int, page: Page) -> None:
        self._pages[number] = page.rows
        while len(self._pages) > _KEPT_PAGES:
            oldest = next(key for key in self._pages if key not in (0, number))
            del self._pages[oldest]
            for row in range(oldest * STEP, (oldest + 1) * STEP):
                self._strings.pop(row, None)
