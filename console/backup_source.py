"""What a backup of a workspace is made of: database, key slots, files, and the key of backups.

Imports of storage stand inside the functions: nothing of a backup is needed at the start.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.storage.backups import Source
    from console.storage.connection import Database
    from console.workspace import Workspace


def of(workspace: "Workspace") -> "Source":
    """Return what a backup of an open workspace is made of."""
    store = workspace.store
    return _source(workspace.folder, workspace.data_key, store.db, store.now())


def keep_before_migration(folder: Path, data_key: bytes, db: "Database", schema: int) -> None:
    """Keep a verified backup of the database as it was before its schema changed."""
    from console.storage import backups

    source = _source(folder, data_key, db, datetime.now(UTC))
    backups.take(source, folder / "backups", f"before-migration-of-schema-{schema}")


def _source(folder: Path, data_key: bytes, db: "Database", now: datetime) -> "Source":
    from console.storage.backups import Source
    from console.vault import keyring_slot, keys, slots

    file = slots.read(folder)
    return Source(
        db=db,
        generation=file.generation,
        slots=slots.sealed(file.without(keyring_slot.KIND), data_key),
        files=folder / "attachments",
        key=keys.sub_key(data_key, "backups"),
        now=now,
    )
