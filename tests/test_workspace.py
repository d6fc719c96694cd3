"""A workspace: made once, unlocked, opened, locked; never made over another one."""

import shutil
from pathlib import Path

import pytest

from console import workspace
from console.domain.client import Client
from console.errors import KnownError
from console.services import clients
from console.services import keys as ways
from console.vault import keys, slots
from console.workspace import DATABASE_NAME, Workspace
from tests.conftest import PASSPHRASE

NEW = "jiná dlouhá věta"


def code_of(action: object, *arguments: object) -> str:
    """Return the code of the error that an action meets; no passphrase is in its words."""
    with pytest.raises(KnownError) as caught:
        action(*arguments)  # type: ignore[operator]
    assert PASSPHRASE not in str(caught.value)
    return caught.value.code


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


# Making


def test_made_workspace_opens_with_its_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "nová" / "složka"
    made = workspace.create(folder, PASSPHRASE, "Jana Nováková")
    clients.add_client(made, Client(name="Městský úřad Lípová", ico="00259586"))
    made.close()
    key = workspace.unlock(folder, PASSPHRASE)
    opened = workspace.open_workspace(folder, key)
    assert [c.name for c in clients.all_clients(opened)] == ["Městský úřad Lípová"]
    opened.close()


FILES = {DATABASE_NAME, "slots.json", "operations.log", "reserve"}


def test_workspace_is_a_few_files_and_three_folders(folder: Path) -> None:
    names = {file.name for file in folder.iterdir()}
    assert names == {*FILES, "attachments", "drafts", "backups"}


def test_nothing_of_it_can_be_read_without_the_key(opened: Workspace, client: Client) -> None:
    opened.close()
    database = (opened.folder / DATABASE_NAME).read_bytes()
    assert not database.startswith(b"SQLite format 3")
    for file in content(opened.folder).values():
        assert client.name.encode() not in file
        assert client.ico.encode() not in file


def test_workspaces_have_ids_and_keys_of_their_own(folder: Path, tmp_path: Path) -> None:
    other = workspace.create(tmp_path / "other", PASSPHRASE)
    other.close()
    one, two = slots.read(folder), slots.read(tmp_path / "other")
    assert one.workspace_id != two.workspace_id
    assert workspace.unlock(folder, PASSPHRASE) != workspace.unlock(tmp_path / "other", PASSPHRASE)


def test_nothing_is_made_over_a_workspace(folder: Path) -> None:
    before = content(folder)
    assert code_of(workspace.create, folder, NEW) == "workspace-exists"
    assert content(folder) == before


@pytest.mark.parametrize("kept", [DATABASE_NAME, "slots.json", "slots.json.prev"])
def test_nothing_is_made_over_what_is_left_of_one(folder: Path, tmp_path: Path, kept: str) -> None:
    """A lost slots.json must never lead to a new key over the old database."""
    left = tmp_path / "left"
    left.mkdir()
    source = "slots.json" if kept.endswith(".prev") else kept
    shutil.copy(folder / source, left / kept)
    before = content(left)
    assert code_of(workspace.create, left, NEW) == "workspace-exists"
    assert content(left) == before


def test_short_passphrase_makes_nothing(tmp_path: Path) -> None:
    assert code_of(workspace.create, tmp_path / "new", "krátké") == "passphrase-short"
    assert not (tmp_path / "new").exists()


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        assert not workspace.exists(folder)
        assert code_of(workspace.create, folder, PASSPHRASE) == "workspace-folder"
    assert (tmp_path / "file").read_text() == "x"


def test_workspace_exists_where_its_slots_are(folder: Path, tmp_path: Path) -> None:
    assert workspace.exists(folder)
    assert not workspace.exists(tmp_path)
    assert not workspace.exists(tmp_path / "missing")


# Unlocking and opening


@pytest.mark.parametrize("wrong", ["", "x", PASSPHRASE + " ", PASSPHRASE.title()])
def test_wrong_passphrase_opens_nothing(folder: Path, wrong: str) -> None:
    with pytest.raises(KnownError) as caught:
        workspace.unlock(folder, wrong)
    assert caught.value.code == "passphrase-wrong"


def test_folder_without_a_workspace_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        assert code_of(workspace.unlock, folder, PASSPHRASE) == "workspace-missing"
        assert code_of(workspace.unlock_by_keyring, folder) == "workspace-missing"
        assert code_of(workspace.open_workspace, folder, keys.new_key()) == "workspace-missing"


