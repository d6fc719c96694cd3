"""The traps of the driver, each as it was measured, and the checks around opening."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from console.domain.client import Client
from console.errors import KnownError
from console.storage import connection
from console.storage.store import Store
from console.workspace import Workspace


def test_refused_insert_returning_leaves_no_transaction_open(opened: Workspace) -> None:
    db = opened.store.db
    db.conn.execute("CREATE TABLE t(x INTEGER PRIMARY KEY) STRICT")
    db.conn.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(connection.IntegrityError):
        list(db.utils.query("INSERT INTO t VALUES (1) RETURNING x"))
    assert not db.conn.in_transaction
    db.conn.execute("INSERT INTO t VALUES (2)")
    path = opened.folder / "klientela.db"
    other = connection.open_database(path, *_key_and_id(opened))
    assert other.conn.execute("SELECT count(*) FROM t").fetchone() == (2,)
    other.close()


def _key_and_id(opened: Workspace) -> tuple[bytes, str]:
    from console.vault import slots
    from console.vault.keys import sub_key

    return sub_key(opened.data_key, "database"), slots.read(opened.folder).workspace_id


def test_driver_is_the_one_that_sqlite_utils_uses() -> None:
    import sqlite_utils.utils

    assert sqlite_utils.utils.sqlite3.__name__.startswith("sqlcipher3")


def test_import_of_sqlite_utils_before_the_driver_is_refused() -> None:
    code = "import sqlite_utils, console.storage.connection"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "must be imported before sqlite_utils" in done.stderr


def test_file_is_encrypted(opened: Workspace) -> None:
    with opened.store.unit("t"):
        opened.store.insert(Client(name="Tajemství", ico="00259586"))
    opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    content = (opened.folder / "klientela.db").read_bytes()
    assert b"SQLite format" not in content
    assert "Tajemství".encode() not in content


def test_key_of_wrong_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connection.create_database(tmp_path / "x.db", b"short")


def test_wrong_key_is_refused_and_file_is_left(opened: Workspace) -> None:
    path = opened.folder / "klientela.db"
    opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = path.read_bytes()
    with pytest.raises(KnownError) as caught:
        connection.open_database(path, os.urandom(32), "any")
    assert caught.value.code == "database-unreadable"
    assert path.read_bytes() == before


def test_empty_file_is_not_taken_for_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "klientela.db"
    path.touch()
    with pytest.raises(KnownError) as caught:
        connection.open_database(path, os.urandom(32), "any")
    assert caught.value.code == "database-empty"
    assert path.stat().st_size == 0


def test_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        connection.open_database(tmp_path / "klientela.db", os.urandom(32), "any")
    assert caught.value.code == "database-missing"
    assert not list(tmp_path.iterdir())


def test_database_of_another_workspace_is_refused(opened: Workspace) -> None:
    key, _ = _key_and_id(opened)
    with pytest.raises(KnownError) as caught:
        connection.open_database(opened.folder / "klientela.db", key, "another")
    assert caught.value.code == "database-foreign"


def test_pragmas_that_safety_needs_are_on(opened: Workspace) -> None:
    run = opened.store.db.conn.execute
    assert run("PRAGMA journal_mode").fetchone() == ("wal",)
    assert run("PRAGMA synchronous").fetchone() == (2,)
    assert run("PRAGMA foreign_keys").fetchone() == (1,)
    assert run("PRAGMA recursive_triggers").fetchone() == (1,)


def test_backup_holds_what_is_only_in_the_log(opened: Workspace, tmp_path: Path) -> None:
    with opened.store.unit("t"):
        opened.store.insert(Client(name="Nový", ico="00259586"))
    key, workspace_id = _key_and_id(opened)
    copy_key = os.urandom(32)
    connection.back_up(opened.store.db, tmp_path / "copy.db", copy_key)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("copy")] == ["copy.db"]
    copy = Store.open(tmp_path / "copy.db", copy_key, workspace_id, 1, "x")
    assert [c.name for c in copy.select(Client)] == ["Nový"]
    copy.close()
    assert key != copy_key


def test_connection_belongs_to_its_thread(opened: Workspace) -> None:
    errors: list[Exception] = []

    def read() -> None:
        try:
            opened.store.select(Client)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert errors


def test_full_disk_is_explained_and_nothing_is_half_saved(opened: Workspace) -> None:
    db = opened.store.db
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    with pytest.raises(KnownError) as caught:
        _add_many_clients(opened.store)
    assert caught.value.code == "disk-full-reserve"
    db.conn.execute("PRAGMA max_page_count = 1073741823").fetchall()
    assert opened.store.select(Client) == []
    with opened.store.unit("t"):
        opened.store.insert(Client(name="again", ico="00259586"))
    assert len(opened.store.select(Client)) == 1


def _add_many_clients(store: Store) -> None:
    with store.unit("t"):
        for number in range(2000):
            store.insert(Client(name="x" * 500, ico=f"{number:08}"))
