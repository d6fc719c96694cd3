"""One client's dossier for a deputy: handing it over, opening it, taking it back."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QWidget

from console.domain.client import Client
from console.services import bundles, clients
from console.services.bundles import Merged, Origin
from console.services.settings import Manager
from console.texts import _, ngettext
from console.workspace import Workspace
from ui import folders
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, row, wrapped
from ui.widgets.passphrase_field import passphrase_field
from ui.widgets.progress import Progress

_SHORTEST: Final = 8


def _kinds() -> str:
    return _("Bundles") + f" (*{bundles.SUFFIX})"


class _BundleDialog(FormDialog):
    """What the three share: a file, a passphrase, and what is being done."""

    def add_explanation(self, text: str) -> None:
        """Say what this is for."""
        self.body.insertWidget(0, wrapped(text, "muted"))

    def add_progress(self) -> None:
        """Show below what is being done."""
        self.progress = Progress()
        self.body.addWidget(self.progress)
        self.resize(620, 300)

    def add_file(self, name: str, is_written: bool) -> QLineEdit:
        """Add the field of a file, with a button to choose it."""
        field = QLineEdit()
        field.setAccessibleName(name)

        def choose() -> None:
            start = str(folders.last(folders.BUNDLES))
            ask = QFileDialog.getSaveFileName if is_written else QFileDialog.getOpenFileName
            chosen, _kind = ask(self, name, start, _kinds())
            if chosen:
                field.setText(chosen)
                folders.remember(folders.BUNDLES, Path(chosen).parent)

        self.form.addRow(name, row(field, button(_("Choose…"), choose, "folder-open")))
        return field

    def begin(self) -> None:
        """Show that something goes on."""
        self.hold()
        self.progress.begin()

    def is_filled(self, *fields: QLineEdit) -> bool:
        """Say which field is empty."""
        for field in fields:
            if not field.text().strip():
                text = _("{field} is missing. Nothing was done yet; please fill it in.")
                self.banner.show_text(text.format(field=field.accessibleName()), "danger")
                field.setFocus()
                return False
        return True

    def _on_failed(self, error: Exception) -> None:
        self.progress.hide()
        super()._on_failed(error)

    def done(self, result: int) -> None:
        """Close, and forget what was typed."""
        for field in self.findChildren(QLineEdit):
            field.clear()
        super().done(result)


class HandOverClientDialog(_BundleDialog):
    """Writes a client's dossier into an encrypted file; a deputy's goes back without asking."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Hand over to a deputy"), _("Write the bundle"), parent)
        self.add_explanation(
            _(
                "The deputy gets one client: numbers, contacts, requests, documents and "
                "attachments. The file is encrypted; tell the passphrase on another way. What the "
                "deputy does is merged when it comes back."
            )
        )
        self.client = QComboBox()
        self.client.setAccessibleName(_("Client"))
        self.form.addRow(_("Client"), self.client)
        self.secret = passphrase_field(_("Passphrase of the bundle"))
        self.again = passphrase_field(_("Passphrase once more"))
        self.form.addRow(_("Passphrase of the bundle"), self.secret)
        self.form.addRow(_("Once more"), self.again)
        self.file = self.add_file(_("File"), is_written=True)
        self.add_progress()
        self._is_return = False
        desk.tasks.query(bundles.origin, self._show_origin, self.banner.show_error)
        desk.tasks.query(clients.all_clients, self._show_clients, self.banner.show_error)

    def _show_origin(self, origin: Origin | None) -> None:
        if origin is None:
            return
        self._is_return = True
        self.setWindowTitle(_("Give the bundle back"))
        for widget in (self.client, self.secret, self.again):
            self.form.setRowVisible(widget, False)
        text = _("What was done here goes back to {name}, who opens it with the same passphrase.")
        self.banner.show_text(text.format(name=origin.name), "good")

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client)
        if not self._is_return:
            self.need_client(found)

    def submit(self) -> None:
        """Write the file on the worker."""
        client: Client | None = self.client.currentData()
        secret, is_return = self.secret.text(), self._is_return
        if not is_return and secret != self.again.text():
            self.banner.show_text(_("The two passphrases differ. Type them again."), "danger")
            self.again.setFocus()
            return
        if client is None or not self.is_filled(self.file):
            return
        file = Path(self.file.text().strip())
        file = file if file.suffix else file.with_suffix(bundles.SUFFIX)

        def work(opened: Workspace) -> Path:
            if is_return:
                return bundles.give_back(opened, file)
            return bundles.make(opened, client, file, secret)

        self.begin()
        self.desk.tasks.query(work, self._on_written, self._on_failed)

    def _on_written(self, file: Path) -> None:
        self._is_saving = False
        self.accept()
        self.desk.told.emit(_("The bundle {name} is written.").format(name=file.name), "good")


