"""One window over a workspace: a second start brings the first one up and leaves."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.client import Client
from console.services import backups, clients
from tests.conftest import PASSPHRASE
from tests.ui.conftest import show_window
from tests.window import settle, unlock
from ui.main_window import MainWindow


@pytest.fixture
def second(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    yield from show_window(folder)


def test_second_start_raises_the_first_and_leaves(
    opened_window: MainWindow, second: MainWindow
) -> None:
    QTest.qWait(50)
    raised: list[bool] = []
    opened_window._only_window.raise_asked.connect(lambda: raised.append(True))
    unlock(second, PASSPHRASE)
    for _turn in range(200):
        if raised and not second.isVisible():
            break
        QTest.qWait(20)
    assert raised
    assert not second.isVisible()
    assert opened_window.isVisible()


def test_window_that_was_closed_leaves_the_workspace_free(
    opened_window: MainWindow, second: MainWindow
) -> None:
    QTest.qWait(50)
    opened_window.close()
    unlock(second, PASSPHRASE)
    QTest.qWait(50)
    assert second.isVisible()


def test_hourly_backup_is_made_on_the_worker_where_something_changed(
    opened_window: MainWindow,
) -> None:
    found: list[list[backups.Kept]] = []

    def wait_an_hour(workspace: object) -> None:
        store = workspace.store  # type: ignore[attr-defined]
        clock = store.clock
        store.clock = lambda: clock() + timedelta(hours=2)

    obec = Client(name="Obec", ico="00064581")
    opened_window.tasks.change(lambda w: clients.add_client(w, obec))
    opened_window.tasks.query(wait_an_hour, lambda _none: None)
    opened_window._chores.back_up()
    settle(opened_window.tasks)
    opened_window.tasks.query(backups.listed, found.append)
    settle(opened_window.tasks)
    assert [kept.reason for kept in found[0]] == ["hourly"]
