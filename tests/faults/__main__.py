"""Kills, power cuts, flipped bytes, spoilt files and what else happens, as a table with figures.

python3 dev.py faults [--full] [--json] [KIND ...]

100 kills, 100 power cuts, 60 flips, each reader's file spoilt 60 times; with --full ten times as
many. Exit code 1 where an acknowledged save was lost or anything did not hold.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.faults import conditions, flips, fuzz, kills, powercut
from tests.faults.outcome import Outcome

KINDS: Final[dict[str, Callable[[Path, int], list[Outcome]]]] = {
    "kills": lambda folder, trials: kills.run(folder, trials),
    "powercuts": lambda folder, trials: [powercut.run(folder, trials)],
    "flips": lambda folder, trials: flips.run(folder, trials),
    "fuzz": fuzz.run,
    "conditions": conditions.run,
}
_FULL: Final = {"kills": 1000, "powercuts": 1000, "flips": 600, "fuzz": 600, "conditions": 1}
_FEW: Final = {"kills": 100, "powercuts": 100, "flips": 60, "fuzz": 60, "conditions": 1}


def main() -> int:
    """Run the kinds that are named; return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="as often as before a release")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    arguments = parser.parse_args()
    unknown = set(arguments.kinds) - set(KINDS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    outcomes = run(arguments.kinds or list(KINDS), _FULL if arguments.full else _FEW)
    rows = [outcome.to_json() for outcome in outcomes]
    print(json.dumps(rows, indent=2) if arguments.json else table(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def run(kinds: list[str], trials: dict[str, int]) -> list[Outcome]:
    """Run some kinds one after another, in a profile of their own."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("CONFIG", "STATE", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = f"{scratch}/{name}"
        for kind in kinds:
            start = time.monotonic()
            folder = Path(scratch) / kind
            folder.mkdir()
            outcomes += KINDS[kind](folder, trials[kind])
            print(f"{kind}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return outcomes


def table(outcomes: list[Outcome]) -> str:
    """Return the rows in columns, as Markdown."""
    lines = ["| what | trials | lost | not whole |", "|---|---:|---:|---:|"]
    for one in outcomes:
        lines.append(f"| {one.name} | {one.trials} | {one.lost} | {one.broken} |")
        lines += [f"|   {note} | | | |" for note in one.notes]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
