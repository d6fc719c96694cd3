"""The way back from a damaged workspace: what is wrong, what can be saved, what is missing."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from console import workspace
from console.domain import formats
from console.services import prospects, recovery
from console.services.prospects import Prospects
from console.services.recovery import Recovered
from console.services.restore import Restored
from console.texts import _
from ui import folders
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, row, wrapped
from ui.widgets.passphrase_field import passphrase_field
from ui.widgets.progress import Progress

_LOOK, _RECOVER, _OPEN = range(3)
_BACKUPS: Final = " (*.klientela-backup)"


class RecoveryGuide(FormDialog):
    """Three steps: look, recover, open. Nothing is overwritten; the damaged files are kept."""

    opened = Signal(bool)

    def __init__(
        self, desk: Desk, folder: Path, problem: str, secret: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Recover the workspace"), "", parent)
        self._folder = folder
        self._key = b""
        self._step = _LOOK
        self.problem = wrapped(problem)
        self.secret = passphrase_field(_("Passphrase or recovery key"))
        self.secret.setText(secret)
        self.found = wrapped("")
        self.missing = QListWidget()
        self.missing.setAccessibleName(_("What is missing"))
        self.missing.setWordWrap(True)
        self.progress = Progress()
        self._elsewhere = button(_("Backup from elsewhere…"), self._choose, "folder-open")
        self.body.insertWidget(0, self.problem)
        self.body.insertWidget(
            1,
            wrapped(
                _(
                    "Nothing will be overwritten: a new workspace is built beside the damaged one "
                    "out of the last good backup, what was saved since, and what still reads. It "
                    "is checked and put in place; the damaged one is kept."
                ),
                "muted",
            ),
        )
        self.form.addRow(_("Passphrase or recovery key"), self.secret)
        for widget in (self.found, self.progress, self.missing):
            self.body.addWidget(widget)
        self.body.addWidget(row(self._elsewhere, None))
        self.missing.hide()
        self._show_step(_LOOK)
        self.resize(640, 380)

    def _show_step(self, step: int) -> None:
        self._step = step
        self.release()
        self.progress.hide()
        self.action.setEnabled(True)
        self.secret.setEnabled(step == _LOOK)
        self.problem.setVisible(step != _OPEN)
        self._elsewhere.setVisible(step != _OPEN)
        names = {_LOOK: _("Look what can be saved"), _RECOVER: _("Recover"), _OPEN: _("Open")}
        self.action.setText(names[step])
        if step != _LOOK:
            self.action.setFocus()

    def _begin(self) -> None:
        self.hold()
        self._elsewhere.setEnabled(False)
        self.progress.begin()

    def submit(self) -> None:
        """Do the next step."""
        folder, key, secret = self._folder, self._key, self.secret.text()
        told = self.progress.told.emit
        self._begin()
        if self._step == _LOOK:
            self.desk.tasks.run(lambda: _looked(folder, secret), self._on_looked, self._on_failed)
        elif self._step == _RECOVER:
            self.desk.tasks.run(
                lambda: recovery.recover(folder, key, told), self._on_recovered, self._on_failed
            )
        else:
            self.desk.tasks.open(
                lambda: workspace.open_workspace(folder, key), self._on_opened, self._on_failed
            )

    def _on_looked(self, looked: tuple[bytes, Prospects]) -> None:
        self._key, found = looked
        if found.problem:
            self.problem.setText(found.problem)
        self._show_step(_RECOVER if found.problem else _OPEN)
        self._elsewhere.setEnabled(True)
        self.found.setText(_told(found))
        self.action.setEnabled(not found.is_hopeless)

    def _on_recovered(self, done: Recovered) -> None:
        self._show_step(_OPEN)
        said = _("Actions done again: {count}. Rows read out of the damage: {rows}.")
        self._end(said.format(count=done.replayed, rows=done.salvaged), done)

    def _on_restored(self, restored: tuple[bytes, Restored]) -> None:
        self._key, done = restored
        self._show_step(_OPEN)
        said = _("The backup of {moment} is in place.").format(moment=formats.moment(done.taken_at))
        self._end(said, done)

    def _end(self, said: str, done: Recovered | Restored) -> None:
        if done.kept_aside:
            kept = _("The damaged workspace is kept in {folder}.")
            said += "\n" + kept.format(folder=done.kept_aside)
        self.found.setText(said)
        self.missing.clear()
        self.missing.addItems(list(done.missing))
        self.missing.setVisible(bool(done.missing))
        if done.missing:
            self.banner.show_text(_("The workspace is recovered. This is missing:"), "warning")
        else:
            self.banner.show_text(_("The workspace is recovered, and nothing is missing."), "good")

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Backup"), str(folders.last(folders.BACKUPS)), _("Backups") + _BACKUPS
        )
        if chosen:
            self.restore_from(Path(chosen))

    def restore_from(self, file: Path) -> None:
        """Put a backup of another place here: the second place, a stick."""
        folders.remember(folders.BACKUPS, file.parent)
        folder, secret = self._folder, self.secret.text()

        def work() -> tuple[bytes, Restored]:
            key = prospects.key_of_backup(file, secret)
            return key, prospects.restore_from(file, folder, secret)

        self._begin()
        self.desk.tasks.run(work, self._on_restored, self._on_failed)

    def _on_opened(self, is_open: bool) -> None:
        self._is_saving = False
        self.accept()
        self.opened.emit(is_open)

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        self._elsewhere.setEnabled(True)
        super()._on_failed(error)

    def done(self, result: int) -> None:
        """Close, and forget what opens the workspace."""
        self._key = b""
        self.secret.clear()
        super().done(result)


def _looked(folder: Path, secret: str) -> tuple[bytes, Prospects]:
    key = prospects.key_of(folder, secret)
    return key, prospects.prospects(folder, key)


def _told(found: Prospects) -> str:
    """Return what there is to stand on, a line each."""
    lines = []
    if not found.problem:
        lines.append(_("Nothing is wrong with the workspace."))
    if found.backup_taken_at:
        moment = formats.moment(found.backup_taken_at)
        lines.append(_("Last good backup: {moment}").format(moment=moment))
    else:
        lines.append(_("There is no good backup in the workspace."))
    lines.append(_("Actions written down since: {count}").format(count=found.logged))
    lines.append(
        _("A part of the damaged database still reads.")
        if found.reads
        else _("Nothing of the database reads.")
    )
    if found.is_hopeless:
        lines.append(_("Take a backup from the second place."))
    return "\n".join(lines)
