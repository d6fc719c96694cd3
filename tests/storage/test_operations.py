"""The end of the operations log is found by its heads, and by a search where it is torn."""

from pathlib import Path

import pytest

from console.domain.client import Client
from console.storage.operations import FILE_NAME, OLDER_NAME, Operations
from console.vault import slots
from console.vault.keys import sub_key
from console.workspace import Workspace

FOREIGN = b"\x89KO1" + (64).to_bytes(4, "big") + b"?" * 64


@pytest.fixture
def log(opened: Workspace) -> Operations:
    for name in ("Lípová", "Březová", "Habrová"):
        with opened.store.unit("add"):
            opened.store.insert(Client(name=name, ico="00259586"))
    file = slots.read(opened.folder)
    return Operations(opened.folder, sub_key(opened.data_key, "operations"), file.workspace_id)


def _last(log: Operations) -> int:
    found = log._last_record()
    assert found is not None
    assert found == log._last_found()
    return found[0]


def test_last_unit_is_that_of_the_database(log: Operations, opened: Workspace) -> None:
    (newest,) = opened.store.db.conn.execute("SELECT id, hash FROM units ORDER BY id DESC LIMIT 1")
    assert log._last_record() == newest == log._last_found()


@pytest.mark.parametrize("lost", [1, 7, 40])
def test_torn_end_leaves_the_unit_before(log: Operations, opened: Workspace, lost: int) -> None:
    units = opened.store.db.conn.execute("SELECT id FROM units ORDER BY id").fetchall()
    path = log._folder / FILE_NAME
    path.write_bytes(path.read_bytes()[:-lost])
    assert (_last(log),) == units[-2]


@pytest.mark.parametrize("rubbish", [b"\x00" * 5, FOREIGN[:20], FOREIGN])
def test_rubbish_behind_the_end_hides_nothing(log: Operations, rubbish: bytes) -> None:
    path, newest = log._folder / FILE_NAME, _last(log)
    path.write_bytes(path.read_bytes() + rubbish)
    assert _last(log) == newest


def test_rubbish_in_the_middle_hides_nothing(log: Operations) -> None:
    path, newest = log._folder / FILE_NAME, _last(log)
    content = path.read_bytes()
    path.write_bytes(content[:60] + b"\xff" * 9 + content[60:])
    assert _last(log) == newest


def test_log_before_is_read_where_the_new_one_is_missing_or_empty(log: Operations) -> None:
    path, newest = log._folder / FILE_NAME, _last(log)
    path.rename(log._folder / OLDER_NAME)
    assert _last(log) == newest
    path.touch()
    assert _last(log) == newest


def test_no_log_has_no_end(tmp_path: Path) -> None:
    assert Operations(tmp_path, bytes(32), "w")._last_record() is None
