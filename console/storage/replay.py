"""Doing logged operations again over an older copy of the database.

The journal's entries rebuild every row: fields that an insertion leaves out were empty. Units
and entries are written down as they were, so the chain of hashes fits afterwards.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from console.storage.connection import Database, DriverError, has_table, transaction
from console.storage.journal import SALT_BYTES
from console.storage.operations import Operation

_UNIT: Final = "id, at, actor, device, action, detail, undoes, schema, hash"


def replay(db: Database, operations: Iterable[Operation]) -> list[int]:
    """Do operations again that the database does not have yet.

    Args:
        db: an open database of the newest schema; the operations follow what it holds.
        operations: in order.

    Returns:
        Ids of the units that could not be done again; each is left out as a whole.
    """
    refused = []
    with _journal_aside(db):
        for operation in operations:
            try:
                with transaction(db):
                    _do(db, operation)
            except (DriverError, ValueError, KeyError):
                refused.append(operation.id)
    return refused


def fitting(db: Database, operations: Sequence[Operation]) -> int:
    """Return how many operations, from the first on, continue the database's own chain."""
    row = db.conn.execute("SELECT hash FROM units ORDER BY id DESC LIMIT 1").fetchone()
    before = row[0] if row else b""
    for count, operation in enumerate(operations):
        if not _fits(before, operation):
            return count
        before = operation.unit[-1]
    return len(operations)


def _fits(before: bytes, operation: Operation) -> bool:
    number, at, actor, device, action, _detail, undoes, _schema, expected = operation.unit
    chain = hashlib.sha256(before)
    chain.update(json.dumps((number, at, actor, device, action, undoes)).encode())
    for *_rest, changed, digest in operation.entries:
        if hashlib.sha256(digest[:SALT_BYTES] + changed.encode()).digest() != digest[SALT_BYTES:]:
            return False
        chain.update(digest[SALT_BYTES:])
    return bool(chain.digest() == expected)


def redo(db: Database, operations: Iterable[Operation]) -> list[int]:
    """Bring the effects of operations back where the chain has a gap before them.

    They become part of the unit that the caller has begun.

    Returns:
        Ids of the units of which something could not be brought back.
    """
    refused = []
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    for operation in operations:
        try:
            for _, table, row, op, _, changed, _ in operation.entries:
                _redo_one(db, table, row, op, json.loads(changed))
        except (DriverError, ValueError, KeyError):
            refused.append(operation.id)
    return refused


def _redo_one(db: Database, table: str, row: int, op: str, fields: dict[str, Any]) -> None:
    if not has_table(db, table):
        raise KeyError(table)
    if op == "insert":
        _insert(db, table, row, fields)
        return
    sets = "".join(f"{name} = ?, " for name in fields)
    cursor = db.conn.execute(
        f"UPDATE {table} SET {sets}version = version + 1 WHERE id = ?",
        [*(new for _, new in fields.values()), row],
    )
    if cursor.rowcount != 1:
        raise KeyError(row)


@contextlib.contextmanager
def _journal_aside(db: Database) -> Iterator[None]:
    """Take the triggers away that would write the journal or forbid writing it."""
    dropped = db.conn.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%search%'"
    ).fetchall()
    with transaction(db):
        for name, _ in dropped:
            db.conn.execute(f"DROP TRIGGER {name}")
    yield
    with transaction(db):
        for _, statement in dropped:
            db.conn.execute(statement)


def _do(db: Database, operation: Operation) -> None:
    run = db.conn.execute
    run("PRAGMA defer_foreign_keys = ON")
    run(f"INSERT INTO units({_UNIT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", operation.unit)
    for number, table, row, op, base_version, changed, digest in operation.entries:
        if not has_table(db, table):
            raise KeyError(table)
        fields = json.loads(changed)
        if op == "insert":
            _insert(db, table, row, fields)
        else:
            _update(db, table, row, base_version, fields)
        run(
            'INSERT INTO journal(id, unit, "table", "row", op, base_version, changed, hash)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, operation.id, table, row, op, base_version, changed, digest),
        )
    for series, year, value in operation.counters:
        run(
            "INSERT INTO counters(series, year, value) VALUES (?, ?, ?)"
            " ON CONFLICT(series, year) DO UPDATE SET value = max(value, excluded.value)",
            (series, year, value),
        )


def _insert(db: Database, table: str, row: int, fields: dict[str, Any]) -> None:
    """Insert a row; of what is left out, texts that may not be missing are empty."""
    empty = {name: "" for name in _required(db, table) if name not in fields}
    values = {"id": row, "version": 1, **empty, **fields}
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    db.conn.execute(f"INSERT INTO {table}({names}) VALUES ({marks})", list(values.values()))


def _update(
    db: Database, table: str, row: int, base_version: int, fields: dict[str, list[Any]]
) -> None:
    sets = "".join(f"{name} = ?, " for name in fields)
    cursor = db.conn.execute(
        f"UPDATE {table} SET {sets}version = ? WHERE id = ? AND version = ?",
        [*(new for _, new in fields.values()), base_version + 1, row, base_version],
    )
    if cursor.rowcount != 1:
        raise KeyError(row)


def _required(db: Database, table: str) -> list[str]:
    """Return the columns of text that need a value and have none by themselves."""
    found = db.conn.execute(
        "SELECT name FROM pragma_table_info(?)"
        " WHERE type = 'TEXT' AND \"notnull\" AND dflt_value IS NULL",
        (table,),
    )
    return [name for (name,) in found]
