"""One client's rows in a database of their own, and what was changed there, merged back.

A field is taken unless it was changed on both sides since the rows were handed out; then the
value here stays, and the other one goes into the list of conflicts.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from console.domain.conflict import Conflict
from console.storage import rows
from console.storage.connection import Database, DriverError
from console.storage.store import Store

_STAYING: Final = frozenset({"accesses", "outgoing_mails", "conflicts"})
"""What is not handed out: who looked, mails that wait for being sent, open decisions."""
_NEVER_BACK: Final = frozenset({"settings", "conflicts"})
_KEYS: Final[Mapping[str, str]] = {"lines": "msisdn", "clients": "ico"}
"""What may be there once only among the rows that are not deleted."""
TAKE_BACK: Final = "take-bundle-back"
"""The action of the journal that merges."""
_UNSENT: Final = ("waiting", "sending")
_WITHDRAWN: Final = "withdrawn"


def export(source: Database, target: Store, client_id: int) -> None:
    """Copy one client's rows, with ids and versions, inside a unit of the target."""
    target.db.conn.execute("PRAGMA defer_foreign_keys = ON")
    for table in rows.TABLES.values():
        if table in _STAYING:
            continue
        names = _columns(source, table)
        marks = ", ".join("?" * len(names))
        target.db.conn.executemany(
            f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})",
            source.conn.execute(
                f"SELECT {', '.join(names)} FROM {table} WHERE {_handed_out(table, names)}",
                {"client": client_id},
            ).fetchall(),
        )


def _handed_out(table: str, names: Sequence[str]) -> str:
    """Return which rows of a table go along; the price list is everybody's."""
    if table == "clients":
        return "id = :client"
    if "client_id" not in names:
        return "1"
    if table == "attachments":
        return "client_id = :client AND owner_id NOT IN (SELECT id FROM outgoing_mails)"
    return "client_id = :client"


def _columns(db: Database, table: str) -> list[str]:
    found = db.conn.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [name for (name,) in found]


def contents_of(db: Database) -> set[str]:
    """Return the SHA-256 of every file that rows of a database name."""
    found = db.conn.execute("SELECT sha256 FROM documents UNION SELECT sha256 FROM attachments")
    return {sha256 for (sha256,) in found}


@dataclass(slots=True)
class Change:
    """What was done to one row.

    Args:
        table: of the row.
        row: its id.
        is_new: whether it was added.
        version: of the row when it was handed out; 0 where it was added since.
        values: for each field that was set, all that it held, the first and the last included.
    """

    table: str
    row: int
    is_new: bool = False
    version: int = 0
    values: dict[str, list[Any]] = field(default_factory=dict)


def changes_since(db: Database, unit: int) -> list[Change]:
    """Return what the journal of a database says was done behind a unit, a row each."""
    found: dict[tuple[str, int], Change] = {}
    for table, row, op, version, changed in db.conn.execute(
        'SELECT "table", "row", op, base_version, changed FROM journal WHERE unit > ? ORDER BY id',
        (unit,),
    ):
        if table in _NEVER_BACK:
            continue
        change = found.setdefault((table, row), Change(table, row, op == "insert", version))
        for name, value in json.loads(changed).items():
            if op == "insert":
                change.values[name] = [value]
            else:
                change.values.setdefault(name, [value[0]]).append(value[1])
    return list(found.values())


