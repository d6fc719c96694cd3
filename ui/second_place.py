"""Choosing the second place of the backups: one way for the card of keys and for the reminder."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from console.services import backups
from console.texts import _
from ui.desk import Desk
from ui.tasks import Failed


def ask(desk: Desk, parent: QWidget, failed: Failed | None = None) -> None:
    """Let the person choose a folder on another disk, and copy the first backup there."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Second place of the backups"))
    if chosen:
        choose(desk, Path(chosen), failed)


def choose(desk: Desk, place: Path | None, failed: Failed | None = None) -> None:
    """Copy every backup to a folder from now on, beginning at once; or to none."""

    def chosen(_changes: Any) -> None:
        desk.keys_changed.emit()
        desk.tasks.query(backups.copy_to_second_place, copied)

    def copied(failure: str) -> None:
        if failure:
            desk.told.emit(failure, "warning")
        elif place:
            desk.message.emit(_("Every backup is copied there from now on."))

    desk.tasks.change(lambda opened: backups.choose_second_place(opened, place), chosen, failed)


def put_off(desk: Desk) -> None:
    """Ask again in a month."""
    desk.tasks.change(backups.put_second_place_off)
