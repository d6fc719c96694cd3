"""From a keystroke to what it finds among 1,000,000 numbers, in the window's own palette."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tests.bench.data import million, opened
from tests.bench.measure import Row, percentile_95
from tests.bench.screen import application, desk_over
from ui.dialogs.palette import Palette

TYPED = ("novak", "+420 602 1", "602 345 678", "456", "894201000000345", "2026-AM-0001",
         "jana dvorak", "kateřina", "magistrat", "345678")  # fmt: skip
FRAME = 0.016


def rows(_folder: Path) -> list[Row]:
    """Measure every keystroke of what people type."""
    application()
    with desk_over(opened(million())) as desk:
        palette = Palette(desk, [])
        palette.show()
        runs = [lambda p=palette, t=t, n=n: _type(p, t, n) for t in TYPED for n in range(len(t))]
        for run in runs[:20]:
            run()
        taken = percentile_95(runs * 3)
        palette.close()
    return [Row("keystroke to results, 1,000,000 numbers, p95", taken, "s", FRAME, 1)]


def _type(palette: Palette, text: str, place: int) -> None:
    """Type one letter behind those that stand there and wait until the answer is painted."""
    found: list[object] = []
    connection = palette._search.found.connect(found.append)
    if place == 0:
        palette.field.blockSignals(True)
        palette.field.clear()
        palette.field.blockSignals(False)
    key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text[place])
    application().sendEvent(palette.field, key)
    palette._desk.tasks.wait()
    palette.results.viewport().repaint()
    palette._search.found.disconnect(connection)
    assert found
