"""A backup brought back: into a new folder, or in the place of the workspace, which is kept."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QRadioButton, QWidget

from console.services import prospects, restore
from console.services.restore import Restored
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, row, wrapped
from ui.widgets.passphrase_field import passphrase_field
from ui.widgets.progress import Progress


class RestoreDialog(FormDialog):
    """Unpacks beside the place, checks all of it, and only then puts it there."""

    def __init__(self, desk: Desk, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Restore a backup"), _("Restore"), parent)
        self._file = file
        self.body.insertWidget(0, wrapped(str(file), "muted"))
        self.secret = passphrase_field(_("Passphrase of the backup"))
        self.secret.setToolTip(_("The passphrase or recovery key of the time of the backup"))
        self.form.addRow(_("Passphrase of the backup"), self.secret)
        self.apart = QRadioButton(_("Into a new folder; the present workspace stays"))
        self.in_place = QRadioButton(_("In the place of the present workspace, which is kept"))
        self.apart.setChecked(True)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(_("New folder"))
        choose = button(_("Choose…"), self._choose, "folder-open")
        self._where = row(self.folder, choose)
        self.apart.toggled.connect(self._where.setEnabled)
        self.form.addRow(self.apart)
        self.form.addRow(_("New folder"), self._where)
        self.form.addRow(self.in_place)
        self.progress = Progress()
        self.body.addWidget(self.progress)
        self.resize(620, 280)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("New folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def submit(self) -> None:
        """Restore on the worker."""
        target = self.folder.text().strip()
        if self.apart.isChecked() and not target:
            self.banner.show_text(_("Choose a new folder. Nothing was restored yet."), "danger")
            self.folder.setFocus()
            return
        file, secret, told = self._file, self.secret.text(), self.progress.told.emit
        is_apart = self.apart.isChecked()

        def work(opened: Any) -> Restored:
            key = prospects.key_of_backup(file, secret)
            if is_apart:
                return restore.restore(file, Path(target), key, told, (opened.data_key,))
            return restore.in_place(opened, file, key, told)

        self.hold()
        self.progress.begin()
        self.desk.tasks.query(work, self._on_restored, self._on_failed)

    def _on_restored(self, done: Restored) -> None:
        self._is_saving = False
        self.accept()
        lines = [_("The backup is restored into {folder}.").format(folder=done.folder)]
        lines += [*restore.kept_in_words(done), *done.missing]
        if not self.apart.isChecked():
            self.desk.workspace_replaced.emit()
        self.desk.told.emit("\n".join(lines), "warning" if done.missing else "good")

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        super()._on_failed(error)

    def done(self, result: int) -> None:
        """Close, and forget the passphrase."""
        self.secret.clear()
        super().done(result)
