"""Taking a file in: choose it, correct the columns, see what would change, do it."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QProgressBar,
    QScrollArea,
    QWidget,
)

from console.domain import formats
from console.domain.client import Client
from console.errors import KnownError
from console.services import clients, imports
from console.services.imports import Outcome, ReadFile
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.file_choice import FileChoice
from ui.widgets.parts import label, wrapped
from ui.widgets.problem_list import ProblemList


class ImportDialog(FormDialog):
    """Works in three steps on one page; nothing is stored before the last one."""

    progressed = Signal(int, int)

    def __init__(self, desk: Desk, wish: object = 0, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            desk: the way to the services.
            wish: the id of a client, or a key of ``imports.SPECS`` to begin with.
            parent: as in Qt.
        """
        super().__init__(desk, _("Import"), _("Import"), parent)
        self._client_id = wish if isinstance(wish, int) else 0
        self._read: ReadFile | None = None
        self._tried: tuple[int, ReadFile] | None = None
        self._cancelled = threading.Event()
        self._make_fields()
        if isinstance(wish, str):
            self._what.setCurrentIndex(max(0, self._what.findData(wish)))
        self.action.setEnabled(False)
        self.resize(860, 660)
        self.progressed.connect(self._on_progressed)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _make_fields(self) -> None:
        self._client = QComboBox()
        self._client.setAccessibleName(_("Client"))
        self._what = QComboBox()
        self._what.setAccessibleName(_("What"))
        for word, text in imports.NAMES.items():
            self._what.addItem(_(text), word)
        self._file = FileChoice()
        self._file.chosen.connect(self.read_file)
        self.form.addRow(_("Client"), self._client)
        self.form.addRow(_("What"), self._what)
        self.form.addRow(_("File"), self._file)
        self._columns = QScrollArea()
        self._columns.setWidgetResizable(True)
        self._columns.setMinimumHeight(190)
        self._summary = wrapped("", "heading")
        self._problems = ProblemList()
        self._progress = QProgressBar()
        self._progress.hide()
        self.body.addWidget(self._columns, 3)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._problems, 2)
        self.body.addWidget(self._progress)
        self._columns.hide()
        self._what.currentIndexChanged.connect(self._on_what)
        self._client.currentIndexChanged.connect(self._reread)

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self._client.addItem(client.name, client.id)
        self._client.setCurrentIndex(max(0, self._client.findData(self._client_id)))
        if not self._is_of_no_client:
            self.need_client(found)
        self.action.setEnabled(False)

    @property
    def _is_of_no_client(self) -> bool:
        return self._what.currentData() in imports.OF_NO_CLIENT

    def _on_what(self) -> None:
        """Ask for the client only where the file is about one."""
        self.form.setRowVisible(self._client, not self._is_of_no_client)
        self._reread()

    def _owner(self) -> int | None:
        """Return whose register it is for: 0 for what has no client, None where none is there."""
        return 0 if self._is_of_no_client else self._client.currentData()

    def read_file(self, path: Path) -> None:
        """Read a file and show how it was understood."""
        what, client_id = self._what.currentData(), self._owner() or 0
        self.banner.hide()
        self._wait_for_dry_run()
        self._file.show_path(path)
        self.desk.tasks.query(
            lambda w: imports.as_remembered(w, client_id, imports.read_file(path, what)),
            self._show_file,
            self._on_wrong_file,
        )

    def _wait_for_dry_run(self) -> None:
        """Let nothing be taken in before it was seen what would become of it."""
        self._tried = None
        self.action.setEnabled(False)
        self._summary.clear()
        self._problems.clear()

    def _reread(self) -> None:
        if self._file.path is not None:
            self.read_file(self._file.path)

    def _on_wrong_file(self, error: Exception) -> None:
        self._read = None
        self._wait_for_dry_run()
        self._columns.hide()
        self.banner.show_error(error)

    def _show_file(self, read: ReadFile) -> None:
        self._read = read
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setColumnStretch(2, 1)
        for number, column in enumerate(read.mapping.columns):
            box = QComboBox()
            box.setAccessibleName(column.header)
            box.addItem(_("leave out"), "")
            for name, text in read.fields:
                box.addItem(text, name)
            box.setCurrentIndex(max(0, box.findData(column.field)))
            box.activated.connect(self._corrector(column.index, box))
            grid.addWidget(label(column.header), number, 0)
            grid.addWidget(box, number, 1)
            grid.addWidget(label(" · ".join(column.samples), "muted"), number, 2)
        self._columns.setWidget(holder)
        self._columns.show()
        if read.rather:
            text = _("This looks like something else: {what}. Choose that above if it is.")
            self.banner.show_text(text.format(what=_(imports.NAMES[read.rather])), "warning")
        self._dry_run()

    def _corrector(self, index: int, box: QComboBox) -> Any:
        def correct() -> None:
            if self._read is not None:
                mapping = self._read.mapping.with_field(index, box.currentData())
                self._show_file(replace(self._read, mapping=mapping))

        return correct

    def _dry_run(self) -> None:
        self._wait_for_dry_run()
        read, client_id = self._read, self._owner()
        if read is not None and client_id is not None:
            self.desk.tasks.query(
                lambda workspace: imports.dry_run(workspace, client_id, read),
                lambda outcome: self._show_outcome(outcome, client_id, read),
            )

    def _show_outcome(self, outcome: Outcome, client_id: int, read: ReadFile) -> None:
        """Show what would become of it, unless something else was chosen meanwhile."""
        if read is not self._read or client_id != self._owner():
            return
        self._tried = client_id, read
        text = _("{added} to add, {changed} to change, {unchanged} left alone, {refused} refused")
        self._summary.setText(
            text.format(
                added=formats.whole(outcome.added),
                changed=formats.whole(outcome.changed),
                unchanged=formats.whole(outcome.unchanged),
                refused=formats.whole(outcome.refused),
            )
        )
        self._problems.show_problems([*outcome.problems, *outcome.changes])
        self.action.setEnabled(outcome.added + outcome.changed > 0)
        self.action.setFocus()

    def submit(self) -> None:
        """Take the file in; cancelling leaves everything as it was."""
        if self._tried is None:
            return
        client_id, read = self._tried
        self._cancelled.clear()
        self._progress.setRange(0, 0)
        self._progress.show()
        self.save(
            lambda workspace: imports.run(workspace, client_id, read, self._report), self._on_done
        )

    def _report(self, done: int, total: int) -> None:
        """Run on the worker: pass progress on, and stop where the person cancelled."""
        self.progressed.emit(done, total)
        if self._cancelled.is_set():
            raise KnownError("import-cancelled")

    def _on_progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)

    def _on_done(self, changes: Any) -> None:
        outcome: Outcome = changes.result
        text = _("Import: {added} added, {changed} changed. Ctrl+Z takes it back.")
        self.desk.message.emit(text.format(added=outcome.added, changed=outcome.changed))

    def _on_failed(self, error: Exception) -> None:
        self._progress.hide()
        super()._on_failed(error)

    def reject(self) -> None:
        """Cancel a running import; otherwise close."""
        if self._is_saving:
            self._cancelled.set()
        else:
            super().reject()
