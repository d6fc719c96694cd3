"""The end of the operations log is found by its heads, and by a search where it is torn."""

from pathlib import Path

import pytest

from console.domain.client import Client
from console.storage import bulk, operations
from console.storage.journal import Entry
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


def _load(opened: Workspace, count: int) -> None:
    with opened.store.unit("load"):
        ids = opened.store.new_ids(count)
        rows = [(number, f"Obec {number}", "00259586") for number in ids]
        opened.store.insert_many(Client, ("id", "name", "ico"), rows)
    opened.settle()


def _stored(opened: Workspace) -> list[tuple[object, ...]]:
    return opened.store.db.conn.execute(
        'SELECT id, "table", "row", op, base_version, changed, hash FROM journal'
        " WHERE unit = (SELECT max(id) FROM units) ORDER BY id"
    ).fetchall()


@pytest.mark.parametrize("count", [bulk.FEWEST - 1, bulk.FEWEST, 1050])
def test_records_made_beside_the_commit_hold_all_of_a_load(
    log: Operations, opened: Workspace, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(operations, "_CHUNK", 100)
    _load(opened, count)
    newest = log.read().operations[-1]
    assert len(newest.entries) == count
    assert list(newest.entries) == _stored(opened)
    assert _last(log) == newest.id


def test_load_that_fails_while_it_is_committed_leaves_no_record(
    log: Operations, opened: Workspace
) -> None:
    before, make_ready = log.read(), opened.store.committing

    def fail(loaded: list[list[Entry]]) -> None:
        make_ready(loaded)
        raise OSError

    opened.store.committing = fail
    with pytest.raises(OSError):
        _load(opened, bulk.FEWEST)
    assert log.read() == before
    opened.store.committing = make_ready
    _load(opened, bulk.FEWEST + 1)
    after = log.read().operations
    assert len(after) == len(before.operations) + 1
    assert list(after[-1].entries) == _stored(opened)


def test_load_that_is_too_large_to_be_kept_is_logged_all_the_same(
    log: Operations, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_KEPT", 500)
    monkeypatch.setattr(operations, "_CHUNK", 100)
    made: list[object] = []
    monkeypatch.setattr(opened.store, "committing", made.append)
    _load(opened, 700)
    assert made == []
    assert list(log.read().operations[-1].entries) == _stored(opened)


def test_load_with_other_changes_is_logged_in_their_order(
    log: Operations, opened: Workspace
) -> None:
    store = opened.store
    with store.unit("load"):
        store.insert(Client(name="před", ico="00259586"))
        for names in (("a", "b"), ("c", "d")):
            ids = store.new_ids(bulk.FEWEST)
            rows = [(number, f"{names}", "00259586") for number in ids]
            store.insert_many(Client, ("id", "name", "ico"), rows)
            store.insert(Client(name="mezi", ico="00259586"))
    opened.settle()
    newest = log.read().operations[-1]
    assert len(newest.entries) == 2 * bulk.FEWEST + 3
    assert list(newest.entries) == _stored(opened)


def test_save_right_behind_a_load_stands_behind_it(log: Operations, opened: Workspace) -> None:
    with opened.store.unit("load"):
        rows = [(n, "Obec", "00259586") for n in opened.store.new_ids(3000)]
        opened.store.insert_many(Client, ("id", "name", "ico"), rows)
    with opened.store.unit("add"):
        opened.store.insert(Client(name="Lípová", ico="00259586"))
    load, save = log.read().operations[-2:]
    assert (len(load.entries), len(save.entries)) == (3000, 1)
    assert load.id < save.id


def test_locking_waits_until_a_load_is_written_down(log: Operations, opened: Workspace) -> None:
    with opened.store.unit("load"):
        rows = [(n, "Obec", "00259586") for n in opened.store.new_ids(3000)]
        opened.store.insert_many(Client, ("id", "name", "ico"), rows)
    opened.lock()
    assert len(log.read().operations[-1].entries) == 3000


def test_load_that_the_disk_refused_is_written_down_with_the_next_save(
    log: Operations, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_log: Operations, _records: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as fault:
        fault.setattr(Operations, "_append", refuse)
        _load(opened, bulk.FEWEST)
    assert log.read().operations[-1].unit[4] == "add"
    with opened.store.unit("add"):
        opened.store.insert(Client(name="Lípová", ico="00259586"))
    load, save = log.read().operations[-2:]
    assert (len(load.entries), len(save.entries)) == (bulk.FEWEST, 1)


def test_load_reaches_the_main_file_when_the_workspace_is_tidied(opened: Workspace) -> None:
    database = opened.folder / "klientela.db"
    small = database.stat().st_size
    _load(opened, 5000)
    assert database.stat().st_size == small
    opened.tidy()
    assert database.stat().st_size > small + 5000 * 50
    assert opened.store.db.conn.execute("PRAGMA wal_autocheckpoint").fetchone() == (1000,)
