"""Speed and memory, each against its floor of the same run, as a table.

python3 dev.py bench [--json] [NAME…]     all of them where no name is given

Exit code 1 where a budget is not met.
"""

import argparse
import gc
import importlib
import json
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import data
from tests.bench.measure import Row

NAMES = (
    "start_up", "searching", "tables", "intake", "saving", "desk", "deadlines", "documents",
    "memory", "vault", "registers", "usage",
)  # fmt: skip


_SWITCH_SECONDS = sys.getswitchinterval()


def main() -> int:
    """Run the benches that are named; return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    rows = run(arguments.names or NAMES)
    if arguments.json:
        print(json.dumps([row.to_json() for row in rows], indent=2))
    else:
        print(table(rows))
    return 0 if all(row.met for row in rows) else 1


def run(names: list[str] | tuple[str, ...]) -> list[Row]:
    """Run benches one after another, each in a folder of its own."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        data.share(folder)
        for name in names:
            print(f"{name} …", file=sys.stderr, flush=True)
            place = folder / name
            place.mkdir()
            _begin_anew()
            rows += importlib.import_module(f"tests.bench.{name}").rows(place)
    return rows


def _begin_anew() -> None:
    """Undo what the window of a bench before has changed in the process."""
    gc.enable()
    gc.collect()
    sys.setswitchinterval(_SWITCH_SECONDS)


def table(rows: list[Row]) -> str:
    """Return the rows in columns."""
    head = ("what", "value", "floor", "ratio", "budget", "met")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )


def _cells(row: Row) -> tuple[str, ...]:
    sign = "+" if row.is_difference else ""
    unit = f" {row.unit}" if row.is_difference else "x"
    return (
        row.name,
        f"{row.value:.3f} {row.unit}",
        f"{row.floor:.3f} {row.unit}",
        f"{sign}{row.ratio:.2f}{unit}",
        f"{sign}{row.budget:g}{unit}",
        "yes" if row.met else "NO",
    )


if __name__ == "__main__":
    sys.exit(main())
