"""The encrypted connection: the driver, its traps, and the checks around opening.

The only file that imports sqlcipher3. Its exceptions are no subclasses of sqlite3's, so the
driver is registered under the name that sqlite-utils looks for before sqlite-utils is
imported; without that, a refused ``INSERT … RETURNING`` leaves a transaction open and later
saves vanish.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlcipher3
import sqlcipher3.dbapi2

if "sqlite_utils" in sys.modules:
    raise ImportError("console.storage.connection must be imported before sqlite_utils")
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from console.errors import KnownError  # noqa: E402  (the driver is registered first)

if TYPE_CHECKING:
    import sqlite_utils

DriverError: Final = sqlcipher3.dbapi2.Error
IntegrityError: Final = sqlcipher3.dbapi2.IntegrityError
KEY_BYTES: Final = 32
_UNSAID: Final = 0
_OF_THE_DISK: Final = ("disk-full", "disk-readonly", "database-busy")
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -24576",
    "PRAGMA busy_timeout = 5000",
)


class Database:
    """An open connection, and sqlite-utils over it.

    sqlite-utils is imported when something first asks for it: steps of the schema do, opening
    a workspace that is up to date does not wait for it.
    """

    def __init__(self, connection: Any) -> None:
        self.conn = connection

    @cached_property
    def utils(self) -> "sqlite_utils.Database":
        """The same connection as sqlite-utils sees it."""
        import sqlite_utils

        return sqlite_utils.Database(self.conn, strict=True, execute_plugins=False)

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()


def create_database(path: Path, key: bytes) -> Database:
    """Make a new encrypted database.

    Args:
        path: a file that does not exist.
        key: 32 bytes.

    Raises:
        KnownError: ``database-exists`` where there is a file already.
    """
    if path.exists():
        raise KnownError("database-exists", path=path)
    return _connect(path, key)


def open_database(
    path: Path, key: bytes, workspace_id: str, generation: int | None = None
) -> Database:
    """Open an encrypted database and make sure that it is the expected one.

    Args:
        path: the database's file.
        key: 32 bytes.
        workspace_id: what the key slots say; the database must say the same.
        generation: of the data key, as the key slots say; not compared where None.

    Raises:
        KnownError: ``database-missing``, ``database-empty``, ``database-unreadable``,
            ``database-truncated``, ``database-foreign`` or ``database-generation``; the file
            is left as it is.
    """
    if not path.exists():
        raise KnownError("database-missing", path=path)
    if path.stat().st_size == 0:
        raise KnownError("database-empty", path=path)
    db = _connect(path, key)
    try:
        _make_sure(db, path, workspace_id, generation)
    except DriverError as error:
        db.close()
        raise KnownError("database-unreadable", path=path) from error
    except KnownError:
        db.close()
        raise
    return db


def open_damaged(path: Path, key: bytes) -> Database:
    """Open a copy of a damaged database as far as it can be, without any check.

    Raises:
        KnownError: ``database-unreadable`` where nothing of it reads.
    """
    return _connect(path, key)


def _make_sure(db: Database, path: Path, workspace_id: str, generation: int | None) -> None:
    if stored_workspace_id(db) != workspace_id:
        raise KnownError("database-foreign", path=path)
    if generation is not None and stored_generation(db) not in (_UNSAID, generation):
        raise KnownError("database-generation", path=path)
    pages, size = (_value(db, f"PRAGMA {name}") for name in ("page_count", "page_size"))
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size < pages * size and not (log.exists() and log.stat().st_size):
        raise KnownError("database-truncated", path=path)


def _value(db: Database, query: str) -> int:
    return int(db.conn.execute(query).fetchone()[0])


def stored_generation(db: Database) -> int:
    """Return the generation of the data key that the database bears; 0 where it bears none."""
    return _value(db, "PRAGMA user_version")


def store_generation(db: Database, generation: int) -> None:
    """Let the database bear the generation of its data key."""
    db.conn.execute(f"PRAGMA user_version = {int(generation)}")


def _connect(path: Path, key: bytes) -> Database:
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(pragma).fetchall()
    except DriverError as error:
        connection.close()
        known = explained(error)
        if isinstance(known, KnownError) and known.code in _OF_THE_DISK:
            raise known from error
        raise KnownError("database-unreadable", path=path) from error
    return Database(connection)


def stored_workspace_id(db: Database) -> str:
    """Return the id that the database bears, or an empty string where it bears none."""
    if not has_table(db, "workspace"):
        return ""
    row = db.conn.execute("SELECT id FROM workspace").fetchone()
    return str(row[0]) if row else ""


def has_table(db: Database, name: str) -> bool:
    """Return whether the database has a table."""
    found = db.conn.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (name,)
    ).fetchone()
    return found is not None


@contextlib.contextmanager
def transaction(db: Database, make_room: Callable[[], bool] = bool) -> Iterator[Any]:
    """Run a block as one transaction that takes the write lock at once.

    Args:
        db: an open database.
        make_room: frees space on a full disk, and says whether it did; doing the same once
            more will go through then.

    Yields:
        The driver's connection.

    Raises:
        KnownError: ``disk-full``, ``disk-full-reserve``, ``disk-readonly``, ``database-busy``
            or ``database-damaged``; nothing of the block was saved.
    """
    connection = db.conn
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except DriverError as error:
        known = explained(error)
        if isinstance(known, KnownError) and known.code == "disk-full" and make_room():
            raise KnownError("disk-full-reserve") from error
        raise known from error


def explained(error: Exception) -> Exception:
    """Return the error of the driver as one with a sentence, where there is one."""
    text = str(error).lower() if isinstance(error, DriverError) else ""
    if "full" in text or "disk i/o" in text:
        return KnownError("disk-full")
    if "locked" in text or "busy" in text:
        return KnownError("database-busy")
    if "readonly" in text:
        return KnownError("disk-readonly")
    if any(word in text for word in ("malformed", "not a database", "vtable constructor")):
        return KnownError("database-damaged")
    return error


def back_up(db: Database, target: Path, key: bytes) -> None:
    """Copy the whole database, with what its write-ahead log holds, encrypted to encrypted.

    Args:
        db: an open database.
        target: a file that does not exist.
        key: the key of the copy, 32 bytes.
    """
    copy = create_database(target, key)
    try:
        db.conn.backup(copy.conn)
        copy.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        copy.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    except DriverError as error:
        raise explained(error) from error
    finally:
        copy.close()
