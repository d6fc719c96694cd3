"""Handing a request over to a technical unit, and asking again."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console.domain.request import Request
from console.domain.workflow import UNITS
from console.services import requests
from console.services.requests import Dossier
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.dialogs.technical_unit_fields import ChaseFields, TechnicalUnitFields
from ui.widgets.parts import heading


class TechnicalUnitDialog(FormDialog):
    """Which unit, what number they gave it, and when to ask them."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Hand over to a technical unit"), _("Hand over"), parent)
        self._request = found.request
        self.form.addRow(heading(f"{found.request.number} · {found.request.subject}"))
        self._handed = TechnicalUnitFields(self, _units(found))
        fields = self._handed.widgets
        self.keep_typed(f"hand-over-{found.request.id}", found.request.client_id, fields)

    def submit(self) -> None:
        """Hand it over; undo takes it back."""
        request, said = self._request, self._handed.said
        self.save(
            lambda w: requests.hand_over(w, request, *said),
            lambda _changes: self.desk.message.emit(
                _("{number} is handed over. Ctrl+Z takes it back.").format(number=request.number)
            ),
        )


def _units(found: Dossier) -> Sequence[str]:
    """Return the units that the agreement names on its second level, or the usual ones."""
    levels = found.agreement.levels if found.agreement else ()
    named = [unit.shown for level in levels if level.number > 1 for unit in level.units]
    return named or [_(unit) for unit in UNITS]


class ChaseDialog(FormDialog):
    """When to ask whoever a request waits for."""

    def __init__(self, desk: Desk, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Ask again"), _("Save"), parent)
        self._request = request
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self.chase = ChaseFields(self, request.chase_at)
        self.keep_typed(f"chase-{request.id}", request.client_id, self.chase.widgets)

    def submit(self) -> None:
        """Store it; the request comes up on that day."""
        request, chase_at = self._request, self.chase.moment
        self.save(lambda w: requests.chase(w, request, chase_at))
