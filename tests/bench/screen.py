"""What benches of the window share: the application, and the way to an open workspace."""

import contextlib
import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from console.workspace import Workspace
from ui import theme
from ui.desk import Desk
from ui.tasks import Tasks


def application() -> QApplication:
    """Return the application, made and themed where there is none."""
    made = QApplication.instance()
    if isinstance(made, QApplication):
        return made
    made = QApplication([])
    made.setStyle("Fusion")
    theme.use_font()
    theme.apply(made, theme.LIGHT)
    return made


@contextlib.contextmanager
def desk_over(open_it: Callable[[], Workspace]) -> Iterator[Desk]:
    """Open a workspace on its worker and close it afterwards."""
    tasks = Tasks()
    tasks.open(open_it, lambda _found: None)
    tasks.wait(60)
    try:
        yield Desk(tasks)
    finally:
        tasks.stop()
