"""Fixtures of the journeys: a person in front of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import show_window
from ui.main_window import MainWindow


@pytest.fixture
def new_window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    """The window of somebody who has no workspace yet."""
    yield from show_window(tmp_path / "Klientela")
