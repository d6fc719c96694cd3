"""The journal: every change of every business row, grouped into units, chained by hashes.

Triggers write it, so no code path can forget to. An entry keeps the changed fields only; a
unit is what one action did: the unit of undo, of a record's history and later of sync. Each
unit's hash covers the unit before it and the salted hashes of its own entries, so that a
person's data can be erased later without breaking the chain.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from json.encoder import encode_basestring
from typing import Any, Final

from console.domain.journal import JournalEntry, Unit
from console.storage.connection import Database

SALT_BYTES: Final = 16
_NOT_JOURNALLED: Final = frozenset({"id", "version"})

CREATE: Final = (
    """
    CREATE TABLE units(
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, device INTEGER NOT NULL,
        action TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES units,
        schema INTEGER NOT NULL, hash BLOB) STRICT
    """,
    "CREATE INDEX units_undoes ON units(undoes) WHERE undoes IS NOT NULL",
    """
    CREATE TABLE journal(
        id INTEGER PRIMARY KEY, unit INTEGER NOT NULL REFERENCES units, "table" TEXT NOT NULL,
        "row" INTEGER NOT NULL, op TEXT NOT NULL, base_version INTEGER NOT NULL,
        changed TEXT NOT NULL, hash BLOB NOT NULL) STRICT
    """,
    'CREATE INDEX journal_row ON journal("row")',
    """
    CREATE TRIGGER journal_keep BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_hold BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER units_keep BEFORE UPDATE ON units WHEN OLD.hash IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER units_hold BEFORE DELETE ON units
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
)


OF_UNIT: Final = (
    "unit = :unit AND id > :unit AND id < coalesce((SELECT min(later.id) FROM units AS later,"
    " units AS own WHERE own.id = :unit AND later.id > :unit AND later.device = own.device),"
    " 9223372036854775807)"
)
"""Picks the entries of one unit; they lie between it and its device's next one."""


Entry = tuple[int, str, int, str, int, str, bytes]
"""An entry as it is stored: id, table, row, operation, base version, what changed, and hash."""


def entries(db: Database, unit: int, but: Sequence[Sequence[Entry]] = ()) -> Iterable[Entry]:
    """Give the entries of a unit in their order.

    Args:
        db: an open database.
        unit: its id.
        but: entries that are known already, in runs without a gap; they are not read.
    """
    runs = [(run[0][0], run[-1][0]) for run in but if run]
    found = db.conn.execute(
        'SELECT id, "table", "row", op, base_version, changed, hash FROM journal'
        f" WHERE {OF_UNIT}{''.join(f' AND NOT id BETWEEN {a} AND {b}' for a, b in runs)}"
        " ORDER BY id",
        {"unit": unit},
    )
    return sorted(chain(found, *but)) if runs else found


def digest(payload: str) -> bytes:
    """Return a fresh salt and the SHA-256 of salt and payload, 16 + 32 bytes.

    Used by triggers, so every writing connection registers it.
    """
    return _salted(os.urandom(SALT_BYTES), payload)


def _salted(salt: bytes, payload: str) -> bytes:
    return salt + hashlib.sha256(salt + payload.encode()).digest()


def create_triggers(db: Database, table: str) -> None:
    """Make the triggers that journal one table, from its columns as they are now."""
    names = [c.name for c in db.utils[table].columns if c.name not in _NOT_JOURNALLED]
    _create_insert_trigger(db, table, names)
    _create_update_trigger(db, table, names)
    db.conn.execute(
        f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'rows are marked as deleted, never erased'); END"
    )


def drop_triggers(db: Database, table: str) -> None:
    """Drop what :func:`create_triggers` made, for a migration that changes the columns."""
    for name in ("journal_insert", "journal_update", "version", "keep"):
        db.conn.execute(f"DROP TRIGGER {table}_{name}")


_ENTRY: Final = 'INSERT INTO journal(id, unit, "table", "row", op, base_version, changed, hash)'


def _create_insert_trigger(db: Database, table: str, names: list[str]) -> None:
    db.conn.execute(
        f"CREATE TRIGGER {table}_journal_insert AFTER INSERT ON {table} BEGIN {_ENTRY}"
        f" SELECT new_id(), unit_id(), '{table}', NEW.id, 'insert', 0, p, digest(p)"
        f" FROM (SELECT {_inserted(names, 'NEW.')} AS p); END"
    )


def _inserted(names: Iterable[str], row: str) -> str:
    """Return an expression for the fields that are not empty, as JSON."""
    fields = ", ".join(f"'{name}', nullif({row}{name}, '')" for name in names)
    return f"json_patch('{{}}', json_object({fields}))"


