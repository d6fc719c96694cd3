"""The vault: a save with everything on, a backup and a check of 200 MB, unlocking, locking."""

import os
import statistics
import time
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from console import workspace
from console.domain.client import Client
from console.services import backups, verify
from console.storage.connection import back_up
from console.vault import slots
from console.workspace import Workspace
from tests.bench.data import PASSPHRASE
from tests.bench.measure import Row, median, seconds

SAVES = 400
BYTES = 200 << 20
_PIECE = 1 << 20


def rows(folder: Path) -> list[Row]:
    """Measure each against what the disk or the key derivation takes by itself."""
    made = workspace.create(folder / "workspace", PASSPHRASE, "Jana Nováková")
    with made.store.unit("add"):
        client = made.store.insert(Client(name="Městský úřad Lípová", ico="00259586"))
    made.store.db.conn.execute("CREATE TABLE bare(id INTEGER PRIMARY KEY, a)")
    found = [_save(made, client)]
    found += [_unlock(made.folder), _lock(made)]
    return [*found, *_large(folder)]


def _save(made: Workspace, client: Client) -> Row:
    """Measure the 99th of 100 saves, in turn with bare commits."""
    floors, taken = [], []
    connection = made.store.db.conn
    for number in range(SAVES):
        floors.append(median([lambda: _bare(connection)]))
        start = time.perf_counter()
        with made.store.unit("note"):
            client = made.store.update(client, note=f"{number}")
        taken.append(time.perf_counter() - start)
    floor, value = (statistics.quantiles(times, n=100)[-1] * 1000 for times in (floors, taken))
    return Row("save, journalled and logged, p99", value, "ms", floor, 3)


def _bare(connection: object) -> None:
    for statement in ("BEGIN IMMEDIATE", "INSERT INTO bare(a) VALUES ('x')", "COMMIT"):
        connection.execute(statement)  # type: ignore[attr-defined]


def _unlock(folder: Path) -> Row:
    """Measure unlocking by the passphrase against the derivation alone."""
    slot = slots.read(folder).slot("passphrase")
    assert slot is not None
    facts = slot.facts

    def derive() -> None:
        hash_secret_raw(
            b"x" * 16, b"y" * 16, facts["rounds"], facts["memory_kib"], facts["lanes"], 32, Type.ID
        )

    value = seconds(lambda: workspace.unlock(folder, PASSPHRASE), 3)
    return Row("unlock by passphrase", value * 1000, "ms", seconds(derive, 3) * 1000, 1.2)


def _lock(made: Workspace) -> Row:
    """Measure locking against one frame of a screen; closing may take three."""
    return Row("lock", seconds(made.lock) * 1000, "ms", 16, 3)


def _large(folder: Path) -> list[Row]:
    """Measure backup and check of 200 MB against the bare copy and reading the same bytes."""
    made = workspace.create(folder / "large", PASSPHRASE)
    connection = made.store.db.conn
    connection.execute("CREATE TABLE ballast(id INTEGER PRIMARY KEY, content BLOB)")
    for _ in range(BYTES // _PIECE):
        connection.execute("INSERT INTO ballast(content) VALUES (?)", (os.urandom(_PIECE),))
    with made.store.unit("add"):
        made.store.insert(Client(name="Městský úřad Lípová", ico="00259586"))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database = made.folder / workspace.DATABASE_NAME
    copying = seconds(lambda: back_up(made.store.db, folder / "copy", bytes(32)))
    reading = seconds(lambda: _read(database), 2)
    backup = seconds(lambda: backups.make(made, "hourly"))
    check = seconds(lambda: verify.verify(made))
    made.close()
    return [
        Row("backup of 200 MB, verified", backup, "s", copying, 4),
        Row("verify of 200 MB with a backup", check, "s", reading, 40),
    ]


def _read(source: Path) -> None:
    with source.open("rb") as read:
        while read.read(_PIECE):
            pass
