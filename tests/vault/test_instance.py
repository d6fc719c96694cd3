"""Locks of a workspace: shared by users, held alone by the window and by what replaces files."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.errors import KnownError
from console.vault import instance

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from console.vault import instance
held = instance.take(Path(sys.argv[1]))
held.listen(lambda: print("raised", flush=True))
print("holds", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the window over the workspace."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holds\n"
    yield process
    process.kill()
    process.communicate()


def is_refused(action: object, *arguments: object, **words: object) -> bool:
    """Return whether a lock is refused."""
    try:
        action(*arguments, **words).release()  # type: ignore[operator]
    except KnownError as error:
        return error.code == "workspace-in-use"
    return False


def test_users_share_and_a_replacement_waits_for_all(tmp_path: Path) -> None:
    one, two = instance.use(tmp_path), instance.use(tmp_path)
    assert is_refused(instance.use, tmp_path, alone=True)
    one.release()
    assert is_refused(instance.use, tmp_path, alone=True)
    two.release()
    alone = instance.use(tmp_path, alone=True)
    assert is_refused(instance.use, tmp_path)
    alone.release()
    alone.release()
    assert not is_refused(instance.use, tmp_path)


def test_workspace_reached_by_another_path_is_the_same(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    held = instance.take(real)
    assert is_refused(instance.take, link)
    assert is_refused(instance.take, real / ".." / "real")
    assert not is_refused(instance.take, tmp_path)
    held.release()


def test_second_window_raises_the_first(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    assert is_refused(instance.take, tmp_path)
    assert instance.raise_other(tmp_path)
    assert other.stdout is not None
    assert other.stdout.readline() == "raised\n"
    assert instance.raise_other(tmp_path)


def test_lock_of_a_killed_process_heals(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    assert is_refused(instance.take, tmp_path)
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert not instance.raise_other(tmp_path)
    held = instance.take(tmp_path)
    called = threading.Event()
    held.listen(called.set)
    assert instance.raise_other(tmp_path)
    assert called.wait(10)
    held.release()
    assert not instance.raise_other(tmp_path)


def test_nobody_answers_where_nobody_is(tmp_path: Path) -> None:
    assert not instance.raise_other(tmp_path)


def test_stranger_without_the_secret_raises_nothing(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    token = instance._place(tmp_path, "token")
    address, secret = token.read_text().split()
    assert token.stat().st_mode & 0o077 == 0
    token.write_text(f"{address}\n{'00' * 32}\n")
    assert not instance.raise_other(tmp_path)
    token.write_text(f"{address}\n{secret}\n")
    assert instance.raise_other(tmp_path)


def test_machine_without_a_place_for_locks_works_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    instance.use(tmp_path).release()
    held = instance.take(tmp_path)
    held.release()


def test_release_does_not_wait_for_a_listener_that_ended(tmp_path: Path) -> None:
    """Whoever answers last may be gone when the window closes; closing must not hang on it."""
    for _turn in range(20):
        held = instance.take(tmp_path)
        held.listen(lambda: None)
        raising = threading.Thread(target=instance.raise_other, args=(tmp_path,))
        raising.start()
        released = threading.Thread(target=held.release, daemon=True)
        released.start()
        released.join(10)
        assert not released.is_alive()
        raising.join(10)
        assert not raising.is_alive()


def test_window_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        address = str(tmp_path / "s")
        silent.bind(address)
        silent.listen()
        instance._write_token(instance._place(tmp_path, "token"), address, b"0" * 32)
        assert not instance.raise_other(tmp_path)
