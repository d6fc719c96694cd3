"""How a cell of a table is drawn: prepared text, or a badge with its text.

Every line here runs some hundred times for each screen that is scrolled, so states are compared
as integers, colours are made once, and a text is measured only where it may be too long.
"""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.models.record_table import RecordTable

ROW_HEIGHT: Final = 34
_PADDING: Final = 10
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus.value
_ELIDE: Final = Qt.TextElideMode.ElideRight
_CENTER: Final = Qt.AlignmentFlag.AlignCenter
_SMOOTH: Final = QPainter.RenderHint.Antialiasing
_NO_PEN: Final = Qt.PenStyle.NoPen
_NO_BRUSH: Final = Qt.BrushStyle.NoBrush
_BADGES: Final = 500
"""Badges whose widths are remembered."""


class CellDelegate(QStyledItemDelegate):
    """Draws with the painter itself, several times as fast as the default delegate does."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self._metrics = QFontMetrics(table.font())
        self._widest = self._metrics.maxWidth() / 2
        self._badge_height = self._metrics.height() + 4
        self._badges: dict[tuple[str, int], tuple[str, int]] = {}
        self._baseline = (ROW_HEIGHT + self._metrics.ascent() - self._metrics.descent()) // 2

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        model = index.model()
        if not isinstance(model, RecordTable):
            return
        row, number, rect = index.row(), index.column(), option.rect
        state: int = option.state.value
        color = theme.current.color
        if state & _SELECTED:
            painter.fillRect(rect, color("selection"))
        elif row & 1:
            painter.fillRect(rect, color("stripe"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        strings = model.strings(row)
        if strings is None:
            return
        column, text = model.columns[number], strings[number]
        tone = column.tone(model.record(row)) if column.tone and text else ""
        if tone:
            self._draw_badge(painter, rect.adjusted(_PADDING, 0, -_PADDING, 0), text, tone)
        elif text:
            self._draw_text(painter, rect, text, color("text"), is_right=column.right)
        if state & _FOCUSED:
            painter.setPen(QPen(color("accent"), 1.5))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _draw_text(
        self, painter: QPainter, rect: QRect, text: str, color: QColor, *, is_right: bool
    ) -> None:
        room = rect.width() - 2 * _PADDING
        if len(text) * self._widest > room:
            text = self._metrics.elidedText(text, _ELIDE, room)
        left = rect.x() + _PADDING
        if is_right:
            left += room - self._metrics.horizontalAdvance(text)
        painter.setPen(color)
        painter.drawText(left, rect.y() + self._baseline, text)

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a cell."""
        return QSize(120, ROW_HEIGHT)

    def _draw_badge(self, painter: QPainter, rect: QRect, text: str, tone: str) -> None:
        shown, width = self._badge(text, rect.width())
        height = self._badge_height
        badge = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, width, height)
        painter.setRenderHint(_SMOOTH)
        painter.setPen(_NO_PEN)
        painter.setBrush(theme.current.color(f"{tone}_ground"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setBrush(_NO_BRUSH)
        painter.setRenderHint(_SMOOTH, False)
        painter.setPen(theme.current.color(tone))
        painter.drawText(badge, _CENTER, shown)

    def _badge(self, text: str, room: int) -> tuple[str, int]:
        """Return what a badge says and how wide it is; there are few of them, measured once."""
        known = self._badges.get((text, room))
        if known is None:
            shown = self._metrics.elidedText(text, _ELIDE, room - 16)
            known = shown, self._metrics.horizontalAdvance(shown) + 18
            if len(self._badges) >= _BADGES:
                self._badges.clear()
            self._badges[text, room] = known
        return known
