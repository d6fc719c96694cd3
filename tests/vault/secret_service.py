"""A Secret Service of its own for one script: a session bus, a keyring daemon, an empty home."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_SESSION: Final = (
    "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
    ' && exec "$@"'
)
_PRELUDE: Final = """
import sys
from pathlib import Path

import keyring

from console import workspace
from console.vault import keyring_slot, slots

PASSPHRASE = "správná kobyla baterie"
folder = Path(sys.argv[1])
key = workspace.unlock(folder, PASSPHRASE)
opened = workspace.open_workspace(folder, key)
file = slots.read(folder)
account = f"{file.workspace_id}/{file.device}"
"""


def run(script: str, folder: Path, home: Path) -> None:
    """Run a script in a session with an open keyring; what it asserts must hold.

    Args:
        script: has the names of the prelude: ``folder``, ``key``, ``opened``, ``account``.
        folder: of a workspace.
        home: an empty folder.
    """
    file = home / "script.py"
    file.write_text(_PRELUDE + script + "\nopened.close()\n", encoding="utf-8")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("XDG_", "DBUS_"))}
    ended = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", _SESSION, "bash",
         sys.executable, "-W", "error", str(file), str(folder)],
        env={**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
