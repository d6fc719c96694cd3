"""What can still be read of a damaged database: operations from its journal, and single rows.

Works on a copy, because even opening a database may write to it. A page that does not read
spoils the connection, so each obstacle costs an opening.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console.errors import KnownError
from console.storage import rows, sorting
from console.storage.connection import Database, DriverError, has_table, open_damaged
from console.storage.journal import OF_UNIT
from console.storage.operations import Operation
from console.storage.store import Store

TABLES: Final = (*rows.TABLES.values(), "settings")
_PROBES: Final = 64
_UNIT: Final = "id, at, actor, device, action, detail, undoes, schema, hash"
_FIRST, _LAST = 0, (1 << 63) - 1
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a damaged database, which may be spoilt.

    Args:
        path: its file.
        key: 32 bytes.
    """

    path: Path
    key: bytes

    @contextlib.contextmanager
    def opened(self) -> Iterator[Database]:
        """Open it as far as it can be."""
        db = open_damaged(self.path, self.key)
        try:
            sorting.register(db)
            yield db
        finally:
            db.close()


def copy(database: Path, folder: Path, key: bytes) -> Copy | None:
    """Copy a damaged database with its write-ahead log; None where nothing of it reads."""
    target = folder / database.name
    try:
        shutil.copyfile(database, target)
        log = database.with_name(f"{database.name}-wal")
        if log.exists():
            shutil.copyfile(log, folder / log.name)
        made = Copy(target, key)
        with made.opened() as db:
            if not has_table(db, "units"):
                return None
    except (OSError, DriverError, KnownError):
        return None
    return made


def operations_after(source: Copy, unit: int) -> list[Operation]:
    """Return the units behind a given one, as far as they read."""
    found: list[Operation] = []
    with contextlib.suppress(DriverError, KnownError), source.opened() as db:
        for row in db.conn.execute(
            f"SELECT {_UNIT} FROM units WHERE id > ? ORDER BY id", (unit,)
        ).fetchall():
            entries = db.conn.execute(
                'SELECT id, "table", "row", op, base_version, changed, hash FROM journal'
                f" WHERE {OF_UNIT} ORDER BY id",
                {"unit": row[0]},
            ).fetchall()
            counters = db.conn.execute("SELECT series, year, value FROM counters").fetchall()
            found.append(Operation(row, tuple(entries), tuple(counters)))
    return found


def last_unit(source: Copy) -> int:
    """Return the id of the last unit, or 0 where it does not read."""
    try:
        with source.opened() as db:
            return int(db.conn.execute("SELECT max(id) FROM units").fetchone()[0] or 0)
    except (DriverError, KnownError):
        return 0


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a table that could be read.

    Args:
        rows: by id.
        is_whole: whether all of them could.
    """

    rows: Mapping[int, Row]
    is_whole: bool


def read(source: Copy, table: str) -> Read:
    """Read a table from both ends, and probe what lies between."""
    found: dict[int, Row] = {}
    gaps, is_whole = [(_FIRST, _LAST)], True
    for _ in range(_PROBES):
        if not gaps:
            break
        low, high = gaps.pop(0)
        upward = _scan(source, table, low, high, "ASC", found)
        if upward is None:
            continue
        is_whole = False
        downward = _scan(source, table, upward, high, "DESC", found)
        if downward is not None and downward - upward > 1:
            middle = (upward + downward) // 2
            gaps += [(upward, middle), (middle, downward)]
    return Read(found, is_whole)


def _scan(
    source: Copy, table: str, low: int, high: int, order: str, found: dict[int, Row]
) -> int | None:
    """Read rows between two ids until one does not read; return the last that did, or None."""
    reached = low if order == "ASC" else high
    try:
        with source.opened() as db:
            cursor = db.conn.execute(
                f"SELECT * FROM {table} WHERE id > ? AND id < ? ORDER BY id {order}", (low, high)
            )
            names = [column[0] for column in cursor.description]
            for row in cursor:
                values = dict(zip(names, row, strict=True))
                reached = values["id"]
                found[reached] = values
    except (DriverError, KnownError):
        return reached
    return None


def put_back(store: Store, table: str, found: Mapping[int, Row]) -> int:
    """Put rows back that are missing, or are newer than those that are there.

    Args:
        store: of the workspace that is recovered, inside a unit.
        table: whose rows.
        found: from :func:`read`.

    Returns:
        How many were put back.
    """
    run = store.db.conn.execute
    known = dict(run(f"SELECT id, version FROM {table}").fetchall())
    columns = {row[1] for row in run(f"PRAGMA table_info({table})").fetchall()}
    count = 0
    for number in sorted(found):
        values = {n: v for n, v in found[number].items() if n in columns and n != "version"}
        with contextlib.suppress(DriverError):
            if number not in known:
                _insert(run, table, values)
                count += 1
            elif found[number]["version"] > known[number]:
                _update(run, table, number, values)
                count += 1
    return count


def _insert(run: Callable[..., Any], table: str, values: Row) -> None:
    marks = ", ".join("?" * len(values))
    run(f"INSERT INTO {table}({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _update(run: Callable[..., Any], table: str, number: int, values: Row) -> None:
    sets = ", ".join(f"{name} = ?" for name in values)
    run(
        f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ?",
        [*values.values(), number],
    )


def without_orphans(
    db: Database, found: Mapping[str, Mapping[int, Row]]
) -> tuple[dict[str, dict[int, Row]], int]:
    """Leave out rows whose owner was lost, and empty fields that refer to lost rows.

    Args:
        db: the database that is recovered.
        found: rows by table and id.

    Returns:
        What can be put back, and how many rows were left out.
    """
    kept = {table: dict(some) for table, some in found.items()}
    there = {t: {n for (n,) in db.conn.execute(f"SELECT id FROM {t}")} for t in kept}
    keys = {table: _references(db, table) for table in kept}
    dropped, is_changing = 0, True
    while is_changing:
        is_changing = False
        for table, some in kept.items():
            for number, row in list(some.items()):
                for column, parent, required in keys[table]:
                    value = row.get(column)
                    if value is None or value in there[parent] or value in kept[parent]:
                        continue
                    is_changing = True
                    if required:
                        dropped += some.pop(number, None) is not None
                        break
                    row = some[number] = {**row, column: None}
    return kept, dropped


def _references(db: Database, table: str) -> list[tuple[str, str, bool]]:
    found = db.conn.execute(
        'SELECT f."from", f."table", c."notnull" FROM pragma_foreign_key_list(?1) f'
        ' JOIN pragma_table_info(?1) c ON c.name = f."from"',
        (table,),
    )
    return [(column, parent, bool(required)) for column, parent, required in found]
