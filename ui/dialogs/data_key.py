"""A new data key: the workspace is encrypted anew, after its new recovery key was typed back."""

from PySide6.QtWidgets import QWidget

from console.services import keys
from console.texts import _
from ui.desk import Desk
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.widgets.passphrase_field import passphrase_field
from ui.widgets.progress import Progress


class DataKeyDialog(RecoveryKeyDialog):
    """Whatever happens meanwhile, the workspace is the old or the new one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent, _("New data key"), _("Encrypt anew"))

    def explanation(self) -> str:
        """Return when one wants this."""
        return _(
            "For the case that the key of the data may be known to others: everything is "
            "encrypted anew. The passphrase stays; this new recovery key takes the place of the "
            "old one. Older backups still open with the passphrase and the sheet of their time."
        )

    def make_fields(self) -> None:
        """Add the passphrase and what is being done."""
        self.passphrase = passphrase_field(_("Passphrase"))
        self.form.addRow(_("Passphrase"), self.passphrase)
        self.progress = Progress()
        self.body.addWidget(self.progress)

    def submit(self) -> None:
        """Encrypt anew on the worker."""
        key, passphrase = self.key, self.passphrase.text()
        if key is None or not self.is_typed_back():
            return
        self.hold()
        self.progress.begin()
        told = self.progress.told.emit
        self.desk.tasks.query(
            lambda w: keys.change_data_key(w, passphrase, key, told),
            self._on_kept,
            self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        super()._on_failed(error)

    def done(self, result: int) -> None:
        """Close, and forget the passphrase, too."""
        self.passphrase.clear()
        super().done(result)
