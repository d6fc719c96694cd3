"""Flipped bytes: every damage of the database is found, and recovery gives all rows back."""

import random
import shutil
from pathlib import Path
from typing import Any

from console import workspace
from console.errors import KnownError
from console.services import backups, recovery, verify
from console.storage import rows
from console.workspace import Workspace
from tests.faults import work
from tests.faults.outcome import Outcome

_EVERY = 5


def run(folder: Path, trials: int, seed: int = 13) -> list[Outcome]:
    """Flip a region of the database so often; recover every fifth one.

    Returns:
        Of flips, ``lost`` counts those that were not found; of recoveries, those that gave not
        all rows back.
    """
    made = folder / "workspace"
    work.make(made)
    key = workspace.unlock(made, work.PASSPHRASE)
    opened = workspace.open_workspace(made, key)
    for number in range(1, 40):
        work.save(opened, number)
        if number == 20:
            backups.make(opened, "hourly")
    expected = dump(opened)
    opened.close()
    chance = random.Random(seed)
    flips, recoveries = Outcome("flipped bytes"), Outcome("recovery of flipped bytes")
    size = (made / workspace.DATABASE_NAME).stat().st_size
    for trial in range(trials):
        copy = folder / f"trial-{trial}" / "workspace"
        shutil.copytree(made, copy)
        flip(copy / workspace.DATABASE_NAME, size * trial // trials, chance)
        flips.trials += 1
        flips.lost += not is_found(copy, key)
        if trial % _EVERY == 0:
            _recover(copy, key, expected, recoveries, trial)
        shutil.rmtree(copy.parent)
    return [flips, recoveries]


def flip(path: Path, region: int, chance: random.Random) -> None:
    """Flip up to 64 bytes near a place."""
    content = bytearray(path.read_bytes())
    start = min(region + chance.randrange(64), len(content) - 1)
    for at in range(start, min(start + chance.randint(1, 64), len(content))):
        content[at] ^= chance.randint(1, 255)
    path.write_bytes(content)


def is_found(folder: Path, key: bytes) -> bool:
    """Return whether opening or verifying says that something is wrong."""
    before = (folder / workspace.DATABASE_NAME).read_bytes()
    try:
        opened = workspace.open_workspace(folder, key)
    except KnownError:
        return (folder / workspace.DATABASE_NAME).read_bytes() == before
    except Exception as error:
        return isinstance(workspace.explained(error), KnownError)
    try:
        return not verify.verify(opened).ok
    except Exception as error:
        return isinstance(workspace.explained(error), KnownError)
    finally:
        opened.close()


def _recover(
    folder: Path, key: bytes, expected: dict[str, Any], outcome: Outcome, trial: int
) -> None:
    outcome.trials += 1
    try:
        done = recovery.recover(folder, key)
        opened = workspace.open_workspace(folder, key)
        there, found = dump(opened), verify.verify(opened).findings
        opened.close()
    except Exception as error:
        outcome.broken += 1
        outcome.note(f"trial {trial}: {error!r}")
        return
    outcome.broken += bool(found)
    outcome.acknowledged += done.replayed
    if there != expected or done.missing:
        outcome.lost += 1
        outcome.note(f"trial {trial}: {done.missing}")


def dump(opened: Workspace) -> dict[str, Any]:
    """Return all rows of all tables, and the journal."""
    tables = (*rows.TABLES.values(), "settings", "units", "journal", "counters")
    run = opened.store.db.conn.execute
    return {table: run(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
