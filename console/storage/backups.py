"""Backups: one file each, verified before it bears its name.

A backup holds the database under the backups' own key, the key slots, a manifest with the
database's fingerprint and the journal's head, sealed by that key, and, where the backup has to
stand alone, the files of the workspace. Otherwise these lie once for all backups in the folder
``attachments`` beside them. The file's own form is in ``backup_file``.
"""

import contextlib
import errno
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console import paths
from console.errors import KnownError
from console.storage import health, journal, migrations, sorting
from console.storage.backup_file import (
    BLOCK,
    DATABASE,
    FILE_NAME,
    POOL,
    SLOTS,
    SUFFIX,
    TIME,
    Backup,
    Manifest,
    files_in,
    fingerprint,
    pack,
    reread,
    stored,
    sync_file,
    text_of,
)
from console.storage.connection import (
    Database,
    DriverError,
    back_up,
    open_database,
    stored_workspace_id,
)
from console.system_reasons import reason_of


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up.

    Args:
        db: the open database.
        generation: of the data key.
        slots: content of the slots' file, without the keyring's.
        files: folder of the workspace's files.
        key: of backups, 32 bytes.
        now: the time, aware UTC.
    """

    db: Database
    generation: int
    slots: bytes
    files: Path
    key: bytes
    now: datetime


def take(source: Source, folder: Path, reason: str, stands_alone: bool = False) -> Backup:
    """Make a verified backup.

    Args:
        source: what is backed up.
        folder: where it goes; made where it is missing.
        reason: stable word, part of the name.
        stands_alone: whether the workspace's files go into the backup's own file.

    Raises:
        KnownError: ``backup-failed``; no file bears the backup's name.
    """
    name = f"{source.now.astimezone(UTC):{TIME}}Z-{reason}{SUFFIX}"
    return take_as(source, folder / name, reason, stands_alone)


def take_as(source: Source, target: Path, reason: str, stands_alone: bool = False) -> Backup:
    """Make a verified backup under a name of the caller's; see :func:`take`."""
    folder = target.parent
    aside, database = folder / f"{target.name}.new", folder / f"{target.name}.db.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove(database)
        _copy_database(source, database)
        manifest = _described(source, database, reason)
        kept = [source.files / file for file in manifest.files] if stands_alone else []
        if not stands_alone:
            _fill_pool(source.files, folder / POOL, manifest.files)
        pack(aside, manifest, source.slots, source.key, database, kept)
        reread(aside, manifest)
        aside.replace(target)
        paths.sync_folder(folder)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("backup-failed", path=target, reason=reason) from error
    except DriverError as error:
        raise KnownError("backup-failed", path=target, reason=str(error)) from error
    finally:
        for left in (aside, database):
            _remove(left)
    return Backup(target, manifest)


def _copy_database(source: Source, database: Path) -> None:
    try:
        back_up(source.db, database, source.key)
    except KnownError as error:
        if error.code != "disk-full":
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error


def _described(source: Source, database: Path, reason: str) -> Manifest:
    """Open the copy again, check all of it, and say what it is."""
    workspace_id = stored_workspace_id(source.db)
    with opened(database, source.key, workspace_id) as copy:
        wrong = health.integrity(copy)
        if wrong:
            raise KnownError("backup-failed", path=database, reason=wrong[0])
        schema = len(migrations.applied(copy))
        unit, head = journal.head(copy)
    files = tuple(sorted(file.name for file in files_in(source.files)))
    size, sha256 = fingerprint(database)
    taken_at = source.now.astimezone(UTC).isoformat()
    return Manifest(
        workspace_id, source.generation, schema, taken_at, reason, unit, head, size, sha256, files
    )


@contextlib.contextmanager
def opened(database: Path, key: bytes, workspace_id: str) -> Iterator[Database]:
    """Open the database of a backup; it stays one file."""
    copy = open_database(database, key, workspace_id)
    sorting.register(copy)
    try:
        yield copy
        copy.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        copy.close()


def _fill_pool(files: Path, pool: Path, names: Sequence[str]) -> None:
    """Copy what the pool lacks; a file's name is a hash of its content, so it never changes."""
    pool.mkdir(parents=True, exist_ok=True)
    for name in names:
        source, target = files / name, pool / name
        if target.exists() and target.stat().st_size == source.stat().st_size:
            continue
        aside = pool / f"{name}.new"
        shutil.copyfile(source, aside)
        sync_file(aside)
        aside.replace(target)


def unpack(
    backup: Backup, folder: Path, key: bytes, database_key: bytes, slots: bytes | None = None
) -> list[str]:
    """Make a workspace's files out of a backup in an empty folder.

    Args:
        backup: from :func:`check`.
        folder: made; the database in it is under ``database_key``.
        key: of the backup.
        database_key: of the database to be.
        slots: put in place of those that the backup carries.

    Returns:
        Names of files of the workspace that are neither in the backup nor beside it.
    """
    files = folder / "attachments"
    for name in ("attachments", "drafts", "backups"):
        (folder / name).mkdir(parents=True)
    aside = folder / f"{DATABASE}.backup"
    with zipfile.ZipFile(backup.path) as archive:
        with archive.open(stored(archive, DATABASE)) as source, aside.open("wb") as target:
            shutil.copyfileobj(source, target, BLOCK)
        with opened(aside, key, backup.manifest.workspace) as copy:
            back_up(copy, folder / DATABASE, database_key)
        _remove(aside)
        (folder / SLOTS).write_bytes(slots or text_of(archive, SLOTS))
        missing = [name for name in backup.manifest.files if not _restore(archive, name, files)]
        pool = backup.path.parent / POOL
        missing = [name for name in missing if not _copy(pool / name, files / name)]
    for file in (*files.iterdir(), folder / DATABASE, folder / SLOTS):
        sync_file(file)
    return missing


def _restore(archive: zipfile.ZipFile, name: str, files: Path) -> bool:
    if not FILE_NAME.fullmatch(name):
        return False
    try:
        content = archive.open(stored(archive, f"{POOL}/{name}"))
    except KeyError:
        return False
    with content, (files / name).open("wb") as target:
        shutil.copyfileobj(content, target, BLOCK)
    return True


def _copy(source: Path, target: Path) -> bool:
    if not FILE_NAME.fullmatch(source.name) or not source.is_file():
        return False
    shutil.copyfile(source, target)
    return True


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.with_name(path.name + end).unlink()
