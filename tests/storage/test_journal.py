"""The journal: complete, append-only, chained; undo and redo give back the rows."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.services import history
from console.storage import connection, journal
from console.storage.store import Store
from console.workspace import Workspace

RECORDS = (Contact, Line, Tariff)


def _snapshot(store: Store) -> dict[str, list[Any]]:
    """Every visible row of three nouns, less their versions."""
    from dataclasses import replace

    return {
        kind.__name__: [replace(record, version=0) for record in store.select(kind)]
        for kind in (Client, *RECORDS)
    }


def _new(kind: type, client_id: int, number: int) -> Any:
    if kind is Contact:
        return Contact(client_id=client_id, name=f"Člověk {number}")
    if kind is Line:
        return Line(client_id=client_id, msisdn=f"+420799{number:06}")
    return Tariff(client_id=client_id, code=f"T{number}", name=f"Tarif {number}")


FIELD = {Contact: "name", Line: "holder", Tariff: "name"}
STEP = st.tuples(
    st.sampled_from(("insert", "update", "delete", "nothing")),
    st.sampled_from(RECORDS),
    st.integers(0, 5),
    st.text(max_size=8),
)


def _take(store: Store, client_id: int, step: tuple[str, type, int, str], number: int) -> bool:
    """Do one step; return whether anything changed."""
    what, kind, which, text = step
    existing = store.select(kind)
    with store.unit(what):
        if what == "insert":
            store.insert(_new(kind, client_id, number))
            return True
        if existing and what != "nothing":
            record = existing[which % len(existing)]
            if what == "delete":
                store.delete(record)
                return True
            return store.update(record, **{FIELD[kind]: text}) != record
    return False


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, max_size=8))
def test_any_sequence_of_changes_undone_gives_back_the_rows(
    opened: Workspace, steps: list[tuple[str, type, int, str]]
) -> None:
    store = opened.store
    with store.unit("base"):
        client = store.insert(Client(name="Klient", ico=f"{store.new_id() % 10**8:08}"))
    snapshots = [_snapshot(store)]
    for number, step in enumerate(steps):
        if _take(store, client.id, step, number):
            snapshots.append(_snapshot(store))
    for before in reversed(snapshots[:-1]):
        history.undo_last(opened)
        assert _snapshot(store) == before
    for after in snapshots[1:]:
        history.redo_last(opened)
        assert _snapshot(store) == after
    assert journal.verify(store.db) == []


def test_history_names_changed_fields_only(opened: Workspace, client: Client) -> None:
    with opened.store.unit("change"):
        opened.store.update(client, name="Jiný", note="x")
    newest, oldest = history.history(opened, client.id)
    assert newest.changed == {"name": (client.name, "Jiný"), "note": ("", "x")}
    assert oldest.operation == "insert"
    assert newest.unit.actor == "Jana Nováková"


def test_unit_groups_what_one_action_did(opened: Workspace, client: Client) -> None:
    with opened.store.unit("both"):
        first = opened.store.insert(Contact(client_id=client.id, name="A"))
        second = opened.store.insert(Contact(client_id=client.id, name="B"))
    units = {history.history(opened, record.id)[0].unit.id for record in (first, second)}
    assert len(units) == 1
    history.undo_last(opened)
    assert opened.store.select(Contact) == []


def test_failed_unit_leaves_nothing(opened: Workspace, client: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(opened.store, client)
    assert opened.store.select(Contact) == []
    assert history.next_undo(opened).action == "add-client"  # type: ignore[union-attr]


def test_change_of_a_stale_record_is_refused(opened: Workspace, client: Client) -> None:
    with opened.store.unit("one"):
        opened.store.update(client, note="first")
    with pytest.raises(KnownError) as caught, opened.store.unit("two"):
        opened.store.update(client, note="second")
    assert caught.value.code == "record-changed"
    assert opened.store.get(Client, client.id).note == "first"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET changed = '{}'",
        "DELETE FROM journal",
        "UPDATE units SET actor = 'x'",
        "DELETE FROM units",
        "DELETE FROM clients",
        "UPDATE clients SET name = 'x'",
    ],
)
def test_history_cannot_be_rewritten(opened: Workspace, client: Client, statement: str) -> None:
    with pytest.raises(connection.DriverError):
        opened.store.db.conn.execute(statement)
    assert journal.verify(opened.store.db) == []


def test_altered_entry_breaks_the_chain(opened: Workspace, client: Client) -> None:
    db = opened.store.db
    db.conn.execute("DROP TRIGGER journal_keep")
    db.conn.execute("UPDATE journal SET changed = replace(changed, 'Lípová', 'Jiná')")
    assert len(journal.verify(db)) == 1


def test_bulk_load_is_journalled_searched_and_undone_like_any_change(
    opened: Workspace, client: Client
) -> None:
    store = opened.store
    ids = [store.new_id() for _ in range(500)]
    rows = [(i, client.id, f"+420799{n:06}", "Řehoř") for n, i in enumerate(ids)]
    with store.unit("bulk"):
        store.insert_many(Line, ("id", "client_id", "msisdn", "holder"), rows)
    assert len(store.select(Line)) == 500
    assert history.history(opened, ids[7])[0].changed["msisdn"] == (None, "+420799000007")
    assert journal.verify(store.db) == []
    history.undo_last(opened)
    assert store.select(Line) == []


def test_undo_without_anything_to_undo_says_so(opened: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        history.undo_last(opened)
    assert caught.value.code == "undo-nothing"


def test_puk_is_hidden_in_history(opened: Workspace, client: Client) -> None:
    from console.domain.sim import Sim

    with opened.store.unit("sim"):
        sim = opened.store.insert(Sim(client_id=client.id, iccid="894201", puk="12345678"))
    entry = history.history(opened, sim.id)[0]
    assert "12345678" not in str(history.visible(entry))
    assert "12345678" not in repr(sim)


def _fail_half_way(store: Store, client: Client) -> None:
    with store.unit("bad"):
        store.insert(Contact(client_id=client.id, name="A"))
        raise ZeroDivisionError
