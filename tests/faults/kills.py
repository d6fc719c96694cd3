"""Real kills: a child that works on a workspace is killed at a random moment, again and again.

Children are forked from this process, where all is imported already, so a trial is cheap.
Trials of a kind follow each other on the same workspace, as crashes do.
"""

import os
import random
import select
import signal
import time
from pathlib import Path

from console import workspace
from console.services import verify
from tests.faults import work
from tests.faults.outcome import Outcome

LONGEST = {"saves": 0.25, "imports": 0.4, "migration": 0.5, "backups": 0.4, "restores": 1.0,
           "slot writes": 0.2, "new data key": 1.2}  # fmt: skip


def run(folder: Path, trials: int, seed: int = 7) -> list[Outcome]:
    """Kill so often in all, over every kind of work."""
    chance = random.Random(seed)
    outcomes = []
    for at, name in enumerate(work.WORK):
        share = trials // len(work.WORK) + (at < trials % len(work.WORK))
        outcomes.append(_run_one(folder / str(at), name, share, chance))
    return outcomes


def _run_one(place: Path, name: str, trials: int, chance: random.Random) -> Outcome:
    folder = place / "workspace"
    place.mkdir(parents=True)
    work.make(folder)
    outcome = Outcome(f"kill during {name}")
    acknowledged = 0
    for trial in range(trials):
        told = _killed(name, folder, chance.uniform(0, LONGEST[name]))
        acknowledged = max(acknowledged, told)
        outcome.trials += 1
        outcome.acknowledged = acknowledged
        try:
            _check(folder, name, acknowledged, outcome, trial)
        except Exception as error:
            outcome.broken += 1
            outcome.note(f"trial {trial}: {error!r}")
    return outcome


def _check(folder: Path, name: str, acknowledged: int, outcome: Outcome, trial: int) -> None:
    opened = workspace.open_workspace(folder, workspace.unlock(folder, work.PASSPHRASE))
    try:
        found = verify.verify(opened).findings
        there = work.saved(opened)
    finally:
        opened.close()
    if found:
        outcome.broken += 1
        outcome.note(f"trial {trial}: {found}")
    if name != "migration" and there < acknowledged:
        outcome.lost += 1
        outcome.note(f"trial {trial}: {acknowledged} acknowledged, {there} there")


def _killed(name: str, folder: Path, after: float) -> int:
    """Let a child work, kill it, and return the last number that it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.close(reading)
        try:
            work.WORK[name](folder)
        finally:
            os._exit(1 if name != "migration" else 0)
    os.close(writing)
    select.select([reading], [], [], 20)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b""
    while part := os.read(reading, 65536):
        told += part
    os.close(reading)
    lines = told.split(b"\n")[:-1]
    return int(lines[-1]) if lines else 0
