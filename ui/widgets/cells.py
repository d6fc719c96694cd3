"""How the rows of a table are drawn: prepared texts, and badges with their texts.

All rows in sight are drawn in one go, because a call for each cell costs more than the cell. Every
line here runs some hundred times for each screen that is scrolled: colours are made once, pens
are changed once, and a text is measured only where it may be too long.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui import theme
from ui.models.record_table import Column, RecordTable

ROW_HEIGHT: Final = 34
_PADDING: Final = 10
_BADGE_PADDING: Final = 9
_ELIDE: Final = Qt.TextElideMode.ElideRight
_CENTER: Final = Qt.AlignmentFlag.AlignCenter
_SMOOTH: Final = QPainter.RenderHint.Antialiasing
_NO_PEN: Final = Qt.PenStyle.NoPen
_BADGES: Final = 500
"""Badges whose widths are remembered."""


class CellDelegate(QStyledItemDelegate):
    """Says how wide a cell would like to be; :class:`RowPainter` draws it."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size at which nothing of the cell is cut off."""
        text = str(index.data() or "")
        width = option.fontMetrics.horizontalAdvance(text) + 2 * (_PADDING + _BADGE_PADDING)
        return QSize(width, ROW_HEIGHT)


class _Place(NamedTuple):
    """Where a column stands: its number, and pixels."""

    number: int
    left: int
    width: int
    column: Column


class _Badge(NamedTuple):
    """A badge to draw."""

    left: int
    top: int
    room: int
    text: str
    tone: str


class RowPainter:
    """Draws with the painter itself, in a fraction of the time that Qt's own cells take."""

    def __init__(self, table: QWidget) -> None:
        self._metrics = QFontMetrics(table.font())
        self._widest = self._metrics.maxWidth() / 2
        self._badge_height = self._metrics.height() + 4
        self._badges: dict[tuple[str, int], tuple[str, int]] = {}
        self._baseline = (ROW_HEIGHT + self._metrics.ascent() - self._metrics.descent()) // 2

    def paint(self, painter: QPainter, table: QTableView, rect: QRect) -> None:
        """Draw the cells of a table that stand in a rectangle of its viewport."""
        model = table.model()
        first, last = table.rowAt(rect.top()), table.rowAt(rect.bottom())
        if not isinstance(model, RecordTable) or first < 0:
            return
        rows = range(first, (last if last >= 0 else model.rowCount() - 1) + 1)
        places = _places(table, model.columns, rect)
        if not places:
            return
        top = table.rowViewportPosition(first)
        self._draw_grounds(painter, table, rows, places, top)
        painter.setPen(theme.current.color("text"))
        badges = [
            badge
            for number, row in enumerate(rows)
            for badge in self._draw_texts(painter, model, row, top + number * ROW_HEIGHT, places)
        ]
        if badges:
            self._draw_badges(painter, badges)
        _draw_focus(painter, table)

    def _draw_grounds(
        self,
        painter: QPainter,
        table: QTableView,
        rows: Sequence[int],
        places: Sequence[_Place],
        top: int,
    ) -> None:
        left, end = places[0].left, places[-1].left + places[-1].width
        color, is_selected = theme.current.color, table.selectionModel().isSelected
        index = table.model().index
        for number, row in enumerate(rows):
            y = top + number * ROW_HEIGHT
            if is_selected(index(row, places[0].number)):
                painter.fillRect(left, y, end - left, ROW_HEIGHT, color("selection"))
            elif row & 1:
                painter.fillRect(left, y, end - left, ROW_HEIGHT, color("stripe"))
            painter.fillRect(left, y + ROW_HEIGHT - 1, end - left, 1, color("line"))

    def _draw_texts(
        self, painter: QPainter, model: RecordTable, row: int, top: int, places: Sequence[_Place]
    ) -> list[_Badge]:
        """Draw what is plain text in a row; return the badges, which take other pens."""
        strings = model.strings(row)
        if strings is None:
            return []
        badges, record, baseline = [], model.record(row), top + self._baseline
        for number, left, width, column in places:
            text = strings[number]
            if not text:
                continue
            room = width - 2 * _PADDING
            tone = column.tone(record) if column.tone else ""
            if tone:
                badges.append(_Badge(left + _PADDING, top, room, text, tone))
                continue
            if len(text) * self._widest > room:
                text = self._metrics.elidedText(text, _ELIDE, room)
            start = left + _PADDING
            if column.right:
                start += room - self._metrics.horizontalAdvance(text)
            painter.drawText(start, baseline, text)
        return badges

    def _draw_badges(self, painter: QPainter, badges: Sequence[_Badge]) -> None:
        """Draw all grounds, then all texts: each pen and hint is set once."""
        height, color = self._badge_height, theme.current.color
        placed = []
        painter.setRenderHint(_SMOOTH)
        painter.setPen(_NO_PEN)
        for left, top, room, text, tone in badges:
            shown, width = self._badge(text, room)
            rect = QRectF(left, top + (ROW_HEIGHT - height) / 2, width, height)
            painter.setBrush(color(f"{tone}_ground"))
            painter.drawRoundedRect(rect, height / 2, height / 2)
            placed.append((rect, shown, tone))
        painter.setRenderHint(_SMOOTH, False)
        for rect, shown, tone in placed:
            painter.setPen(color(tone))
            painter.drawText(rect, _CENTER, shown)

    def _badge(self, text: str, room: int) -> tuple[str, int]:
        """Return what a badge says and how wide it is; there are few of them, measured once."""
        known = self._badges.get((text, room))
        if known is None:
            shown = self._metrics.elidedText(text, _ELIDE, room - 2 * (_BADGE_PADDING - 1))
            known = shown, self._metrics.horizontalAdvance(shown) + 2 * _BADGE_PADDING
            if len(self._badges) >= _BADGES:
                self._badges.clear()
            self._badges[text, room] = known
        return known


def _places(table: QTableView, columns: Sequence[Column], rect: QRect) -> list[_Place]:
    """Return the columns that stand in a rectangle, from the left."""
    header = table.horizontalHeader()
    numbers = (header.logicalIndex(place) for place in range(header.count()))
    found = (
        _Place(number, table.columnViewportPosition(number), width, columns[number])
        for number in numbers
        if (width := table.columnWidth(number))
    )
    return [p for p in found if p.left <= rect.right() and p.left + p.width > rect.left()]


def _draw_focus(painter: QPainter, table: QTableView) -> None:
    """Draw a frame around the current cell of a table that has the keyboard."""
    current = table.currentIndex()
    if current.isValid() and table.hasFocus():
        painter.setPen(QPen(theme.current.color("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(table.visualRect(current).adjusted(1, 1, -2, -2))
