"""Kills, power cuts and flips on every run; ``dev.py faults --full`` does ten times more."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("kind", "trials"), [("kills", 100), ("powercuts", 100), ("flips", 60)], ids=str
)
def test_nothing_acknowledged_is_lost_and_everything_opens(kind: str, trials: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--json", kind],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    rows = json.loads(ended.stdout)
    assert sum(row["trials"] for row in rows) >= trials
    assert all(row["ok"] for row in rows), rows
    assert any(row["acknowledged"] > 0 for row in rows)
