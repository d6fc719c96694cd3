"""The card of a SIM: what it is, where it is used, and the way to its secrets."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats, phone
from console.texts import _
from ui.desk import Desk
from ui.dialogs.reveal import RevealDialog
from ui.widgets.parts import button, card, clear, facts, label, row, wrapped


class SimCardView(QWidget):
    """Shows one SIM; empty until one is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setMinimumWidth(300)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.clear()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        clear(self._layout)
        self._layout.addWidget(card(wrapped(_("Choose a SIM card to see it."), "muted")))
        self._layout.addStretch(1)

    def show_sim(self, sim: Any) -> None:
        """Show a SIM as its list knows it."""
        clear(self._layout)
        known = facts(
            [
                (_("Number"), phone.pretty(sim.msisdn)),
                (_("Client"), sim.client),
                (_("Form"), sim.form),
                (_("Valid from"), formats.day(sim.valid_from)),
                (_("Valid until"), formats.day(sim.valid_until)),
                (_("Predecessor"), sim.predecessor),
                (_("PUK and PIN"), "••••" if sim.has_secrets else _("not kept")),
                (_("Note"), sim.note),
            ]
        )
        parts = [label(sim.iccid, "title"), known]
        if sim.has_secrets:
            parts.append(row(button(_("Reveal…"), lambda: self._reveal(sim), "eye"), None))
        if sim.line_id is not None:
            go = button(_("Show the number"), lambda: self._desk.line_requested.emit(sim.line_id))
            parts.append(row(go, None))
        self._layout.addWidget(card(*parts))
        self._layout.addStretch(1)

    def _reveal(self, sim: Any) -> None:
        RevealDialog(self._desk, sim.id, sim.iccid, self).open()
