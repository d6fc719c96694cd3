"""Ways into a workspace: recovery key, forgotten passphrase, a new data key."""

from pathlib import Path
from typing import Any

import pytest

from console import workspace
from console.domain.client import Client
from console.errors import KnownError
from console.services import backups, clients, documents, keys, restore, verify
from console.vault import passphrase, slots
from console.vault.instance import use
from console.workspace import DATABASE_NAME, Workspace
from tests.conftest import PASSPHRASE
from tests.services.steps import Clock

NEW = "jiná dlouhá věta"


def test_recovery_key_opens_once_it_is_kept(opened: Workspace) -> None:
    key = keys.draw_recovery_key(opened)
    assert not keys.has_recovery_key(opened.folder)
    keys.keep_recovery_key(opened, key)
    assert keys.has_recovery_key(opened.folder)
    assert workspace.unlock_by_recovery_key(opened.folder, key.text) == opened.data_key
    assert workspace.unlock_by_recovery_key(opened.folder, key.qr) == opened.data_key
    assert key.text not in repr(key)
    for file in opened.folder.rglob("*"):
        assert not file.is_file() or key.text.encode() not in file.read_bytes()


def test_two_groups_are_typed_back(opened: Workspace) -> None:
    key = keys.draw_recovery_key(opened)
    first, second = key.asked
    assert 1 <= first < second <= len(key.groups)
    assert keys.is_typed_back(key, first, f" {key.groups[first - 1].lower()} ")
    assert not keys.is_typed_back(key, first, key.groups[second - 1])
    assert not keys.is_typed_back(key, first, "")


def test_new_recovery_key_ends_the_old_one(opened: Workspace) -> None:
    old, new = keys.draw_recovery_key(opened), keys.draw_recovery_key(opened)
    keys.keep_recovery_key(opened, old)
    keys.keep_recovery_key(opened, new)
    (opened.folder / slots.FILE_NAME).unlink()
    with pytest.raises(KnownError) as caught:
        workspace.unlock_by_recovery_key(opened.folder, old.text)
    assert caught.value.code == "recovery-key-wrong"
    assert workspace.unlock_by_recovery_key(opened.folder, new.text) == opened.data_key


def test_forgotten_passphrase_is_replaced_by_the_recovery_key(opened: Workspace) -> None:
    key = keys.draw_recovery_key(opened)
    keys.keep_recovery_key(opened, key)
    assert keys.reset_passphrase(opened.folder, key.text, NEW) == opened.data_key
    assert workspace.unlock(opened.folder, NEW) == opened.data_key
    with pytest.raises(KnownError):
        workspace.unlock(opened.folder, PASSPHRASE)


def test_both_lost_is_told_and_nothing_is_touched(folder: Path) -> None:
    before = {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    error = keys.both_lost(folder)
    assert error.code == "keys-lost"
    assert "Nothing was deleted" in error.message
    assert {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()} == before


def test_new_data_key_keeps_everything_and_ends_the_old_one(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    issued: Any = documents.issue_status_report(
        opened, client, clock.now.date().replace(day=1, month=10)
    ).result
    kept, old = backups.by_hand(opened), opened.data_key
    key = keys.change_data_key(opened, PASSPHRASE)
    assert opened.data_key != old
    assert clients.all_clients(opened) == [client]
    assert documents.read(opened, issued.document) == issued.content
    assert len(list((opened.folder / "attachments").iterdir())) == 1
    assert verify.verify(opened).ok
    assert slots.read(opened.folder).generation == 2
    assert workspace.unlock(opened.folder, PASSPHRASE) == opened.data_key
    assert workspace.unlock_by_recovery_key(opened.folder, key.text) == opened.data_key
    with pytest.raises(KnownError):
        workspace.open_workspace(opened.folder, old)
    assert restore.unlock(kept.path, PASSPHRASE) == old


def test_new_data_key_wants_the_workspace_alone(opened: Workspace, client: Client) -> None:
    other = use(opened.folder)
    old = opened.data_key
    with pytest.raises(KnownError) as caught:
        keys.change_data_key(opened, PASSPHRASE)
    assert caught.value.code == "workspace-in-use"
    other.release()
    assert opened.data_key == old
    assert clients.all_clients(opened) == [client]


def test_wrong_passphrase_makes_no_new_data_key(opened: Workspace) -> None:
    before = (opened.folder / DATABASE_NAME).read_bytes()
    with pytest.raises(KnownError) as caught:
        keys.change_data_key(opened, NEW)
    assert caught.value.code == "passphrase-wrong"
    assert (opened.folder / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("taken", "rounds"), [(0.1, 28), (0.0001, 40), (0.5, 6), (30.0, 4), (0.0, 40)]
)
def test_price_of_a_guess_follows_the_machine(taken: float, rounds: int) -> None:
    times = iter([0.0, taken])
    costs = passphrase.calibrated(lambda: next(times))
    assert costs == {"memory_kib": 65536, "rounds": rounds, "lanes": 2}
