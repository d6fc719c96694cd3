"""A list of a noun of the register that can be edited: in place, in a form, many at once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QMenu, QWidget

from console.domain.journal import Changes
from console.domain.listing import ListQuery
from console.domain.register_fields import FIELDS
from console.services import lists, many, records
from console.services.records import Saved
from console.texts import _, ngettext
from console.workspace import Workspace
from ui.desk import Desk
from ui.models.record_table import Column
from ui.widgets.cell_editor import EditingDelegate, written_in
from ui.widgets.parts import Banner
from ui.widgets.record_view import Choice, RecordView


class RegisterView(RecordView):
    """F2 or a double click edits a cell, F4 the record, Del takes the selected ones away.

    A double click into the first column, which says what the record is, opens it as ever.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        title: str,
        columns: Sequence[Column],
        query: ListQuery,
        choices: Sequence[Choice] = (),
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk.tasks, name, title, columns, query, choices, empty, parent)
        self.desk = desk
        self.noun = query.noun
        self.banner = Banner()
        self.layout().insertWidget(0, self.banner)  # type: ignore[union-attr]
        fields = {field.name: field for field in FIELDS[self.noun] if field.in_place}
        self._fields = {n: fields[c.shows] for n, c in enumerate(columns) if c.shows in fields}
        self.model.editable = frozenset(self._fields)
        self.table.setItemDelegate(EditingDelegate(self.table, self._fields))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.delete_pressed.connect(self.delete_selected)
        self.model.edited.connect(self._on_edited)

    def edit_current(self) -> None:
        """Open the form of the current record."""
        from ui.dialogs.open_record import edit_record

        record = self.current()
        if record is not None:
            edit_record(self.desk, self.noun, record.id, self)
        else:
            self._tell_nothing_chosen()

    def delete_selected(self) -> None:
        """Take the selected records off the list; undo brings them back."""
        self.with_selected_ids(self._delete)

    def change_selected(self) -> None:
        """Open the change of many for the selected records."""
        from ui.dialogs.change_many import ChangeManyDialog

        def show(found: list[int]) -> None:
            if found:
                ChangeManyDialog(self.desk, self.noun, found, self).open()
            else:
                self._tell_nothing_chosen()

        self.with_selected_ids(show)

    def _tell_nothing_chosen(self) -> None:
        self.desk.message.emit(_("Choose a record in a list of the register first."))

    def with_selected_ids(self, done: Callable[[list[int]], object]) -> None:
        """Call back with the ids of the selected rows, also of those that were never loaded."""
        ranges, query = self.selected_ranges(), self.model.query
        chosen = self.selected()
        if len(chosen) == sum(bottom - top + 1 for top, bottom in ranges):
            done([record.id for record in chosen])
            return
        last = max(bottom for _top, bottom in ranges) + 1

        def picked(found: list[int]) -> None:
            ids = [one for top, bottom in ranges for one in found[top : bottom + 1]]
            done(ids[: many.AT_MOST])

        self.desk.tasks.query(lambda w: lists.ids(w, query, last), picked)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """Edit the cell; the first one, which says what the record is, opens the record."""
        if index.column() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(index)
        else:
            self._on_opened(index)

    def _delete(self, found: list[int]) -> None:
        if not found:
            self._tell_nothing_chosen()
            return
        noun = self.noun

        def tell(_changes: Changes) -> None:
            text = ngettext("{n} record deleted.", "{n} records deleted.", len(found))
            self.desk.message.emit(f"{text.format(n=len(found))} " + _("Ctrl+Z takes it back."))

        self.desk.tasks.change(
            lambda w: records.delete(w, noun, found), tell, self.banner.show_error
        )

    def _on_edited(self, row: int, column: int, text: str) -> None:
        record, field = self.model.record(row), self._fields[column]
        seen = written_in(field, self.model.columns[column], record)
        if text == seen:
            return
        self.banner.hide()
        change = partial(_change, noun=self.noun, record_id=record.id, name=field.name)
        self.desk.tasks.change(
            lambda w: change(w, text=text, seen=seen),
            self._tell,
            partial(self._reopen, record.id, row, column, text),
        )

    def _tell(self, changes: Changes) -> None:
        warnings = changes.result.warnings if isinstance(changes.result, Saved) else ()
        self.desk.message.emit(" ".join(warnings) or _("Saved. Ctrl+Z takes it back."))

    def _reopen(self, record_id: int, row: int, column: int, text: str, error: Exception) -> None:
        """Say what was wrong, and open the cell again with what was typed."""
        self.banner.show_error(error)
        record, index = self.model.record(row), self.model.index(row, column)
        if record is None or record.id != record_id:
            return
        self.table.setCurrentIndex(index)
        self.table.edit(index)
        for editor in self.table.viewport().findChildren(QLineEdit):
            editor.setText(text)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self.table)
        wishes = (
            (_("Edit…"), self.edit_current),
            (_("Change many…"), self.change_selected),
            (_("Delete"), self.delete_selected),
        )
        for text, wish in wishes:
            menu.addAction(text).triggered.connect(wish)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))


def _change(
    workspace: Workspace, *, noun: str, record_id: int, name: str, text: str, seen: Any
) -> Changes:
    return records.change_field(workspace, noun, record_id, name, text, seen)