def _create_update_trigger(db: Database, table: str, names: list[str]) -> None:
    pairs = " UNION ALL ".join(
        f"SELECT '{name}' AS field, OLD.{name} AS old, NEW.{name} AS new" for name in names
    )
    db.conn.execute(
        f"CREATE TRIGGER {table}_version BEFORE UPDATE ON {table}"
        " WHEN NEW.version != OLD.version + 1"
        " BEGIN SELECT RAISE(ABORT, 'a change raises the version by one'); END"
    )
    db.conn.execute(
        f"CREATE TRIGGER {table}_journal_update AFTER UPDATE ON {table} BEGIN {_ENTRY}"
        f" SELECT new_id(), unit_id(), '{table}', NEW.id, 'update', OLD.version, p, digest(p)"
        " FROM (SELECT json_group_object(field, json_array(old, new)) AS p"
        f" FROM ({pairs}) WHERE old IS NOT new) WHERE p != '{{}}'; END"
    )


def fill(
    db: Database,
    table: str,
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
    unit: int,
    ids: Sequence[int],
) -> list[Entry]:
    """Write the entries of rows inserted in bulk.

    Args:
        db: an open database inside a transaction.
        table: where the rows are.
        names: columns that were given; ``id`` first.
        values: the rows as they were given.
        unit: the unit that they belong to.
        ids: fresh ids for the entries, one for each row.

    Returns:
        The entries, as they are written.
    """
    rows, *columns = zip(*values, strict=True)
    fields = [_fields(n, column) for n, column in zip(names[1:], columns, strict=True)]
    rest = "".join(_field(n, v) for n, v in _defaults(db, table, names).items())
    payloads = [f"{{{''.join(parts)[:-1]}}}" for parts in zip(*fields, repeat(rest))]
    salts = os.urandom(SALT_BYTES * len(values))
    hashes = [
        _salted(salts[at : at + SALT_BYTES], payload)
        for payload, at in zip(payloads, range(0, len(salts), SALT_BYTES), strict=True)
    ]
    db.conn.executemany(
        f"{_ENTRY} VALUES (?, {unit}, '{table}', ?, 'insert', 0, ?, ?)",
        zip(ids, rows, payloads, hashes, strict=True),
    )
    return list(zip(ids, repeat(table), rows, repeat("insert"), repeat(0), payloads, hashes))


_to_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_WRITERS: Final[dict[type, Callable[[Any], str]]] = {str: encode_basestring, int: int.__repr__}
"""What the encoder itself uses for these, without its asking what they are."""
_EMPTY: Final[Mapping[Any, str]] = {None: "", "": ""}


def _field(name: str, value: Any) -> str:
    """Return a value as a field of JSON, with the comma behind it."""
    return f"{_to_json(name)}:{_WRITERS.get(type(value), _to_json)(value)},"


def _fields(name: str, column: Sequence[Any]) -> list[str]:
    """Return each value of a column as a field of JSON; nothing where it is empty."""
    distinct = set(column)
    if 2 * len(distinct) < len(column):
        known = {
            value: _EMPTY[value] if value in _EMPTY else _field(name, value) for value in distinct
        }
        return [known[value] for value in column]
    key = _to_json(name)
    kinds = set(map(type, column))
    if kinds == {str}:
        return [f"{key}:{encode_basestring(text)}," if text else "" for text in column]
    if kinds == {int}:
        return [f"{key}:{number}," for number in column]
    return [_EMPTY[value] if value in _EMPTY else _field(name, value) for value in column]


def _defaults(db: Database, table: str, given: Sequence[str]) -> dict[str, Any]:
    """Return what the columns that were not given hold, where that is not empty."""
    silent = [
        c.name
        for c in db.utils[table].columns
        if c.name not in _NOT_JOURNALLED and c.name not in given
    ]
    row = db.conn.execute(
        f"SELECT {_inserted(silent, '')} FROM {table} WHERE id = (SELECT max(id) FROM {table})"
    ).fetchone()
    found: dict[str, Any] = json.loads(row[0])
    return found


def seal(db: Database, unit: int) -> int:
    """Close a unit: chain its hash to the one before.

    Returns:
        How many entries the unit has.
    """
    before = db.conn.execute(
        "SELECT hash FROM units WHERE id < ? ORDER BY id DESC LIMIT 1", (unit,)
    ).fetchone()
    chain = hashlib.sha256(before[0] if before else b"")
    head = db.conn.execute(
        "SELECT id, at, actor, device, action, undoes FROM units WHERE id = ?", (unit,)
    ).fetchone()
    chain.update(json.dumps(head).encode())
    entries = 0
    for (entry_hash,) in db.conn.execute(
        f"SELECT hash FROM journal WHERE {OF_UNIT} ORDER BY id", {"unit": unit}
    ):
        chain.update(entry_hash[SALT_BYTES:])
        entries += 1
    db.conn.execute("UPDATE units SET hash = ? WHERE id = ?", (chain.digest(), unit))
    return entries


