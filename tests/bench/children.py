"""Starts the windows of ``tests.bench.windows`` and reads what they say."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUDGET_SECONDS = 600


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a child: its own profile, compiled bytecode, no screen."""
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        **more,
    }


def said(mode: str, env: dict[str, str]) -> tuple[float, str]:
    """Start a window.

    Returns:
        Seconds from the start of the process to what it said, and what that was.
    """
    starter = "windows" if mode.startswith("bare") else "started"
    command = [sys.executable, "-m", f"tests.bench.{starter}", mode]
    start = time.perf_counter()
    child = subprocess.run(
        command, cwd=ROOT, env=env, check=True, timeout=BUDGET_SECONDS, stdout=subprocess.PIPE
    )
    return time.perf_counter() - start, child.stdout.decode().strip()
