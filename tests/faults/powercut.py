"""Simulated power cuts: what a disk may hold after one, rebuilt from a log of every write.

What was synced is there; of what was not, any part may be, torn at sectors of 512 bytes.
"""

import os
import random
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from console import workspace
from console.storage import health, journal, sorting
from console.storage.connection import open_database
from console.vault import keys, slots
from tests.faults import work
from tests.faults.outcome import Outcome

SHIM = Path(__file__).with_name("shim.c")
ROOT = Path(__file__).parents[2]
SECTOR = 512
_HEAD = struct.Struct("<cb6xqq")
_DATABASE, _LOG = 1, 2
_WRITER = """
import sys
from pathlib import Path
from console import workspace
from tests.faults import work
folder = Path(sys.argv[1])
opened = workspace.open_workspace(folder, bytes.fromhex(sys.stdin.readline()))
opened.store.db.conn.execute("PRAGMA wal_autocheckpoint = 40").fetchall()
for number in range(1, int(sys.argv[2]) + 1):
    work.save(opened, number)
    work.acknowledge(number)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the writer did."""

    op: str
    file: int
    offset: int
    data: bytes


def run(folder: Path, trials: int, seed: int = 11) -> Outcome:
    """Cut the power so often at random points of one run of a writer."""
    made = folder / "workspace"
    work.make(made)
    key = workspace.unlock(made, work.PASSPHRASE)
    before = (made / workspace.DATABASE_NAME).read_bytes()
    steps = _recorded(folder, made, key, 300)
    first = next(at for at, step in enumerate(steps) if step.op == "A")
    chance, outcome = random.Random(seed), Outcome("simulated power cut")
    scratch = "/dev/shm" if Path("/dev/shm").is_dir() else str(folder)
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        for trial in range(trials):
            cut = chance.randrange(first, len(steps))
            _rebuild(Path(place), before, steps[:cut], chance)
            told = [step.data for step in steps[:cut] if step.op == "A"]
            _check(Path(place), made, key, int(told[-1]), outcome, trial)
    return outcome


def _recorded(folder: Path, made: Path, key: bytes, saves: int) -> list[Step]:
    library, log = folder / "shim.so", folder / "writes.log"
    subprocess.run(
        ["gcc", "-O2", "-shared", "-fPIC", "-o", library, SHIM, "-ldl", "-lpthread"], check=True
    )
    subprocess.run(
        [sys.executable, "-c", _WRITER, made, str(saves)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library), "SHIM_TAG": str(made), "SHIM_LOG": str(log)},
        input=key.hex() + "\n",
        stdout=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return list(_steps(log.read_bytes()))


def _steps(log: bytes) -> Iterator[Step]:
    at = 0
    while at < len(log):
        op, file, offset, length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        size = length if op in (b"W", b"A") else 0
        yield Step(op.decode(), file, offset, log[at : at + size])
        at += size


def _rebuild(place: Path, before: bytes, steps: list[Step], chance: random.Random) -> None:
    """Write what the disk may hold after these steps."""
    files = {_DATABASE: bytearray(before), _LOG: bytearray()}
    synced = {step.file: at for at, step in enumerate(steps) if step.op == "S"}
    likely, is_torn = chance.choice([0, 0.3, 0.5, 0.9, 1.0]), chance.random() < 0.6
    for at, step in enumerate(steps):
        if step.op not in ("W", "T"):
            continue
        content, is_safe = files[step.file], at < synced.get(step.file, -1)
        if step.op == "T":
            if is_safe or chance.random() < likely:
                _cut(content, step.offset)
        elif is_safe:
            _put(content, step.offset, step.data)
        elif not is_torn:
            if chance.random() < likely:
                _put(content, step.offset, step.data)
        else:
            for start in range(0, len(step.data), SECTOR):
                if chance.random() < likely:
                    _put(content, step.offset + start, step.data[start : start + SECTOR])
    for file in place.iterdir():
        file.unlink()
    (place / "klientela.db").write_bytes(files[_DATABASE])
    if files[_LOG]:
        (place / "klientela.db-wal").write_bytes(files[_LOG])


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _cut(content: bytearray, length: int) -> None:
    del content[length:]
    content.extend(bytes(length - len(content)))


def _check(
    place: Path, made: Path, key: bytes, acknowledged: int, outcome: Outcome, trial: int
) -> None:
    outcome.trials += 1
    outcome.acknowledged = max(outcome.acknowledged, acknowledged)
    try:
        db = open_database(
            place / "klientela.db", keys.sub_key(key, "database"), slots.read(made).workspace_id
        )
        try:
            sorting.register(db)
            there = db.conn.execute("SELECT max(CAST(name AS INTEGER)) FROM contacts").fetchone()[0]
            wrong = [*health.integrity(db), *journal.verify(db)]
        finally:
            db.close()
    except Exception as error:
        outcome.broken += 1
        outcome.note(f"trial {trial}: {error!r}")
        return
    if wrong:
        outcome.broken += 1
        outcome.note(f"trial {trial}: {wrong[:1]}")
    if (there or 0) < acknowledged:
        outcome.lost += 1
        outcome.note(f"trial {trial}: {acknowledged} acknowledged, {there} there")