def head(db: Database) -> tuple[int, str]:
    """Return id and hash, hexadecimal, of the last unit that is closed: the head of the chain."""
    row = db.conn.execute(
        "SELECT id, hash FROM units WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), row[1].hex()) if row else (0, "")


def is_in_chain(db: Database, unit: int, digest: str) -> bool:
    """Return whether a unit is there with the hash that it had then."""
    row = db.conn.execute("SELECT hash FROM units WHERE id = ?", (unit,)).fetchone()
    return row is not None and (row[0] or b"").hex() == digest


def action_that_added(db: Database, row: int) -> str:
    """Return what was done when a record came into the workspace."""
    found = db.conn.execute(
        "SELECT u.action FROM journal j JOIN units u ON u.id = j.unit"
        " WHERE j.\"row\" = ? AND j.op = 'insert' ORDER BY j.id LIMIT 1",
        (row,),
    ).fetchone()
    return str(found[0]) if found else ""


def verify(db: Database) -> list[int]:
    """Recompute the whole chain.

    Returns:
        Ids of units that do not fit: altered, missing an entry, or out of order.
    """
    broken = []
    before = b""
    units = db.conn.execute(
        "SELECT id, at, actor, device, action, undoes, hash FROM units ORDER BY id"
    ).fetchall()
    for *head, expected in units:
        chain = hashlib.sha256(before)
        chain.update(json.dumps(head).encode())
        fits = _add_entries(db, head[0], chain)
        if not fits or chain.digest() != expected:
            broken.append(head[0])
        before = expected
    return broken


def _add_entries(db: Database, unit: int, chain: Any) -> bool:
    fits = True
    for changed, entry_hash, is_erased in db.conn.execute(
        f"SELECT changed, hash, erased FROM journal WHERE {OF_UNIT} ORDER BY id", {"unit": unit}
    ):
        salt, kept = entry_hash[:SALT_BYTES], entry_hash[SALT_BYTES:]
        if not is_erased:
            fits = fits and hashlib.sha256(salt + changed.encode()).digest() == kept
        chain.update(kept)
    return fits


def write_update(
    db: Database, entry: int, table: str, row: int, base_version: int, changed: Mapping[str, Any]
) -> None:
    """Write the entry of a change for which the triggers were taken aside."""
    payload = json.dumps(changed, ensure_ascii=False)
    db.conn.execute(
        f"{_ENTRY} VALUES (?, unit_id(), ?, ?, 'update', ?, ?, ?)",
        (entry, table, row, base_version, payload, digest(payload)),
    )


_UNIT_COLUMNS: Final = "u.id, u.at, u.actor, u.device, u.action, u.detail, u.undoes"


def history(db: Database, row: int) -> list[JournalEntry]:
    """Return every change of one record, the newest first."""
    rows = db.conn.execute(
        f'SELECT {_UNIT_COLUMNS}, j.id, j."table", j."row", j.op, j.changed'
        ' FROM journal j JOIN units u ON u.id = j.unit WHERE j."row" = ? ORDER BY j.id DESC',
        (row,),
    )
    return [_entry(row) for row in rows]


def _unit(row: tuple[Any, ...]) -> Unit:
    number, at, actor, device, action, detail, undoes = row
    return Unit(
        id=number,
        at=datetime.fromisoformat(at),
        actor=actor,
        device=device,
        action=action,
        detail=detail,
        undoes=undoes,
    )


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    *unit, number, table, record, op, changed = row
    return JournalEntry(
        id=number,
        unit=_unit(tuple(unit)),
        table=table,
        row=record,
        operation=op,
        changed=_pairs(op, json.loads(changed)),
    )


def _pairs(op: str, changed: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    if op == "insert":
        return {name: (None, value) for name, value in changed.items() if value not in (None, "")}
    return {name: (old, new) for name, (old, new) in changed.items()}


def unit(db: Database, unit_id: int) -> Unit:
    """Return one action."""
    row = db.conn.execute(f"SELECT {_UNIT_COLUMNS} FROM units u WHERE u.id = ?", (unit_id,))
    return _unit(row.fetchone())


def units(db: Database, limit: int = 100) -> list[Unit]:
    """Return the last actions, the newest first."""
    rows = db.conn.execute(
        f"SELECT {_UNIT_COLUMNS} FROM units u ORDER BY u.id DESC LIMIT ?", (limit,)
    )
    return [_unit(row) for row in rows]
