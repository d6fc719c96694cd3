"""Backups of a workspace: by themselves, before large changes, by hand; which there are."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import backup_source
from console.domain.journal import Changes
from console.errors import KnownError
from console.services import settings as workspace_settings
from console.system_reasons import reason_of
from console.workspace import Workspace

if TYPE_CHECKING:
    from console.storage.backup_file import Backup

HOURLY: Final = timedelta(hours=1)
FOLDER: Final = "backups"
_SECOND_PLACE: Final = "second_place"
_PUT_OFF: Final = "second_place_put_off"
_PUT_OFF_FOR: Final = timedelta(days=30)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup as lists show it.

    Args:
        path: its file.
        taken_at: aware UTC.
        reason: ``hourly``, ``by-hand``, ``before-import`` …
        size: bytes of its file.
        is_good: whether its seal fits; its content was verified when it was made.
    """

    path: Path
    taken_at: datetime
    reason: str
    size: int
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What :func:`if_due` did.

    Args:
        kept: the new backup, or None where none was due.
        second_place_failed: the error of the second place, in words, or empty.
    """

    kept: Kept | None = None
    second_place_failed: str = ""


def if_due(workspace: Workspace) -> Outcome:
    """Make the hourly backup where something changed since the last one, and rotate.

    Raises:
        KnownError: ``backup-failed``.
    """
    last = _last(workspace)
    now = workspace.store.now()
    is_recent = last is not None and timedelta(0) <= now - last.taken_at < HOURLY
    if is_recent or not has_changed(workspace):
        return Outcome()
    kept = make(workspace, "hourly")
    return Outcome(kept, copy_to_second_place(workspace))


def make(workspace: Workspace, reason: str) -> Kept:
    """Make a verified backup among the workspace's own, and rotate them.

    Raises:
        KnownError: ``backup-failed``.
    """
    from console.storage import backups, rotation

    source = backup_source.of(workspace)
    made = backups.take(source, workspace.folder / FOLDER, reason)
    if workspace.operations is not None:
        workspace.operations.turn(workspace.store.db)
    rotation.rotate(workspace.folder / FOLDER, source.key)
    return _kept(made)


def before(workspace: Workspace, what: str) -> Kept | None:
    """Make a backup before a large change, unless the last one holds everything already.

    Raises:
        KnownError: ``backup-failed``; the change must not begin.
    """
    if not has_changed(workspace):
        return None
    return make(workspace, f"before-{what}")


def by_hand(workspace: Workspace, folder: Path | None = None) -> Kept:
    """Make a backup that stands alone: one file with everything in it.

    Args:
        workspace: open.
        folder: where it goes; among the workspace's own where None.

    Raises:
        KnownError: ``backup-failed``.
    """
    from console.storage import backups

    source = backup_source.of(workspace)
    target = folder or workspace.folder / FOLDER
    return _kept(backups.take(source, target, "by-hand", stands_alone=True))


def has_changed(workspace: Workspace) -> bool:
    """Return whether anything was saved since the last backup."""
    last = _last(workspace)
    row = workspace.store.db.conn.execute("SELECT max(id) FROM units").fetchone()
    if row[0] is None:
        return False
    return last is None or last.unit != row[0]


@dataclass(frozen=True, slots=True)
class _Last:
    taken_at: datetime
    unit: int


def _last(workspace: Workspace) -> _Last | None:
    from console.storage import backup_file, rotation

    source = backup_source.of(workspace)
    for path in rotation.found(workspace.folder / FOLDER):
        try:
            backup = backup_file.read(path, source.key)
        except KnownError:
            continue
        return _Last(backup.taken_at, backup.manifest.unit)
    return None


def listed(workspace: Workspace) -> list[Kept]:
    """Return the workspace's own backups, the newest first; damaged ones are left out."""
    from console.storage import backup_file, rotation

    key = backup_source.of(workspace).key
    found = []
    for path in rotation.found(workspace.folder / FOLDER):
        try:
            found.append(_kept(backup_file.read(path, key)))
        except KnownError:
            _log.warning("a backup is damaged")
    return found


def catalogue(workspace: Workspace) -> list[Kept]:
    """Return the workspace's own backups, the newest first, the damaged ones, too."""
    from console.storage import backup_file, rotation

    key = backup_source.of(workspace).key
    found = []
    for path in rotation.found(workspace.folder / FOLDER):
        try:
            found.append(_kept(backup_file.read(path, key)))
        except KnownError:
            size = path.stat().st_size
            found.append(Kept(path, rotation.time_of(path), "", size, is_good=False))
    return found


def _kept(backup: "Backup") -> Kept:
    return Kept(backup.path, backup.taken_at, backup.manifest.reason, backup.path.stat().st_size)


def second_place(workspace: Workspace) -> Path | None:
    """Return the folder that gets a copy of every backup, or None where none was chosen."""
    from console.storage import settings

    chosen = settings.read(workspace.store).get(_SECOND_PLACE, "")
    return Path(chosen) if chosen else None


def choose_second_place(workspace: Workspace, folder: Path | None) -> Changes:
    """Choose where copies of the backups go: another disk, a stick, the network.

    Raises:
        KnownError: ``backup-place`` where it lies inside the workspace.
    """
    from console.storage import settings

    if folder and folder.resolve().is_relative_to(workspace.folder.resolve()):
        raise KnownError("backup-place", path=folder)
    with workspace.store.unit("change-settings") as unit:
        settings.write(workspace.store, {_SECOND_PLACE: str(folder or "")})
    return Changes(unit, frozenset({"settings"}), workspace_settings.manager(workspace))


def put_second_place_off(workspace: Workspace) -> Changes:
    """Do not ask for a second place again for a month."""
    from console.storage import settings

    with workspace.store.unit("change-settings") as unit:
        settings.write(workspace.store, {_PUT_OFF: workspace.store.today().isoformat()})
    return Changes(unit, frozenset({"settings"}), workspace_settings.manager(workspace))


def is_second_place_put_off(workspace: Workspace) -> bool:
    """Return whether the person did not want to be asked for a second place by now."""
    from console.storage import settings

    put_off = settings.read(workspace.store).get(_PUT_OFF, "")
    return bool(put_off) and workspace.store.today() < date.fromisoformat(put_off) + _PUT_OFF_FOR


def place_of_copies(workspace: Workspace) -> Path | None:
    """Return the folder of this workspace's copies in the second place, or None.

    Each workspace has one of its own there, and each of its machines, so that none of them
    rotates the copies of another out.
    """
    from console.vault import slots

    place = second_place(workspace)
    if place is None:
        return None
    file = slots.read(workspace.folder)
    return place / f"Klientela-{file.workspace_id[:8]}-{file.device:04}"


def copy_to_second_place(workspace: Workspace) -> str:
    """Make the backup in the second place, too, and rotate there.

    Returns:
        What went wrong, in words; empty where all went well or no place was chosen.
    """
    from console.storage import backups, rotation

    place = place_of_copies(workspace)
    if place is None:
        return ""
    source = backup_source.of(workspace)
    try:
        if not place.parent.is_dir():
            raise KnownError("backup-place-missing", path=place.parent)
        place.mkdir(exist_ok=True)
        backups.take(source, place, "copy")
        rotation.rotate(place, source.key)
    except KnownError as error:
        return error.message
    except OSError as error:
        reason = reason_of(error)
        return KnownError("backup-failed", path=place, reason=reason).message
    return ""
