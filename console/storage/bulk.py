"""Loading many rows at once: what triggers and indexes do row by row is done for all of them.

Runs inside a unit, so a failure takes everything back, the dropped triggers included.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from console.domain.search import NOUNS
from console.storage import journal, search
from console.storage.connection import Database, DriverError

FEWEST: Final = 200
"""From so many rows on, loading at once is faster than row by row."""
MOST_KEPT: Final = 400_000
"""Entries of a load that are kept in memory for the log of operations, half a kilobyte each."""
_CACHE_KIB: Final = 256 * 1024


class Loads:
    """The loads of one unit: room for their pages, and their entries for the log of operations.

    Attributes:
        entries: of each load; those of a very large one are not kept.
        is_untidy: whether a load lies in the write-ahead log alone.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._room = contextlib.ExitStack()
        self.entries: list[list[journal.Entry]] = []
        self.is_untidy = False

    def load(
        self,
        table: str,
        names: Sequence[str],
        values: Sequence[Sequence[Any]],
        unit: int,
        new_ids: Callable[[int], list[int]],
    ) -> None:
        """Store rows; see :func:`load`."""
        self._room.enter_context(roomy(self._db))
        self.is_untidy = True
        loaded = load(self._db, table, names, values, unit, new_ids)
        if sum(map(len, self.entries)) + len(loaded) <= MOST_KEPT:
            self.entries.append(loaded)

    def end(self) -> None:
        """Give the room back: the unit is saved, and in the log of operations."""
        self.entries = []
        self._room.close()

    def tidy(self) -> None:
        """Bring what was loaded from the write-ahead log into the main file."""
        if self.is_untidy:
            self.is_untidy = False
            with contextlib.suppress(DriverError):
                self._db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def load(
    db: Database,
    table: str,
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
    unit: int,
    new_ids: Callable[[int], list[int]],
) -> list[journal.Entry]:
    """Store rows, their entries in the journal and their words in the search.

    Args:
        db: an open database inside a transaction.
        table: where the rows go.
        names: columns that the values are for; ``id`` first.
        values: rows as the database keeps them, their ids growing.
        unit: the journal's unit that they belong to.
        new_ids: makes so many ids.

    Returns:
        The entries of the journal.
    """
    marks = ", ".join("?" * len(names))
    with _set_aside(db, table, _row_triggers(table)), _indexes_aside(db, table, len(values)):
        db.conn.executemany(f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})", values)
    with _indexes_aside(db, "journal", len(values)):
        entries = journal.fill(db, table, names, values, unit, new_ids(len(values)))
    if table in NOUNS:
        search.fill(db, table, values[0][0], values[-1][0])
    return entries


def _row_triggers(table: str) -> list[str]:
    return [f"{table}_journal_insert", f"{table}_search_insert"]


@contextlib.contextmanager
def roomy(db: Database) -> Iterator[None]:
    """Keep pages in memory until the end, so that each is encrypted and written once.

    For the whole unit of a load. What is committed stays in the write-ahead log meanwhile; see
    ``Loads.tidy``.
    """
    settings = {"cache_size": -_CACHE_KIB, "wal_autocheckpoint": 0}
    before = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in settings}
    _set(db, settings)
    try:
        yield
    finally:
        _set(db, before)


def _set(db: Database, settings: Mapping[str, int]) -> None:
    for name, value in settings.items():
        db.conn.execute(f"PRAGMA {name} = {value}").fetchall()


@contextlib.contextmanager
def _indexes_aside(db: Database, table: str, coming: int) -> Iterator[None]:
    """Build indexes anew behind the load where that is less work than keeping them."""
    there = db.conn.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT ?)", (coming,)
    ).fetchone()[0]
    names = _index_names(db, table) if there < coming else []
    with _set_aside(db, table, names):
        yield


def _index_names(db: Database, table: str) -> list[str]:
    rows = db.conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?"
        " AND sql IS NOT NULL AND sql NOT LIKE 'CREATE UNIQUE%'",
        (table,),
    )
    return [row[0] for row in rows]


@contextlib.contextmanager
def _set_aside(db: Database, table: str, names: Sequence[str]) -> Iterator[None]:
    """Drop triggers or indexes for a while."""
    marks = ", ".join("?" * len(names))
    dropped = db.conn.execute(
        f"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ? AND name IN ({marks})",
        (table, *names),
    ).fetchall()
    for kind, name, _ in dropped:
        db.conn.execute(f"DROP {kind} {name}")
    yield
    for _, _, statement in dropped:
        db.conn.execute(statement)
