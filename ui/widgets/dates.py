"""Days and moments in fields: Prague's, wherever the machine believes to be."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QDateTime, QTimeZone
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from console.domain.explanation import PRAGUE

_TEXT_MARGIN = 8


def today() -> date:
    """Return the day that it is in Prague."""
    return datetime.now(PRAGUE).date()


class DayField(QDateEdit):
    """A field for a day, with a calendar to open; today at first."""

    def __init__(self, name: str, day: date | None = None) -> None:
        super().__init__()
        _prepare(self, name, "d. M. yyyy")
        self.setCalendarPopup(True)
        self.set_day(day or today())

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_day(self, day: date) -> None:
        """Choose a day."""
        self.setDate(QDate(day.year, day.month, day.day))


class MomentField(QDateTimeEdit):
    """A field for a moment, aware; now at first."""

    def __init__(self, name: str, moment: datetime | None = None) -> None:
        super().__init__()
        _prepare(self, name, "d. M. yyyy  H:mm")
        self.setTimeZone(QTimeZone(PRAGUE.key.encode()))
        self.set_moment(moment or datetime.now(UTC))

    def set_moment(self, moment: datetime) -> None:
        """Choose a moment."""
        self.setDateTime(QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000)))

    @property
    def moment(self) -> datetime:
        """The moment that is chosen, UTC."""
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)


def _prepare(field: QDateTimeEdit, name: str, shown: str) -> None:
    field.setAccessibleName(name)
    field.setDisplayFormat(shown)
    # The style sheet's padding does not reach the text of a spin box.
    field.lineEdit().setTextMargins(_TEXT_MARGIN, 0, 0, 0)
