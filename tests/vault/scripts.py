"""Scripts that run beside a real Secret Service, in a process of their own."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.secret_service import PASSWORD, secret_service

_ROOT: Final = Path(__file__).parents[2]
_PRELUDE: Final = """
import sys
from pathlib import Path

import keyring

from console import workspace
from console.vault import keyring_slot, keyrings, slots

PASSPHRASE = "správná kobyla baterie"
folder = Path(sys.argv[1])
key = workspace.unlock(folder, PASSPHRASE)
opened = workspace.open_workspace(folder, key)
file = slots.read(folder)
account = f"{file.workspace_id}/{file.device}"
"""


def run(script: str, folder: Path, home: Path, password: str = PASSWORD) -> None:
    """Run a script in a session with a keyring; what it asserts must hold.

    Args:
        script: has the names of the prelude: ``folder``, ``key``, ``opened``, ``account``.
        folder: of a workspace.
        home: where the keyring keeps its files.
        password: of the keyring; another one than before leaves it locked.
    """
    file = folder.parent / "script.py"
    file.write_text(_PRELUDE + script + "\nopened.close()\n", encoding="utf-8")
    with secret_service(home, password) as environment:
        ended = subprocess.run(
            [sys.executable, "-W", "error", str(file), str(folder)],
            env={**environment, "PYTHONPATH": str(_ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
