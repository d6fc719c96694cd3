"""The operations log: what was done since the last backups, in a file beside the database.

Append-only and encrypted. Each committed unit of the journal is written down with its
entries, which rebuild every row; should the database be lost, the last good backup and this
log give it back. The file is not waited for: the database is what a save waits for, and what
the log lacks after a power cut is caught up from the database at the next opening.
"""

import json
import logging
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from console.errors import KnownError
from console.storage.connection import Database, DriverError
from console.storage.journal import Entry, entries

FILE_NAME: Final = "operations.log"
OLDER_NAME: Final = "operations.log.1"
_MAGIC: Final = b"\x89KO1"
_LENGTH_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_HEAD: Final = struct.Struct(">BQ32s")
_PART, _LAST, _MARK = 0, 1, 2
_HEAD_BYTES: Final = len(_MAGIC) + _LENGTH_BYTES
_CHUNK: Final = 20_000
_LARGEST: Final = 1 << 28
_COLUMNS: Final = "id, at, actor, device, action, detail, undoes, schema, hash"

_log = logging.getLogger(__name__)


_Part = tuple[int, int, bytes, dict[str, Any]]
"""What a record holds: its kind, the unit's number and hash, and the body."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One committed unit.

    Args:
        unit: its row, as the database keeps it.
        entries: its rows of the journal.
        counters: the yearly series as they stood.
    """

    unit: tuple[Any, ...]
    entries: tuple[tuple[Any, ...], ...]
    counters: tuple[tuple[Any, ...], ...]

    @property
    def id(self) -> int:
        """The unit's id."""
        return int(self.unit[0])


