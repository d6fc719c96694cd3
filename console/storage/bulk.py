"""Loading many rows at once: what triggers and indexes do row by row is done for all of them.

Runs inside a unit, so a failure takes everything back, the dropped triggers included.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from console.domain.search import NOUNS
from console.storage import journal, search
from console.storage.connection import Database

FEWEST: Final = 200
"""From so many rows on, loading at once is faster than row by row."""
_CACHE_KIB: Final = 256 * 1024


def load(
    db: Database,
    table: str,
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
    unit: int,
    new_ids: Callable[[int], list[int]],
) -> None:
    """Store rows, their entries in the journal and their words in the search.

    Args:
        db: an open database inside a transaction.
        table: where the rows go.
        names: columns that the values are for; ``id`` first.
        values: rows as the database keeps them, their ids growing.
        unit: the journal's unit that they belong to.
        new_ids: makes so many ids.
    """
    marks = ", ".join("?" * len(names))
    with _set_aside(db, table, _row_triggers(table)), _indexes_aside(db, table, len(values)):
        db.conn.executemany(f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})", values)
    with _indexes_aside(db, "journal", len(values)):
        journal.fill(db, table, names, values, unit, new_ids(len(values)))
    if table in NOUNS:
        search.fill(db, table, values[0][0], values[-1][0])


def _row_triggers(table: str) -> list[str]:
    return [f"{table}_journal_insert", f"{table}_search_insert"]


@contextlib.contextmanager
def large_cache(db: Database) -> Iterator[None]:
    """Keep pages in memory until the end, so that each is encrypted and written once.

    For the whole unit of a load, until the log of operations has read it, too.
    """
    before = db.conn.execute("PRAGMA cache_size").fetchone()[0]
    db.conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA cache_size = {before}")


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
