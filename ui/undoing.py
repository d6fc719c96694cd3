"""Undo and redo from the menus: done on the worker, and said in one sentence."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from console.domain.journal import Changes, Unit
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk


class Undoing(QObject):
    """Takes the last action back, or does it again.

    Args:
        desk: the way to the services.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menus do, by their names."""
        return {"undo": self._undo, "redo": self._redo}

    def _undo(self) -> None:
        self._desk.tasks.change(_undo_last, self._tell_undone, self.failed.emit)

    def _redo(self) -> None:
        self._desk.tasks.change(_redo_last, self._tell_redone, self.failed.emit)

    def _tell_undone(self, changes: Changes) -> None:
        self._tell(_("Taken back: {what}"), changes)

    def _tell_redone(self, changes: Changes) -> None:
        self._tell(_("Done again: {what}"), changes)

    def _tell(self, text: str, changes: Changes) -> None:
        from ui.widgets.action_names import unit_name

        if isinstance(changes.result, Unit):
            self._desk.message.emit(text.format(what=unit_name(changes.result)))


def _undo_last(workspace: Workspace) -> Changes:
    from console.services import history

    return history.undo_last(workspace)


def _redo_last(workspace: Workspace) -> Changes:
    from console.services import history

    return history.redo_last(workspace)
