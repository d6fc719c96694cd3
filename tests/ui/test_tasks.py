"""Work off the window's thread."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from console.domain.client import Client
from console.errors import KnownError
from console.services import clients
from console.workspace import Workspace
from ui.desk import Desk
from ui.tasks import Tasks


def test_work_runs_on_one_thread_that_is_not_the_windows(desk: Desk) -> None:
    threads: list[int] = []
    for _turn in range(3):
        desk.tasks.query(lambda _w: threads.append(threading.get_ident()), lambda _r: None)
    desk.tasks.wait()
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_result_comes_back_on_the_windows_thread(desk: Desk) -> None:
    seen: list[Any] = []
    desk.tasks.query(clients.all_clients, lambda found: seen.append((found, threading.get_ident())))
    desk.tasks.wait()
    assert seen == [([], threading.get_ident())]


def test_change_tells_which_records_changed(desk: Desk) -> None:
    told: list[Any] = []
    desk.tasks.records_changed.connect(told.append)
    new = Client(name="Obec Lhota", ico="00259586")
    desk.tasks.change(lambda w: clients.add_client(w, new))
    desk.tasks.wait()
    assert [changes.nouns for changes in told] == [frozenset({"clients"})]


def test_error_goes_to_who_asked_and_otherwise_to_the_window(desk: Desk) -> None:
    asked: list[Exception] = []
    unasked: list[Exception] = []
    desk.tasks.failed.connect(unasked.append)

    def fail(_workspace: Workspace) -> None:
        raise KnownError("undo-nothing")

    desk.tasks.query(fail, lambda _r: None, asked.append)
    desk.tasks.query(fail, lambda _r: None)
    desk.tasks.wait()
    assert [error.code for error in asked + unasked] == ["undo-nothing"] * 2  # type: ignore[attr-defined]


def test_locked_workspace_answers_that_it_is_locked(desk: Desk) -> None:
    failed: list[Any] = []
    desk.tasks.lock()
    desk.tasks.query(clients.all_clients, lambda _r: None, failed.append)
    desk.tasks.wait()
    assert [error.code for error in failed] == ["workspace-locked"]


def test_event_loop_runs_while_work_is_under_way(desk: Desk) -> None:
    may_end = threading.Event()
    done: list[Any] = []
    desk.tasks.query(lambda _w: may_end.wait(20), done.append)
    for _turn in range(20):
        QCoreApplication.processEvents()
    assert done == []
    may_end.set()
    desk.tasks.wait()
    assert done == [True]


@pytest.mark.usefixtures("qapp")
def test_stopping_finishes_what_was_asked_for() -> None:
    tasks = Tasks()
    done: list[int] = []
    for number in range(5):
        tasks.prepare(lambda number=number: done.append(number))  # type: ignore[misc]
    tasks.stop()
    assert done == [0, 1, 2, 3, 4]


def test_wishes_carry_ids_of_63_bits(desk: Desk) -> None:
    heard: list[int] = []
    largest = 2**63 - 1
    for wish in (
        desk.client_requested,
        desk.line_requested,
        desk.request_requested,
        desk.document_requested,
        desk.import_requested,
        desk.report_requested,
        desk.order_requested,
    ):
        wish.connect(heard.append)
        wish.emit(largest)
    assert heard == [largest] * 7
