"""A workspace out of a backup: staged beside its place, verified, and only then swapped in."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console import workspace as workspaces
from console.domain.erasure import Erasure
from console.domain.progress import Told, silent
from console.errors import KnownError
from console.paths import ERASURES_NAME
from console.services import verify
from console.system_reasons import reason_of
from console.texts import N_, _
from console.workspace import Workspace

if TYPE_CHECKING:
    from console.storage.backup_file import Backup

_UNREAD: Final = N_(
    "The list of erased people in {folder} is sealed with another key: people who were erased "
    "since the backup may be back. Erase them again."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Args:
        folder: of the workspace.
        taken_at: when the backup was taken.
        kept_aside: where the workspace that was there before is kept, or None.
        missing: what could not be restored, in words.
        given_up: where the later backups are, which hold what was given up, or None.
    """

    folder: Path
    taken_at: datetime
    kept_aside: Path | None
    missing: tuple[str, ...] = ()
    given_up: Path | None = None


def kept_in_words(done: Restored) -> list[str]:
    """Return where the state of before is kept, in sentences."""
    lines = []
    if done.kept_aside:
        kept = _("The workspace of before is kept in {folder}.")
        lines.append(kept.format(folder=done.kept_aside))
    if done.given_up:
        later = _("The backups of what was given up are kept in {folder}.")
        lines.append(later.format(folder=done.given_up))
    return lines


def unlock(file: Path, passphrase: str) -> bytes:
    """Return the data key of a backup: by the passphrase that was in force when it was taken.

    Raises:
        KnownError: ``backup-missing``, ``backup-damaged``, ``passphrase-wrong``.
    """
    from console.storage import backup_file
    from console.vault import passphrase as passphrase_slot
    from console.vault import slots

    return passphrase_slot.unlock(slots.parse(backup_file.slots_of(file)), passphrase)


def is_of(file: Path, folder: Path) -> bool:
    """Return whether a backup was taken of the workspace in a folder.

    Raises:
        KnownError: ``backup-missing``, ``backup-damaged``.
    """
    from console.storage import backup_file
    from console.vault import slots

    taken_of = slots.parse(backup_file.slots_of(file)).workspace_id
    return workspaces.exists(folder) and slots.read(folder).workspace_id == taken_of


def unlock_by_recovery_key(file: Path, key: str) -> bytes:
    """Return the data key of a backup by the recovery key.

    Raises:
        KnownError: ``backup-missing``, ``backup-damaged``, or as for a workspace.
    """
    from console.storage import backup_file
    from console.vault import recovery_key, slots

    return recovery_key.unlock(slots.parse(backup_file.slots_of(file)), key)


def restore(
    file: Path,
    target: Path,
    data_key: bytes,
    told: Told = silent,
    other_keys: Sequence[bytes] = (),
) -> Restored:
    """Put the workspace of a backup into a folder.

    Args:
        file: the backup.
        target: a new folder, or that of the same workspace, which is kept aside whole.
        data_key: from :func:`unlock`, or of the workspace.
        told: learns what is being done.
        other_keys: newer data keys of the workspace, which open its list of erasures.

    Raises:
        KnownError: ``backup-missing``, ``backup-damaged``, ``restore-folder``,
            ``restore-other``, ``restore-failed``, ``workspace-in-use``; the target is as it was.
    """
    from console.storage import backup_file
    from console.vault import instance, places
    from console.vault.keys import sub_key

    places.check(target)
    _refuse_others(target)
    told(_("Reading the whole backup…"))
    backup = backup_file.check(file, sub_key(data_key, "backups"))
    _refuse_another(target, backup.manifest.workspace)
    alone = instance.use(target, alone=True)
    try:
        return _put(backup, target, (data_key, *other_keys), told)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("restore-failed", path=target, reason=reason) from error
    finally:
        shutil.rmtree(target.parent / f".{target.name}.restoring", ignore_errors=True)
        alone.release()