@dataclass(slots=True)
class Merge:
    """A merge under way, inside a unit.

    Args:
        store: into which is merged.
        source: the database with the changes; rows are read from it whole.
        by: whose changes they are.
        added: rows that were added.
        changed: rows of which fields were taken.
        conflicts: what was changed on both sides.
    """

    store: Store
    source: Database
    by: str
    added: int = 0
    changed: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    def run(self, changes: Iterable[Change]) -> None:
        """Merge all changes."""
        self.store.db.conn.execute("PRAGMA defer_foreign_keys = ON")
        erased = _erased(self.store.db)
        for change in changes:
            if change.row in erased:
                continue
            here = _row(self.store.db, change.table, change.row)
            if here is not None:
                self._update(change, here)
            elif change.is_new:
                self._add(change)
            else:
                self._keep_whole(change, _row(self.source, change.table, change.row) or {})

    def _add(self, change: Change) -> None:
        row = _row(self.source, change.table, change.row)
        if row is None:
            return
        if change.table == "outgoing_mails" and row["state"] in _UNSENT:
            row["state"] = _WITHDRAWN
        twin = _twin(self.store.db, change.table, row)
        if twin:
            self._keep_whole(change, row, twin)
            row["deleted_at"] = now_of(self.store)
        try:
            insert_row(self.store, change.table, row)
        except DriverError:
            self._keep_whole(change, row)
        else:
            self.added += 1

    def _update(self, change: Change, here: Mapping[str, Any]) -> None:
        taken = {}
        for name, values in change.values.items():
            if (
                name not in here
                or here[name] == values[-1]
                or _are_both_deleted(name, here, values)
            ):
                continue
            is_as_handed_out = here[name] == values[0] or self._came_back(change, name, here)
            if is_as_handed_out and not _is_deletion_of_changed(change, name, here):
                taken[name] = values[-1]
            elif len(values) > 1:
                self._keep(change, name, values[0], here[name], values[-1])
        if taken:
            set_fields(self.store, change.table, change.row, taken)
            self.changed += 1

    def _came_back(self, change: Change, name: str, here: Mapping[str, Any]) -> bool:
        """Return whether the value here is one that the same deputy has brought back before."""
        if here[name] not in change.values[name]:
            return False
        last = self.store.db.conn.execute(
            "SELECT u.action, u.detail FROM journal j JOIN units u ON u.id = j.unit"
            ' WHERE j."row" = ? AND json_type(j.changed, ?) IS NOT NULL ORDER BY j.id DESC LIMIT 1',
            (change.row, f"$.{name}"),
        ).fetchone()
        return bool(last == (TAKE_BACK, self.by))

    def _keep(self, change: Change, name: str, base: Any, mine: Any, theirs: Any) -> None:
        """Put a value that was not taken into the list, once."""
        conflict = Conflict(
            client_id=_client_of(self.store.db, self.source, change),
            noun=change.table,
            record_id=change.row,
            field=name,
            base=_text(base),
            mine=_text(mine),
            theirs=_text(theirs),
            by=self.by,
            found_at=self.store.now(),
        )
        known = self.store.select(
            Conflict,
            "record_id = ? AND field = ? AND theirs = ? AND mine = ?",
            [change.row, name, conflict.theirs, conflict.mine],
        )
        if not known:
            self.conflicts.append(self.store.insert(conflict))

    def _keep_whole(self, change: Change, row: Mapping[str, Any], twin: int = 0) -> None:
        self._keep(change, "", None, twin or None, dict(row))


def _erased(db: Database) -> set[int]:
    """Return the records of people whose data were erased here: nothing brings them back."""
    return {row for (row,) in db.conn.execute("SELECT record_id FROM erasures")}


def _are_both_deleted(name: str, here: Mapping[str, Any], values: list[Any]) -> bool:
    return name == "deleted_at" and here[name] is not None and values[-1] is not None


def _is_deletion_of_changed(change: Change, name: str, here: Mapping[str, Any]) -> bool:
    """Return whether one side deleted what the other one went on working with."""
    if name == "deleted_at":
        return change.values[name][-1] is not None and here["version"] != (change.version or 1)
    return here["deleted_at"] is not None and "deleted_at" not in change.values


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _row(db: Database, table: str, row: int) -> dict[str, Any] | None:
    cursor = db.conn.execute(f"SELECT * FROM {table} WHERE id = ?", (row,))
    found = cursor.fetchone()
    names = [column[0] for column in cursor.description]
    return dict(zip(names, found, strict=True)) if found else None


def _twin(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Return the row that says the same here under another id, or 0."""
    key = _KEYS.get(table)
    if key is None or row["deleted_at"] is not None:
        return 0
    found = db.conn.execute(
        f"SELECT id FROM {table} WHERE {key} = ? AND deleted_at IS NULL AND id != ?",
        (row[key], row["id"]),
    ).fetchone()
    return int(found[0]) if found else 0


def _client_of(db: Database, source: Database, change: Change) -> int:
    """Return the client of a row; of a client that is not here, the first one that is."""
    row = _row(source, change.table, change.row) or _row(db, change.table, change.row) or {}
    wanted = row.get("client_id") or change.row
    found = db.conn.execute(
        "SELECT id FROM clients ORDER BY id != ?, id LIMIT 1", (wanted,)
    ).fetchone()
    return int(found[0])


def set_fields(store: Store, table: str, row: int, values: Mapping[str, Any]) -> None:
    """Set fields of a row as the database keeps them, inside a unit."""
    sets = ", ".join(f"{name} = ?" for name in values)
    store.db.conn.execute(
        f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ?", [*values.values(), row]
    )
    store.tables_changed.add(table)


def insert_row(store: Store, table: str, row: Mapping[str, Any]) -> None:
    """Add a row as the database keeps it, inside a unit; fields that are not known are left out."""
    known = [name for name in _columns(store.db, table) if name in row and name != "version"]
    marks = ", ".join("?" * len(known))
    store.db.conn.execute(
        f"INSERT INTO {table}({', '.join(known)}) VALUES ({marks})", [row[name] for name in known]
    )
    store.tables_changed.add(table)


def has_row(db: Database, table: str, row: int) -> bool:
    """Return whether a table has a row, deleted or not."""
    return _row(db, table, row) is not None


def now_of(store: Store) -> str:
    """Return the time now as rows keep it."""
    return rows.encode_datetime(store.now())
