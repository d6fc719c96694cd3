"""Locking: what is on the screen, in models and on the clipboard goes, whatever locks."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.outgoing_mail import MailAccount, OutgoingMail
from console.domain.record import Record
from console.domain.sim import Sim
from console.services import outbox, smtp
from console.services.requests import Draft, log_request
from console.services.smtp import Delivery
from tests.conftest import PASSPHRASE
from tests.e2e.office import wait_until
from tests.window import settle, shortcut, unlock
from ui.main_window import MainWindow
from ui.suspension import Suspension

SECRETS = ("Xantipa", "777314159", "27182818", "Zlatohlávek", "tajemna-adresa")


def plant(window: MainWindow) -> int:
    """Put secrets into every place where the window may show them; return the client."""

    def work(opened: Any) -> Any:
        store = opened.store
        with store.unit("plant"):
            client = store.insert(
                Client(name="Xantipa Zlatohlávek", ico="00259586", note="tajemna-adresa")
            )
            line = store.insert(
                Line(client_id=client.id, msisdn="+420777314159", holder="Xantipa Zlatohlávek")
            )
            store.insert(
                Sim(client_id=client.id, line_id=line.id, iccid="8942027182818", puk="27182818")
            )
            store.insert(
                Contact(client_id=client.id, name="Xantipa Zlatohlávek", email="tajemna-adresa@x")
            )
        draft = Draft(client_id=client.id, subject="Zlatohlávek volal", numbers=("777314159",))
        return log_request(opened, draft)

    found: list[Any] = []
    window.tasks.change(work, found.append)
    settle(window.tasks)
    return int(found[0].result.client_id)


def wander(window: MainWindow, client_id: int) -> None:
    """Look at every page, as a person does in a day."""
    for name in window.pages:
        window.show_page(name)
        settle(window.tasks)
    window.desk.client_requested.emit(client_id)
    settle(window.tasks)
    tabs = window.pages["client"]._tabs
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        settle(window.tasks)
    for name in ("clients", "lines", "requests"):
        window.show_page(name)
        window.pages[name].view.table.selectRow(0)
        settle(window.tasks)


def shown(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Give every text that a widget holds, shown or not."""
    for one in [widget, *widget.findChildren(QWidget)]:
        kind = type(one).__name__
        yield kind, one.windowTitle()
        yield kind, one.toolTip()
        if isinstance(one, (QLabel, QAbstractButton, QLineEdit)):
            yield kind, one.text()
        if isinstance(one, (QPlainTextEdit, QTextEdit)):
            yield kind, one.toPlainText()
        if isinstance(one, QComboBox):
            yield kind, one.currentText()
            yield from ((kind, one.itemText(n)) for n in range(one.count()))
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from ((kind, text) for text in held(one.model()))
    for action in widget.findChildren(QAction):
        yield "QAction", action.text()


def held(model: QAbstractItemModel) -> Iterator[str]:
    """Give what a model holds, under every role that people or code may ask for."""
    roles = (0, 2, 3, 4, 5, 11, 12, *range(256, 264))
    for line in range(min(model.rowCount(), 500)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        for column in range(columns):
            index = model.index(line, column)
            for role in roles:
                value = index.data(role)
                if value is not None:
                    yield str(value)


def found_in(window: MainWindow) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in shown(window) if any(s in text for s in SECRETS)]


def test_nothing_of_a_day_is_left_in_widgets_models_and_clipboard(
    opened_window: MainWindow,
) -> None:
    window = opened_window
    wander(window, plant(window))
    QApplication.clipboard().setText("27182818")
    window.desk.message.emit("Xantipa uložena")
    window._bench.banner.show_text("Zlatohlávek se blíží")
    assert len({kind for kind, _text in found_in(window)}) >= 3
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    assert found_in(window) == []
    assert window.statusBar().currentMessage() == ""
    assert QApplication.clipboard().text() == ""


def test_clipboard_is_emptied_at_quit(opened_window: MainWindow) -> None:
    QApplication.clipboard().setText("27182818")
    opened_window.close()
    assert QApplication.clipboard().text() == ""


