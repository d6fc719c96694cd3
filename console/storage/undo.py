"""Undo and redo of the last actions, read from the journal, for every noun alike.

Taking back is a new unit that changes the rows back; nothing is ever cut from the journal.
An undo names the unit that it takes back, and a redo the undo that it takes back.
"""

import json
from typing import Any, Final

from console.domain.journal import Unit
from console.errors import KnownError
from console.storage import journal
from console.storage.connection import Database
from console.storage.journal import OF_UNIT
from console.texts import _

UNDO: Final = "undo"
REDO: Final = "redo"
APPLY: Final = "apply-scheduled"
_REACH: Final = 200
_KEPT_ACTIONS: Final = frozenset(
    {
        "log-access",
        "give-warnings",
        APPLY,
        "reveal-secret",
        "erase-person",
        "queue-mail",
        "send-mail",
        "make-bundle",
        "open-bundle",
    }
)
"""What the program writes down by itself, mails, which are withdrawn instead, and what a bundle
began with: the person's undo passes them by."""
_KEPT_TABLES: Final = frozenset({"accesses", "authority_checks", "documents"})
"""What is never deleted; documents become void, so that their numbers have no gap."""


def next_undo(db: Database) -> Unit | None:
    """Return the action that undo would take back, or None."""
    return _stacks(db)[0]


def next_redo(db: Database) -> Unit | None:
    """Return the undo that redo would take back, or None."""
    return _stacks(db)[1]


def _stacks(db: Database) -> tuple[Unit | None, Unit | None]:
    """Replay the last units: an action is put on the pile, undo moves it to the other one."""
    done: list[Unit] = []
    undone: list[Unit] = []
    for unit in reversed(journal.units(db, _REACH)):
        if unit.action in _KEPT_ACTIONS:
            continue
        if unit.action == UNDO:
            if done:
                done.pop()
            undone.append(unit)
        elif unit.action == REDO:
            if undone:
                undone.pop()
            done.append(unit)
        else:
            done.append(unit)
            undone.clear()
    return (done[-1] if done else None, undone[-1] if undone else None)


def revert(db: Database, unit: int, now: str) -> frozenset[str]:
    """Change every row of a unit back, within the caller's own unit.

    Args:
        db: an open database inside a transaction.
        unit: id of the unit to take back.
        now: UTC text, written where a row is marked as deleted.

    Returns:
        Names of the tables that changed.

    Raises:
        KnownError: ``undo-conflict`` where a field was changed again since.
    """
    _refuse_what_took_effect(db, unit)
    tables: set[str] = set()
    created = _remove_created(db, unit, now)
    entries = db.conn.execute(
        f'SELECT "table", "row", changed FROM journal WHERE {OF_UNIT} AND op = :op'
        " ORDER BY id DESC",
        {"unit": unit, "op": "update"},
    ).fetchall()
    for table, row, changed in entries:
        if (table, row) not in created:
            _change_back(db, table, row, json.loads(changed))
        tables.add(table)
    return frozenset(tables | {table for table, _row in created})


def _refuse_what_took_effect(db: Database, unit: int) -> None:
    """A change of a day to come cannot be taken back once the day has come: it is history."""
    found = db.conn.execute(
        "SELECT 1 FROM journal AS later JOIN units u ON u.id = later.unit"
        f" WHERE u.action = '{APPLY}' AND u.id > :unit AND later.\"row\" IN"
        f' (SELECT "row" FROM journal WHERE {OF_UNIT} AND "table" = :changes) LIMIT 1',
        {"unit": unit, "changes": "line_changes"},
    ).fetchone()
    if found:
        raise KnownError("undo-conflict")


def _remove_created(db: Database, unit: int, now: str) -> set[tuple[str, int]]:
    created = set(
        db.conn.execute(
            f'SELECT "table", "row" FROM journal WHERE {OF_UNIT} AND op = :op',
            {"unit": unit, "op": "insert"},
        ).fetchall()
    )
    for table in {table for table, _row in created} - _KEPT_TABLES:
        db.conn.execute(
            f"UPDATE {table} SET deleted_at = :now, version = version + 1"
            f' WHERE deleted_at IS NULL AND id IN (SELECT "row" FROM journal WHERE {OF_UNIT}'
            ' AND "table" = :table AND op = :op)',
            {"now": now, "unit": unit, "table": table, "op": "insert"},
        )
    _make_void(db, unit, now)
    return created


def _make_void(db: Database, unit: int, now: str) -> None:
    """Declare void what the unit issued."""
    db.conn.execute(
        "UPDATE documents SET voided_at = :now, void_reason = :reason, version = version + 1"
        f' WHERE voided_at IS NULL AND id IN (SELECT "row" FROM journal WHERE {OF_UNIT}'
        " AND \"table\" = 'documents' AND op = 'insert')",
        {"now": now, "reason": _("taken back"), "unit": unit},
    )


def _change_back(db: Database, table: str, row: int, changed: dict[str, list[Any]]) -> None:
    names = list(changed)
    sets = ", ".join(f"{name} = ?" for name in names)
    still = " AND ".join(f"{name} IS ?" for name in names)
    cursor = db.conn.execute(
        f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ? AND {still}",
        [*(changed[n][0] for n in names), row, *(changed[n][1] for n in names)],
    )
    if cursor.rowcount != 1:
        raise KnownError("undo-conflict")