def _put(backup: "Backup", target: Path, data_keys: Sequence[bytes], told: Told) -> Restored:
    """Unpack a backup beside its place, check it, and put it there.

    Args:
        backup: that was read whole.
        target: where it goes.
        data_keys: its own, then newer ones of the workspace.
        told: learns what is being done.
    """
    from console.storage import backup_file, backups, swapping
    from console.vault.keys import sub_key

    key = data_keys[0]
    place = _staging(target) / "workspace"
    slots = _with_new_device(backup_file.slots_of(backup.path), key)
    told(_("Unpacking it beside its place…"))
    backups.unpack(backup, place, sub_key(key, "backups"), sub_key(key, "database"), slots)
    told(_("Checking every page and every file…"))
    missing = verified(place, key)
    told(_("Putting it in place…"))
    now = datetime.now(UTC)
    aside = _carry_backups(target, place, data_keys, backup.manifest.unit, now)
    missing += _carry_erasures(backup.path, target, place, data_keys)
    kept = swapping.swap(place, target, now, kept_as="before")
    given_up = target / aside.relative_to(place) if aside else None
    return Restored(target, backup.taken_at, kept, missing, given_up)


def in_place(workspace: Workspace, file: Path, data_key: bytes, told: Told = silent) -> Restored:
    """Put a backup in the place of an open workspace, which is kept aside and stays open as new.

    Raises:
        KnownError: as :func:`restore`; the workspace is open as it was.
    """
    old = workspace.data_key
    workspace.store.close()
    workspaces.release(workspace)
    try:
        done = restore(file, workspace.folder, data_key, told, (old,))
    except BaseException:
        workspaces.open_again(workspace, old)
        raise
    workspaces.open_again(workspace, data_key)
    return done


def _carry_backups(
    target: Path, place: Path, data_keys: Sequence[bytes], unit: int, now: datetime
) -> Path | None:
    """Take the backups along, those of what is given up in a folder of their own."""
    from console.storage import rotation, swapping
    from console.vault.keys import sub_key

    swapping.carry(target / "backups", place / "backups")
    keys = [sub_key(key, "backups") for key in data_keys]
    return rotation.set_aside(place / "backups", keys, unit, now)


def lists_beside(file: Path, target: Path) -> list[Path]:
    """Return the folders with a list of erasures that a restored workspace has to follow."""
    folders = (target, target / "backups", file.parent, file.parent.parent)
    return [one for one in dict.fromkeys(folders) if (one / ERASURES_NAME).is_file()]


def _carry_erasures(
    file: Path, target: Path, place: Path, data_keys: Sequence[bytes]
) -> tuple[str, ...]:
    """Take along the lists of erasures, so that the backup brings nobody back who was erased.

    The workspace that comes out does them again when it is opened for the first time.

    Returns:
        What is missing, in words: a list that no key opens.
    """
    from console.storage import erasures
    from console.vault.keys import sub_key

    keys = [sub_key(key, "erasures") for key in data_keys]
    found: dict[int, Erasure] = {}
    missing: tuple[str, ...] = ()
    for folder in lists_beside(file, target):
        lists = [one for key in keys if (one := erasures.opened(folder, key)) is not None]
        found |= {erasure.id: erasure for one in lists for erasure in one}
        if not lists:
            missing = (_(_UNREAD).format(folder=folder),)
    if found:
        erasures.write(place, keys[0], found.values())
    return missing


def _refuse_another(target: Path, workspace_id: str) -> None:
    """Refuse the place of another workspace; one whose slots are lost is not recognised."""
    from console.vault import slots

    try:
        known = slots.read(target).workspace_id
    except KnownError:
        return
    if known != workspace_id:
        raise KnownError("restore-other", path=target)


def _staging(target: Path) -> Path:
    from console.storage import swapping

    try:
        return swapping.staging(target)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("restore-failed", path=target, reason=reason) from error


def _refuse_others(target: Path) -> None:
    """Refuse a folder that holds something, and no workspace."""
    if not target.exists() or workspaces.exists(target):
        return
    database = target / workspaces.DATABASE_NAME
    if not target.is_dir() or (any(target.iterdir()) and not database.exists()):
        raise KnownError("restore-folder", path=target)


def _with_new_device(content: bytes, data_key: bytes) -> bytes:
    """Give the copy a device of its own, so that its ids never meet those of the original."""
    from console.vault import slots

    file = slots.parse(content)
    return slots.sealed(replace(file, device=secrets.randbelow(1024)), data_key)


def verified(place: Path, data_key: bytes) -> tuple[str, ...]:
    """Open a staged workspace, check all of it, and close it again.

    Returns:
        Which documents and attachments are missing, in words.

    Raises:
        KnownError: ``database-damaged`` where the database or its journal is not whole.
    """
    opened = workspaces.open_workspace(place, data_key)
    try:
        found = verify.verify(opened).findings
    finally:
        opened.close()
    if any(not finding.is_of_files for finding in found):
        raise KnownError("database-damaged")
    return tuple(finding.text for finding in found)
