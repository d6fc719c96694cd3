"""Fixtures of the journeys: a person in front of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import PASSPHRASE
from tests.ui.conftest import show_window
from tests.window import unlock
from ui import theme
from ui.main_window import MainWindow


@pytest.fixture
def new_window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The window of somebody who has no workspace yet."""
    yield from show_window(tmp_path / "Klientela")


@pytest.fixture
def opened_window(qapp: QApplication, folder: Path) -> Iterator[MainWindow]:
    """The window over an empty workspace that is open."""
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)
    for made in show_window(folder):
        unlock(made, PASSPHRASE)
        yield made