def test_foreign_key_opens_nothing_and_spoils_nothing(folder: Path) -> None:
    before = content(folder)
    assert code_of(workspace.open_workspace, folder, keys.new_key()) == "database-unreadable"
    assert content(folder) == before


def test_missing_and_empty_databases_are_told_and_not_made_anew(
    folder: Path, data_key: bytes
) -> None:
    database = folder / DATABASE_NAME
    database.write_bytes(b"")
    assert code_of(workspace.open_workspace, folder, data_key) == "database-empty"
    assert database.stat().st_size == 0
    database.unlink()
    assert code_of(workspace.open_workspace, folder, data_key) == "database-missing"
    assert not database.exists()


def test_database_of_another_workspace_is_told(folder: Path, tmp_path: Path) -> None:
    other = workspace.create(tmp_path / "other", NEW)
    other.close()
    shutil.copy(tmp_path / "other" / DATABASE_NAME, folder / DATABASE_NAME)
    key = workspace.unlock(folder, PASSPHRASE)
    assert code_of(workspace.open_workspace, folder, key) == "database-unreadable"


def test_slots_of_another_device_keep_the_same_data(
    opened: Workspace, client: Client, data_key: bytes
) -> None:
    opened.close()
    again = workspace.open_workspace(opened.folder, data_key)
    assert clients.all_clients(again) == [client]
    again.close()


# Locking


def test_lock_closes_the_database_and_drops_the_key(opened: Workspace, client: Client) -> None:
    from console.storage.connection import DriverError

    opened.lock()
    assert (opened.is_locked, opened.data_key) == (True, b"")
    with pytest.raises(DriverError):
        clients.all_clients(opened)
    opened.lock()
    opened.close()


def test_closed_workspace_leaves_no_log_beside_the_database(opened: Workspace) -> None:
    clients.add_client(opened, Client(name="Škola", ico="26168685"))
    opened.close()
    names = {file.name for file in opened.folder.iterdir() if file.is_file()}
    assert names == FILES


def test_workspace_shows_no_key(opened: Workspace) -> None:
    shown = repr(opened)
    assert opened.data_key.hex() not in shown
    assert repr(opened.data_key)[2:20] not in shown


# The passphrase


def test_changed_passphrase_opens_and_the_old_one_does_not(opened: Workspace) -> None:
    ways.change_passphrase(opened, PASSPHRASE, NEW)
    assert workspace.unlock(opened.folder, NEW) == opened.data_key
    assert code_of(workspace.unlock, opened.folder, PASSPHRASE) == "passphrase-wrong"
    assert slots.check_seal(opened.folder, opened.data_key)


def test_old_passphrase_does_not_open_the_copy_of_the_slots_either(opened: Workspace) -> None:
    ways.change_passphrase(opened, PASSPHRASE, NEW)
    (opened.folder / slots.FILE_NAME).unlink()
    assert workspace.unlock(opened.folder, NEW) == opened.data_key
    assert code_of(workspace.unlock, opened.folder, PASSPHRASE) == "passphrase-wrong"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("špatná věta", NEW, "passphrase-wrong"), (PASSPHRASE, "krátké", "passphrase-short")],
)
def test_refused_change_leaves_the_slots_as_they_were(
    opened: Workspace, old: str, new: str, code: str
) -> None:
    before = (opened.folder / slots.FILE_NAME).read_bytes()
    with pytest.raises(KnownError) as caught:
        ways.change_passphrase(opened, old, new)
    assert caught.value.code == code
    assert (opened.folder / slots.FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("table", ["units", "journal", "workspace"])
def test_damaged_page_that_opening_reads_is_told_in_a_sentence(
    folder: Path, data_key: bytes, table: str
) -> None:
    made = workspace.open_workspace(folder, data_key)
    found = made.store.db.conn.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
    ).fetchone()
    size = made.store.db.conn.execute("PRAGMA page_size").fetchone()[0]
    made.close()
    assert found, table
    database = folder / DATABASE_NAME
    content = bytearray(database.read_bytes())
    content[(found[0] - 1) * int(size) + 100] ^= 0xFF
    database.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(folder, data_key)
    assert caught.value.code in ("database-damaged", "database-unreadable")
    assert caught.value.message
