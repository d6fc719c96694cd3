"""Backups: made when something changed, whole or without a name, rotated, restored elsewhere."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console import backup_source, workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.errors import KnownError
from console.services import (
    backups,
    clients,
    documents,
    keys,
    recovery,
    restore,
    verify,
)
from console.storage import backup_file as stored
from console.storage import rotation
from console.vault.keys import sub_key
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.services.steps import Clock, add_contact


def test_backup_is_due_when_something_changed_and_an_hour_passed(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    first = backups.if_due(opened).kept
    assert first is not None
    assert backups.if_due(opened).kept is None
    add_contact(opened, client, "Řehoř")
    assert backups.if_due(opened).kept is None
    clock.now += timedelta(hours=1)
    assert backups.if_due(opened).kept is not None
    clock.now += timedelta(hours=5)
    assert backups.if_due(opened).kept is None


def test_clock_that_went_back_stops_no_backup(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    backups.if_due(opened)
    add_contact(opened, client, "Řehoř")
    clock.now -= timedelta(days=400)
    assert backups.if_due(opened).kept is not None


def test_nothing_is_backed_up_twice_before_large_changes(opened: Workspace, client: Client) -> None:
    assert backups.before(opened, "import") is not None
    assert backups.before(opened, "import") is None


def test_backup_comes_back_with_rows_documents_and_ways_in(
    opened: Workspace,
    client: Client,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued: Any = documents.issue_status_report(
        opened, client, datetime(2026, 10, 1, tzinfo=UTC).date()
    ).result
    key = keys.draw_recovery_key(opened)
    keys.keep_recovery_key(opened, key)
    kept = backups.by_hand(opened, tmp_path / "stick")
    devices = iter(((opened.store.device + 1) % 1024, (opened.store.device + 2) % 1024))
    monkeypatch.setattr("console.services.restore.secrets.randbelow", lambda _most: next(devices))
    for data_key in (
        restore.unlock(kept.path, PASSPHRASE),
        restore.unlock_by_recovery_key(kept.path, key.qr),
    ):
        done = restore.restore(kept.path, tmp_path / "new", data_key)
        assert done.missing == ()
    assert done.kept_aside is not None
    again = workspace.open_workspace(tmp_path / "new", data_key)
    assert clients.all_clients(again) == [client]
    assert documents.read(again, issued.document) == issued.content
    assert verify.verify(again).ok
    assert again.store.device == (opened.store.device + 2) % 1024
    again.close()


def test_backups_share_one_copy_of_the_files(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    documents.issue_status_report(opened, client, datetime(2026, 10, 1, tzinfo=UTC).date())
    one, two = backups.make(opened, "hourly"), backups.make(opened, "hourly")
    pool = opened.folder / "backups" / stored.POOL
    assert len(list(pool.iterdir())) == 1
    for kept in (one, two):
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        assert restore.restore(kept.path, tmp_path / "new", opened.data_key).missing == ()
    shutil.rmtree(pool)
    missing = restore.restore(two.path, tmp_path / "new", opened.data_key).missing
    assert len(missing) == 1
    assert missing[0].startswith("The file of the document ")


def test_keyring_slot_is_in_no_backup(opened: Workspace) -> None:
    from console.vault import keyring_slot, slots

    file = slots.read(opened.folder)
    slot = slots.wrap(file, keyring_slot.KIND, {"account": "x"}, bytes(32), opened.data_key)
    slots.write(opened.folder, file.with_slot(slot), opened.data_key)
    kept = backups.by_hand(opened)
    assert slots.parse(stored.slots_of(kept.path)).slot(keyring_slot.KIND) is None


@pytest.mark.parametrize("at", [0.001, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_damaged_backup_is_told_and_restores_nothing(
    opened: Workspace, client: Client, tmp_path: Path, at: float
) -> None:
    kept = backups.by_hand(opened)
    content = bytearray(kept.path.read_bytes())
    content[int(len(content) * at)] ^= 0x55
    kept.path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        restore.restore(kept.path, tmp_path / "new", opened.data_key)
    assert caught.value.code == "backup-damaged"
    assert not (tmp_path / "new").exists()
    assert any(one.is_of_backups for one in verify.verify(opened).findings)


def test_restore_never_touches_what_is_no_workspace(opened: Workspace, tmp_path: Path) -> None:
    kept = backups.by_hand(opened)
    target = tmp_path / "photos"
    target.mkdir()
    (target / "a.jpg").write_bytes(b"x")
    with pytest.raises(KnownError) as caught:
        restore.restore(kept.path, target, opened.data_key)
    assert caught.value.code == "restore-folder"
    assert [f.name for f in target.iterdir()] == ["a.jpg"]


def test_open_workspace_is_not_replaced(opened: Workspace) -> None:
    kept = backups.by_hand(opened)
    with pytest.raises(KnownError) as caught:
        restore.restore(kept.path, opened.folder, opened.data_key)
    assert caught.value.code == "workspace-in-use"


def test_second_place_gets_a_copy_and_its_absence_is_told(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    with pytest.raises(KnownError) as caught:
        backups.choose_second_place(opened, opened.folder / "backups")
    assert caught.value.code == "backup-place"
    backups.choose_second_place(opened, place)
    outcome = backups.if_due(opened)
    assert outcome.kept is not None
    assert str(place) in outcome.second_place_failed
    place.mkdir()
    add_contact(opened, client, "Řehoř")
    clock.now += timedelta(hours=2)
    assert backups.if_due(opened).second_place_failed == ""
    (own,) = place.iterdir()
    assert len(rotation.found(own)) == 1


def test_workspaces_that_share_a_second_place_leave_each_others_copies(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    other = workspace.create(tmp_path / "other", PASSPHRASE)
    for one in (opened, other, opened, other):
        backups.choose_second_place(one, place)
        assert backups.copy_to_second_place(one) == ""
    for one in (opened, other):
        folder = backups.place_of_copies(one)
        assert folder
        key = sub_key(one.data_key, "backups")
        assert all(stored.check(path, key) for path in rotation.found(folder))
        assert rotation.found(folder)
    other.close()


def test_backup_of_another_workspace_does_not_take_its_place(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    other = workspace.create(tmp_path / "other", PASSPHRASE)
    kept = backups.by_hand(other)
    key = other.data_key
    other.close()
    folder = opened.folder
    opened.close()
    with pytest.raises(KnownError) as caught:
        restore.restore(kept.path, folder, key)
    assert caught.value.code == "restore-other"
    again = workspace.open_workspace(folder, workspace.unlock(folder, PASSPHRASE))
    assert again.store.get(Client, client.id).name == client.name
    again.close()


def test_what_was_given_up_by_going_back_stays_given_up(
    opened: Workspace, client: Client, folder: Path
) -> None:
    first = backups.by_hand(opened)
    add_contact(opened, client, "Omylem")
    backups.by_hand(opened)
    key = opened.data_key
    done = restore.in_place(opened, first.path, key)
    assert done.given_up
    assert len(rotation.found(done.given_up)) == 1
    assert verify.verify(opened).findings == ()
    add_contact(opened, client, "Po návratu")
    opened.close()
    (folder / workspace.DATABASE_NAME).write_bytes(b"x" * 9000)
    recovery.recover(folder, key)
    again = workspace.open_workspace(folder, key)
    names = [c.name for c in again.store.select(Contact)]
    again.close()
    assert "Omylem" not in names
    assert "Po návratu" in names
    back = restore.restore(rotation.found(done.given_up)[0], folder.parent / "zpět", key)
    assert back.missing == ()


def test_rotation_keeps_hours_days_weeks_and_months() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    hourly = [now - timedelta(hours=n) for n in range(24 * 500)]
    kept = rotation.kept(hourly)
    assert {now - timedelta(hours=n) for n in range(24)} <= kept
    days = {at.date() for at in kept}
    assert {(now - timedelta(days=n)).date() for n in range(14)} <= days
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 24 + 14 + 10 + 12


def test_backups_by_hand_and_before_changes_outlive_the_hourly_ones(
    opened: Workspace, client: Client
) -> None:
    made = [backups.by_hand(opened), backups.make(opened, "before-import")]
    for _ in range(2):
        backups.make(opened, "hourly")
    left = [kept.path for kept in backups.listed(opened)]
    assert len(left) == 3
    assert all(kept.path in left for kept in made)


def test_last_good_backup_is_never_rotated_out(opened: Workspace, client: Client) -> None:
    folder = opened.folder / "backups"
    good = backups.make(opened, "hourly").path
    source = backup_source.of(opened)
    for name in ("20990101T000000000000Z", "20990101T000000000001Z"):
        (folder / f"{name}-hourly{stored.SUFFIX}").write_bytes(b"damaged")
    early = folder / f"20990101T000000000000Z-early{stored.SUFFIX}"
    good.rename(early)
    gone = rotation.rotate(folder, source.key)
    assert early.exists()
    assert early not in gone