def test_no_record_is_left_alive_after_locking(opened_window: MainWindow) -> None:
    window = opened_window
    wander(window, plant(window))
    assert {"Client", "RequestLine"} <= set(alive())
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    QTest.qWait(50)
    assert alive() == []


def alive() -> list[str]:
    """Return which records with a secret something still holds on to."""
    gc.collect()
    left = [one for one in gc.get_objects() if isinstance(one, Record)]
    return [type(one).__name__ for one in left if any(s in repr(one) for s in SECRETS)]


def test_sleep_and_idleness_lock(opened_window: MainWindow) -> None:
    window = opened_window
    window._locking._suspension.began.emit()
    wait_until(window, lambda: not window._is_open)
    settle(window.tasks)
    unlock(window, PASSPHRASE)
    window._locking._idle.setInterval(50)
    window._locking._idle.start()
    wait_until(window, lambda: not window._is_open)


def test_clock_that_ran_on_while_the_other_stood_still_tells_of_sleep() -> None:
    clocks = {"wall": 1000.0, "steady": 10.0}
    told: list[bool] = []
    watch = Suspension(None, lambda: clocks["wall"], lambda: clocks["steady"], "unix:path=/none")
    watch.began.connect(lambda: told.append(True))
    for passed in (5.0, 5.0):
        clocks["wall"] += passed
        clocks["steady"] += passed
        watch.look()
    assert told == []
    clocks["wall"] += 3600
    clocks["steady"] += 1
    watch.look()
    watch.look()
    watch.stop()
    assert told == [True]


def test_waking_up_is_no_sleep_and_going_to_sleep_is() -> None:
    told: list[bool] = []
    watch = Suspension(None, bus="unix:path=/none")
    assert not watch.is_told
    watch.began.connect(lambda: told.append(True))
    watch.on_prepare_for_sleep(False)
    assert told == []
    watch.on_prepare_for_sleep(True)
    watch.stop()
    assert told == [True]


@pytest.mark.parametrize("is_slow", [False, True], ids=["in time", "after the lock"])
def test_result_of_a_mail_under_way_survives_locking(
    opened_window: MainWindow, monkeypatch: pytest.MonkeyPatch, is_slow: bool
) -> None:
    window = opened_window
    client_id = plant(window)
    began, may_end = threading.Event(), threading.Event()

    def deliver(*_account: object) -> Delivery:
        began.set()
        may_end.wait(20)
        return Delivery.SENT

    def queue(opened: Any) -> Any:
        outbox.change_account(opened, MailAccount(host="127.0.0.1", sender="a@b.cz"), None)
        with opened.store.unit("queue-mail"):
            return opened.store.insert(
                OutgoingMail(
                    client_id=client_id, request_id=None, address="c@d.cz", subject="x",
                    text="y", message_id="z", state="waiting", queued_at=opened.store.now(),
                )
            )  # fmt: skip

    monkeypatch.setattr(smtp, "deliver", deliver)
    window.tasks.query(queue, lambda _mail: None)
    settle(window.tasks)
    window._chores.send_mails()
    wait_until(window, began.is_set)
    shortcut(window, "Ctrl+L")
    if not is_slow:
        may_end.set()
    wait_until(window, lambda: window.tasks._worker.workspace is None)
    may_end.set()
    QTest.qWait(200)
    settle(window.tasks)
    unlock(window, PASSPHRASE)
    window._chores._mails().wake()
    settle(window.tasks)
    found: list[Any] = []
    window.tasks.query(lambda w: w.store.select(OutgoingMail), found.append)
    settle(window.tasks)
    assert [mail.state.value for mail in found[0]] == ["sent"]


def test_key_and_click_put_the_idle_lock_off(opened_window: MainWindow, tmp_path: Path) -> None:
    window = opened_window
    timer = window._locking._idle
    timer.setInterval(600_000)
    timer.start()
    QTest.qWait(1500)
    before = timer.remainingTime()
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert timer.remainingTime() > before
