"""What the window does by the clock while a workspace is open: warnings, hourly backups."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.journal import Changes
from console.texts import _
from console.workspace import Workspace
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.outbox import Sender

_MINUTE_MS: Final = 60 * 1000
_BACKUPS_MS: Final = 5 * _MINUTE_MS
_WAKE_MS: Final = 2000
"""The outbox can wait until the first page is there."""


class Chores(QObject):
    """Starts when a workspace was opened, stops when it is locked.

    Args:
        tasks: the worker that does them.
    """

    minute_passed = Signal()
    warned = Signal(object)
    """Changes whose result is the list of warnings that were given."""
    mail_failed = Signal(str)
    """A mail was not sent; why, in words."""
    backup_failed = Signal(str)
    """The second place took no backup; why, in words."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sender: Sender | None = None
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.do_minute)
        self._waking = QTimer(self, singleShot=True, interval=_WAKE_MS)
        self._waking.timeout.connect(lambda: self._mails().wake())
        self._backups = QTimer(self, interval=_BACKUPS_MS)
        self._backups.timeout.connect(self.back_up)

    def start(self) -> None:
        """Do them from now on; warnings that were slept through come at once."""
        if self._minute.isActive():
            return
        self._minute.start()
        self._backups.start()
        self._do_due()
        self._waking.start()

    def stop(self) -> None:
        """Rest until the next workspace is open."""
        self._minute.stop()
        self._waking.stop()
        self._backups.stop()

    def end(self) -> None:
        """Stop for good; a mail that is being handed over is given two seconds."""
        self.stop()
        if self._sender is not None:
            self._sender.finish()

    def settle(self, then: Callable[[], object]) -> None:
        """Stop, and go on once a mail that is being handed over is settled."""
        self.stop()
        if self._sender is None:
            then()
        else:
            self._sender.settle(then)

    def do_minute(self) -> None:
        """Let pages follow the clock, changes take effect, and warn of what comes due."""
        self.minute_passed.emit()
        self._do_due()

    def _do_due(self) -> None:
        self._tasks.change(_apply_due)
        self._tasks.change(_give_warnings, self.warned.emit)
        if self._sender is not None:
            self._sender.send()

    def send_mails(self) -> None:
        """Send what waits in the outbox."""
        self._mails().send()

    def _mails(self) -> "Sender":
        if self._sender is None:
            from ui.outbox import Sender

            self._sender = Sender(self._tasks, self)
            self._sender.failed.connect(self._on_mail_failed)
        return self._sender

    def _on_mail_failed(self, delivery: object) -> None:
        from ui.dialogs.outbox import FAILURES

        self.mail_failed.emit(_(FAILURES[delivery]))  # type: ignore[index]

    def back_up(self) -> None:
        """Make the hourly backup where something changed."""
        self._tasks.query(_back_up_if_due, self._on_backed_up)

    def _on_backed_up(self, failure: str) -> None:
        if failure:
            self.backup_failed.emit(failure)


def _give_warnings(workspace: Workspace) -> Changes:
    from console.services import warnings

    return (
        Changes(0, frozenset(), []) if workspace.is_read_only else warnings.give_warnings(workspace)
    )


def _apply_due(workspace: Workspace) -> Changes:
    from console.services import line_history

    return Changes(0, frozenset()) if workspace.is_read_only else line_history.apply_due(workspace)


def _back_up_if_due(workspace: Workspace) -> str:
    from console.services import backups

    return backups.if_due(workspace).second_place_failed
