"""The field to sign in: strokes of mouse and pen, taken back, and never out of the field."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.ink import InkField

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ink(qtbot: object) -> InkField:
    """A field of the size that it wishes."""
    made = InkField("Signature")
    made.resize(392, 132)
    made.show()
    return made


def stroke(ink: InkField, *points: tuple[int, int]) -> None:
    """Draw with the mouse."""
    QTest.mousePress(ink, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(ink, QPoint(*point))
    QTest.mouseRelease(ink, LEFT, pos=QPoint(*points[-1]))


def test_strokes_are_vectors_in_their_order(ink: InkField) -> None:
    stroke(ink, (50, 60), (100, 20), (150, 100))
    stroke(ink, (200, 60), (300, 60))
    first, second = ink.strokes
    assert [round(x, 1) for x, _y in first] == [0.1, 0.3, 0.4]
    assert first[1][1] < first[0][1] < first[2][1]
    assert len(second) == 2


def test_point_is_ink_too(ink: InkField) -> None:
    QTest.mouseClick(ink, LEFT, pos=QPoint(100, 60))
    assert [len(one) for one in ink.strokes] == [1]
    assert ink.grab().toImage().pixelColor(100, 60).lightness() < 120


def test_ink_stays_in_the_field(ink: InkField) -> None:
    stroke(ink, (50, 60), (2000, -500), (-300, 900))
    assert all(0 <= value <= 1 for one in ink.strokes for point in one for value in point)


def test_strokes_are_taken_back_by_key_and_by_call(ink: InkField) -> None:
    for left in (40, 140, 240):
        stroke(ink, (left, 60), (left + 50, 60))
    QTest.keyClick(ink, Qt.Key.Key_Backspace)
    assert len(ink.strokes) == 2
    ink.undo_stroke()
    assert len(ink.strokes) == 1
    QTest.keyClick(ink, Qt.Key.Key_Delete)
    assert ink.strokes == ()
    ink.undo_stroke()
    assert ink.strokes == ()


def test_other_buttons_draw_nothing(ink: InkField) -> None:
    QTest.mouseClick(ink, Qt.MouseButton.RightButton, pos=QPoint(100, 60))
    assert ink.strokes == ()


def test_pen_of_a_tablet_draws_once(ink: InkField) -> None:
    pen = QPointingDevice(
        "pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip

    def send(kind: QEvent.Type, x: float, y: float, buttons: Qt.MouseButton) -> bool:
        event = QTabletEvent(
            kind, pen, QPointF(x, y), QPointF(x, y), 0.5, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, LEFT, buttons,
        )  # fmt: skip
        QApplication.sendEvent(ink, event)
        return event.isAccepted()

    assert send(QEvent.Type.TabletPress, 60, 60, LEFT)
    assert send(QEvent.Type.TabletMove, 120.5, 40.25, LEFT)
    assert send(QEvent.Type.TabletRelease, 180, 60, Qt.MouseButton.NoButton)
    assert [len(one) for one in ink.strokes] == [3]


def test_endless_scribble_has_an_end(ink: InkField) -> None:
    for n in range(9000):
        (ink._go_on if n else ink._begin)(QPointF(10 + (n * 37) % 370, 10 + (n * 13) % 110))
    assert sum(map(len, ink.strokes)) <= 4000
