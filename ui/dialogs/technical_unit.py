"""Handing a request over to a technical unit, and asking again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain.local_time import PRAGUE
from console.domain.request import Request
from console.domain.workflow import UNITS
from console.services import requests
from console.services.requests import Dossier
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import MomentField
from ui.widgets.parts import heading


class TechnicalUnitDialog(FormDialog):
    """Which unit, what number they gave it, and when to ask them."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Hand over to a technical unit"), _("Hand over"), parent)
        self._request = found.request
        self.form.addRow(heading(f"{found.request.number} · {found.request.subject}"))
        self.unit = QComboBox()
        self.unit.setEditable(True)
        self.unit.setAccessibleName(_("Technical unit"))
        self.unit.addItems(_units(found))
        self.form.addRow(_("Technical unit"), self.unit)
        self.reference = self.add_text(_("Their number"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("What was handed over"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(90)
        self.form.addRow(_("What was handed over"), self.text)
        self.asks = QCheckBox(_("Ask again"))
        self.asks.setChecked(True)
        self.chase_at = MomentField(_("Ask again"), next_morning())
        self.asks.toggled.connect(self.chase_at.setEnabled)
        self.form.addRow(self.asks, self.chase_at)
        fields = {
            "unit": self.unit,
            "reference": self.reference,
            "text": self.text,
            "asks": self.asks,
            "chase_at": self.chase_at,
        }
        self.keep_typed(f"hand-over-{found.request.id}", found.request.client_id, fields)

    def submit(self) -> None:
        """Hand it over; undo takes it back."""
        request, unit, reference = self._request, self.unit.currentText(), self.reference.text()
        text = self.text.toPlainText()
        chase_at = self.chase_at.moment if self.asks.isChecked() else None
        self.save(
            lambda w: requests.hand_over(w, request, unit, reference, chase_at, text),
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
        self.asks = QCheckBox(_("Ask again"))
        self.asks.setChecked(True)
        self.chase_at = MomentField(_("Ask again"), request.chase_at or next_morning())
        self.asks.toggled.connect(self.chase_at.setEnabled)
        self.form.addRow(self.asks, self.chase_at)

    def submit(self) -> None:
        """Store it; the request comes up on that day."""
        request = self._request
        chase_at = self.chase_at.moment if self.asks.isChecked() else None
        self.save(lambda w: requests.chase(w, request, chase_at))


def next_morning() -> datetime:
    """Return nine o'clock of the next day that is neither Saturday nor Sunday."""
    day = datetime.now(PRAGUE) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)
