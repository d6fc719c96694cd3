"""What a recovery can stand on, before it begins. Looks only, and changes nothing."""

import contextlib
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console import workspace as workspaces
from console.errors import KnownError
from console.services import recovery, restore
from console.services.backups import FOLDER
from console.vault.keys import sub_key
from console.vault_errors import CURABLE


@dataclass(frozen=True, slots=True)
class Prospects:
    """What there is.

    Args:
        problem: what is wrong, in one sentence; empty where nothing is.
        backup_taken_at: of the last good backup, aware, or None.
        logged: actions that were written down after it.
        reads: whether anything of the database still reads.
    """

    problem: str
    backup_taken_at: datetime | None
    logged: int
    reads: bool

    @property
    def is_hopeless(self) -> bool:
        """Whether there is nothing to stand on in this folder."""
        return self.backup_taken_at is None and not self.logged and not self.reads


def key_of(folder: Path, secret: str) -> bytes:
    """Return the data key of a workspace that may be damaged.

    Args:
        folder: of the workspace.
        secret: the passphrase, or the recovery key.

    Raises:
        KnownError: where neither its own key slots nor those of its backups open.
    """
    try:
        return workspaces.unlock(folder, secret)
    except KnownError as error:
        if error.code == "passphrase-wrong":
            return _by_recovery_key(folder, secret, error)
        if error.code not in ("slots-damaged", "slots-missing"):
            raise
    return recovery.key_by_backup(folder, secret)


def _by_recovery_key(folder: Path, secret: str, error: KnownError) -> bytes:
    try:
        return workspaces.unlock_by_recovery_key(folder, secret)
    except KnownError as other:
        raise (other if other.code == "recovery-key-wrong" else error) from None


def prospects(folder: Path, data_key: bytes) -> Prospects:
    """Look at what there is.

    Raises:
        KnownError: what no recovery helps against: a newer schema, another window.
    """
    from console.storage import salvage
    from console.storage.operations import Operations

    problem = recovery.examine(folder, data_key)
    if problem is not None and problem.code not in CURABLE:
        raise problem
    taken_at, unit, workspace_id = _last_good(folder, data_key)
    log = Operations(folder, sub_key(data_key, "operations"), workspace_id or _id_of(folder))
    logged = sum(operation.id > unit for operation in log.read().operations)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".looking-") as scratch:
        database = folder / workspaces.DATABASE_NAME
        copy = salvage.copy(database, Path(scratch), sub_key(data_key, "database"))
        reads = copy is not None
    return Prospects(problem.message if problem else "", taken_at, logged, reads)


def _last_good(folder: Path, data_key: bytes) -> tuple[datetime | None, int, str]:
    from console.storage import backup_file, rotation

    for path in rotation.found(folder / "backups"):
        try:
            found = backup_file.check(path, sub_key(data_key, "backups"))
        except KnownError:
            continue
        return found.taken_at, found.manifest.unit, found.manifest.workspace
    return None, 0, ""


def _id_of(folder: Path) -> str:
    from console.vault import slots

    try:
        return slots.read(folder).workspace_id
    except KnownError:
        return ""


def restore_from(file: Path, folder: Path, secret: str) -> restore.Restored:
    """Put a backup from elsewhere in the place of a damaged workspace, which is kept aside.

    Args:
        file: the backup.
        folder: of the workspace.
        secret: passphrase or recovery key of the time of the backup.
    """
    others = newer_keys(file, folder, secret)
    return restore.restore(file, folder, key_of_backup(file, secret), other_keys=others)


def newer_keys(file: Path, folder: Path, secret: str) -> list[bytes]:
    """Return the present data keys of the workspaces whose lists of erasures lie by a backup.

    Args:
        file: the backup.
        folder: where it is to be restored.
        secret: a passphrase or recovery key that may open them.
    """
    lists = restore.lists_beside(file, folder)
    owners = dict.fromkeys(path.parent if path.name == FOLDER else path for path in lists)
    found = []
    for owner in owners:
        if workspaces.exists(owner):
            with contextlib.suppress(KnownError):
                found.append(_key_by(owner, secret))
    return found


def _key_by(folder: Path, secret: str) -> bytes:
    try:
        return workspaces.unlock(folder, secret)
    except KnownError:
        return workspaces.unlock_by_recovery_key(folder, secret)


def key_of_backup(file: Path, secret: str) -> bytes:
    """Return the data key of a backup by passphrase or recovery key."""
    try:
        return restore.unlock(file, secret)
    except KnownError as error:
        if error.code != "passphrase-wrong":
            raise
        try:
            return restore.unlock_by_recovery_key(file, secret)
        except KnownError:
            raise error from None