@dataclass(frozen=True, slots=True)
class Logged:
    """What a log holds.

    Args:
        begins_after: id of the last unit that is not in it; -1 where there is no log.
        operations: in order, each once.
    """

    begins_after: int
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A unit, and its records as they are being made.

    Args:
        unit: its row.
        pool: the thread that makes them.
    """

    unit: tuple[Any, ...]
    pool: ThreadPoolExecutor
    records: list[Future[bytes]]


class _TornError(Exception):
    """Records do not follow one another without a gap."""


class Operations:
    """The log of one workspace.

    Args:
        folder: of the workspace.
        key: 32 bytes.
        workspace_id: binds every record to its workspace.
    """

    def __init__(self, folder: Path, key: bytes, workspace_id: str) -> None:
        self._folder = folder
        self._cipher = AESGCM(key)
        self._bound_to = workspace_id.encode()
        self._last: int | None = None
        self._ready: _Ready | None = None
        self._writing: Future[None] | None = None

    def begin(self, db: Database) -> None:
        """Find where the log ends, and bring it up to the database.

        Raises:
            KnownError: ``database-older`` where the database lacks what the log has.
        """
        last = self._last_record()
        if last is None:
            self._mark(db)
            return
        number, digest = last
        row = db.conn.execute("SELECT hash FROM units WHERE id = ?", (number,)).fetchone()
        if number and (row is None or row[0] != digest):
            raise KnownError("database-older", path=self._folder)
        self._last = number
        self.keep_up(db)

    def make_ready(self, db: Database, loaded: Sequence[Sequence[Entry]]) -> None:
        """Make the records of the last unit on another thread, while it is being committed.

        Args:
            db: the open database, inside the transaction.
            loaded: entries of the unit that need not be read from it.
        """
        try:
            unit = db.conn.execute(
                f"SELECT {_COLUMNS} FROM units ORDER BY id DESC LIMIT 1"
            ).fetchone()
            parts = list(_parts(db, unit, loaded))
            pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="operations")
            self._ready = _Ready(unit, pool, [pool.submit(self._record, *part) for part in parts])
        except (DriverError, MemoryError, RuntimeError) as error:
            _tell_that_it_waits(error)

    def keep_up(self, db: Database) -> None:
        """Write down every unit that the log lacks; a disk that refuses is tried again later.

        The records of a large unit follow on the thread that makes them; see :meth:`settle`.
        """
        self.settle()
        if self._last is None:
            return
        try:
            for unit in db.conn.execute(
                f"SELECT {_COLUMNS} FROM units WHERE id > ? AND hash IS NOT NULL ORDER BY id",
                (self._last,),
            ).fetchall():
                self._write(db, unit)
        except (OSError, DriverError) as error:
            _tell_that_it_waits(error)

    def settle(self) -> None:
        """Wait until all that was made ready is written."""
        if self._writing is not None:
            self._writing.result()
            self._writing = None

    def _write(self, db: Database, unit: tuple[Any, ...]) -> None:
        """Write one unit down, or let it be written where that is being made ready."""
        ready, self._ready = self._ready, None
        if ready is not None and ready.unit == unit:
            self._writing = ready.pool.submit(self._write_ready, ready)
        else:
            self.settle()
            self._append(self._record(*part) for part in _parts(db, unit))
            self._last = unit[0]
        if ready is not None:
            ready.pool.shutdown(wait=False)

    def _write_ready(self, ready: _Ready) -> None:
        try:
            self._append(record.result() for record in ready.records)
            self._last = ready.unit[0]
        except (OSError, MemoryError) as error:
            _tell_that_it_waits(error)

    def turn(self, db: Database) -> None:
        """Begin a new log behind a verified backup; the one before is kept for one more."""
        self.keep_up(db)
        self.settle()
        try:
            (self._folder / FILE_NAME).replace(self._folder / OLDER_NAME)
            self._mark(db)
        except OSError as error:
            _log.warning("the operations log goes on: %s", type(error).__name__)

    def _mark(self, db: Database) -> None:
        unit = db.conn.execute("SELECT id, hash FROM units ORDER BY id DESC LIMIT 1").fetchone()
        number, digest = unit or (0, b"")
        self._append([self._record(_MARK, number, digest or b"", {})])
        self._last = number

    def _append(self, records: Iterable[bytes]) -> None:
        with (self._folder / FILE_NAME).open("ab", buffering=0) as file:
            for record in records:
                file.write(record)

    def _record(self, kind: int, number: int, digest: bytes, body: dict[str, Any]) -> bytes:
        written = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
        plain = _HEAD.pack(kind, number, digest) + zlib.compress(written.encode(), 1)
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, plain, self._bound_to)
        return _MAGIC + len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed

    def _records(self) -> Iterator[bytes]:
        for name in (OLDER_NAME, FILE_NAME):
            try:
                content = (self._folder / name).read_bytes()
            except OSError:
                continue
            yield from self._opened(content)

    def _opened(self, content: bytes) -> Iterator[bytes]:
        """Give the records that are whole; what is torn or damaged is passed over."""
        at = content.find(_MAGIC)
        while at >= 0:
            end = _end(content, at)
            record = self._unseal(content[at + _HEAD_BYTES : end]) if end else None
            if record is not None:
                yield record
            at = content.find(_MAGIC, end if record is not None else at + 1)

    def _unseal(self, sealed: bytes) -> bytes | None:
        try:
            nonce = sealed[:_NONCE_BYTES]
            return self._cipher.decrypt(nonce, sealed[_NONCE_BYTES:], self._bound_to)
        except (InvalidTag, ValueError):
            return None

    def _last_record(self) -> tuple[int, bytes] | None:
        """Return id and hash of the last unit that is written down whole.

        A log without a gap is read from its end; where a record is torn, all of it is searched.
        """
        for name in (FILE_NAME, OLDER_NAME):
            try:
                with (self._folder / name).open("rb") as file:
                    places = _places(file)
                    whole = (self._unseal(_sealed(file, *place)) for place in reversed(places))
                    last = _last_unit(whole)
            except OSError:
                continue
            except _TornError:
                return self._last_found()
            if last is not None:
                return last
        return None

    def _last_found(self) -> tuple[int, bytes] | None:
        return _last_unit(reversed(list(self._records())))

    def read(self) -> Logged:
        """Return all that is written down whole."""
        marks: list[int] = []
        found: dict[int, Operation] = {}
        parts: dict[int, dict[int, tuple[Any, ...]]] = {}
        for record in self._records():
            kind, number, digest = _head(record)
            if kind == _MARK:
                marks.append(number)
                continue
            body = _unpack(record)
            entries = parts.setdefault(number, {})
            entries.update({e[0]: (*e[:-1], bytes.fromhex(e[-1])) for e in body["entries"]})
            if kind == _LAST:
                whole = tuple(entries[entry] for entry in sorted(entries))
                counters = tuple(tuple(row) for row in body["counters"])
                found[number] = Operation((*body["unit"], digest), whole, counters)
        ordered = tuple(found[number] for number in sorted(found))
        return Logged(min(marks, default=-1), ordered)


def _end(content: bytes, at: int) -> int:
    """Return where the record that begins at ``at`` ends, or 0 where it cannot."""
    start = at + _HEAD_BYTES
    length = int.from_bytes(content[at + len(_MAGIC) : start], "big")
    return start + length if length <= _LARGEST and start + length <= len(content) else 0


def _tell_that_it_waits(error: Exception) -> None:
    _log.warning("the operations log has to wait: %s", type(error).__name__)


def _places(file: BinaryIO) -> list[tuple[int, int]]:
    """Return where each sealed record begins and how long it is; reads the heads alone.

    Raises:
        _TornError: where a record does not begin behind the one before.
    """
    end = file.seek(0, os.SEEK_END)
    at, places = 0, []
    while at < end:
        file.seek(at)
        head = file.read(_HEAD_BYTES)
        length = int.from_bytes(head[len(_MAGIC) :], "big")
        at += _HEAD_BYTES
        if not head.startswith(_MAGIC) or at + length > end:
            raise _TornError
        places.append((at, length))
        at += length
    return places


def _sealed(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)


def _last_unit(records: Iterator[bytes | None]) -> tuple[int, bytes] | None:
    """Return id and hash of the first of some records that ends a unit."""
    for record in records:
        if record is not None:
            kind, number, digest = _head(record)
            if kind != _PART:
                return number, digest
    return None


def _parts(
    db: Database, unit: tuple[Any, ...], loaded: Sequence[Sequence[Entry]] = ()
) -> Iterator[_Part]:
    """Give what the records of one unit hold; a large one has several, the last one says so."""
    counters = db.conn.execute("SELECT series, year, value FROM counters").fetchall()
    coming = iter(entries(db, unit[0], loaded))
    chunk = list(islice(coming, _CHUNK))
    while True:
        following = list(islice(coming, _CHUNK))
        body = {"unit": unit[:-1], "entries": chunk, "counters": counters}
        yield _PART if following else _LAST, unit[0], unit[-1], body
        if not following:
            return
        chunk = following


def _head(record: bytes) -> tuple[int, int, bytes]:
    kind, number, digest = _HEAD.unpack_from(record)
    return kind, number, digest


def _unpack(record: bytes) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(zlib.decompress(record[_HEAD.size :]))
    return body
