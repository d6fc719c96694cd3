"""The card of keys and backups: what opens the workspace, and what brings it back."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QFormLayout, QWidget

from console import workspace
from console.domain import formats
from console.services import backups, keys, verify
from console.services.backups import Kept
from console.services.keys import Safety
from console.services.verify import Findings
from console.texts import N_, _
from ui import second_place
from ui.desk import Desk
from ui.widgets.parts import Banner, Card, button, label, row, wrapped
from ui.widgets.plain_table import PlainTable
from ui.widgets.progress import Progress

_HEADS: Final = (N_("Taken on"), N_("Why"), N_("Size"), N_("State"))
_REASONS: Final = {
    "hourly": N_("By itself"),
    "by-hand": N_("By hand"),
    "before-import": N_("Before an import"),
    "before-change": N_("Before many were changed"),
    "before-merge": N_("Before records were merged"),
    "after-erasure": N_("After a person was erased"),
    "before-migration": N_("Before the program was updated"),
}
_TABLE_HEIGHT: Final = 190
_BACKUPS: Final = " (*.klientela-backup)"


class SafetyCard(Card):
    """Passphrase, recovery key, data key, keyring; backups, second place, restore, check."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._safety: Safety | None = None
        self._are_read_back = False
        self.banner = Banner()
        self.progress = Progress()
        self._recovery = label("", "muted")
        self._keyring_state = label("", "muted")
        self._keyring = button("", self._toggle_keyring, "lock")
        self._place = wrapped("", "muted")
        self._no_place = button(_("None"), lambda: self.choose_place(None))
        self.table = PlainTable(_("Backups"), [_(head) for head in _HEADS], stretched=3)
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self._restore = button(_("Restore…"), self._restore_selected, "history")
        self._lay_out()
        self.setFixedWidth(720)

    def _lay_out(self) -> None:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        change = button(_("Change the passphrase…"), self._change_passphrase, "pencil")
        form.addRow(_("Passphrase"), row(change, None))
        new = button(_("New recovery key…"), self._new_recovery_key, "printer")
        form.addRow(_("Recovery key"), row(new, self._recovery, None))
        data_key = button(_("New data key…"), self._new_data_key, "refresh-cw")
        form.addRow(_("Data key"), row(data_key, None))
        form.addRow(_("This machine"), row(self._keyring, self._keyring_state, None))
        choose = button(_("Choose…"), self._ask_place, "folder-open")
        form.addRow(_("Second place"), row(choose, self._no_place, None))
        form.addRow("", self._place)
        make = button(_("Back up now"), self.back_up, "save", primary=True)
        check = button(_("Check everything"), self.check, "circle-check")
        other = button(_("Restore from a file…"), self._ask_file, "folder-open")
        for widget in (
            label(_("Keys and backups"), "heading"),
            self.banner,
            holder,
            self.table,
            row(make, check, None, self._restore, other),
            self.progress,
        ):
            self.content.addWidget(widget)

    def reload(self) -> None:
        """Read anew what keeps the workspace safe."""
        self._desk.tasks.query(keys.safety, self._show, self.banner.show_error)

    def clear(self) -> None:
        """Forget all, for locking."""
        self._safety = None
        self._are_read_back = False
        self.banner.clear()
        self.progress.hide()
        self.table.show_rows([])
        for text in (self._recovery, self._keyring_state, self._place):
            text.clear()

    def _show(self, found: Safety) -> None:
        self._safety = found
        self._recovery.setText(
            _("There is one.") if found.has_recovery_key else _("There is none yet.")
        )
        self._keyring.setText(
            _("Ask for the passphrase again")
            if found.is_remembered
            else _("Open on this machine without the passphrase")
        )
        self._keyring_state.setText(_("The keyring opens it.") if found.is_remembered else "")
        place = found.second_place
        self._no_place.setEnabled(place is not None)
        self._place.setText(
            _("Every backup is copied to {folder}.").format(folder=place)
            if place
            else _(
                "None: a thief, a fire or a dead disk would take the backups, too. Choose another "
                "disk, a stick or a network folder."
            )
        )
        self.table.show_rows([self._row(kept) for kept in found.kept])
        self._on_selected()

    def _row(self, kept: Kept) -> tuple[str, str, str, str]:
        good = _("read back whole") if self._are_read_back else _("verified when it was made")
        reason = reason_name(kept.reason)
        state = good if kept.is_good else _("damaged")
        return formats.moment(kept.taken_at), reason, formats.file_size(kept.size), state

    @property
    def selected(self) -> Kept | None:
        """The backup that is chosen in the table."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return self._safety.kept[rows[0]] if rows and self._safety else None

    def _on_selected(self) -> None:
        kept = self.selected
        self._restore.setEnabled(kept is not None and kept.is_good)

    def _change_passphrase(self) -> None:
        from ui.dialogs.passphrase import ChangePassphraseDialog

        ChangePassphraseDialog(self._desk, self.window()).open()

    def _new_recovery_key(self) -> None:
        from ui.dialogs.recovery_key import RecoveryKeyDialog

        RecoveryKeyDialog(self._desk, self.window()).open()

    def _new_data_key(self) -> None:
        from ui.dialogs.data_key import DataKeyDialog

        DataKeyDialog(self._desk, self.window()).open()

    def _restore_selected(self) -> None:
        if self.selected:
            self._open_restore(self.selected.path)

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Backup"), "", _("Backups") + _BACKUPS)
        if chosen:
            self._open_restore(Path(chosen))

    def _open_restore(self, file: Path) -> None:
        from ui.dialogs.restore import RestoreDialog

        RestoreDialog(self._desk, file, self.window()).open()

    def _toggle_keyring(self) -> None:
        is_remembered = self._safety is not None and self._safety.is_remembered

        def work(opened: Any) -> bool:
            if is_remembered:
                workspace.forget_on_this_machine(opened)
                return True
            return workspace.remember_on_this_machine(opened)

        self._desk.tasks.query(work, self._on_keyring, self.banner.show_error)

    def _on_keyring(self, is_done: bool) -> None:
        if not is_done:
            self.banner.show_text(
                _("This machine has no keyring that would do; the passphrase is asked for.")
            )
        self.reload()

    def _ask_place(self) -> None:
        second_place.ask(self._desk, self.window(), self.banner.show_error)

    def choose_place(self, folder: Path | None) -> None:
        """Let copies of the backups go to a folder, or nowhere."""
        second_place.choose(self._desk, folder, self.banner.show_error)

    def _begin(self) -> None:
        self.banner.hide()
        self.progress.begin()
        self.setEnabled(False)

    def _end(self) -> None:
        self.progress.hide()
        self.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.banner.show_error(error)

    def back_up(self) -> None:
        """Make a backup that stands alone, here and in the second place."""

        def work(opened: Any) -> str:
            backups.by_hand(opened)
            return backups.copy_to_second_place(opened)

        self._begin()
        self.progress.told.emit(_("Making the backup and reading it back…"))
        self._desk.tasks.query(work, self._on_backed_up, self._on_failed)

    def _on_backed_up(self, failure: str) -> None:
        self._end()
        if failure:
            self.banner.show_text(failure)
        else:
            self.banner.show_text(_("The backup is made and verified."), "good")
        self.reload()

    def check(self) -> None:
        """Check database, journal, files and backups."""
        told = self.progress.told.emit
        self._begin()
        self._desk.tasks.query(lambda w: verify.verify(w, told), self._on_checked, self._on_failed)

    def _on_checked(self, found: Findings) -> None:
        self._end()
        self._are_read_back = not any(one.is_of_backups for one in found.findings)
        if found.ok:
            text = _("Everything is whole: database, journal, documents, attachments and backups.")
            self.banner.show_text(text, "good")
        else:
            lines = [_("This is not as it should be:"), *(one.text for one in found.findings)]
            self.banner.show_text("\n".join(lines), "danger")
        self.reload()


def reason_name(reason: str) -> str:
    """Return in words why a backup was taken; a newer program's reasons stay as they are."""
    known = _REASONS.get(reason.partition("-of-")[0])
    return _(known) if known else reason
