"""A meeting with a client: when and where, the agenda from the open points, the minutes."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from console.domain.meeting import Meeting, MeetingPoint
from console.services import meetings
from console.services.meetings import FullMeeting
from console.texts import N_, _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.dates import MomentField
from ui.widgets.parts import button, row

_HEADS: Final = (N_("Point"), N_("Decision"), N_("Task"))
_FIELDS: Final = ("subject", "decision", "task")
_KEPT: Final = ("id", "request_id", "done", *_FIELDS)


class MeetingDialog(FormDialog):
    """A new meeting begins with what is open; a known one is shown as it is."""

    _points_edited = Signal()

    def __init__(
        self, desk: Desk, client_id: int, parent: QWidget | None = None, meeting_id: int = 0
    ) -> None:
        super().__init__(desk, _("Meeting"), _("Save"), parent)
        self._meeting: Meeting | None = None
        self._client_id = client_id
        self._points: list[MeetingPoint] = []
        self.held_at = MomentField(_("When"))
        self.form.addRow(_("When"), self.held_at)
        self.place = self.add_text(_("Place"))
        self.attendees = self.add_text(_("Who takes part"))
        self.points = self._make_points()
        self.points.itemChanged.connect(lambda _item: self._points_edited.emit())
        self.body.addWidget(self.points, 1)
        add = button(_("Add a point"), self._add_point, "plus")
        remove = button(_("Remove the point"), self._remove_point, "trash-2")
        self.body.addWidget(row(add, remove, None))
        self.minutes = QPlainTextEdit()
        self.minutes.setAccessibleName(_("Minutes"))
        self.minutes.setPlaceholderText(_("Minutes"))
        self.minutes.setTabChangesFocus(True)
        self.body.addWidget(self.minutes, 1)
        self.resize(820, 600)
        if meeting_id:
            desk.tasks.query(lambda w: meetings.full_meeting(w, meeting_id), self._show)
        else:
            desk.tasks.query(lambda w: meetings.agenda(w, client_id), self._show_agenda)
        name = f"meeting-{meeting_id}" if meeting_id else f"meeting-of-{client_id}"
        self._draft = self.keep_typed(name, client_id, self._fields())

    def _fields(self) -> dict[str, QWidget | KeptField]:
        return {
            "held_at": self.held_at,
            "place": self.place,
            "attendees": self.attendees,
            "points": KeptField(self._kept_points, self._restore_points, self._points_edited),
            "minutes": self.minutes,
        }

    def _kept_points(self) -> list[dict[str, Any]]:
        return [
            {
                **{name: getattr(point, name) for name in _KEPT},
                "task_due": point.task_due.isoformat() if point.task_due else None,
            }
            for point in self._filled()
        ]

    def _restore_points(self, kept: list[dict[str, Any]]) -> None:
        self._show_points([_point(self._client_id, fields) for fields in kept])

    @staticmethod
    def _make_points() -> QTableWidget:
        table = QTableWidget(0, len(_HEADS))
        table.setAccessibleName(_("Agenda"))
        table.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        return table

    def _show(self, found: FullMeeting) -> None:
        with self._draft.filling():
            self._fill(found)

    def _show_agenda(self, found: list[MeetingPoint]) -> None:
        with self._draft.filling():
            self._show_points(found)

    def _fill(self, found: FullMeeting) -> None:
        meeting = self._meeting = found.meeting
        self.held_at.set_moment(meeting.held_at)
        self.place.setText(meeting.place)
        self.attendees.setText(meeting.attendees)
        self.minutes.setPlainText(meeting.minutes)
        self._show_points(list(found.points))

    def _show_points(self, found: list[MeetingPoint]) -> None:
        self._points = list(found)
        self.points.setRowCount(0)
        for point in found:
            self._append(point)

    def _append(self, point: MeetingPoint) -> None:
        number = self.points.rowCount()
        self.points.insertRow(number)
        for column, name in enumerate(_FIELDS):
            self.points.setItem(number, column, QTableWidgetItem(getattr(point, name)))

    def _add_point(self) -> None:
        point = MeetingPoint(client_id=self._client_id, meeting_id=0, position=0, subject="")
        self._points.append(point)
        self._append(point)
        self.points.setCurrentCell(self.points.rowCount() - 1, 0)
        self.points.editItem(self.points.currentItem())

    def _remove_point(self) -> None:
        number = self.points.currentRow()
        if 0 <= number < len(self._points):
            del self._points[number]
            self.points.removeRow(number)
            self._points_edited.emit()

    def _filled(self) -> list[MeetingPoint]:
        return [
            replace(
                point,
                subject=self._cell(number, 0),
                decision=self._cell(number, 1),
                task=self._cell(number, 2),
            )
            for number, point in enumerate(self._points)
        ]

    def _cell(self, number: int, column: int) -> str:
        item = self.points.item(number, column)
        return item.text().strip() if item else ""

    def submit(self) -> None:
        """Store the meeting with its points."""
        base = self._meeting or Meeting(client_id=self._client_id, held_at=self.held_at.moment)
        meeting = replace(
            base,
            held_at=self.held_at.moment,
            place=self.place.text().strip(),
            attendees=self.attendees.text().strip(),
            minutes=self.minutes.toPlainText(),
        )
        points = self._filled()
        self.save(lambda w: meetings.save(w, meeting, points))


def _point(client_id: int, fields: dict[str, Any]) -> MeetingPoint:
    """Return a point of the agenda that was kept."""
    due = fields["task_due"]
    return MeetingPoint(
        client_id=client_id,
        meeting_id=0,
        position=0,
        task_due=date.fromisoformat(due) if due else None,
        **{name: fields[name] for name in _KEPT},
    )
