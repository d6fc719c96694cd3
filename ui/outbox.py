"""Sends what waits in the outbox: the worker marks, a thread of its own talks to the server."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal

from console.domain.journal import Changes
from console.domain.outgoing_mail import Delivery
from console.services import outbox
from console.services.outbox import Sending
from ui.tasks import Tasks

_PATIENCE_MS: Final = 2000
"""How long locking waits for a mail that is being handed over."""


class _Signals(QObject):
    """What a runnable says; it cannot have signals itself."""

    delivered = Signal(object, object)


class _Handing(QRunnable):
    """Hands one mail over; knows no workspace."""

    def __init__(self, sending: Sending) -> None:
        super().__init__()
        self._sending = sending
        self.signals = _Signals()

    def run(self) -> None:
        """Talk to the server, however long it takes."""
        from console.services import smtp

        sending = self._sending
        delivery = smtp.deliver(sending.account, sending.password, sending.message)
        self.signals.delivered.emit(sending.mail.id, delivery)


class Sender(QObject):
    """One mail at a time. What becomes of it is told by the records that change.

    Args:
        tasks: the worker that keeps the outbox.
    """

    failed = Signal(object)
    """Why a mail was not sent: a :class:`Delivery`."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._is_busy = False
        self._is_handing = False
        self._untold: list[tuple[int, Delivery]] = []
        self._waiting: Callable[[], object] | None = None

    def wake(self) -> None:
        """Look once after opening for mails of which nobody knows whether they were sent.

        What became of a mail while the workspace was locked is written down first; one that is
        still being handed over is left alone.
        """
        if self._is_handing:
            return
        untold, self._untold = self._untold, []
        for mail_id, delivery in untold:
            self._write_down(mail_id, delivery)
        self._tasks.change(outbox.wake, lambda _changes: self.send())

    def send(self) -> None:
        """Send the next mail that is due, then the one after it."""
        if not self._is_busy:
            self._is_busy = True
            self._tasks.change(outbox.begin, self._on_begun, self._on_error)

    def settle(self, then: Callable[[], object]) -> None:
        """Go on once the mail that is under way was handed over, or after two seconds.

        What comes later is written down when the workspace is open again; where the program has
        ended until then, the mail is one that was perhaps sent.
        """
        if not self._is_handing:
            then()
            return
        self._waiting = then
        QTimer.singleShot(_PATIENCE_MS, self, self._go_on)

    def finish(self) -> None:
        """Wait up to two seconds for the mail that is under way, before the window goes."""
        if self._is_handing and self._pool.waitForDone(_PATIENCE_MS):
            QCoreApplication.sendPostedEvents(self)

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    def _on_begun(self, changes: Changes) -> None:
        if not isinstance(changes.result, Sending):
            self._is_busy = False
            return
        self._is_handing = True
        handing = _Handing(changes.result)
        handing.signals.delivered.connect(self._on_delivered)
        self._signals = handing.signals
        self._pool.start(handing)

    def _on_delivered(self, mail_id: int, delivery: Delivery) -> None:
        self._is_handing = False
        self._write_down(mail_id, delivery)
        self._go_on()

    def _write_down(self, mail_id: int, delivery: Delivery) -> None:
        def keep(_error: Exception) -> None:
            self._is_busy = False
            self._untold.append((mail_id, delivery))

        self._tasks.change(
            lambda w: outbox.finish(w, mail_id, delivery),
            lambda _changes: self._on_finished(delivery),
            keep,
        )

    def _on_finished(self, delivery: Delivery) -> None:
        self._is_busy = False
        if delivery is Delivery.SENT:
            self.send()
        else:
            self.failed.emit(delivery)

    def _on_error(self, _error: Exception) -> None:
        self._is_busy = False
