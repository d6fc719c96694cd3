"""What else a machine does: disks, instances, clocks, keyrings, traces; each trial is a test."""

import subprocess
import sys
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from tests.faults.outcome import Outcome

ROOT: Final = Path(__file__).parents[2]
_SUITES: Final[dict[str, tuple[str, ...]]] = {
    "full, read-only or vanished disk": ("faults/test_disk.py", "e2e/test_full_disk.py"),
    "second instance": ("vault/test_instance.py", "e2e/test_one_window.py"),
    "clock that jumps": ("storage/test_ids.py", "services/test_backups.py"),
    "keyring absent, locked, hanging, wrong": (
        "vault/test_keyring_slot.py",
        "vault/test_early_key.py",
    ),
    "damage recognised and mended": ("services/test_recovery.py", "e2e/test_recovery_guide.py"),
    "kill amid the swap of a restore": ("faults/test_swaps.py",),
    "schema brought up": ("storage/test_migrations.py",),
    "secrets left behind": ("faults/test_traces.py",),
}


def run(folder: Path, _trials: int) -> list[Outcome]:
    """Run the tests of each condition; "not whole" are those that failed."""
    return [_outcome(name, files, folder) for name, files in _SUITES.items()]


def _outcome(name: str, files: tuple[str, ...], folder: Path) -> Outcome:
    report = folder / f"{files[0].replace('/', '-')}.xml"
    paths = [str(ROOT / "tests" / file) for file in files]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *paths],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    outcome = Outcome(name)
    for case in ElementTree.parse(report).iter("testcase"):
        outcome.trials += 1
        if any(child.tag in ("failure", "error", "skipped") for child in case):
            outcome.broken += 1
            outcome.note(str(case.get("name")))
    return outcome
