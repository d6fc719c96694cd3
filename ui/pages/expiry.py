"""The radar of what ends: a calendar with the days marked, and the list beside it."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats
from console.domain.expiry import Ending, Expiring
from console.domain.journal import Changes
from console.domain.shown_table import ShownTable, Value
from console.services import calendars, expiry
from console.texts import N_, _, ngettext
from ui import theme
from ui.desk import Desk
from ui.dialogs.leads import LeadsDialog
from ui.widgets.dates import tell_weeks, today
from ui.widgets.parts import Banner, button, label, row
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (N_("Last day"), N_("What ends"), N_("Whose or which"), N_("Client"), N_("In"))
_HORIZONS: Final = (
    (30, N_("next 30 days")),
    (90, N_("next 90 days")),
    (365, N_("next year")),
    (3650, N_("next ten years")),
    (-365, N_("the year that is over")),
)


class ExpiryPage(QWidget):
    """Enter or a double click opens the number, the person's client or the device's."""

    nouns = frozenset(
        {"lines", "contacts", "authorities", "agreements", "devices", "clients", "settings"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._found: list[Expiring] = []
        self._shown: list[Expiring] = []
        self._day: date | None = None
        self.banner = Banner()
        self._count = label("", "muted")
        self.kinds = self._choice(_("Kinds"))
        self.kinds.addItem(_("everything that ends"), "")
        for ending in Ending:
            self.kinds.addItem(ending.label, ending.value)
        self.horizon = self._choice(_("How far ahead"))
        for days, text in _HORIZONS:
            self.horizon.addItem(_(text), days)
        self.horizon.setCurrentIndex(1)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("Days on which something ends"))
        tell_weeks(self.calendar)
        self.calendar.setFixedWidth(330)
        self.calendar.setFixedHeight(290)
        self.table = PlainTable(_("What ends"), [_(head) for head in _HEADS], stretched=2)
        self._all_days = button(_("All days"), self._show_all_days)
        self._lay_out()
        self._connect()

    @staticmethod
    def _choice(name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        return box

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        leads = button(_("Lead times…"), lambda: LeadsDialog(self._desk, self).open(), "clock")
        export = button(_("Calendar file…"), self._choose, "calendar-days")
        heading = label(_("What ends"), "title")
        layout.addWidget(row(heading, self._count, None, self.kinds, self.horizon, leads, export))
        layout.addWidget(self.banner)
        side = QVBoxLayout()
        side.addWidget(self.calendar)
        side.addWidget(self._all_days)
        side.addStretch(1)
        lower = QHBoxLayout()
        lower.addWidget(self.table, 1)
        lower.addLayout(side)
        layout.addLayout(lower, 1)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(lambda: self.reload())
        self.horizon.currentIndexChanged.connect(lambda: self.reload())
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        self.table.itemActivated.connect(lambda _item: self._open())

    def reload(self) -> None:
        """Read what ends anew."""
        days = int(self.horizon.currentData())
        now = today()
        since, until = (now, now + timedelta(days=days))
        if days < 0:
            since, until = now + timedelta(days=days), now - timedelta(days=1)
        chosen = str(self.kinds.currentData())
        kinds = (Ending(chosen),) if chosen else tuple(Ending)
        self._desk.tasks.query(
            lambda w: expiry.between(w, since, until, kinds=kinds),
            self._show,
            self.banner.show_error,
        )

    def on_records_changed(self, changes: Changes) -> None:
        """Reload where something with an end changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._day = None
        self._show([])

    def _show(self, found: list[Expiring]) -> None:
        self._found = found
        self._mark_days()
        self._fill()

    def _mark_days(self) -> None:
        """Mark the days in bold and in the accent; how many end is in the tool tip."""
        self.calendar.setDateTextFormat(QDate(), QTextCharFormat())
        for day, count in Counter(one.until for one in self._found).items():
            marked = QTextCharFormat()
            marked.setFontWeight(QFont.Weight.Bold)
            marked.setFontUnderline(True)
            marked.setForeground(theme.current.color("accent"))
            text = ngettext("{n} thing ends", "{n} things end", count)
            marked.setToolTip(text.format(n=count))
            self.calendar.setDateTextFormat(QDate(day.year, day.month, day.day), marked)

    def _fill(self) -> None:
        self._shown = [one for one in self._found if self._day in (None, one.until)]
        now = today()
        self.table.show_rows([self._cells(one, now) for one in self._shown])
        text = ngettext("{n} thing ends", "{n} things end", len(self._shown))
        self._count.setText(text.format(n=len(self._shown)))
        self._all_days.setEnabled(self._day is not None)

    @staticmethod
    def _cells(one: Expiring, now: date) -> tuple[str, ...]:
        left = (one.until - now).days
        text = ngettext("{n} day", "{n} days", abs(left)).format(n=left)
        return formats.day(one.until), one.ending.label, one.what, one.client, text

    def shown_table(self) -> ShownTable:
        """Return what ends, as it is shown, for a file."""
        now = today()
        rows: list[tuple[Value, ...]] = [
            (one.until, *self._cells(one, now)[1:]) for one in self._shown
        ]
        return ShownTable("ends", _("What ends"), tuple(_(head) for head in _HEADS), tuple(rows))

    def _on_day(self, chosen: QDate) -> None:
        self._day = date(chosen.year(), chosen.month(), chosen.day())
        self._fill()

    def _show_all_days(self) -> None:
        self._day = None
        self._fill()

    def _open(self) -> None:
        number = self.table.currentRow()
        if not 0 <= number < len(self._shown):
            return
        one = self._shown[number]
        if one.noun == "lines":
            self._desk.line_requested.emit(one.record_id)
        else:
            self._desk.client_requested.emit(one.client_id)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Calendar file"), "klientela.ics", _("Calendars") + " (*.ics)"
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write what ends, with deadlines and meetings, into a calendar file."""
        self._desk.tasks.query(
            lambda w: calendars.export(w, target),
            lambda path: self._desk.message.emit(_("Saved as {name}.").format(name=path.name)),
            self.banner.show_error,
        )
