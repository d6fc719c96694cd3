"""Damage of every kind is recognised, told in a sentence, never overwritten, and recovered."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from console import workspace
from console.domain.client import Client
from console.errors import KnownError
from console.services import backups, clients, recovery, verify
from console.storage.connection import DriverError, open_damaged
from console.storage.operations import FILE_NAME, OLDER_NAME
from console.vault.keys import sub_key
from console.workspace import DATABASE_NAME, Workspace
from tests.conftest import PASSPHRASE
from tests.faults.flips import dump
from tests.services.steps import add_contact

PAGE = 4096


@pytest.fixture
def worked(opened: Workspace, client: Client) -> Workspace:
    """A closed workspace with a backup and work since."""
    add_contact(opened, client, "Před zálohou")
    backups.make(opened, "hourly")
    for number in range(30):
        add_contact(opened, client, f"Po záloze {number}")
    return opened


def damaged_page(database: Path) -> None:
    content = bytearray(database.read_bytes())
    for at in range(5 * PAGE, len(content), PAGE):
        content[at + 7] ^= 1
    database.write_bytes(content)


def first_page(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[100] ^= 1
    database.write_bytes(content)


def truncated(database: Path) -> None:
    database.write_bytes(database.read_bytes()[: 20 * PAGE])


def emptied(database: Path) -> None:
    database.write_bytes(b"")


def missing(database: Path) -> None:
    database.unlink()


def swapped_pages(database: Path) -> None:
    content = database.read_bytes()
    one, two = content[9 * PAGE : 10 * PAGE], content[10 * PAGE : 11 * PAGE]
    database.write_bytes(content[: 9 * PAGE] + two + one + content[11 * PAGE :])


@pytest.mark.parametrize(
    "spoil", [damaged_page, first_page, truncated, emptied, missing, swapped_pages]
)
def test_damage_is_told_and_all_rows_come_back(
    worked: Workspace, data_key: bytes, spoil: Callable[[Path], None]
) -> None:
    expected, folder = dump(worked), worked.folder
    worked.close()
    spoil(folder / DATABASE_NAME)
    before = _content(folder / DATABASE_NAME)
    error = recovery.examine(folder, data_key)
    assert error is not None
    assert error.code.startswith("database-")
    assert _content(folder / DATABASE_NAME) == before
    done = recovery.recover(folder, data_key)
    assert done.missing == ()
    assert done.replayed == 30
    assert done.kept_aside is not None
    assert _content(done.kept_aside / DATABASE_NAME) == before
    again = workspace.open_workspace(folder, data_key)
    assert dump(again) == expected
    assert verify.verify(again).ok
    again.close()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def test_whole_workspace_has_nothing_to_tell(worked: Workspace, data_key: bytes) -> None:
    worked.close()
    assert recovery.examine(worked.folder, data_key) is None


def test_older_copy_and_missing_log_are_recognised(
    opened: Workspace, client: Client, data_key: bytes, tmp_path: Path
) -> None:
    opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy(opened.folder / DATABASE_NAME, tmp_path / "older")
    add_contact(opened, client, "Novější")
    opened.close()
    shutil.copy(tmp_path / "older", opened.folder / DATABASE_NAME)
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(opened.folder, data_key)
    assert caught.value.code == "database-older"
    done = recovery.recover(opened.folder, data_key)
    assert done.missing == ()
    again = workspace.open_workspace(opened.folder, data_key)
    assert again.store.db.conn.execute("SELECT name FROM contacts").fetchall() == [("Novější",)]
    again.close()


@pytest.mark.parametrize(
    ("tables", "fewest"), [(("contacts",), 1000), (("contacts", "journal"), 500)], ids=str
)
def test_without_backup_and_log_what_reads_is_salvaged(
    opened: Workspace, client: Client, data_key: bytes, tables: tuple[str, ...], fewest: int
) -> None:
    for number in range(1000):
        add_contact(opened, client, f"Kontakt {number}")
    opened.close()
    for name in (FILE_NAME, OLDER_NAME):
        (opened.folder / name).unlink(missing_ok=True)
    for table in tables:
        spoil_page_of(opened.folder / DATABASE_NAME, table, sub_key(data_key, "database"))
    done = recovery.recover(opened.folder, data_key)
    again = workspace.open_workspace(opened.folder, data_key)
    assert [found.ico for found in clients.all_clients(again)] == [client.ico]
    there = again.store.db.conn.execute("SELECT count(*) FROM contacts").fetchone()[0]
    assert there >= fewest
    assert there == 1000 or done.missing
    assert verify.verify(again).ok
    again.close()


def spoil_page_of(database: Path, table: str, key: bytes) -> None:
    """Spoil a page that holds rows of one table, and not what describes the tables."""
    whole = database.read_bytes()
    for at in range(len(whole) // PAGE // 2 * PAGE, len(whole), PAGE):
        database.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        if _reads(database, "units", key) and not _reads(database, table, key):
            return
    raise AssertionError(f"no page of {table}")


def _reads(database: Path, table: str, key: bytes) -> bool:
    try:
        db = open_damaged(database, key)
    except KnownError:
        return False
    try:
        db.conn.execute(f"SELECT * FROM {table}").fetchall()
    except DriverError:
        return False
    finally:
        db.close()
    return True


def test_hopeless_case_is_told_and_touched_by_nothing(
    opened: Workspace, client: Client, data_key: bytes
) -> None:
    opened.close()
    (opened.folder / FILE_NAME).unlink()
    emptied(opened.folder / DATABASE_NAME)
    with pytest.raises(KnownError) as caught:
        recovery.recover(opened.folder, data_key)
    assert caught.value.code == "recovery-hopeless"
    assert (opened.folder / DATABASE_NAME).exists()


def test_lost_key_slots_come_back_from_a_backup(worked: Workspace, data_key: bytes) -> None:
    worked.close()
    (worked.folder / "slots.json").write_text("{")
    (worked.folder / "slots.json.prev").unlink(missing_ok=True)
    key = recovery.key_by_backup(worked.folder, PASSPHRASE)
    assert key == data_key
    done = recovery.recover(worked.folder, key)
    assert done.missing == ()
    assert workspace.unlock(worked.folder, PASSPHRASE) == data_key
