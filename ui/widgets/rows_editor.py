"""A list of rows with a form for the chosen one: add, copy, remove, put in order."""

import copy
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from console.texts import _
from ui.widgets.field_form import Field, FieldForm, Row
from ui.widgets.parts import button, flat_button
from ui.widgets.plain_table import PlainTable


class RowsEditor(QWidget):
    """Edits a list of mappings; the list belongs to the editor."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        fields: Sequence[Field],
        new_row: Callable[[list[Row]], Row],
        parent: QWidget | None = None,
    ) -> None:
        """Make the editor.

        Args:
            name: what is read aloud.
            fields: of a row; those that are columns are shown in the list.
            new_row: gives a fresh row, knowing those that are there.
            parent: as in Qt.
        """
        super().__init__(parent)
        self._columns = [field for field in fields if field.is_column]
        self._new_row = new_row
        self._rows: list[Row] = []
        self._table = PlainTable(name, [_(field.label) for field in self._columns])
        self._table.currentCellChanged.connect(lambda row, *_rest: self._show(row))
        self._form = FieldForm(fields)
        self._form.changed.connect(self._on_edited)
        self._lay_out()

    @property
    def rows(self) -> list[Row]:
        """The rows as they are edited."""
        return self._rows

    def set_rows(self, rows: list[Row]) -> None:
        """Edit these rows from now on."""
        self._rows = rows
        self._fill()
        self._choose(0)

    def focus_field(self, row: int, name: str) -> str:
        """Choose a row and put the cursor into one of its fields; return the field's label."""
        self._choose(row)
        return self._form.focus_field(name)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(button(_("Add"), self._add, "plus"))
        tools.addWidget(button(_("Copy"), self._copy, "columns-3"))
        tools.addWidget(button(_("Remove"), self._remove, "trash-2"))
        for text, icon, step in ((_("Up"), "chevron-up", -1), (_("Down"), "chevron-down", 1)):
            mover = flat_button("", icon, self._mover(step))
            mover.setAccessibleName(text)
            mover.setToolTip(text)
            tools.addWidget(mover)
        tools.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        column.addLayout(tools)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._form)
        area.setMinimumWidth(360)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(14)
        splitter.addWidget(left)
        splitter.addWidget(area)
        splitter.setSizes([520, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(splitter)

    def _fill(self) -> None:
        self._table.blockSignals(True)
        self._table.setRowCount(len(self._rows))
        for number in range(len(self._rows)):
            self._fill_row(number)
        self._table.blockSignals(False)

    def _fill_row(self, number: int) -> None:
        texts = [field.shown(self._rows[number]) for field in self._columns]
        self._table.show_row(number, texts)

    def _choose(self, number: int) -> None:
        if self._rows:
            self._table.setCurrentCell(min(max(0, number), len(self._rows) - 1), 0)
        self._show(self._table.currentRow() if self._rows else -1)

    def _show(self, number: int) -> None:
        self._form.show_row(self._rows[number] if 0 <= number < len(self._rows) else None)

    def _on_edited(self) -> None:
        self._fill_row(self._table.currentRow())
        self.changed.emit()

    def _insert(self, row: Row) -> None:
        at = self._table.currentRow() + 1 if self._rows else 0
        self._rows.insert(at, row)
        self._on_rearranged(at)

    def _on_rearranged(self, chosen: int) -> None:
        self._fill()
        self._choose(chosen)
        self.changed.emit()

    def _add(self) -> None:
        self._insert(self._new_row(self._rows))

    def _copy(self) -> None:
        chosen = self._table.currentRow()
        if 0 <= chosen < len(self._rows):
            fresh = self._new_row(self._rows)
            self._insert(
                {**copy.deepcopy(self._rows[chosen]), **{k: fresh[k] for k in _own(fresh)}}
            )

    def _remove(self) -> None:
        chosen = self._table.currentRow()
        if 0 <= chosen < len(self._rows):
            del self._rows[chosen]
            self._on_rearranged(chosen)

    def _mover(self, step: int) -> Callable[[], None]:
        def move() -> None:
            chosen, there = self._table.currentRow(), self._table.currentRow() + step
            if 0 <= chosen < len(self._rows) and 0 <= there < len(self._rows):
                self._rows[chosen], self._rows[there] = self._rows[there], self._rows[chosen]
                self._on_rearranged(there)

        return move


def _own(row: Row) -> list[str]:
    """Return what a copy may not share with its original."""
    return [name for name in ("id",) if name in row]
