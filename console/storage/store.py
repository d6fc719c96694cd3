"""The open database of a workspace with what writing to it needs: ids, clock, current unit.

All changes go through :meth:`Store.unit`; reading uses ``store.db`` from anywhere on the
thread that opened it.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from console.domain.local_time import PRAGUE
from console.domain.record import Record
from console.errors import KnownError
from console.storage import bulk, ids, journal, migrations, rows, search, sorting, undo
from console.storage.connection import (
    Database,
    DriverError,
    create_database,
    open_database,
    transaction,
)

AnyRecord = TypeVar("AnyRecord", bound=Record)
_ALWAYS: Final = frozenset({"log-access"})
"""Who looked is written down in a workspace that is only looked at, too."""


def utc_now() -> datetime:
    """Return the time now, aware, UTC."""
    return datetime.now(UTC)


class Store:
    """The open database.

    Args:
        db: the open connection; it belongs to the thread that opened it.
        actor: the account manager's name, written beside every change.
        device: 0 to 1023, this copy of the workspace.
        clock: gives the time now, aware UTC.
        before_migration: makes a backup before an older schema is changed.

    Attributes:
        committing: called before a large unit is saved, with the entries that were loaded in
            bulk.
        committed: called after each unit that was saved.
        make_room: frees space on a full disk, and says whether it did.
        is_read_only: whether everything but looking is refused.
    """

    def __init__(
        self,
        db: Database,
        actor: str,
        device: int,
        clock: Callable[[], datetime] = utc_now,
        before_migration: Callable[[Database, int], object] | None = None,
    ) -> None:
        self.db = db
        self.actor = actor
        self.device = device
        self.clock = clock
        self.committing: Callable[[list[list[journal.Entry]]], object] = len
        self.committed: Callable[[], object] = lambda: None
        self.make_room: Callable[[], bool] = bool
        self.is_read_only = False
        self._unit = 0
        self._loads = bulk.Loads(db)
        self._seen = 0
        _register(db, self)
        migrations.apply(db, before_migration)
        self._ids = ids.IdMaker(device, ids.last_used(db))
        self._seen = ids.data_version(db)
        self.tables_changed: set[str] = set()

    @classmethod
    def create(cls, path: Path, key: bytes, workspace_id: str, device: int, actor: str) -> "Store":
        """Make a new encrypted database with the whole schema."""
        store = cls(create_database(path, key), actor, device)
        store.db.conn.execute("INSERT INTO workspace(id) VALUES (?)", (workspace_id,))
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        workspace_id: str,
        device: int,
        actor: str,
        clock: Callable[[], datetime] = utc_now,
        before_migration: Callable[[Database, int], object] | None = None,
        generation: int | None = None,
    ) -> "Store":
        """Open an existing database, check that it is the expected one, and migrate it."""
        db = open_database(path, key, workspace_id, generation)
        try:
            return cls(db, actor, device, clock, before_migration)
        except BaseException:
            db.close()
            raise

    def close(self) -> None:
        """Close the connection; the write-ahead log goes into the main file where it can."""
        with contextlib.suppress(DriverError):
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.db.close()

    def tidy(self) -> None:
        """Bring a load from the write-ahead log into the main file, when nobody waits for it."""
        if not self._unit:
            self._loads.tidy()

    def now(self) -> datetime:
        """Return the time now, aware UTC."""
        return self.clock().astimezone(UTC)

    def today(self) -> date:
        """Return the day that it is in Prague."""
        return self.clock().astimezone(PRAGUE).date()

    def new_id(self) -> int:
        """Return a fresh id."""
        return self._ids.next()

    def new_ids(self, count: int) -> list[int]:
        """Return so many fresh ids, growing."""
        return self._ids.batch(count)

    @contextlib.contextmanager
    def unit(self, action: str, detail: str = "", undoes: int | None = None) -> Iterator[int]:
        """Run a block as one transaction and one unit of the journal.

        A unit inside another is part of the outer one.

        Args:
            action: stable word for what is done.
            detail: what it is done to, for the person.
            undoes: the unit that this one takes back.

        Yields:
            The unit's id.
        """
        if self._unit:
            yield self._unit
            return
        if self.is_read_only and action not in _ALWAYS:
            raise KnownError("workspace-read-only")
        self.tables_changed = set()
        try:
            with transaction(self.db, self.make_room) as connection:
                self.follow_others()
                self._unit = self.new_id()
                connection.execute(
                    "INSERT INTO units(id, at, actor, device, action, detail, undoes, schema)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        self._unit,
                        rows.encode_datetime(self.now()),
                        self.actor,
                        self.device,
                        action,
                        detail,
                        undoes,
                        migrations.SCHEMA,
                    ),
                )
                yield self._unit
                entries = journal.seal(self.db, self._unit)
                if entries == 0:
                    raise _NothingChanged
                if bulk.FEWEST <= entries <= bulk.MOST_KEPT:
                    self.committing(self._loads.entries)
            self._unit = 0
            self.committed()
        except _NothingChanged:
            return
        finally:
            self._unit = 0
            self._loads.end()

    def follow_others(self) -> None:
        """Go on behind the ids of another program that has written meanwhile."""
        version = ids.data_version(self.db)
        if version != self._seen:
            self._seen = version
            self._ids.go_behind(ids.last_used(self.db))

    def insert(self, record: AnyRecord) -> AnyRecord:
        """Store a new record inside the current unit and return it with its id."""
        table = self._changing(type(record))
        stored = replace(record, id=record.id or self.new_id())
        names = rows.columns(type(stored))
        marks = ", ".join("?" * len(names))
        self.db.conn.execute(
            f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})", rows.encode(stored)
        )
        return stored

    def insert_many(
        self, record_type: type[Record], names: Sequence[str], values: Sequence[Sequence[Any]]
    ) -> None:
        """Store many new rows inside the current unit.

        Args:
            record_type: whose table.
            names: columns that the values are for; ``id`` first.
            values: rows as the database keeps them, their ids growing and made in one go.
        """
        if not values:
            return
        table = self._changing(record_type)
        if len(values) >= bulk.FEWEST:
            self._loads.load(table, names, values, self._unit, self._ids.batch)
            return
        marks = ", ".join("?" * len(names))
        self.db.conn.executemany(
            f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})", values
        )

    def update(self, record: AnyRecord, **changes: Any) -> AnyRecord:
        """Change fields of a record inside the current unit.

        Args:
            record: the record as the person saw it; its version is the base of the change.
            **changes: fields and their new values.

        Returns:
            The record as it is now.

        Raises:
            KnownError: ``record-changed`` where somebody changed it meanwhile.
        """
        kind = type(record)
        changes = {n: v for n, v in changes.items() if getattr(record, n) != v}
        if not changes:
            return record
        table = self._changing(kind)
        sets = ", ".join(f"{name} = ?" for name in changes)
        values = [rows.encode_field(kind, name, value) for name, value in changes.items()]
        cursor = self.db.conn.execute(
            f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ? AND version = ?",
            [*values, record.id, record.version],
        )
        if cursor.rowcount != 1:
            raise KnownError("record-changed")
        return replace(record, version=record.version + 1, **changes)

    def update_many(self, changed: Sequence[tuple[Record, Mapping[str, Any]]]) -> None:
        """Change many records inside the current unit; each says what it was based on.

        Args:
            changed: records as they were seen, each with its fields and their new values.

        Raises:
            KnownError: ``record-changed`` where any was changed meanwhile.
        """
        alike: dict[tuple[type[Record], tuple[str, ...]], list[tuple[Any, ...]]] = {}
        for record, changes in changed:
            kind, names = type(record), tuple(changes)
            values = [rows.encode_field(kind, name, changes[name]) for name in names]
            alike.setdefault((kind, names), []).append((*values, record.id, record.version))
        for (kind, names), found in alike.items():
            sets = "".join(f"{name} = ?, " for name in names)
            cursor = self.db.conn.executemany(
                f"UPDATE {self._changing(kind)} SET {sets}version = version + 1"
                " WHERE id = ? AND version = ?",
                found,
            )
            if cursor.rowcount != len(found):
                raise KnownError("record-changed")

    def delete(self, record: AnyRecord) -> AnyRecord:
        """Mark a record as deleted inside the current unit; undo brings it back."""
        return self.update(record, deleted_at=self.now())

    def refer(
        self, record_type: type[Record], field: str, before: int, values: Mapping[str, int]
    ) -> None:
        """Let all records that refer to one row refer to another, inside the current unit.

        Args:
            record_type: whose table.
            field: by which they refer.
            before: the id that they have in it.
            values: the field with its new id, and what changes along with it.
        """
        sets = "".join(f"{name} = ?, " for name in values)
        self.db.conn.execute(
            f"UPDATE {self._changing(record_type)} SET {sets}version = version + 1"
            f" WHERE {field} = ? AND deleted_at IS NULL",
            [*values.values(), before],
        )

    def delete_of_client(self, record_type: type[Record], client_id: int) -> None:
        """Mark all records of one client as deleted inside the current unit."""
        self.db.conn.execute(
            f"UPDATE {self._changing(record_type)} SET deleted_at = ?, version = version + 1"
            " WHERE client_id = ? AND deleted_at IS NULL",
            (rows.encode_datetime(self.now()), client_id),
        )

    def get(self, record_type: type[AnyRecord], record_id: int) -> AnyRecord:
        """Return a record by id.

        Raises:
            KnownError: ``record-missing``.
        """
        found = self.select(record_type, "id = ?", [record_id])
        if not found:
            raise KnownError("record-missing")
        return found[0]

    def recall(self, record_type: type[AnyRecord], record_id: int) -> AnyRecord:
        """Return a record by id for what refers to it, though it may be deleted by now.

        Raises:
            KnownError: ``record-missing``.
        """
        found = self.db.conn.execute(
            f"SELECT {rows.column_list(record_type)} FROM {rows.TABLES[record_type]} WHERE id = ?",
            [record_id],
        )
        known = rows.decode_all(record_type, found)
        if not known:
            raise KnownError("record-missing")
        return known[0]

    def select(
        self,
        record_type: type[AnyRecord],
        where: str = "1",
        parameters: Sequence[Any] | Mapping[str, Any] = (),
        order: str = "id",
    ) -> list[AnyRecord]:
        """Return the records that a condition picks; deleted ones are left out."""
        found = self.db.conn.execute(
            f"SELECT {rows.column_list(record_type)} FROM {rows.TABLES[record_type]}"
            f" WHERE deleted_at IS NULL AND ({where}) ORDER BY {order}",
            parameters,
        )
        return rows.decode_all(record_type, found)

    def next_in_series(self, series: str, year: int) -> int:
        """Return the next number of a yearly series without gaps, inside the current unit."""
        row = self.db.conn.execute(
            "INSERT INTO counters(series, year, value) VALUES (?, ?, 1)"
            " ON CONFLICT(series, year) DO UPDATE SET value = value + 1 RETURNING value",
            (series, year),
        ).fetchall()
        return int(row[0][0])

    def last_in_series(self, series: str, year: int) -> int:
        """Return the number of a yearly series that was given last, or 0."""
        row = self.db.conn.execute(
            "SELECT value FROM counters WHERE series = ? AND year = ?", (series, year)
        ).fetchone()
        return int(row[0]) if row else 0

    def take_back(self, unit: int, action: str, detail: str) -> frozenset[str]:
        """Undo a unit (or redo: undo an undo) as a unit of its own.

        Returns:
            Names of the tables that changed.
        """
        with self.unit(action, detail, undoes=unit):
            return undo.revert(self.db, unit, rows.encode_datetime(self.now()))

    def _changing(self, record_type: type[Record]) -> str:
        if not self._unit:
            raise RuntimeError("changes are made inside a unit")
        table = rows.TABLES[record_type]
        self.tables_changed.add(table)
        return table

    def _current_unit(self) -> int:
        if not self._unit:
            raise RuntimeError("changes are made inside a unit")
        return self._unit


class _NothingChanged(Exception):  # noqa: N818  (a signal, not an error)
    """Raised to roll back a unit in which nothing changed."""


def _register(db: Database, store: Store) -> None:
    """Give the connection the functions that triggers and indexes call."""
    function = db.conn.create_function
    function("new_id", 0, store.new_id)
    function("unit_id", 0, store._current_unit)
    function("digest", 1, journal.digest)
    function("search_tag", 2, search.tag)
    sorting.register(db)
