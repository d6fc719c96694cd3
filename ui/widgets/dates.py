"""Days and moments in fields: Prague's, wherever the machine believes to be."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTimeZone
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QDateEdit,
    QDateTimeEdit,
    QToolButton,
)

from console import texts
from console.domain.local_time import PRAGUE
from ui import icons, theme

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
        tell_weeks(self.calendarWidget())
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
    pad(field)


def pad(field: QAbstractSpinBox) -> None:
    """Give a spin box room before its text, which the style sheet's padding does not reach."""
    field.lineEdit().setTextMargins(_TEXT_MARGIN, 0, 0, 0)


def tell_weeks(calendar: QCalendarWidget) -> None:
    """Let a calendar speak the language in use, and begin its weeks on Monday."""
    calendar.setLocale(QLocale(texts.language()))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
        arrow = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        if isinstance(arrow, QToolButton):
            arrow.setIcon(icons.icon(icon))
    weekend = QTextCharFormat()
    weekend.setForeground(theme.current.color("muted"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, weekend)
