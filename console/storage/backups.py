"""Verified copies of the database: written aside, opened again, checked, and only then named."""

import contextlib
from pathlib import Path

from console.errors import KnownError
from console.storage import health, sorting
from console.storage.connection import Database, back_up, open_database, stored_workspace_id


def keep(db: Database, target: Path, key: bytes) -> Path:
    """Make a verified backup of an open database.

    Args:
        db: what is copied, with what its write-ahead log holds.
        target: the backup's file; its folder is made where it is missing.
        key: the backup's own key, 32 bytes.

    Raises:
        KnownError: ``backup-failed``; no file bears the backup's name.
    """
    aside = target.with_name(f"{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(aside)
        back_up(db, aside, key)
        _check(aside, key, stored_workspace_id(db))
        aside.replace(target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KnownError("backup-failed", path=target, reason=reason) from error
    finally:
        _remove(aside)
    return target


def _check(path: Path, key: bytes, workspace_id: str) -> None:
    copy = open_database(path, key, workspace_id)
    sorting.register(copy)
    try:
        wrong = health.integrity(copy)
        copy.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        copy.close()
    if wrong:
        raise KnownError("backup-failed", path=path, reason=wrong[0])


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.with_name(path.name + end).unlink()
