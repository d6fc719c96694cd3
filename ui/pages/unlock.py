"""The first page: unlock the workspace, or make one."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from console import workspace
from console.errors import KnownError
from console.texts import _
from console.vault_errors import CURABLE
from console.workspace import Workspace
from ui.desk import Desk
from ui.widgets.parts import Banner, button, card, label, row, wrapped
from ui.widgets.passphrase_field import passphrase_field


class UnlockPage(QWidget):
    """Asks for the passphrase; for a folder without a workspace it offers to make one."""

    unlocked = Signal(Path)
    created = Signal()
    """The workspace that was unlocked is a new one."""
    first_painted = Signal()
    """The prompt is on the screen."""

    def __init__(self, desk: Desk, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._folder = folder
        self._banner = Banner()
        self._title = label("", "title")
        self._place = wrapped("", "muted")
        self._name = QLineEdit()
        self._passphrase = passphrase_field(_("Passphrase"))
        self._again = passphrase_field(_("Passphrase once more"))
        self._keyring = QCheckBox(_("Open on this machine without the passphrase"))
        self._action = button("", self._act, primary=True)
        self._action.setDefault(True)
        self._forgotten = button(_("I forgot the passphrase"), self._ask_recovery_key)
        self._recover = button(_("Recover the workspace…"), self._open_guide, "refresh-cw")
        self._is_creating = False
        self._is_painted = False
        self._lay_out()
        self.show_folder(folder)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, and tell when that was the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def show_folder(self, folder: Path) -> None:
        """Show what can be done with a folder: unlock, or create."""
        self._folder = folder
        self.is_new = not workspace.has_remains(folder)
        self._title.setText(_("New workspace") if self.is_new else _("Unlock the workspace"))
        self._place.setText(str(folder))
        self._action.setText(_("Create") if self.is_new else _("Unlock"))
        for widget in (self._name, self._again, self._keyring):
            self._form.setRowVisible(widget, self.is_new)
        self._forgotten.setVisible(not self.is_new)
        self._recover.hide()
        self._passphrase.clear()
        self._again.clear()
        self._set_busy(is_busy=False)
        (self._name if self.is_new else self._passphrase).setFocus()

    def _lay_out(self) -> None:
        holder = QWidget()
        self._form = QFormLayout(holder)
        self._form.setContentsMargins(0, 8, 0, 8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._name.setAccessibleName(_("Your name"))
        self._form.addRow(_("Your name"), self._name)
        self._form.addRow(_("Passphrase"), self._passphrase)
        self._form.addRow(_("Once more"), self._again)
        self._form.addRow(self._keyring)
        choose = button(_("Another folder…"), self._choose, "folder-open")
        self._box = card(
            self._title,
            self._place,
            self._banner,
            row(self._recover, None),
            holder,
            row(choose, self._forgotten, None, self._action),
        )
        self._box.setFixedWidth(480)
        for field in (self._name, self._passphrase, self._again):
            field.returnPressed.connect(self._act)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder of the workspace"))
        if chosen:
            self.show_folder(Path(chosen))

    def _act(self) -> None:
        self._banner.hide()
        self._recover.hide()
        if self.is_new:
            self._create()
        else:
            self._unlock()

    def _unlock(self) -> None:
        folder, passphrase = self._folder, self._passphrase.text()

        def work() -> Workspace:
            return workspace.open_workspace(folder, workspace.unlock(folder, passphrase))

        self._set_busy(is_busy=True)
        self._desk.tasks.open(work, self._on_opened, self.show_error)

    def _create(self) -> None:
        if self._passphrase.text() != self._again.text():
            self._banner.show_text(_("The two passphrases differ. Type them again."), "danger")
            self._again.setFocus()
            return
        folder, passphrase = self._folder, self._passphrase.text()
        name, use_keyring = self._name.text().strip(), self._keyring.isChecked()

        def work() -> Workspace:
            from console.services import settings

            made = workspace.create(folder, passphrase, name, use_keyring)
            if name:
                settings.change_manager(made, settings.Manager(name=name))
            return made

        self._set_busy(is_busy=True)
        self._is_creating = True
        self._desk.tasks.open(work, self._on_opened, self.show_error)

    def _ask_recovery_key(self) -> None:
        from ui.dialogs.passphrase import ForgottenPassphraseDialog

        dialog = ForgottenPassphraseDialog(self._desk, self._folder, self)
        dialog.opened.connect(self._on_opened)
        dialog.failed_to_open.connect(self.show_error)
        dialog.open()

    def _open_guide(self) -> None:
        from ui.dialogs.recovery_guide import RecoveryGuide

        typed = self._passphrase.text()
        guide = RecoveryGuide(self._desk, self._folder, self._banner.text, typed, self)
        guide.opened.connect(self._on_opened)
        guide.open()

    def _set_busy(self, is_busy: bool) -> None:
        self._action.setEnabled(not is_busy)
        self._passphrase.setEnabled(not is_busy)

    def _on_opened(self, is_open: bool) -> None:
        """The person opened the workspace; the keyring is to open it again next time."""
        self._set_busy(is_busy=False)
        is_new, self._is_creating = self._is_creating, False
        if is_open:
            self._passphrase.clear()
            self._again.clear()
            self._banner.clear()
            self._recover.hide()
            self.unlocked.emit(self._folder)
            if is_new:
                self.created.emit()
            self._desk.tasks.query(workspace.mend_keyring, lambda _is_mended: None)

    def show_error(self, error: Exception) -> None:
        """Say why the workspace did not open, and offer what may help."""
        self._set_busy(is_busy=False)
        self._is_creating = False
        self._banner.show_error(error)
        self._recover.setVisible(_may_be_cured(error))
        self._passphrase.setFocus()
        self._passphrase.selectAll()
        if isinstance(error, KnownError) and error.code == "workspace-exists":
            self.show_folder(self._folder)


def _may_be_cured(error: Exception) -> bool:
    return isinstance(error, KnownError) and error.code in CURABLE
