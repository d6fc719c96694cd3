"""From the start of the process to the first painted window, and to a usable overview."""

import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.children import environment, said
from tests.bench.data import PASSPHRASE, empty, with_numbers
from tests.bench.measure import Row
from tests.secret_service import secret_service

RUNS = 9
NUMBERS = 200_000
_REMEMBER = """
import sys
from pathlib import Path
from console import workspace
folder = Path(sys.argv[1])
opened = workspace.open_workspace(folder, workspace.unlock(folder, sys.argv[2]))
assert workspace.remember_on_this_machine(opened)
opened.close()
"""


def rows(folder: Path) -> list[Row]:
    """Measure both in turn with a bare window, so that the machine's speed does not matter."""
    place = folder / "workspace"
    with_numbers(place, NUMBERS).close()
    empty(folder / "asking").close()
    with secret_service(folder / "home") as session:
        env = {**session, **environment(folder, KLIENTELA_WORKSPACE=str(place))}
        subprocess.run(
            [sys.executable, "-c", _REMEMBER, str(place), PASSPHRASE], env=env, check=True
        )
        modes = ("bare", "first-paint", "passphrase-prompt", "overview")
        asking = {**env, "KLIENTELA_WORKSPACE": str(folder / "asking")}
        taken: dict[str, list[float]] = {mode: [] for mode in modes}
        for run in range(RUNS + 1):
            for mode in modes:
                seconds, _text = said(mode, asking if mode == "passphrase-prompt" else env)
                if run:
                    taken[mode].append(seconds)
    bare, first, prompt, usable = (statistics.median(taken[mode]) for mode in modes)
    return [
        Row("start to the first painted window", first, "s", bare, 1.25),
        Row("start to the passphrase prompt", prompt, "s", bare, 2.5),
        Row("start to a usable overview, 200,000 numbers", usable, "s", bare, 2),
    ]
