"""A new data key: the database encrypted anew beside the old one, and swapped.

What decides is the generation in the key slots: a prepared database of that generation is
put in place, any other one is thrown away. So it is the old or the new workspace, whenever
it is broken off.
"""

import contextlib
import re
from pathlib import Path
from typing import Final

from console.errors import KnownError
from console.paths import sync_folder
from console.storage import attachments, health, sorting
from console.storage.connection import (
    Database,
    back_up,
    open_database,
    store_generation,
    stored_workspace_id,
)
from console.storage.operations import FILE_NAME, OLDER_NAME
from console.system_reasons import reason_of

_DATABASE: Final = "klientela.db"
_PREPARED: Final = re.compile(re.escape(_DATABASE) + r"\.g(\d{1,9})")


def prepare(db: Database, folder: Path, key: bytes, generation: int) -> None:
    """Put the database beside the old one under a new key, and check it.

    Args:
        db: the open database.
        folder: of the workspace.
        key: of the new database, 32 bytes.
        generation: of the new data key.

    Raises:
        KnownError: where the copy is not whole; nothing is left of it.
    """
    target = folder / f"{_DATABASE}.g{generation}"
    aside = folder / f"{_DATABASE}.new"
    try:
        _remove(aside)
        back_up(db, aside, key)
        copy = open_database(aside, key, stored_workspace_id(db))
        try:
            sorting.register(copy)
            store_generation(copy, generation)
            wrong = health.integrity(copy)
            copy.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
        finally:
            copy.close()
        if wrong:
            raise KnownError("backup-failed", path=target, reason=wrong[0])
        aside.replace(target)
        sync_folder(folder)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("backup-failed", path=target, reason=reason) from error
    finally:
        _remove(aside)


def is_pending(folder: Path) -> bool:
    """Return whether a new data key was broken off and waits for :func:`finish`."""
    return bool(_prepared(folder))


def finish(folder: Path, generation: int) -> None:
    """Put the prepared database in place, or throw it away.

    Args:
        folder: of the workspace, which nobody else uses.
        generation: of the data key, as the key slots say.
    """
    for number, path in _prepared(folder):
        if number != generation:
            path.unlink(missing_ok=True)
            continue
        for name in (f"{_DATABASE}-wal", f"{_DATABASE}-shm", FILE_NAME, OLDER_NAME):
            (folder / name).unlink(missing_ok=True)
        path.replace(folder / _DATABASE)
    sync_folder(folder)


def _prepared(folder: Path) -> list[tuple[int, Path]]:
    if not folder.is_dir():
        return []
    matches = ((_PREPARED.fullmatch(path.name), path) for path in folder.iterdir())
    return [(int(match.group(1)), path) for match, path in matches if match]


def copy_files(db: Database, folder: Path, old: bytes, new: bytes) -> list[Path]:
    """Put the workspace's files beside the old ones under a new key.

    Returns:
        The old ones, which are of no use any more once the new data key holds.
    """
    found = db.conn.execute("SELECT sha256 FROM documents UNION SELECT sha256 FROM attachments")
    outdated = []
    for (sha256,) in found.fetchall():
        content = attachments.get(folder, old, sha256)
        if content is not None:
            attachments.put(folder, new, sha256, content)
            outdated.append(attachments.path(folder, old, sha256))
    return outdated


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()
