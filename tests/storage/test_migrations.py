"""Older workspaces come up to the newest schema, and are backed up before."""

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from console import workspace
from console.domain.access import Access
from console.domain.catalogue_item import ItemKind
from console.domain.client import Client
from console.domain.line import Line, LineChange
from console.domain.order import Order, OrderState
from console.domain.request import Request
from console.domain.sim import Sim
from console.domain.usage import Usage
from console.errors import KnownError
from console.services import (
    history,
    lines,
    order_steps,
    orders,
    requests,
    search,
    usage,
    verify,
)
from console.storage import backup_file, backups, migrations
from console.storage.connection import Database, DriverError, open_database
from console.vault import keys, slots
from tests.conftest import PASSPHRASE

STORED = Path(__file__).parent / "stored"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A workspace as version 0.1 with schema 1 has left it."""
    folder = tmp_path / "old"
    shutil.copytree(STORED / "schema-1", folder)
    return folder


def _unpacked_backup(folder: Path, data_key: bytes) -> Database:
    """Return the database that a backup gives back."""
    (path,) = (folder / "backups").glob(f"*{backup_file.SUFFIX}")
    backup = backup_file.check(path, keys.sub_key(data_key, "backups"))
    database_key = keys.sub_key(data_key, "database")
    target = folder.parent / "unpacked"
    assert backups.unpack(backup, target, keys.sub_key(data_key, "backups"), database_key) == []
    return open_database(target / "klientela.db", database_key, slots.read(target).workspace_id)


def test_older_workspace_comes_up_with_all_it_holds(old: Path) -> None:
    opened = workspace.open_workspace(old, workspace.unlock(old, PASSPHRASE))
    fault, complaint, waiting = opened.store.select(Request)
    assert fault.subject == "Výpadek signálu"
    assert fault.closures == ("2026-03-04",)
    assert complaint.delivered_on is None
    assert [r.standing_since for r in (fault, complaint)] == [None, None]
    assert waiting.standing_since == datetime(2026, 3, 4, 13, tzinfo=UTC)
    assert requests.dossier(opened, fault.id).deadlines.governing.due == fault.due_at  # type: ignore[union-attr]
    assert verify.verify(opened).ok
    opened.close()


def test_upgraded_workspace_takes_changes_and_undoes_them(old: Path) -> None:
    opened = workspace.open_workspace(old, workspace.unlock(old, PASSPHRASE))
    fault = opened.store.select(Request)[0]
    with opened.store.unit("change") as unit:
        opened.store.update(fault, closures=("2026-03-05",))
    (entry,) = [e for e in history.history(opened, fault.id) if e.unit.id == unit]
    assert entry.changed == {"closures": ('["2026-03-04"]', '["2026-03-05"]')}
    history.undo_last(opened)
    assert opened.store.get(Request, fault.id).closures == ("2026-03-04",)
    assert verify.verify(opened).ok
    opened.close()


def test_migration_takes_a_verified_backup_first(old: Path) -> None:
    data_key = workspace.unlock(old, PASSPHRASE)
    workspace.open_workspace(old, data_key).close()
    (backup,) = (old / "backups").glob(f"*{backup_file.SUFFIX}")
    assert "schema-1" in backup.name
    copy = _unpacked_backup(old, data_key)
    assert migrations.applied(copy) == {"m0001_foundation"}
    assert copy.conn.execute("SELECT count(*) FROM requests").fetchone() == (3,)
    copy.close()


def test_workspace_of_the_newest_schema_is_not_backed_up_on_opening(
    folder: Path, data_key: bytes
) -> None:
    workspace.open_workspace(folder, data_key).close()
    assert list((folder / "backups").iterdir()) == []


def test_failed_backup_leaves_the_older_workspace_as_it_was(old: Path) -> None:
    data_key = workspace.unlock(old, PASSPHRASE)
    before = (old / "klientela.db").read_bytes()
    (old / "backups").write_text("no folder")
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(old, data_key)
    assert caught.value.code == "backup-failed"
    assert (old / "klientela.db").read_bytes() == before


def test_damaged_copy_never_bears_the_name_of_a_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_key = workspace.unlock(old, PASSPHRASE)
    monkeypatch.setattr(backups.health, "integrity", lambda _db: ["page 7: bad"])
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(old, data_key)
    assert caught.value.code == "backup-failed"
    assert list((old / "backups").iterdir()) == []


def test_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_key = workspace.unlock(old, PASSPHRASE)

    def fail(*_args: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr(migrations.journal, "drop_triggers", fail)
        with pytest.raises(RuntimeError, match="middle"):
            workspace.open_workspace(old, data_key)
    opened = workspace.open_workspace(old, data_key)
    assert len(opened.store.select(Request)) == 3
    opened.close()


def test_access_log_is_append_only(opened: workspace.Workspace, client: object) -> None:
    store = opened.store
    with store.unit("log-access"):
        access = store.insert(
            Access(
                client_id=client.id,  # type: ignore[attr-defined]
                at=datetime(2026, 3, 2, tzinfo=UTC),
                actor="Jana",
                noun="clients",
                record_id=1,
            )
        )
    with pytest.raises(DriverError, match="append-only"), store.unit("change"):
        store.update(access, actor="Petr")


def test_newer_workspace_is_refused(folder: Path, data_key: bytes) -> None:
    opened = workspace.open_workspace(folder, data_key)
    opened.store.db.utils["_sqlite_migrations"].insert(
        {"migration_set": "klientela", "name": "m9999_later", "applied_at": "2027"}
    )
    opened.close()
    with pytest.raises(KnownError) as caught:
        workspace.open_workspace(folder, data_key)
    assert caught.value.code == "database-newer"


@pytest.mark.parametrize("stored", sorted(path.name for path in STORED.iterdir()))
def test_stored_workspace_of_every_released_schema_opens(stored: str, tmp_path: Path) -> None:
    folder = tmp_path / stored
    shutil.copytree(STORED / stored, folder)
    opened = workspace.open_workspace(folder, workspace.unlock(folder, PASSPHRASE))
    assert any(request.subject == "Výpadek signálu" for request in opened.store.select(Request))
    assert verify.verify(opened).ok
    opened.close()


def test_older_numbers_and_cards_get_the_fields_that_were_missing(old: Path) -> None:
    opened = workspace.open_workspace(old, workspace.unlock(old, PASSPHRASE))
    client = opened.store.select(Client)[0]
    assert (client.billing_accounts, client.office_hours) == ((), "")
    line = lines.add_line(opened, Line(client_id=client.id, msisdn="799888777")).result
    assert isinstance(line, Line)
    later = opened.store.today() + timedelta(days=9)
    lines.change_line(opened, line, later, tariff="Nový", barrings=("data",))
    (change,) = opened.store.select(LineChange, "line_id = ?", [line.id])
    assert not change.applied
    history.undo_last(opened)
    assert opened.store.get(Line, line.id).barrings == ()
    assert verify.verify(opened).ok
    opened.close()


def test_record_that_changes_hands_is_searched_under_its_new_client(old: Path) -> None:
    opened = workspace.open_workspace(old, workspace.unlock(old, PASSPHRASE))
    client = opened.store.select(Client)[0]
    with opened.store.unit("add"):
        other = opened.store.insert(Client(name="Jiný klient", ico="60162694"))
        line = opened.store.insert(
            Line(client_id=client.id, msisdn="+420799888777", holder="Kunhuta")
        )
        opened.store.update(line, client_id=other.id)
    assert [hit.id for hit in search.find(opened, "Kunhuta", client_id=other.id)] == [line.id]
    assert search.find(opened, "Kunhuta", client_id=client.id) == []
    opened.close()


@pytest.mark.parametrize("count", range(1, len(migrations._STEPS) + 1))
def test_workspace_of_every_step_of_the_schema_comes_up(
    old: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    key = workspace.unlock(old, PASSPHRASE)
    with monkeypatch.context() as earlier:
        earlier.setattr(migrations, "_STEPS", migrations._STEPS[:count])
        workspace.open_workspace(old, key).close()
    opened = workspace.open_workspace(old, key)
    assert len(migrations.applied(opened.store.db)) == len(migrations._STEPS)
    assert len(opened.store.select(Request)) == 3
    assert verify.verify(opened).ok
    opened.close()


@pytest.fixture
def of_schema_7(tmp_path: Path) -> Path:
    """A workspace as schema 7 has left it: an order that was issued, and an item of a bill."""
    folder = tmp_path / "seven"
    shutil.copytree(STORED / "schema-7", folder)
    return folder


def test_order_that_had_its_form_is_a_draft_that_goes_on(of_schema_7: Path) -> None:
    opened = workspace.open_workspace(of_schema_7, workspace.unlock(of_schema_7, PASSPHRASE))
    (order,) = opened.store.select(Order)
    assert order.state is OrderState.DRAFT
    (line,) = orders.lines_of(opened, order.id)
    assert (line.kind, line.warranty_months) == (ItemKind.SERVICE, 0)
    facts = {"portal_reference": "P-1", "sent_at": opened.store.now()}
    order_steps.take_step(opened, order, OrderState.SENT, **facts)
    history.undo_last(opened)
    assert opened.store.get(Order, order.id).state is OrderState.DRAFT
    told = [history.readable(entry).get("state") for entry in history.history(opened, order.id)]
    assert ("Draft", "Draft") in told
    assert verify.verify(opened).ok
    opened.close()


def test_usage_of_an_older_workspace_is_kept_and_counted(of_schema_7: Path) -> None:
    opened = workspace.open_workspace(of_schema_7, workspace.unlock(of_schema_7, PASSPHRASE))
    (used,) = opened.store.select(Usage)
    assert (used.item, used.charged, used.call_minutes) == ("Hovory", Decimal("12.50"), None)
    (summed,) = usage.sums(opened, used.client_id)
    assert summed.charged == Decimal("12.50")
    assert opened.store.select(Sim)[0].order_id is None
    opened.close()
