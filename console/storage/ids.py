"""Identities: 63-bit integers, ordered by time, unique across machines without a server."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from console.storage.connection import Database

EPOCH_MS: Final = 1_704_067_200_000
"""2024-01-01T00:00:00Z in Unix milliseconds; 41 bits reach to the year 2093."""
DEVICE_BITS: Final = 10
COUNTER_BITS: Final = 12
_COUNTERS: Final = 1 << COUNTER_BITS


def _system_ms() -> int:
    return time.time_ns() // 1_000_000


class IdMaker:
    """Makes ids that only grow, even where the clock jumps back.

    Args:
        device: 0 to 1023, chosen at random for each copy of a workspace.
        last: the highest id that this workspace has already used.
        clock_ms: Unix time in milliseconds.
    """

    def __init__(
        self, device: int, last: int = 0, clock_ms: Callable[[], int] = _system_ms
    ) -> None:
        self._device = device << COUNTER_BITS
        self._tick = last >> (DEVICE_BITS + COUNTER_BITS)
        self._counter = _COUNTERS - 1 if last else -1
        self._clock_ms = clock_ms
        self._lock = threading.Lock()

    def next(self) -> int:
        """Return an id greater than every one before it."""
        with self._lock:
            return self._next()

    def batch(self, count: int) -> list[int]:
        """Return ``count`` ids in growing order."""
        made: list[int] = []
        with self._lock:
            while len(made) < count:
                first = self._next()
                room = min(_COUNTERS - self._counter, count - len(made))
                made.extend(range(first, first + room))
                self._counter += room - 1
        return made

    def go_behind(self, last: int) -> None:
        """Make only ids greater than one that another program has used meanwhile."""
        with self._lock:
            tick = last >> (DEVICE_BITS + COUNTER_BITS)
            if tick >= self._tick:
                self._tick, self._counter = tick, _COUNTERS - 1

    def _next(self) -> int:
        now = self._clock_ms() - EPOCH_MS
        if now > self._tick:
            self._tick, self._counter = now, 0
        elif self._counter + 1 < _COUNTERS:
            self._counter += 1
        else:
            self._tick, self._counter = self._tick + 1, 0
        return self._tick << (DEVICE_BITS + COUNTER_BITS) | self._device | self._counter


def data_version(db: "Database") -> int:
    """Return a number that changes when another connection has written."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])


def last_used(db: "Database") -> int:
    """Return the highest id that a database has used, or 0."""
    row = db.conn.execute(
        "SELECT max((SELECT coalesce(max(id), 0) FROM units),"
        " (SELECT coalesce(max(id), 0) FROM journal))"
    ).fetchone()
    return int(row[0])
