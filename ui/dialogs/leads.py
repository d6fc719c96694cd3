"""How many days before its end each kind is told."""

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.expiry import LONGEST_LEAD, Ending
from console.services import expiry
from console.texts import _
from ui.desk import Desk
from ui.dialogs.numbers import NumbersDialog


class LeadsDialog(NumbersDialog):
    """The overview and the calendar file follow it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Lead times"),
            _("Save"),
            _("So long before its last day each kind comes up on the overview."),
            _("days before"),
            (0, LONGEST_LEAD),
            parent,
        )
        names: dict[Any, str] = {one: one.label for one in Ending}
        desk.tasks.query(expiry.leads, lambda found: self.show_numbers(found, names))

    def submit(self) -> None:
        """Store them."""
        changed: dict[Any, int] = self.numbers()
        self.save(lambda w: expiry.change_leads(w, changed))
