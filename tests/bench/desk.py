"""The quick log among 1,000,000 numbers: from the key that logs to the request that is saved.

Measured in the window's own dialog, against a bare insert and commit in the same file.
"""

import statistics
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.services import agreements, clients
from console.workspace import Workspace
from tests.bench.data import million, opened
from tests.bench.measure import Row, median
from tests.bench.saving import bare, prepare_bare
from tests.bench.screen import application, desk_over
from tests.window import find
from ui.desk import Desk
from ui.dialogs.new_request import NewRequestDialog

LOGS = 40
WARM = 8


def rows(_folder: Path) -> list[Row]:
    """Log requests as a person does, and take the time from Ctrl+Enter to saved."""
    application()
    floors: list[float] = []
    taken: list[float] = []
    with desk_over(opened(million())) as desk:
        desk.tasks.query(_furnish, lambda _none: None)
        desk.tasks.wait()
        for number in range(LOGS):
            desk.tasks.query(lambda w: floors.append(median([lambda: bare(w)])), lambda _n: None)
            desk.tasks.wait()
            taken.append(_log(desk, f"blok {602_000_000 + 7 * number}"))
    floor, value = statistics.median(floors[WARM:]), statistics.median(taken[WARM:])
    return [Row("quick log, 1,000,000 numbers, key to saved", value * 1000, "ms", floor * 1000, 2)]


def _furnish(made: Workspace) -> None:
    client = clients.client_by_ico(made, "00259586")
    if not agreements.versions(made, client.id):
        agreements.choose_agreement(made, client.id, "o2-public-sector", made.store.now().date())
    prepare_bare(made)


def _log(desk: Desk, line: str) -> float:
    """Type a line, take the number that is found, and log it; return the seconds of logging."""
    dialog = NewRequestDialog(desk)
    dialog.open()
    desk.tasks.wait()
    field = find(dialog, QLineEdit, "Number or name")
    field.setText(line)
    field.textEdited.emit(line)
    desk.tasks.wait()
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.tasks.wait()
    QTest.qWait(80)
    desk.tasks.wait()
    saved = QEventLoop()
    connection = desk.tasks.records_changed.connect(lambda _changes: saved.quit())
    begin = time.perf_counter()
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    saved.exec()
    elapsed = time.perf_counter() - begin
    desk.tasks.records_changed.disconnect(connection)
    desk.tasks.wait()
    return elapsed
