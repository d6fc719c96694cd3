"""A disk that is full, read-only or gone: the save says so, and nothing before it is lost.

The small disk is a tmpfs. Where this user may mount one, the mount must succeed; elsewhere a
file-size limit of the process stands in for it, so that the test always tests a refusal.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console import workspace
from console.domain.client import Client
from console.errors import KnownError
from console.services import backups, clients, verify
from console.storage import reserve
from console.workspace import Workspace

_SIZE = "8m"
MAY_MOUNT = os.name == "posix" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def _tmpfs(place: Path) -> Iterator[Path]:
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", place], check=True)
    try:
        assert place.is_mount()
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def _limited(place: Path) -> Iterator[Path]:
    place.mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, before[1]))
    try:
        yield place
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    with (_tmpfs if MAY_MOUNT else _limited)(tmp_path / "small") as place:
        yield place


@pytest.fixture
def on_small(small: Path, folder: Path, data_key: bytes) -> Iterator[Workspace]:
    """A workspace on the small disk, open."""
    target = small / "workspace"
    shutil.copytree(folder, target)
    opened = workspace.open_workspace(target, data_key, "Jana Nováková")
    yield opened
    opened.close()


@contextmanager
def on_a_small_disk(place: Path, folder: Path) -> Iterator[Path]:
    """Give a small disk with a copy of a workspace on it."""
    with (_tmpfs if MAY_MOUNT else _limited)(place) as small:
        shutil.copytree(folder, small / "workspace")
        yield small


def fill_disk(place: Path, name: str = "ballast") -> Path:
    """Write until the disk is full; return the file that fills it."""
    file = place / name
    with file.open("wb", buffering=0) as target:
        try:
            while target.write(bytes(4096)):
                pass
        except OSError:
            return file
    return file


def _save_until_refused(opened: Workspace) -> tuple[int, KnownError]:
    client = opened.store.select(Client)[0]
    for count in range(10_000):
        try:
            with opened.store.unit("note"):
                client = opened.store.update(client, note=f"{count:05}" + "x" * 4000)
        except KnownError as error:
            return count, error
    raise AssertionError("the disk never filled")


def test_full_disk_is_told_and_loses_nothing(
    on_small: Workspace, small: Path, data_key: bytes
) -> None:
    clients.add_client(on_small, Client(name="Městský úřad", ico="00259586"))
    (on_small.folder / reserve.FILE_NAME).write_bytes(bytes(reserve.BYTES))
    ballast = fill_disk(small)
    saves, error = _save_until_refused(on_small)
    assert error.code == "disk-full-reserve"
    assert not (on_small.folder / reserve.FILE_NAME).exists()
    on_small.close()
    ballast.unlink()
    again = workspace.open_workspace(on_small.folder, data_key)
    (client,) = again.store.select(Client)
    assert client.note[:5] == (f"{saves - 1:05}" if saves else "")
    assert verify.verify(again).ok
    clients.add_client(again, Client(name="Škola", ico="26168685"))
    again.close()


def test_reserve_lets_the_save_through(on_small: Workspace, small: Path) -> None:
    clients.add_client(on_small, Client(name="Městský úřad", ico="00259586"))
    (on_small.folder / reserve.FILE_NAME).write_bytes(bytes(reserve.BYTES))
    fill_disk(small)
    _saves, error = _save_until_refused(on_small)
    assert error.code == "disk-full-reserve"
    saves, error = _save_until_refused(on_small)
    assert (saves > 10, error.code) == (True, "disk-full")


def test_backup_on_a_full_disk_is_told_and_leaves_nothing(on_small: Workspace, small: Path) -> None:
    clients.add_client(on_small, Client(name="Městský úřad", ico="00259586"))
    fill_disk(small)
    with pytest.raises(KnownError) as caught:
        backups.make(on_small, "hourly")
    assert caught.value.code == "backup-failed"
    assert not any(file.is_file() for file in (on_small.folder / "backups").rglob("*"))


@pytest.mark.parametrize("read_only", [True, False], ids=["read-only", "writable again"])
def test_read_only_disk_is_told(
    on_small: Workspace, small: Path, data_key: bytes, read_only: bool
) -> None:
    clients.add_client(on_small, Client(name="Městský úřad", ico="00259586"))
    on_small.close()
    if not MAY_MOUNT:
        on_small.folder.chmod(0o500)
    else:
        subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    if not read_only:
        subprocess.run(["mount", "-o", "remount,rw", small], check=MAY_MOUNT)
        on_small.folder.chmod(0o700)
        again = workspace.open_workspace(on_small.folder, data_key)
        clients.add_client(again, Client(name="Škola", ico="26168685"))
        assert len(clients.all_clients(again)) == 2
        assert verify.verify(again).ok
        again.close()
        return
    before = (on_small.folder / workspace.DATABASE_NAME).read_bytes()
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(on_small.folder, data_key)
    assert caught.value.code in ("disk-readonly", "database-unreadable")
    assert (on_small.folder / workspace.DATABASE_NAME).read_bytes() == before
    if not MAY_MOUNT:
        on_small.folder.chmod(0o700)


def test_folder_that_disappears_is_told(opened: Workspace, client: Client) -> None:
    away = opened.folder.with_name("away")
    opened.folder.rename(away)
    with pytest.raises(KnownError) as caught:
        backups.make(opened, "hourly")
    assert caught.value.code in ("backup-failed", "workspace-missing")
    away.rename(opened.folder)
    assert clients.all_clients(opened) == [client]
