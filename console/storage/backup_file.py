"""The file of a backup: a ZIP without compression, sealed; how it is written and read back.

What goes into it is decided in ``backups``.
"""

import hashlib
import hmac
import json
import os
import re
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from console.errors import KnownError

SUFFIX: Final = ".klientela-backup"
POOL: Final = "attachments"
_FORMAT: Final = 1
DATABASE: Final = "klientela.db"
SLOTS: Final = "slots.json"
_MANIFEST: Final = "manifest.json"
BLOCK: Final = 1 << 20
_LARGEST_TEXT: Final = 1 << 25
FILE_NAME: Final = re.compile(r"[0-9a-f]{64}")
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


def files_in(folder: Path) -> list[Path]:
    """Return the files of a workspace in its folder or a pool."""
    if not folder.is_dir():
        return []
    return [file for file in folder.iterdir() if FILE_NAME.fullmatch(file.name)]


def pack(
    target: Path,
    manifest: Manifest,
    slots: bytes,
    key: bytes,
    database: Path,
    files: Sequence[Path],
) -> None:
    """Write a backup's file and make it last.

    Args:
        target: the file.
        manifest: what it says of itself.
        slots: the key slots in it.
        key: of backups, 32 bytes; seals manifest and slots.
        database: as it goes into the file.
        files: of the workspace, that go into the file, too.
    """
    body = asdict(manifest)
    body = {"format": _FORMAT, **body, "seal": _seal(body, slots, key)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(_MANIFEST, json.dumps(body, indent=1))
        archive.writestr(SLOTS, slots)
        archive.write(database, DATABASE)
        for file in files:
            archive.write(file, f"{POOL}/{file.name}")
    sync_file(target)


def _seal(body: dict[str, Any], slots: bytes, key: bytes) -> str:
    unsealed = {name: body[name] for name in Manifest.__slots__}
    text = json.dumps({**unsealed, "files": list(unsealed["files"])}, sort_keys=True).encode()
    return hmac.digest(key, text + hashlib.sha256(slots).digest(), "sha256").hex()


def reread(path: Path, manifest: Manifest) -> None:
    """Read the whole backup back and compare it with its manifest.

    Raises:
        KnownError: ``backup-damaged``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if _digest_of(archive, DATABASE) != (manifest.size, manifest.sha256):
                raise KnownError("backup-damaged", path=path)
            for name in archive.namelist():
                if name.startswith(f"{POOL}/"):
                    _digest_of(archive, name)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
        raise KnownError("backup-damaged", path=path) from error


def _digest_of(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    with archive.open(stored(archive, name)) as file:
        return _digest(file)


def fingerprint(path: Path) -> tuple[int, str]:
    """Return size in bytes and SHA-256 of a file."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> tuple[int, str]:
    sha256, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        sha256.update(block)
        size += len(block)
    return size, sha256.hexdigest()


def stored(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return an entry that is no larger than its archive: nothing in it is compressed."""
    entry = archive.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
        raise zipfile.BadZipFile(name)
    return entry


def text_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a short entry."""
    entry = stored(archive, name)
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
            body = json.loads(text_of(archive, _MANIFEST))
            if not isinstance(body, dict) or body.get("format") != _FORMAT:
                raise KnownError("backup-damaged", path=path)
            return body, text_of(archive, SLOTS)
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
    reread(path, backup.manifest)
    return backup


def sync_file(path: Path) -> None:
    """Make what was written into a file last."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
