"""The month's end in the window: everybody at once, one that fails, cancelled, locked."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QTableWidget

from console.domain.client import Client
from console.domain.document import Document
from console.errors import KnownError
from console.services import clients, reports
from tests.window import find, open_dialog, press, settle
from ui.dialogs.month_end import MonthEndDialog
from ui.main_window import MainWindow

ICOS = ("26168685", "00006947", "00025593", "27082440")


def _many(window: MainWindow) -> None:
    def work(workspace: Any) -> Any:
        for number, ico in enumerate(ICOS):
            last = clients.add_client(workspace, Client(name=f"Klient {number}", ico=ico))
        return last

    window.tasks.change(work)
    settle(window.tasks)


def _begin(window: MainWindow, folder: Path) -> MonthEndDialog:
    dialog: MonthEndDialog = open_dialog(window, MonthEndDialog, "Ctrl+Shift+R")
    find(dialog, QLineEdit, "Folder").setText(str(folder))
    return dialog


def _wait(window: MainWindow, dialog: MonthEndDialog) -> None:
    for _turn in range(300):
        settle(window.tasks)
        if not dialog.is_running and dialog.action.isEnabled():
            break


def test_month_end_goes_on_past_one_client_that_fails(
    town_hall: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _many(town_hall)
    real = reports.status_report

    def failing(workspace: Any, client: Client, *more: Any) -> Any:
        if client.ico == ICOS[1]:
            raise KnownError("record-missing")
        return real(workspace, client, *more)

    monkeypatch.setattr(reports, "status_report", failing)
    dialog = _begin(town_hall, tmp_path / "konec")
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(True)
    press(dialog, "Issue all")
    _wait(town_hall, dialog)
    assert "4 reports were issued. 1 mail was prepared." in dialog.banner.text
    failed = find(dialog, QTableWidget, "What failed")
    rows = [failed.item(n, 1).text() for n in range(failed.rowCount())]
    assert rows.count(ICOS[1]) == 1
    assert set(rows) == set(ICOS)
    names = sorted(file.name for file in (tmp_path / "konec").iterdir())
    assert names[0].startswith("00-")
    assert len([name for name in names if "status-report" in name and name.endswith("pdf")]) == 4
    assert [name[-4:] for name in names].count(".eml") == 1
    assert town_hall.pages["documents"].view.model.rowCount() == 4
    dialog.reject()
    again = _begin(town_hall, tmp_path / "konec")
    assert find(again, QLineEdit, "Folder").text() == str(tmp_path / "konec")
    again.reject()


def test_month_end_is_cancelled_and_keeps_what_was_issued(
    town_hall: MainWindow, tmp_path: Path
) -> None:
    _many(town_hall)
    dialog = _begin(town_hall, tmp_path / "konec")
    bar = find(dialog, QProgressBar, "Progress")
    cancelling = bar.valueChanged.connect(lambda done: done == 2 and press(dialog, "Cancel"))
    press(dialog, "Issue all")
    _wait(town_hall, dialog)
    assert "2 reports were issued." in dialog.banner.text
    assert "cancelled" in dialog.banner.text
    assert dialog.isVisible()
    assert len(list((tmp_path / "konec").iterdir())) == 2
    bar.valueChanged.disconnect(cancelling)
    press(dialog, "Issue all")
    _wait(town_hall, dialog)
    assert "5 reports were issued." in dialog.banner.text
    found: list[Any] = []
    town_hall.tasks.query(lambda w: w.store.select(Document, order="number"), found.extend)
    settle(town_hall.tasks)
    assert [one.number[-5:] for one in found] == [f"D{n:04}" for n in range(1, 6)]
    dialog.reject()


def test_window_does_other_work_between_the_reports(town_hall: MainWindow, tmp_path: Path) -> None:
    _many(town_hall)
    dialog = _begin(town_hall, tmp_path / "konec")
    order: list[str] = []
    bar = find(dialog, QProgressBar, "Progress")
    bar.valueChanged.connect(lambda done: order.append(f"report {done}"))
    bar.valueChanged.connect(
        lambda done: (
            done == 1
            and town_hall.tasks.query(clients.all_clients, lambda _found: order.append("asked"))
        )
    )
    press(dialog, "Issue all")
    _wait(town_hall, dialog)
    assert order.index("asked") < order.index("report 3")
    dialog.reject()


def test_locking_stops_the_month_end(town_hall: MainWindow, tmp_path: Path) -> None:
    _many(town_hall)
    dialog = _begin(town_hall, tmp_path / "konec")
    bar = find(dialog, QProgressBar, "Progress")
    bar.valueChanged.connect(lambda done: done == 1 and town_hall.lock())
    press(dialog, "Issue all")
    settle(town_hall.tasks)
    assert town_hall.unlock_page.isVisible()
    assert len(list((tmp_path / "konec").iterdir())) < 5
