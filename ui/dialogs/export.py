"""Writing the list that is shown to a file for a spreadsheet."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QWidget

from console.domain import formats
from console.domain.shown_table import ShownTable
from console.errors import KnownError
from console.services import exports
from console.services.exports import Export
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.tasks import Work
from ui.widgets.parts import label, wrapped

_KINDS: Final = (
    (".xlsx", "utf-8", N_("Excel workbook (XLSX)")),
    (".csv", "utf-8", N_("CSV for Excel, UTF-8")),
    (".csv", "cp1250", N_("CSV for older Windows programs (cp1250)")),
)


class ExportDialog(FormDialog):
    """Asks which kind of file, and where it goes; secrets only where they are asked for.

    Args:
        desk: the way to the services.
        what: the list, or the table, as it is shown.
        parent: as in Qt.
    """

    progressed = Signal(int)

    def __init__(
        self, desk: Desk, what: Export | ShownTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Export the table"), _("Save as…"), parent)
        self._what = what
        self._cancelled = threading.Event()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of file"))
        for end, encoding, text in _KINDS:
            self.kind.addItem(_(text), (end, encoding))
        self.form.addRow(_("Kind of file"), self.kind)
        self.secrets = QCheckBox(_("With PUK and PIN; it is written down who and why"))
        self.reason = self.add_text(_("Reason"))
        self.reason.setEnabled(False)
        self.secrets.toggled.connect(self.reason.setEnabled)
        self.form.insertRow(1, self.secrets)
        is_list = isinstance(what, Export)
        has_secrets = isinstance(what, Export) and what.query.noun in exports.WITH_SECRETS
        self.form.setRowVisible(self.secrets, has_secrets)
        self.form.setRowVisible(self.reason, has_secrets)
        hint = (
            _("All rows of the list go out with the columns, filter and order that it has now.")
            if is_list
            else _("All rows of the table go out as they are shown now.")
        )
        self.body.addWidget(wrapped(hint, "muted"))
        self._done = label("", "heading")
        self.body.addWidget(self._done)
        self.body.addStretch(1)
        self.progressed.connect(self._on_progressed)

    @property
    def _name(self) -> str:
        what = self._what
        return what.query.noun if isinstance(what, Export) else what.name

    def submit(self) -> None:
        """Ask where the file goes, and write it."""
        end, _encoding = self.kind.currentData()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as"), f"{self._name}{end}", f"*{end}"
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix.lower() == end else path.with_name(path.name + end))

    def write(self, path: Path) -> None:
        """Write the file, row by row on the worker."""
        _end, encoding = self.kind.currentData()
        work = self._writing(path, encoding)
        self.hold()
        self._cancelled.clear()

        def done(count: int) -> None:
            self._is_saving = False
            text = ngettext("{n} row written to {file}", "{n} rows written to {file}", count)
            self.desk.message.emit(text.format(n=formats.whole(count), file=path.name))
            self.accept()

        self.desk.tasks.query(work, done, self._on_failed)

    def _writing(self, path: Path, encoding: str) -> Work:
        """Return what the worker does."""
        if isinstance(self._what, ShownTable):
            table = self._what
            return lambda _w: exports.export_table(table, path, encoding)
        what = replace(self._what, encoding=encoding)
        if self.secrets.isChecked():
            what = replace(what, secrets=("puk", "pin"), reason=self.reason.text())
        return lambda w: exports.export(w, what, path, self._report)

    def _report(self, done: int) -> None:
        """Run on the worker: pass progress on, and stop where the person cancelled."""
        self.progressed.emit(done)
        if self._cancelled.is_set():
            raise KnownError("export-cancelled")

    def _on_progressed(self, done: int) -> None:
        text = ngettext("{n} row", "{n} rows", done)
        self._done.setText(f"{text.format(n=formats.whole(done))}…")

    def reject(self) -> None:
        """Cancel what is being written; otherwise close."""
        if self._is_saving:
            self._cancelled.set()
        else:
            super().reject()


def export_view(desk: Desk, view: Any, parent: QWidget) -> None:
    """Open the export of a list as it is shown."""
    what = Export(query=view.model.query, columns=tuple(view.shown_columns()))
    ExportDialog(desk, what, parent).open()
