"""Folders that are synchronised or on the network are recognised, all others are not."""

import json
from pathlib import Path

import pytest

from console import workspace
from console.errors import KnownError
from console.vault import places
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/Klientela", "Dropbox"),
        ("Dropbox (Firma)/a", "Dropbox"),
        ("OneDrive/a", "OneDrive"),
        ("OneDrive - Městský úřad/a/b", "OneDrive"),
        ("Google Drive/a", "Google Drive"),
        ("Můj disk/a", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/a", "iCloud"),
        ("iCloudDrive/a", "iCloud"),
        ("Nextcloud/a", "Nextcloud"),
    ],
)
def test_names_of_synchronised_folders_are_known(tmp_path: Path, folder: str, program: str) -> None:
    assert places.synchronised_by(tmp_path / folder) == program


@pytest.mark.parametrize("folder", ["a", "Dokumenty", "dropbox-stare", "Zálohy", "one drive"])
def test_other_names_are_fine(tmp_path: Path, folder: str) -> None:
    assert places.synchronised_by(tmp_path / folder) == ""


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox", "Dropbox"),
        (".sync_a1b2c3.db", "Nextcloud"),
        ("._sync_a1b2c3.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".stfolder", "Syncthing"),
    ],
)
def test_marks_that_programs_leave_are_known(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / mark).write_text("")
    assert places.synchronised_by(tmp_path / "deep" / "below") == program


def test_what_the_programs_declare_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "firma"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / ".dropbox").mkdir(parents=True)
    told = {"personal": {"path": str(tmp_path / "moje")}}
    (tmp_path / "home" / ".dropbox" / "info.json").write_text(json.dumps(told))
    assert places.synchronised_by(tmp_path / "firma" / "a") == "OneDrive"
    assert places.synchronised_by(tmp_path / "moje" / "a") == "Dropbox"
    assert places.synchronised_by(tmp_path / "jiné") == ""


@pytest.mark.parametrize("told", ["", "7", "[]", '{"a": 1}', '{"a": {"path": 7}}'])
def test_spoilt_declarations_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(told)
    assert places.synchronised_by(tmp_path / "a") == ""


def test_network_file_systems_are_told_by_the_deepest_mount(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "1 0 8:1 / / rw - ext4 /dev/a rw\n"
        "2 1 0:5 / /srv/share rw shared:1 - cifs //server/share rw\n"
        "3 2 8:2 / /srv/share/local rw - ext4 /dev/b rw\n"
        "4 1 0:6 / /mnt/with\\040space rw - nfs4 server:/x rw\n"
    )
    mounts = places._mounts_of_linux(table)
    kinds = {
        "/home/a": "ext4",
        "/srv/share/a": "cifs",
        "/srv/share/local/a": "ext4",
        "/mnt/with space/a": "nfs4",
    }
    for folder, kind in kinds.items():
        assert places._file_system(Path(folder), mounts) == kind


def test_this_disk_is_no_network(tmp_path: Path) -> None:
    places.check(tmp_path)
    assert not places.is_on_network(tmp_path)


def test_workspace_is_neither_made_nor_opened_there(
    folder: Path, data_key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Dropbox"
    with pytest.raises(KnownError) as caught:
        workspace.create(place / "new", PASSPHRASE)
    assert caught.value.code == "place-synchronised"
    assert not place.exists()
    folder.rename(tmp_path / "Nextcloud")
    with pytest.raises(KnownError, match="Nextcloud"):
        workspace.open_workspace(tmp_path / "Nextcloud", data_key)
    monkeypatch.setattr(places, "is_on_network", lambda _folder: True)
    with pytest.raises(KnownError) as caught:
        workspace.create(tmp_path / "new", PASSPHRASE)
    assert caught.value.code == "place-network"
