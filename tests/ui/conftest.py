"""Fixtures: the real window over a real encrypted workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from console import texts, workspace
from console.services import demo
from tests.conftest import PASSPHRASE
from tests.window import settle, unlock
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tasks import Tasks


@pytest.fixture
def desk(qapp: QApplication, folder: Path, data_key: bytes) -> Iterator[Desk]:
    """The way to the services of an empty open workspace."""
    tasks = Tasks()
    tasks.open(lambda: workspace.open_workspace(folder, data_key), lambda _found: None)
    tasks.wait()
    yield Desk(tasks)
    tasks.stop()


def show_window(folder: Path) -> Iterator[MainWindow]:
    """Show a window, and leave nothing of it: what is left slows every later window."""
    made = MainWindow(folder)
    made.show()
    made.fill()
    settle(made.tasks)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    """The program's window before an empty workspace that is still locked."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)
    yield from show_window(folder)


@pytest.fixture(scope="session")
def _demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    texts.use_language("cs")
    made = workspace.create(folder, PASSPHRASE, "Jana Nováková")
    demo.fill(made)
    made.close()
    return folder


@pytest.fixture
def demo_folder(_demo_template: Path, tmp_path: Path) -> Path:
    """A workspace with the demo's data that the test may spoil."""
    import shutil

    return shutil.copytree(_demo_template, tmp_path / "demo")


@pytest.fixture
def demo_window(qapp: QApplication, demo_folder: Path) -> Iterator[MainWindow]:
    """The window, unlocked, with the demo's data."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)
    for made in show_window(demo_folder):
        unlock(made, PASSPHRASE)
        yield made
