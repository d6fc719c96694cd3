"""The workspace's own settings: names and texts, journalled like everything else."""

from collections.abc import Mapping
from typing import Final

from console.storage.store import Store

READ_ONLY: Final = "read_only"
"""``1`` where the workspace is only looked at."""


def read(store: Store) -> dict[str, str]:
    """Return all settings."""
    found = store.db.conn.execute("SELECT key, value FROM settings WHERE deleted_at IS NULL")
    return dict(found.fetchall())


def write(store: Store, values: Mapping[str, str]) -> None:
    """Change settings inside the current unit."""
    now = read(store)
    for key, value in values.items():
        if key not in now:
            store.db.conn.execute(
                "INSERT INTO settings(id, key, value) VALUES (?, ?, ?)",
                (store.new_id(), key, value),
            )
        elif now[key] != value:
            store.db.conn.execute(
                "UPDATE settings SET value = ?, version = version + 1"
                " WHERE key = ? AND deleted_at IS NULL",
                (value, key),
            )
