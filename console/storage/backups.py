"""Backups: one file each, verified before it bears its name.

A backup is a ZIP without compression: the database under the backups' own key, the key slots,
a manifest with the database's fingerprint and the journal's head, sealed by that key, and,
where the backup has to stand alone, the files of the workspace. Otherwise these lie once for
all backups in the folder ``attachments`` beside them.
"""

import contextlib
import errno
import hashlib
import hmac
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from console import paths
from console.errors import KnownError
from console.storage import health, migrations, sorting
from console.storage.connection import (
    Database,
    DriverError,
    back_up,
    open_database,
    stored_workspace_id,
)

SUFFIX: Final = ".klientela-backup"
POOL: Final = "attachments"
_FORMAT: Final = 1
_DATABASE: Final = "klientela.db"
_SLOTS: Final = "slots.json"
_MANIFEST: Final = "manifest.json"
_BLOCK: Final = 1 << 20
_LARGEST_TEXT: Final = 1 << 25
_FILE_NAME: Final = re.compile(r"[0-9a-f]{64}")
TIME: Final = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Args:
        workspace: id of the workspace.
        generation: of the data key.
        schema: of the database.
        taken_at: UTC, ISO 8601.
        reason: stable word: ``hourly``, ``by-hand``, ``before-import`` …
        unit: id of the journal's last unit.
        head: its hash, hexadecimal: the head of the chain.
        size: of the database, bytes.
        sha256: of the database as it lies in the backup, hexadecimal.
        files: names of the workspace's files that belong to it.
    """

    workspace: str
    generation: int
    schema: int
    taken_at: str
    reason: str
    unit: int
    head: str
    size: int
    sha256: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup's file with its manifest."""

    path: Path
    manifest: Manifest

    @property
    def taken_at(self) -> datetime:
        """When it was taken."""
        return datetime.fromisoformat(self.manifest.taken_at)


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
    target = folder / name
    aside, database = folder / f"{name}.new", folder / f"{name}.db.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove(database)
        _copy_database(source, database)
        manifest = _described(source, database, reason)
        kept = [source.files / file for file in manifest.files] if stands_alone else []
        if not stands_alone:
            _fill_pool(source.files, folder / POOL, manifest.files)
        _pack(aside, source, manifest, database, kept)
        _reread(aside, manifest)
        aside.replace(target)
        paths.sync_folder(folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
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
        unit, head = _journal_head(copy)
    files = tuple(sorted(file.name for file in files_in(source.files)))
    size, sha256 = _fingerprint(database)
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


def _journal_head(db: Database) -> tuple[int, str]:
    row = db.conn.execute("SELECT id, hash FROM units ORDER BY id DESC LIMIT 1").fetchone()
    return (int(row[0]), (row[1] or b"").hex()) if row else (0, "")


def files_in(folder: Path) -> list[Path]:
    """Return the files of a workspace in its folder or a pool."""
    if not folder.is_dir():
        return []
    return [file for file in folder.iterdir() if _FILE_NAME.fullmatch(file.name)]


def _fill_pool(files: Path, pool: Path, names: Sequence[str]) -> None:
    """Copy what the pool lacks; a file's name is a hash of its content, so it never changes."""
    pool.mkdir(parents=True, exist_ok=True)
    for name in names:
        source, target = files / name, pool / name
        if target.exists() and target.stat().st_size == source.stat().st_size:
            continue
        aside = pool / f"{name}.new"
        shutil.copyfile(source, aside)
        _sync_file(aside)
        aside.replace(target)


def _pack(
    aside: Path, source: Source, manifest: Manifest, database: Path, files: Sequence[Path]
) -> None:
    body = asdict(manifest)
    body = {"format": _FORMAT, **body, "seal": _seal(body, source.slots, source.key)}
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(_MANIFEST, json.dumps(body, indent=1))
        archive.writestr(_SLOTS, source.slots)
        archive.write(database, _DATABASE)
        for file in files:
            archive.write(file, f"{POOL}/{file.name}")
    _sync_file(aside)


def _seal(body: dict[str, Any], slots: bytes, key: bytes) -> str:
    unsealed = {name: body[name] for name in Manifest.__slots__}
    text = json.dumps({**unsealed, "files": list(unsealed["files"])}, sort_keys=True).encode()
    return hmac.digest(key, text + hashlib.sha256(slots).digest(), "sha256").hex()


def _reread(path: Path, manifest: Manifest) -> None:
    """Read the whole backup back and compare it with its manifest.

    Raises:
        KnownError: ``backup-damaged``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if _digest_of(archive, _DATABASE) != (manifest.size, manifest.sha256):
                raise KnownError("backup-damaged", path=path)
            for name in archive.namelist():
                if name.startswith(f"{POOL}/"):
                    _digest_of(archive, name)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
        raise KnownError("backup-damaged", path=path) from error


def _digest_of(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    with archive.open(_stored(archive, name)) as file:
        return _digest(file)


def _fingerprint(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> tuple[int, str]:
    sha256, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        sha256.update(block)
        size += len(block)
    return size, sha256.hexdigest()


def _stored(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return an entry that is no larger than its archive: nothing in it is compressed."""
    entry = archive.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
        raise zipfile.BadZipFile(name)
    return entry


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = _stored(archive, name)
    if entry.file_size > _LARGEST_TEXT:
        raise zipfile.BadZipFile(name)
    return archive.read(entry)


def slots_of(path: Path) -> bytes:
    """Return the key slots that a backup carries.

    Raises:
        KnownError: ``backup-damaged``.
    """
    return _open_texts(path)[1]


def generation_of(path: Path) -> int:
    """Return which generation of the data key a backup says to be of; 0 where it does not read."""
    try:
        return int(_open_texts(path)[0].get("generation", 0))
    except (KnownError, TypeError, ValueError, OverflowError):
        return 0


def read(path: Path, key: bytes) -> Backup:
    """Read a backup's manifest and check its seal.

    Raises:
        KnownError: ``backup-damaged``, also where the key is of another workspace.
    """
    body, slots = _open_texts(path)
    try:
        seal = _seal(body, slots, key)
        if not hmac.compare_digest(seal, str(body["seal"])):
            raise KnownError("backup-damaged", path=path)
        fields = {name: body[name] for name in Manifest.__slots__}
        return Backup(path, Manifest(**{**fields, "files": tuple(fields["files"])}))
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("backup-damaged", path=path) from error


def _open_texts(path: Path) -> tuple[dict[str, Any], bytes]:
    if not path.is_file():
        raise KnownError("backup-missing", path=path)
    try:
        with zipfile.ZipFile(path) as archive:
            body = json.loads(_text(archive, _MANIFEST))
            if not isinstance(body, dict) or body.get("format") != _FORMAT:
                raise KnownError("backup-damaged", path=path)
            return body, _text(archive, _SLOTS)
    except (
        OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, RecursionError,
        RuntimeError, EOFError,
    ) as error:  # fmt: skip
        raise KnownError("backup-damaged", path=path) from error


def check(path: Path, key: bytes) -> Backup:
    """Read a whole backup back.

    Raises:
        KnownError: ``backup-damaged`` or ``backup-missing``.
    """
    backup = read(path, key)
    _reread(path, backup.manifest)
    return backup


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
    aside = folder / f"{_DATABASE}.backup"
    with zipfile.ZipFile(backup.path) as archive:
        with archive.open(_stored(archive, _DATABASE)) as source, aside.open("wb") as target:
            shutil.copyfileobj(source, target, _BLOCK)
        with opened(aside, key, backup.manifest.workspace) as copy:
            back_up(copy, folder / _DATABASE, database_key)
        _remove(aside)
        (folder / _SLOTS).write_bytes(slots or _text(archive, _SLOTS))
        missing = [name for name in backup.manifest.files if not _restore(archive, name, files)]
        pool = backup.path.parent / POOL
        missing = [name for name in missing if not _copy(pool / name, files / name)]
    for file in (*files.iterdir(), folder / _DATABASE, folder / _SLOTS):
        _sync_file(file)
    return missing


def _restore(archive: zipfile.ZipFile, name: str, files: Path) -> bool:
    if not _FILE_NAME.fullmatch(name):
        return False
    try:
        content = archive.open(_stored(archive, f"{POOL}/{name}"))
    except KeyError:
        return False
    with content, (files / name).open("wb") as target:
        shutil.copyfileobj(content, target, _BLOCK)
    return True


def _copy(source: Path, target: Path) -> bool:
    if not _FILE_NAME.fullmatch(source.name) or not source.is_file():
        return False
    shutil.copyfile(source, target)
    return True


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.with_name(path.name + end).unlink()
