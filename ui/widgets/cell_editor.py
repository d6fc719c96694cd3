"""Editing a cell of a table in place: a line of text, or a choice of words."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from console.domain.register_fields import FieldType, RegisterField, words_of
from console.services import field_values
from ui.models.record_table import Column, RecordTable
from ui.widgets.cells import CellDelegate

_CHOSEN = (FieldType.CHOICE, FieldType.FLAG)
_REFERENCES = (FieldType.LINE, FieldType.SIM, FieldType.ORDER)
Index = QModelIndex | QPersistentModelIndex


def written_in(field: RegisterField, column: Column, record: Any) -> str:
    """Return what stands in a cell as a person writes it."""
    if field.holds in _REFERENCES:
        return column.text(record)
    value = field_values.plain(field, getattr(record, field.name))
    return ", ".join(value) if isinstance(value, tuple) else value


class EditingDelegate(CellDelegate):
    """Draws as the others do, and edits the fields that may be edited in place.

    Args:
        table: whose cells.
        fields: by the number of their column.
    """

    def __init__(self, table: QWidget, fields: Mapping[int, RegisterField]) -> None:
        super().__init__(table)
        self._fields = fields

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return the editor of a cell."""
        field = self._fields[index.column()]
        if field.holds not in _CHOSEN:
            line = QLineEdit(parent)
            line.setAccessibleName(field.label)
            return line
        box = QComboBox(parent)
        box.setAccessibleName(field.label)
        for word, label in words_of(field):
            box.addItem(label, word)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Show what stands in the cell."""
        model, field = index.model(), self._fields[index.column()]
        if not isinstance(model, RecordTable):
            return
        text = written_in(field, model.columns[index.column()], model.record(index.row()))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(  # noqa: N802
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Tell what was written."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
