"""Work off the window's thread: one worker owns the workspace's connection.

``query`` reads, ``change`` writes; both call back on the window's thread. After a change the
signal ``records_changed`` names the tables, and whoever shows them reloads.
"""

import contextlib
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot

from console import workspace as workspaces
from console.errors import KnownError
from console.workspace import Workspace
from ui.garbage import GarbageCollector
from ui.problems import place_of

_log = logging.getLogger(__name__)
_SWITCH_SECONDS: Final = 0.0005
"""How long the worker may go on before it lets the window paint."""
Work = Callable[[Workspace], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


@dataclass(slots=True)
class _Task:
    """A piece of work on its way to the worker and back."""

    work: Callable[["_Worker"], Any]
    done: Done | None
    failed: Failed | None
    is_change: bool
    result: Any = None
    error: Exception | None = None


class _Worker(QObject):
    """Runs the work one after another; owns the open workspace."""

    finished = Signal(object)
    disk_filled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Workspace | None = None

    @Slot(object)
    def run(self, task: _Task) -> None:
        try:
            task.result = self._result(task)
        except Exception as error:
            task.error = workspaces.explained(error)
        self.finished.emit(task)
        if self.workspace is not None:
            self.workspace.tidy()

    def _result(self, task: _Task) -> Any:
        """Do it; what failed on a full disk goes through once the reserve was freed for it."""
        try:
            return task.work(self)
        except KnownError as error:
            if error.code != "disk-full-reserve" or not task.is_change:
                raise
        result = task.work(self)
        self.disk_filled.emit()
        return result

    def opened(self) -> Workspace:
        """Return the workspace, which must be open."""
        if self.workspace is None:
            raise KnownError("workspace-locked")
        return self.workspace


class Tasks(QObject):
    """The way from the window to the services and back."""

    records_changed = Signal(object)
    failed = Signal(object)
    locked = Signal()
    disk_filled = Signal()
    """A change was saved into the last reserve of a full disk."""
    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_SWITCH_SECONDS)
        GarbageCollector(self)
        self._pending = 0
        self._last: _Task | None = None
        self._thread = QThread(self)
        self._thread.setObjectName("workspace")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.run)
        self._worker.finished.connect(self._on_finished)
        self._worker.disk_filled.connect(self.disk_filled)
        self._thread.start()

    def query(self, work: Work, done: Done, failed: Failed | None = None) -> None:
        """Read on the worker; ``done`` gets the result on the window's thread."""
        self._send(_Task(lambda w: work(w.opened()), done, failed, is_change=False))

    def change(self, work: Work, done: Done | None = None, failed: Failed | None = None) -> None:
        """Write on the worker; ``work`` returns :class:`Changes`."""
        self._send(_Task(lambda w: work(w.opened()), done, failed, is_change=True))

    def open(
        self, work: Callable[[], Workspace | None], done: Done, failed: Failed | None = None
    ) -> None:
        """Open a workspace on the worker; ``work`` may return None where it needs more."""

        def opening(worker: _Worker) -> bool:
            found = work()
            if found is not None:
                if worker.workspace is not None:
                    worker.workspace.lock()
                worker.workspace = found
            return found is not None

        self._send(_Task(opening, done, failed, is_change=False))

    def run(self, work: Callable[[], Any], done: Done, failed: Failed | None = None) -> None:
        """Do what needs no open workspace: look at one, recover it, restore one."""
        self._send(_Task(lambda _worker: work(), done, failed, is_change=False))

    def prepare(self, work: Callable[[], Any]) -> None:
        """Run something slow ahead of its need, for example imports; its end is silent."""
        self._send(_Task(lambda _worker: work(), None, None, is_change=False))

    def lock(self, done: Callable[[], None] | None = None) -> None:
        """Close the workspace and drop its key."""

        def closing(worker: _Worker) -> None:
            if worker.workspace is not None:
                worker.workspace.lock()
            worker.workspace = None

        def closed(_result: Any) -> None:
            self.locked.emit()
            if done:
                done()

        self._send(_Task(closing, closed, None, is_change=False))

    def stop(self) -> None:
        """Finish what was asked for, close the workspace and end the thread; once is enough."""
        if not self._thread.isRunning():
            return
        self.lock()
        self.wait()
        self._thread.quit()
        self._thread.wait()

    def wait(self, seconds: float = 30.0) -> None:
        """Process events until nothing is under way; for leaving, and for tests."""
        end = time.monotonic() + seconds
        while self._pending and time.monotonic() < end:
            QCoreApplication.processEvents()
            QThread.msleep(1)

    def _send(self, task: _Task) -> None:
        """Pass work on; behind the end nobody is left to do it."""
        if not self._thread.isRunning():
            return
        self._pending += 1
        self._requested.emit(task)

    @Slot(object)
    def _on_finished(self, task: _Task) -> None:
        """Call back; the task before is let go of here, the worker has left it by now.

        What it asked for may hold the last reference to a widget, which the worker must not drop.
        """
        self._pending -= 1
        self._last = task
        if task.error is not None:
            self._report(task)
            return
        result, task.result = task.result, None
        if task.is_change and result.nouns:
            self.records_changed.emit(result)
        if task.done:
            with contextlib.suppress(RuntimeError):
                task.done(result)

    def _report(self, task: _Task) -> None:
        if task.error is None:
            return
        if not isinstance(task.error, KnownError):
            _log.error("a task failed: %s", place_of(task.error))
        if task.failed:
            with contextlib.suppress(RuntimeError):
                task.failed(task.error)
        else:
            self.failed.emit(task.error)
