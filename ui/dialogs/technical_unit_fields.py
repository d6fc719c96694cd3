"""The fields of a hand-over and of asking again, about one request or about several."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain.local_time import PRAGUE
from console.texts import _
from ui.dialogs.form import FormDialog
from ui.widgets.dates import MomentField


class ChaseFields:
    """Whether and when to ask again whoever a request waits for.

    Args:
        dialog: whose form takes the fields.
        at: to begin with; the next morning where None.
    """

    def __init__(self, dialog: FormDialog, at: datetime | None = None) -> None:
        self._asks = QCheckBox(_("Ask again"))
        self._asks.setChecked(True)
        self.at = MomentField(_("Ask again"), at or next_morning())
        self._asks.toggled.connect(self.at.setEnabled)
        dialog.form.addRow(self._asks, self.at)

    @property
    def widgets(self) -> dict[str, QWidget]:
        """The fields by their stable names, for keeping what is typed."""
        return {"asks": self._asks, "chase_at": self.at}

    @property
    def moment(self) -> datetime | None:
        """When to ask; None for not at all."""
        return self.at.moment if self._asks.isChecked() else None


class TechnicalUnitFields:
    """Which unit, what number they gave it, what was handed over, and when to ask them.

    Args:
        dialog: whose form takes the fields.
        units: to choose from; another one may be typed.
    """

    def __init__(self, dialog: FormDialog, units: Sequence[str]) -> None:
        self._unit = QComboBox()
        self._unit.setEditable(True)
        self._unit.setAccessibleName(_("Technical unit"))
        self._unit.addItems(list(units))
        dialog.form.addRow(_("Technical unit"), self._unit)
        self._reference = dialog.add_text(_("Their number"))
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(_("What was handed over"))
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(90)
        dialog.form.addRow(_("What was handed over"), self._text)
        self._chase = ChaseFields(dialog)

    @property
    def widgets(self) -> dict[str, QWidget]:
        """The fields by their stable names, for keeping what is typed."""
        own = {"unit": self._unit, "reference": self._reference, "text": self._text}
        return {**own, **self._chase.widgets}

    @property
    def said(self) -> tuple[str, str, datetime | None, str]:
        """The unit, its number, when to ask (None for not at all), and the text."""
        text = self._text.toPlainText()
        return self._unit.currentText(), self._reference.text(), self._chase.moment, text


def next_morning() -> datetime:
    """Return nine o'clock of the next day that is neither Saturday nor Sunday."""
    day = datetime.now(PRAGUE) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)
