"""A field to sign in: ink of a pen or of the mouse, kept as strokes and not as pixels."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.signature import Point
from ui import theme

_RATIO: Final = 3
_LINE: Final = 0.78
_SMALLEST_STEP: Final = 0.002
_MOST_POINTS: Final = 4000
_DIGITS: Final = 4
_PAPER: Final = QColor("#ffffff")
_INK: Final = QColor("#1b2333")
_RULE: Final = QColor("#c9d0dc")


class InkField(QWidget):
    """Takes a signature. Backspace takes the last stroke back, Delete all of them."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._strokes: list[list[Point]] = []
        self._drawing: list[Point] | None = None

    @property
    def strokes(self) -> tuple[tuple[Point, ...], ...]:
        """The strokes; points from 0 to 1, to the right and down."""
        return tuple(map(tuple, self._strokes))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wish for a field three times as wide as high."""
        return QSize(390, 130)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Need enough room to write in."""
        return QSize(240, 80)

    def undo_stroke(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Take all strokes back."""
        self._strokes.clear()
        self._drawing = None
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _paper(self) -> QRectF:
        """Return the part of the widget that is signed in: three times as wide as high."""
        width = min(self.width(), self.height() * _RATIO) - 2
        height = width / _RATIO
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _begin(self, at: QPointF) -> None:
        if sum(map(len, self._strokes)) < _MOST_POINTS:
            self._drawing = [self._point(at)]
            self._strokes.append(self._drawing)
            self._tell()

    def _go_on(self, at: QPointF) -> None:
        if self._drawing is None:
            return
        point, last = self._point(at), self._drawing[-1]
        is_far = max(abs(point[0] - last[0]), abs(point[1] - last[1])) >= _SMALLEST_STEP
        if is_far and sum(map(len, self._strokes)) < _MOST_POINTS:
            self._drawing.append(point)
            self._tell()

    def _end(self) -> None:
        self._drawing = None

    def _point(self, at: QPointF) -> Point:
        paper = self._paper()
        x = (at.x() - paper.x()) / paper.width()
        y = (at.y() - paper.y()) / paper.height()
        return round(min(max(x, 0.0), 1.0), _DIGITS), round(min(max(y, 0.0), 1.0), _DIGITS)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Put the mouse down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw with the mouse."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Lift the mouse."""
        self._go_on(event.position())
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """Draw with a pen; what is accepted here comes not as a mouse again."""
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus()
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._go_on(event.position())
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take strokes back by the keyboard; the rest, Esc among it, is the dialog's."""
        if event.key() == Qt.Key.Key_Backspace:
            self.undo_stroke()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint paper, line and ink; the paper is white in the dark, too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = self._paper()
        accent = theme.current.color("accent")
        painter.setPen(QPen(accent, 2) if self.hasFocus() else QPen(_RULE, 1))
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(paper, 5, 5)
        line = paper.y() + paper.height() * _LINE
        painter.setPen(QPen(_RULE, 1))
        painter.drawLine(QPointF(paper.x() + 14, line), QPointF(paper.right() - 14, line))
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(_INK, 2.2, Qt.PenStyle.SolidLine, round_cap, round_join))
        for stroke in self._strokes:
            points = [
                QPointF(paper.x() + x * paper.width(), paper.y() + y * paper.height())
                for x, y in stroke
            ]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
