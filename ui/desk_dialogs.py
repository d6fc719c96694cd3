"""What the desk opens over the window: new requests, mails in and out, calendars."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from console.texts import _
from ui.desk import Desk


class DeskDialogs(QObject):
    """Imports a dialog when it is first asked for.

    Args:
        desk: whose wishes they answer.
        window: over which they open.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        desk.new_request_requested.connect(self._log)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menus do, by their names."""
        return {
            "request": partial(self._log, None),
            "mail": self._choose_mail,
            "outbox": self._outbox,
            "calendar": self._choose_calendar,
            "privacy": self._privacy,
            "retention": self._retention,
        }

    def _log(self, about: object) -> None:
        from ui.dialogs.new_request import NewRequestDialog

        NewRequestDialog(self._desk, about, self._window).open()

    def _outbox(self) -> None:
        from ui.dialogs.outbox import OutboxDialog

        OutboxDialog(self._desk, self._window).open()

    def _privacy(self) -> None:
        from console.domain.document import DocumentKind

        self._desk.paper_requested.emit(DocumentKind.PRIVACY_EXTRACT, 0, 0)

    def _retention(self) -> None:
        from ui.dialogs.retention import RetentionDialog

        RetentionDialog(self._desk, self._window).open()

    def _choose_calendar(self) -> None:
        kinds = _("Calendars") + " (*.ics)"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Calendar file"), "klientela.ics", kinds
        )
        if chosen:
            self.save_calendar(Path(chosen))

    def save_calendar(self, target: Path) -> None:
        """Write deadlines and meetings of all clients into a calendar file."""
        from console.services import calendars

        self._desk.tasks.query(
            lambda w: calendars.export(w, target),
            lambda path: self._desk.message.emit(_("Saved as {name}.").format(name=path.name)),
        )

    def _choose_mail(self) -> None:
        kinds = _("Mails") + " (*.eml *.msg);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self._window, _("Choose a mail"), "", kinds)
        if chosen:
            self.take_mail(Path(chosen))

    def take_mail(self, path: Path) -> None:
        """Show what a mail would become, to be logged or filed with what it answers."""
        from console.services import mails

        self._desk.tasks.query(lambda w: mails.propose(w, path), self._log)


def dropped_mails(event: QDropEvent) -> list[Path]:
    """Return the mails that are dropped."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (".eml", ".msg")]
