"""A new passphrase: in place of one that is known, or, by the recovery key, of a forgotten one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console import workspace
from console.services import keys
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, row, wrapped
from ui.widgets.passphrase_field import passphrase_field


class _NewPassphraseDialog(FormDialog):
    """Asks twice for the new passphrase."""

    def add_new(self) -> None:
        """Add the two fields."""
        self.new = passphrase_field(_("New passphrase"))
        self.again = passphrase_field(_("New passphrase once more"))
        self.form.addRow(_("New passphrase"), self.new)
        self.form.addRow(_("Once more"), self.again)

    def is_new_the_same(self) -> bool:
        """Compare the two; say where they differ."""
        if self.new.text() == self.again.text():
            return True
        self.banner.show_text(
            _("The two new passphrases differ. Nothing was changed; type them again."), "danger"
        )
        self.again.setFocus()
        self.again.selectAll()
        return False

    def done(self, result: int) -> None:
        """Close, and forget what was typed."""
        for field in self.findChildren(QLineEdit):
            field.clear()
        super().done(result)


class ChangePassphraseDialog(_NewPassphraseDialog):
    """Puts a new passphrase in place of the one that is known."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Change the passphrase"), _("Save"), parent)
        self.old = passphrase_field(_("Present passphrase"))
        self.form.addRow(_("Present passphrase"), self.old)
        self.add_new()

    def submit(self) -> None:
        """Change it on the worker; deriving keys takes a while."""
        if not self.is_new_the_same():
            return
        old, new = self.old.text(), self.new.text()
        self.hold()
        self.desk.tasks.query(
            lambda w: keys.change_passphrase(w, old, new), self._on_changed, self._on_failed
        )

    def _on_changed(self, _nothing: object) -> None:
        self._is_saving = False
        self.desk.message.emit(_("The new passphrase opens the workspace now."))
        self.accept()


class ForgottenPassphraseDialog(_NewPassphraseDialog):
    """Opens a workspace by its recovery key and gives it a new passphrase."""

    opened = Signal(bool)
    """The workspace is open."""
    failed_to_open = Signal(object)
    """The new passphrase is set, but the workspace is damaged."""

    def __init__(self, desk: Desk, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("I forgot the passphrase"), _("Set the new passphrase"), parent)
        self._folder = folder
        self.body.insertWidget(
            0,
            wrapped(
                _(
                    "Type the eight groups of the recovery sheet, or scan its code. Small letters "
                    "and spaces do not matter."
                ),
                "muted",
            ),
        )
        self.key = self.add_text(_("Recovery key"), longest=200)
        self._slips = wrapped("", "error")
        self._slips.hide()
        self.form.addRow("", self._slips)
        self.key.textEdited.connect(self._look_for_slips)
        self.add_new()
        self.body.addWidget(
            row(button(_("I do not have the recovery key either"), self._tell_both_lost), None)
        )
        self.resize(620, 300)

    def _look_for_slips(self, typed: str) -> None:
        wrong = keys.wrong_groups(typed)
        self._slips.setVisible(bool(wrong))
        numbers = ", ".join(str(number) for number in wrong)
        self._slips.setText(_("Mistyped groups: {numbers}").format(numbers=numbers))

    def _tell_both_lost(self) -> None:
        self.banner.show_error(keys.both_lost(self._folder))

    def submit(self) -> None:
        """Set the passphrase and open the workspace."""
        if not self.is_new_the_same():
            return
        folder, key, new = self._folder, self.key.text(), self.new.text()

        self.hold()
        self.desk.tasks.run(
            lambda: keys.reset_passphrase(folder, key, new), self._on_reset, self._on_failed
        )

    def _on_reset(self, data_key: bytes) -> None:
        folder = self._folder
        self.desk.tasks.open(
            lambda: workspace.open_workspace(folder, data_key),
            self._on_opened,
            self._on_not_opened,
        )

    def _on_not_opened(self, error: Exception) -> None:
        self._is_saving = False
        self.accept()
        self.failed_to_open.emit(error)

    def _on_opened(self, is_open: bool) -> None:
        self._is_saving = False
        self.accept()
        self.opened.emit(is_open)
