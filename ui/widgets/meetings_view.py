"""The meetings of a client, with the ways to plan one and to take them into a calendar."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.meeting import Meeting
from console.domain.shown_table import ShownTable
from console.services import calendars, meetings
from console.texts import N_, _
from ui.desk import Desk
from ui.dialogs.meeting import MeetingDialog
from ui.widgets.parts import Banner, button, row
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (N_("When"), N_("Place"), N_("Who takes part"), N_("Minutes"))


class MeetingsView(QWidget):
    """Enter or a double click opens a meeting."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._client_id = 0
        self._meetings: list[Meeting] = []
        self.banner = Banner()
        self.table = PlainTable(_("Meetings"), [_(head) for head in _HEADS], stretched=3)
        self.table.itemActivated.connect(lambda _item: self._open())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.banner)
        layout.addWidget(
            row(
                button(_("Plan a meeting…"), self._plan, "plus"),
                button(_("Delete"), self._delete, "trash-2"),
                None,
                button(_("Calendar file…"), self._choose, "calendar-days"),
            )
        )
        layout.addWidget(self.table, 1)

    def show_client(self, client_id: int) -> None:
        """Show a client's meetings."""
        self._client_id = client_id
        self.reload()

    def reload(self) -> None:
        """Read them anew."""
        client_id = self._client_id
        if client_id:
            self._desk.tasks.query(lambda w: meetings.meetings_of(w, client_id), self._show)

    def clear(self) -> None:
        """Forget them, for locking."""
        self._client_id = 0
        self._show([])

    def _show(self, found: list[Meeting]) -> None:
        self._meetings = found
        self.table.show_rows(
            [
                (formats.moment(m.held_at), m.place, m.attendees, " ".join(m.minutes.split()))
                for m in found
            ]
        )

    def shown_table(self) -> ShownTable:
        """Return the meetings for a file."""
        rows = tuple(
            (formats.moment(m.held_at), m.place, m.attendees, m.minutes) for m in self._meetings
        )
        return ShownTable("meetings", _("Meetings"), tuple(_(head) for head in _HEADS), rows)

    def _plan(self) -> None:
        MeetingDialog(self._desk, self._client_id, self).open()

    def _open(self) -> None:
        meeting = self._current()
        if meeting is not None:
            MeetingDialog(self._desk, self._client_id, self, meeting.id).open()

    def _current(self) -> Meeting | None:
        number = self.table.currentRow()
        return self._meetings[number] if 0 <= number < len(self._meetings) else None

    def _delete(self) -> None:
        meeting = self._current()
        if meeting is not None:
            self._desk.tasks.change(
                lambda w: meetings.delete(w, meeting),
                lambda _changes: self._desk.message.emit(_("Deleted. Ctrl+Z takes it back.")),
                self.banner.show_error,
            )

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Calendar file"), "klientela.ics", _("Calendars") + " (*.ics)"
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write the client's deadlines and meetings into a calendar file."""
        client_id = self._client_id
        self._desk.tasks.query(
            lambda w: calendars.export(w, target, client_id),
            lambda path: self._desk.message.emit(_("Saved as {name}.").format(name=path.name)),
            self.banner.show_error,
        )