class OpenBundleDialog(_BundleDialog):
    """Makes a workspace of its own out of a bundle."""

    made = Signal(Path)
    """The folder of the new workspace."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Open a bundle"), _("Open"), parent)
        self.add_explanation(
            _(
                "The client comes into a workspace of its own, apart from yours; the passphrase "
                "of the bundle opens it. Your name stands beside every change."
            )
        )
        self.file = self.add_file(_("File"), is_written=False)
        self.secret = passphrase_field(_("Passphrase of the bundle"))
        self.form.addRow(_("Passphrase of the bundle"), self.secret)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(_("New folder"))
        choose = button(_("Choose…"), self._choose, "folder-open")
        self.form.addRow(_("New folder"), row(self.folder, choose))
        self.name = self.add_text(_("Your name"), longest=200)
        self.prefix = self.add_text(_("Prefix of numbers"), longest=6)
        self.looking = QCheckBox(_("Only for looking: nothing can be changed"))
        self.form.addRow("", self.looking)
        self.add_progress()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("New folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def submit(self) -> None:
        """Unpack and check it on the worker."""
        needed = [self.file, self.folder]
        if not self.looking.isChecked():
            needed += [self.name, self.prefix]
        if not self.is_filled(*needed):
            return
        file, folder = Path(self.file.text().strip()), Path(self.folder.text().strip())
        deputy = Manager(name=self.name.text().strip(), prefix=self.prefix.text())
        secret, is_read_only = self.secret.text(), self.looking.isChecked()

        def work() -> Path:
            bundles.open_bundle(file, folder, secret, deputy, is_read_only)
            return folder

        self.begin()
        self.desk.tasks.run(work, self._on_made, self._on_failed)

    def _on_made(self, folder: Path) -> None:
        self._is_saving = False
        self.accept()
        self.made.emit(folder)


class TakeBackDialog(_BundleDialog):
    """Merges what a deputy did; what both changed is listed afterwards."""

    merged = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Take a bundle back"), _("Take back"), parent)
        self.add_explanation(
            _(
                "What the deputy added and changed becomes part of the workspace. A field that "
                "was changed here, too, keeps its value, and the other one is listed for you to "
                "decide. One undo takes all of it back."
            )
        )
        self.file = self.add_file(_("File"), is_written=False)
        self.secret = passphrase_field(_("Passphrase of the bundle"))
        self.form.addRow(_("Passphrase of the bundle"), self.secret)
        self.add_progress()

    def submit(self) -> None:
        """Merge on the worker."""
        if not self.is_filled(self.file):
            return
        file, secret = Path(self.file.text().strip()), self.secret.text()
        self.begin()
        self.desk.tasks.change(
            lambda w: bundles.take_back(w, file, secret), self._on_merged, self._on_failed
        )

    def _on_merged(self, changes: Any) -> None:
        self._is_saving = False
        done: Merged = changes.result
        self.accept()
        count = len(done.conflicts)
        text = _("{name}: records added: {added}, changed: {changed}.").format(
            name=done.by, added=done.added, changed=done.changed
        )
        if count:
            text += " " + ngettext(
                "{n} value was changed on both sides and waits for you.",
                "{n} values were changed on both sides and wait for you.",
                count,
            ).format(n=count)
        self.desk.told.emit(text, "warning" if count else "good")
        self.merged.emit(done)
