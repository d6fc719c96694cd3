"""A table with what belongs to it: filter, sort, column chooser, selection, empty state."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats
from console.domain.listing import ListQuery, Page
from console.services import lists
from console.texts import _, ngettext
from ui import icons
from ui.models.record_table import Column, RecordTable
from ui.tasks import Tasks
from ui.widgets.cells import ROW_HEIGHT, CellDelegate, RowPainter
from ui.widgets.column_layout import ColumnLayout

_FILTER_DELAY_MS: Final = 120
_SELECTED_AT_MOST: Final = 10_000
Choice = tuple[str, tuple[tuple[str, Any], ...]]


class _Table(QTableView):
    """The bare table; Enter opens, Ctrl+C copies the selected rows."""

    opened = Signal(QModelIndex)
    delete_pressed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = RowPainter(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Measure anew where the font is another one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._rows = RowPainter(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows in sight."""
        self._rows.paint(QPainter(self.viewport()), self, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell that there is another room for the columns."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open by Enter, copy by Ctrl+C, delete by Del; in an editor the keys are the editor's."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def copy_rows(self) -> None:
        """Put the visible cells of the selected rows on the clipboard, parted by tabs."""
        model = self.model()
        columns = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ["\t".join(str(model.index(r, c).data() or "") for c in columns) for r in rows]
        QApplication.clipboard().setText("\n".join(lines))


class RecordView(QWidget):
    """A list of one noun with its tools."""

    record_opened = Signal(object)
    record_selected = Signal(object)
    many_selected = Signal(list)

    def __init__(
        self,
        tasks: Tasks,
        name: str,
        title: str,
        columns: Sequence[Column],
        query: ListQuery,
        choices: Sequence[Choice] = (),
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the view.

        Args:
            tasks: the way to the services.
            name: stable, for remembering columns.
            title: heading, in the language in use; empty for none.
            columns: all columns.
            query: what it shows at first.
            choices: filters to choose from, each a label and the list's filters.
            empty: what an empty list says.
            parent: as in Qt.
        """
        super().__init__(parent)
        self._name = name
        self._tasks = tasks
        self._empty_text = empty
        self._choices = list(choices)
        self._fixed: tuple[tuple[str, Any], ...] = ()
        self._place: tuple[int, int, int] | None = None
        self.model = RecordTable(tasks, columns, query, self)
        self.table = self._make_table(title or name)
        self._filter = self._make_filter()
        self._choice = self._make_choice()
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._empty = QLabel(self.table.viewport())
        self.tools = QHBoxLayout()
        self._lay_out(title)
        self._columns = ColumnLayout(self.table, columns, name)
        self._connect()

    def select_choice(self, number: int) -> None:
        """Choose one of the filters by its place."""
        self._choice.setCurrentIndex(number)

    def shown_columns(self) -> list[str]:
        """Return the fields of the columns that are shown, in the order that they are in."""
        header = self.table.horizontalHeader()
        sections = (header.logicalIndex(place) for place in range(header.count()))
        return [
            self.model.columns[section].exports
            for section in sections
            if not self.table.isColumnHidden(section)
        ]

    def show_saved(self, view: Any) -> None:
        """Show a saved view: its filters, words and order."""
        self._filter.blockSignals(True)
        self._filter.setText(view.text)
        self._filter.blockSignals(False)
        known = [filters for _label, filters in self._choices]
        if view.choice in known:
            self._choice.blockSignals(True)
            self._choice.setCurrentIndex(known.index(view.choice))
            self._choice.blockSignals(False)
        self.model.show_query(
            text=view.text, filters=view.choice, sort=view.sort, descending=view.descending
        )
        self._show_sorting()

    def narrow(self, client_id: int, filters: tuple[tuple[str, Any], ...]) -> None:
        """Show only rows of a client, 0 for all, that fit filters, whatever else is chosen."""
        self._fixed = filters
        self.model.query = replace(self.model.query, client_id=client_id)
        self._apply_filter()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus()
        self._filter.selectAll()

    def selected(self) -> list[Any]:
        """Return the records of the selected rows that are loaded."""
        return [
            r
            for top, bottom in self.selected_ranges()
            for r in self.model.records_here(top, bottom)
        ]

    def selected_ranges(self) -> list[tuple[int, int]]:
        """Return the first and last rows of what is selected; a million rows are one range."""
        found = self.table.selectionModel().selection()
        parts = [found.at(number) for number in range(found.count())]
        return sorted({(part.top(), part.bottom()) for part in parts})

    def current(self) -> Any:
        """Return the record of the current row, or None."""
        index = self.table.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def _make_table(self, name: str) -> _Table:
        table = _Table()
        table.setAccessibleName(name)
        table.setModel(self.model)
        table.setItemDelegate(CellDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        table.setMinimumHeight(3 * ROW_HEIGHT)
        return table

    def _make_filter(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(_("Filter"))
        field.setAccessibleName(_("Filter the list"))
        field.setClearButtonEnabled(True)
        field.setMaximumWidth(220)
        return field

    def _make_choice(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("View"))
        box.addItems([label for label, _filters in self._choices])
        box.setVisible(len(self._choices) > 1)
        return box

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if title:
            heading = QLabel(title)
            heading.setProperty("role", "title")
            self.tools.addWidget(heading)
        self.tools.addWidget(self._count)
        self.tools.addStretch(1)
        self.tools.addWidget(self._filter)
        self.tools.addWidget(self._choice)
        self.tools.addWidget(self._make_column_button())
        layout.addLayout(self.tools)
        layout.addWidget(self.table, 1)
        self._empty.setText(self._empty_text or _("Nothing here yet."))
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.move(18, 18)
        self._empty.hide()

    def _make_column_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon("columns-3"))
        button.setToolTip(_("Columns"))
        button.setAccessibleName(_("Columns"))
        button.clicked.connect(
            lambda: self._columns.choose(button.mapToGlobal(button.rect().bottomLeft()))
        )
        return button

    def _connect(self) -> None:
        self._delay = QTimer(self, singleShot=True, interval=_FILTER_DELAY_MS)
        self._delay.timeout.connect(self._apply_filter)
        self._filter.textChanged.connect(lambda: self._delay.start())
        self._choice.currentIndexChanged.connect(self._apply_filter)
        header = self.table.horizontalHeader()
        header.sectionClicked.connect(self._on_section_clicked)
        self.table.resized.connect(self._columns.fit)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.model.counted.connect(self._on_counted)
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.modelReset.connect(self._return_to_place)
        self._show_sorting()
        if self._choices:
            self.model.query = replace(self.model.query, filters=self._choices[0][1])

    def _on_selection_changed(self) -> None:
        ranges = self.selected_ranges()
        count = sum(bottom - top + 1 for top, bottom in ranges)
        chosen = self.selected()
        if count == 1 and chosen:
            self.record_selected.emit(chosen[0])
        elif count > 1 and len(chosen) == count:
            self.many_selected.emit(chosen)
        elif count > 1:
            self._read_selected(ranges)

    def _read_selected(self, ranges: list[tuple[int, int]]) -> None:
        """Read what is selected but was never in sight, as far as a step can be taken over it."""
        query = self.model.query
        last = min(max(bottom for _top, bottom in ranges) + 1, _SELECTED_AT_MOST)

        def chosen(page: Page) -> None:
            if query == self.model.query and ranges == self.selected_ranges():
                rows = [row for top, bottom in ranges for row in page.rows[top : bottom + 1]]
                self.many_selected.emit(rows)

        self._tasks.query(lambda w: lists.page(w, query, None, last), chosen)

    def _remember_place(self) -> None:
        """Keep what is current, so that a change elsewhere does not lose the person's place."""
        record, index = self.current(), self.table.currentIndex()
        self._place = (record.id, index.row(), index.column()) if record is not None else None

    def _return_to_place(self) -> None:
        if self._place is None:
            return
        record_id, row, column = self._place
        near = sorted(range(self.model.rowCount()), key=lambda r: abs(r - row))
        found = (r for r in near if (there := self.model.record(r)) and there.id == record_id)
        at = next(found, None)
        if at is not None:
            self.table.setCurrentIndex(self.model.index(at, column))

    def reload(self) -> None:
        """Read the list anew."""
        self.model.reload()

    def _apply_filter(self) -> None:
        chosen = self._choices[self._choice.currentIndex()][1] if self._choices else ()
        self.model.show_query(text=self._filter.text(), filters=(*self._fixed, *chosen))

    def _on_section_clicked(self, section: int) -> None:
        sort = self.model.columns[section].sort
        if sort:
            query = self.model.query
            descending = sort == query.sort and not query.descending
            self.model.show_query(sort=sort, descending=descending)
        self._show_sorting()

    def _show_sorting(self) -> None:
        query = self.model.query
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        for section, column in enumerate(self.model.columns):
            if column.sort == query.sort:
                self.table.horizontalHeader().setSortIndicator(section, order)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """Open the record; lists that can be edited do it in the cell that was clicked."""
        self._on_opened(index)

    def _on_opened(self, index: QModelIndex) -> None:
        record = self.model.record(index.row())
        if record is not None:
            self.record_opened.emit(record)

    def _on_counted(self, rows: int, is_all: bool) -> None:
        is_cut = bool(self.model.query.text) and rows == lists.FOUND_AT_MOST
        said = _("the newest {n} rows") if is_cut else ngettext("{n} row", "{n} rows", rows)
        text = said.format(n=formats.whole(rows))
        self._count.setText(text if is_all else f"{text}…")
        self._empty.setVisible(rows == 0)
        self._empty.setFixedWidth(max(200, self.table.viewport().width() - 36))
        self._empty.adjustSize()
