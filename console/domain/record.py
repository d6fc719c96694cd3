"""What every stored record has in common. The fields of each noun are in its own file."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored row.

    Args:
        id: 63-bit time-ordered identity, unique across machines; 0 before it is stored.
        version: grows by one with each change; a change names the version it saw.
        deleted_at: when the row was removed (aware UTC), or None. Rows are never erased.
    """

    id: int = 0
    version: int = 1
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecord(Record):
    """A record that belongs to one client, by one key."""

    client_id: int
