"""A kill at every single step of a swap: the old workspace or the new one, whole, never none."""

import os
import shutil
from pathlib import Path

import pytest

from console import workspace
from console.domain.client import Client
from console.services import backups, clients, recovery, restore, verify
from console.storage import swapping
from console.workspace import Workspace
from tests.services.steps import add_contact

STEPS = 3
"""Renames of a swap: staged to ready, old to aside, ready to its place."""


def killed_at(step: int, folder: Path, work: str, key: bytes, file: Path | None) -> int:
    """Do it in a child that dies at one of the renames; return its exit code."""
    child = os.fork()
    if child == 0:
        done, real = [0], Path.rename

        def rename(self: Path, target: Path) -> Path:
            if done[0] == step:
                os._exit(9)
            done[0] += 1
            return real(self, target)

        try:
            Path.rename = rename  # type: ignore[method-assign,assignment]
            if work == "restore":
                assert file is not None
                restore.restore(file, folder, key)
            else:
                recovery.recover(folder, key)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_restore_that_is_killed_leaves_one_whole_workspace(
    opened: Workspace, client: Client, data_key: bytes, step: int
) -> None:
    kept = backups.by_hand(opened)
    add_contact(opened, client, "Po záloze")
    opened.close()
    expected = 9 if step < STEPS else 0
    assert killed_at(step, opened.folder, "restore", data_key, kept.path) == expected
    assert workspace.exists(opened.folder)
    again = workspace.open_workspace(opened.folder, data_key)
    assert clients.all_clients(again) == [client]
    count = again.store.db.conn.execute("SELECT count(*) FROM contacts").fetchone()[0]
    assert verify.verify(again).ok
    again.close()
    kept_aside = list(opened.folder.parent.glob("workspace.before-*"))
    assert count == 1 or kept_aside, "the newer state is here or beside"
    assert not swapping.is_pending(opened.folder)


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_recovery_that_is_killed_loses_nothing_and_can_be_done_again(
    opened: Workspace, client: Client, data_key: bytes, step: int
) -> None:
    backups.make(opened, "hourly")
    add_contact(opened, client, "Po záloze")
    opened.close()
    (opened.folder / workspace.DATABASE_NAME).write_bytes(b"")
    killed_at(step, opened.folder, "recover", data_key, None)
    if recovery.examine(opened.folder, data_key) is not None:
        assert recovery.recover(opened.folder, data_key).missing == ()
    again = workspace.open_workspace(opened.folder, data_key)
    names = again.store.db.conn.execute("SELECT name FROM contacts").fetchall()
    assert names == [("Po záloze",)]
    assert verify.verify(again).ok
    again.close()


def test_missing_write_ahead_log_is_recognised_and_what_it_held_comes_back(
    opened: Workspace, client: Client, data_key: bytes, tmp_path: Path
) -> None:
    opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    backups.make(opened, "hourly")
    add_contact(opened, client, "Jen v protokolu zápisu")
    copy = tmp_path / "copy"
    shutil.copytree(opened.folder, copy)
    (copy / f"{workspace.DATABASE_NAME}-wal").unlink()
    (copy / f"{workspace.DATABASE_NAME}-shm").unlink(missing_ok=True)
    error = recovery.examine(copy, data_key)
    assert error is not None
    assert error.code == "database-older"
    assert recovery.recover(copy, data_key).missing == ()
    again = workspace.open_workspace(copy, data_key)
    assert again.store.db.conn.execute("SELECT name FROM contacts").fetchall() == [
        ("Jen v protokolu zápisu",)
    ]
    again.close()


def test_stale_write_ahead_log_beside_a_newer_database_changes_nothing(
    opened: Workspace, client: Client, data_key: bytes, tmp_path: Path
) -> None:
    add_contact(opened, client, "První")
    log = opened.folder / f"{workspace.DATABASE_NAME}-wal"
    shutil.copy(log, tmp_path / "stale")
    opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    add_contact(opened, client, "Druhá")
    opened.close()
    shutil.copy(tmp_path / "stale", log)
    error = recovery.examine(opened.folder, data_key)
    if error is not None:
        assert recovery.recover(opened.folder, data_key).missing == ()
    again = workspace.open_workspace(opened.folder, data_key)
    names = again.store.db.conn.execute("SELECT name FROM contacts ORDER BY id").fetchall()
    assert names == [("První",), ("Druhá",)]
    assert verify.verify(again).ok
    again.close()
