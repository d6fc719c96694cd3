"""Monochrome icons, tinted in the colour of the theme at the moment they are painted."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui import theme


class _Tinted(QIconEngine):
    """Draws an SVG in a colour of the theme in use, so that a change of theme needs nothing."""

    def __init__(self, name: str, shade: str) -> None:
        super().__init__()
        self._name = name
        self._shade = shade

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon; a disabled one in the muted colour."""
        shade = "muted" if mode == QIcon.Mode.Disabled else self._shade
        _renderer(self._name, theme.current.color(shade).name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as pixels."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return a copy, as Qt asks for."""
        return _Tinted(self._name, self._shade)


@lru_cache(maxsize=256)
def icon(name: str, shade: str = "text") -> QIcon:
    """Return an icon.

    Args:
        name: of a file under ``resources/icons``.
        shade: which of the theme's colours.
    """
    return QIcon(_Tinted(name, shade))


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    svg = resources.text(f"icons/{name}.svg").replace("currentColor", color)
    return QSvgRenderer(QByteArray(svg.encode()))
