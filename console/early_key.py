"""The keyring, asked by a process of its own while the window is still being made.

Importing a keyring takes as long as importing Qt, and Python imports one thing at a time. The
process is told the name of an entry, and writes what the keyring has under it into a pipe that
only this program reads: the key that unwraps the data key, never the data key itself.
"""

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

WORD: Final = "answer-of-the-keyring"
"""The argument by which the program knows that it is the process that asks."""
_PATIENCE: Final = 3.0
_LONGEST: Final = 4096


class EarlyKey:
    """What the keyring is asked; used once.

    Args:
        account: the name of the entry.
        process: id of the process that asks.
        pipe: where its answer comes.
    """

    def __init__(self, account: str, process: int, pipe: int) -> None:
        self._account = account
        self._process = process
        self._pipe = pipe
        self._until = time.monotonic() + _PATIENCE

    @property
    def is_there(self) -> bool:
        """Whether the answer has come, so that taking it waits for nothing."""
        return bool(self._process) and self._comes_within(0)

    def take(self, account: str) -> str | None:
        """Return what the keyring has under a name.

        Returns:
            Nothing where it does not answer in time; None where it was not asked for this.
        """
        if not self._process:
            return None
        answer = b""
        while self._comes_within(self._until - time.monotonic()):
            part = os.read(self._pipe, _LONGEST)
            answer += part
            if not part:
                break
        self.drop()
        return answer.decode(errors="replace").strip() if account == self._account else None

    def _comes_within(self, seconds: float) -> bool:
        return bool(select.select([self._pipe], [], [], max(0.0, seconds))[0])

    def drop(self) -> None:
        """End the process; once more does nothing."""
        if self._process:
            os.close(self._pipe)
            with suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
            self._process = 0


def ask(folder: Path) -> EarlyKey | None:
    """Ask for the key of a workspace that this machine's keyring is meant to open.

    Returns:
        None where it is not meant to, or where the system cannot start a process this lightly;
        the keyring is asked later then.
    """
    account = _account(folder)
    if sys.platform == "win32" or not account:
        return None
    reading, writing = os.pipe()
    command = [*_program(), WORD, account]
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
    ]
    try:
        process = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    except OSError:
        os.close(reading)
        return None
    finally:
        os.close(writing)
    return EarlyKey(account, process, reading)


def _program() -> list[str]:
    """Return how this program is started; an installed one is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(Path(__file__).parents[1] / "main.py")]


def _account(folder: Path) -> str:
    """Return the name of the keyring's entry; nothing where there is none."""
    try:
        stored = json.loads((folder / "slots.json").read_bytes())
        found = [slot["account"] for slot in stored["slots"] if slot["kind"] == "keyring"]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    return str(found[0]) if found else ""


def answer(account: str) -> int:
    """Be the process that asks: write what the keyring has, and end.

    Returns:
        The exit code.
    """
    from console import memory
    from console.vault.keyrings import SERVICE, real_backend

    memory.forbid_dumps()
    with suppress(Exception):
        sys.stdout.write(real_backend().get_password(SERVICE, account) or "")
        sys.stdout.flush()
    return 0
