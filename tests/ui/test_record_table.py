"""The model of long lists: pages by key, whatever is scrolled to."""

from typing import Any

import pytest

from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.services import clients
from console.workspace import Workspace
from tests.window import settle
from ui.desk import Desk
from ui.models import columns
from ui.models.record_table import RecordTable

COUNT = 5_000


def _fill(workspace: Workspace) -> Changes:
    store = workspace.store
    clients.add_client(workspace, Client(name="Město", ico="00259586"))
    client = clients.client_by_ico(workspace, "00259586")
    with store.unit("import") as unit:
        rows = [
            (number, client.id, f"+420799{count:06}", f"Držitel {COUNT - count}")
            for count, number in enumerate(store.new_ids(COUNT))
        ]
        store.insert_many(Line, ("id", "client_id", "msisdn", "holder"), rows)
    return Changes(unit, frozenset({"lines"}))


@pytest.fixture
def table(desk: Desk) -> RecordTable:
    desk.tasks.change(_fill)
    made = RecordTable(desk.tasks, columns.LINES, ListQuery(noun="lines", sort="msisdn"), desk)
    made.reload()
    settle(desk.tasks)
    return made


def _record(table: RecordTable, desk: Desk, row: int) -> Any:
    table.record(row)
    settle(desk.tasks)
    return table.record(row)


def test_every_row_is_counted_without_being_read(table: RecordTable) -> None:
    assert table.rowCount() == COUNT
    assert table.record(COUNT - 1) is None


@pytest.mark.parametrize("row", [0, 99, 100, 101, 2_500, COUNT - 1])
def test_scrolled_to_row_is_the_right_one(table: RecordTable, desk: Desk, row: int) -> None:
    assert _record(table, desk, row).msisdn == f"+420799{row:06}"


def test_every_row_comes_once(table: RecordTable, desk: Desk) -> None:
    seen = [_record(table, desk, row).msisdn for row in range(0, COUNT, 50)]
    assert seen == [f"+420799{row:06}" for row in range(0, COUNT, 50)]


def test_other_order_and_filter_read_the_list_anew(table: RecordTable, desk: Desk) -> None:
    table.show_query(descending=True)
    settle(desk.tasks)
    assert table.record(0).msisdn == f"+420799{COUNT - 1:06}"
    table.show_query(text="799000123")
    settle(desk.tasks)
    assert [table.record(row).msisdn for row in range(table.rowCount())] == ["+420799000123"]


def test_cell_of_an_unread_row_is_empty_and_then_filled(table: RecordTable, desk: Desk) -> None:
    index = table.index(3_000, 0)
    assert index.data() == ""
    settle(desk.tasks)
    assert index.data() == "799 003 000"


def test_little_is_kept_of_what_was_scrolled_past(table: RecordTable, desk: Desk) -> None:
    for row in range(0, COUNT, 20):
        table.record(row)
    settle(desk.tasks)
    assert sum(table.record(row) is not None for row in range(0, COUNT, 100)) <= COUNT // 100
    assert len(table._pages) <= 40


def test_locking_leaves_no_record(table: RecordTable) -> None:
    table.clear()
    assert table.rowCount() == 0
    assert table._pages == {}
    assert table._strings == {}


def test_late_answer_to_an_old_question_is_dropped(table: RecordTable, desk: Desk) -> None:
    table.show_query(text="799000001")
    table.clear()
    settle(desk.tasks)
    assert table.rowCount() == 0
