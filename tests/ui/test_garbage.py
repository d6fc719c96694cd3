"""Widgets in a cycle are destroyed by the thread that made them, never by the worker."""

import gc
import threading
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from ui.garbage import collect_due
from ui.tasks import Tasks


class _Cyclic:
    """Hangs in a cycle, and says which thread destroyed it."""

    def __init__(self, destroyed_by: list[int]) -> None:
        self.itself = self
        self.widget = QWidget()
        self._destroyed_by = destroyed_by

    def __del__(self) -> None:
        self._destroyed_by.append(threading.get_ident())


def test_worker_that_makes_much_destroys_no_widget(qapp: QApplication) -> None:
    tasks, destroyed_by = Tasks(), list[int]()
    made: list[Any] = []

    def work() -> list[list[int]]:
        return [[number] for number in range(100_000)]

    for _ in range(10):
        _Cyclic(destroyed_by)
    tasks.run(work, made.append)
    tasks.wait()
    assert made
    assert destroyed_by == []
    collect_due()
    gc.collect()
    assert destroyed_by == [threading.get_ident()] * 10
    tasks.stop()


def test_what_was_asked_for_is_let_go_of_by_the_window(qapp: QApplication) -> None:
    tasks, dropped_by = Tasks(), list[int]()

    class Asked:
        def __call__(self) -> None: ...

        def __del__(self) -> None:
            dropped_by.append(threading.get_ident())

    for _ in range(200):
        tasks.run(Asked(), lambda _none: None)
    tasks.wait()
    tasks.stop()
    assert set(dropped_by) == {threading.get_ident()}
    assert len(dropped_by) >= 199


def test_what_is_due_is_collected_generation_by_generation(qapp: QApplication) -> None:
    tasks, destroyed_by = Tasks(), list[int]()
    gc.collect()
    _Cyclic(destroyed_by)
    collect_due()
    assert destroyed_by == []
    kept = [[number] for number in range(gc.get_threshold()[0] + 100)]
    collect_due()
    assert kept
    assert len(destroyed_by) == 1
    tasks.stop()
