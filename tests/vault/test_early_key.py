"""The keyring asked by a process of its own: its answer is the key, and nothing waits for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console import early_key, workspace
from console.vault import slots
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.vault import scripts

ROOT = Path(__file__).parents[2]


def test_answer_opens_the_workspace_without_a_keyring_in_the_program(
    folder: Path, tmp_path: Path
) -> None:
    scripts.run(
        """
import subprocess

assert workspace.remember_on_this_machine(opened)
opens = '''
import sys
from pathlib import Path
from console import early_key, workspace

folder = Path(sys.argv[1])
asked = early_key.ask(folder)
key = workspace.unlock_by_keyring(folder, asked.take)
assert "keyring" not in sys.modules
assert workspace.unlock(folder, sys.argv[2]) == key
'''
subprocess.run([sys.executable, "-W", "error", "-c", opens, folder, PASSPHRASE], check=True)
""",
        folder,
        tmp_path / "home",
    )


def test_keyring_without_the_entry_says_so_at_once(folder: Path, tmp_path: Path) -> None:
    scripts.run(
        """
from console import early_key

workspace.remember_on_this_machine(opened)
keyring.delete_password(keyrings.SERVICE, account)
asked = early_key.ask(folder)
assert asked.take(account) == ""
assert workspace.unlock_by_keyring(folder, asked.take) is None
""",
        folder,
        tmp_path / "home",
    )


@pytest.fixture
def remembered(opened: Workspace) -> Path:
    """A workspace that a keyring is meant to open, and a machine without any."""
    file = slots.read(opened.folder)
    entry = {"account": "0123/7"}
    slots.write(
        opened.folder,
        file.with_slot(slots.wrap(file, "keyring", entry, os.urandom(32), opened.data_key)),
        opened.data_key,
    )
    return opened.folder


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def test_no_process_where_the_keyring_is_not_meant_to_open(folder: Path, tmp_path: Path) -> None:
    assert early_key.ask(folder) is None
    assert early_key.ask(tmp_path / "none") is None
    (folder / slots.FILE_NAME).write_text("{", encoding="utf-8")
    assert early_key.ask(folder) is None


def test_machine_without_a_keyring_answers_nothing_and_the_passphrase_is_asked_for(
    remembered: Path,
) -> None:
    asked = early_key.ask(remembered)
    assert asked is not None
    assert workspace.unlock_by_keyring(remembered, asked.take) is None
    assert workspace.unlock(remembered, PASSPHRASE)


def test_answer_for_another_entry_is_not_used(remembered: Path) -> None:
    asked = early_key.ask(remembered)
    assert asked is not None
    assert asked.take("0123/8") is None
    assert asked.take("0123/7") is None


def test_keyring_that_hangs_is_waited_for_no_longer_than_patience_and_ended(
    remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_key, "_PATIENCE", 0.2)
    asked = early_key.ask(remembered)
    assert asked is not None
    process = asked._process
    os.kill(process, signal.SIGSTOP)
    assert not asked.is_there
    assert asked.take("0123/7") == ""
    assert not _is_running(process)
    asked.drop()


def test_process_that_cannot_start_is_done_without(
    remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(remembered / "no-such-program"))
    assert early_key.ask(remembered) is None


def test_answer_says_nothing_to_who_reads_its_errors(remembered: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"}
    ended = subprocess.run(
        [sys.executable, ROOT / "main.py", early_key.WORD, "0123/7"],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
