"""Revealing the PUK or PIN of a card: a reason first, and it is written down."""

from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.field_names import field_name
from console.domain.journal import Changes
from console.services import secrets
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import button, label, row

_SECRETS: Final = ("puk", "pin")


class RevealDialog(FormDialog):
    """Shows one secret after it was asked for with a reason; closing forgets it.

    Args:
        desk: the way to the services.
        sim_id: whose card.
        iccid: what the card is called.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, sim_id: int, iccid: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Reveal PUK or PIN"), _("Reveal"), parent)
        self._sim_id = sim_id
        self.reason = self.add_text(_("Reason"))
        self.which = QComboBox()
        self.which.setAccessibleName(_("What"))
        for name in _SECRETS:
            self.which.addItem(field_name(name), name)
        self.form.addRow(_("What"), self.which)
        self.form.insertRow(0, _("SIM card"), label(iccid))
        self.secret = label("••••", "title")
        self._copy = button(_("Copy for 20 seconds"), self._put_on_clipboard, "copy")
        self._copy.setEnabled(False)
        self.body.addWidget(row(self.secret, None, self._copy))
        self.body.addStretch(1)
        self._draft = self.keep_typed(f"reveal-{sim_id}", 0, {"reason": self.reason})
        self.reason.setFocus()

    def submit(self) -> None:
        """Reveal it, and write down who and why."""
        sim_id, name, reason = self._sim_id, self.which.currentData(), self.reason.text()
        work = self._draft.saving(lambda w: secrets.reveal(w, sim_id, name, reason))
        self.change(work, self._show)

    def _show(self, changes: Changes) -> None:
        found: Any = changes.result
        self.secret.setText(found)
        self._copy.setEnabled(True)

    def _put_on_clipboard(self) -> None:
        self.desk.secret_clipboard.put(self.secret.text())
