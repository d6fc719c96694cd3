"""The recovery key: shown once, printed or saved, and kept when two groups are typed back."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QWidget

from console.services import keys, papers
from console.services.documents import save_as
from console.services.keys import RecoveryKey
from console.texts import _
from ui import folders, printing
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, label, row, wrapped

_IN_A_ROW: Final = 4


class RecoveryKeyDialog(FormDialog):
    """Draws a key; it opens the workspace only once it was typed back."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        title: str = "",
        action: str = "",
    ) -> None:
        super().__init__(desk, title or _("Recovery key"), action or _("I have it"), parent)
        self.key: RecoveryKey | None = None
        self._sheet = b""
        self._shown = QWidget()
        self._groups = QGridLayout(self._shown)
        self._groups.setContentsMargins(0, 6, 0, 6)
        self._groups.setHorizontalSpacing(12)
        self._typed: list[tuple[int, QLineEdit]] = []
        self._save = button(_("Save the sheet…"), self._ask_where, "save")
        self._print = button(_("Print the sheet…"), self._ask_printer, "printer")
        self.body.insertWidget(0, wrapped(self.explanation(), "muted"))
        self.body.insertWidget(1, self._shown)
        self.body.insertWidget(2, row(self._print, self._save, None))
        self.action.setEnabled(False)
        self.make_fields()
        self.resize(600, 380)
        desk.tasks.query(self._draw, self._show, self.banner.show_error)

    def explanation(self) -> str:
        """Return what the key is for."""
        return _(
            "When you forget the passphrase, only this key opens the workspace. It is shown this "
            "once and kept nowhere: print the sheet and put it where you keep contracts. A key "
            "that was made before opens nothing any more."
        )

    def make_fields(self) -> None:
        """Add further fields."""

    @staticmethod
    def _draw(workspace: Any) -> tuple[RecoveryKey, bytes]:
        key = keys.draw_recovery_key(workspace)
        return key, papers.recovery_sheet(workspace, key)

    def _show(self, drawn: tuple[RecoveryKey, bytes]) -> None:
        self.key, self._sheet = drawn
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(15)
        for at, group in enumerate(self.key.groups):
            shown = label(group)
            shown.setFont(font)
            shown.setAccessibleName(_("Group {number}").format(number=at + 1))
            self._groups.addWidget(label(f"{at + 1}", "muted"), at // _IN_A_ROW, at % _IN_A_ROW * 2)
            self._groups.addWidget(shown, at // _IN_A_ROW, at % _IN_A_ROW * 2 + 1)
        self._groups.setColumnStretch(_IN_A_ROW * 2, 1)
        for number in self.key.asked:
            field = self.add_text(_("Type back group {number}").format(number=number), longest=20)
            field.setFont(font)
            self._typed.append((number, field))
        self._typed[0][1].setFocus()
        self.action.setEnabled(True)

    @property
    def shown_groups(self) -> list[str]:
        """The groups as they can be read."""
        return [shown.text() for shown in self._shown.findChildren(QLabel) if len(shown.text()) > 1]

    def is_typed_back(self) -> bool:
        """Compare what was typed; say which group differs."""
        for number, field in self._typed:
            if self.key is None or not keys.is_typed_back(self.key, number, field.text()):
                text = _("Group {number} is another one on the sheet. Nothing was changed yet.")
                self.banner.show_text(text.format(number=number), "danger")
                field.setFocus()
                field.selectAll()
                return False
        return self.key is not None

    def submit(self) -> None:
        """Keep the key where it was typed back."""
        key = self.key
        if key is None or not self.is_typed_back():
            return
        self.hold()
        self.desk.tasks.query(
            lambda w: keys.keep_recovery_key(w, key), self._on_kept, self._on_failed
        )

    def _on_kept(self, _nothing: object) -> None:
        self._is_saving = False
        self.desk.keys_changed.emit()
        self.desk.message.emit(_("The recovery key opens the workspace now."))
        self.accept()

    def _ask_where(self) -> None:
        kinds = _("PDF") + " (*.pdf)"
        name = _("Recovery key") + ".pdf"
        chosen = folders.ask_where_to_save(
            self, _("Save the sheet"), folders.RECOVERY_SHEET, name, kinds
        )
        if chosen:
            self.save_sheet(chosen)

    def save_sheet(self, target: Path) -> None:
        """Write the sheet into a file, for a printer elsewhere."""
        content = self._sheet
        self.desk.tasks.run(lambda: save_as(content, target), self._on_saved, self._on_failed)

    def _on_saved(self, _path: Path) -> None:
        self.banner.show_text(
            _("The sheet is saved. Print it, and delete the file: it opens the workspace."),
            "warning",
        )

    def _ask_printer(self) -> None:
        printer = printing.printer_for(1)
        dialog = printing.dialog_for(printer, 1, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            job = printing.PrintJob(self._sheet, printer, 1, self)
            job.failed.connect(
                lambda: self.banner.show_text(_("The printer did not take the sheet."), "danger")
            )
            job.start()

    def done(self, result: int) -> None:
        """Close, and forget the key."""
        self.key, self._sheet = None, b""
        for shown in self._shown.findChildren(QLabel):
            shown.clear()
        for _number, field in self._typed:
            field.clear()
        super().done(result)
