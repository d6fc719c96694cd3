"""Monochrome icons, tinted at run time in the colour of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui import theme

_SIZES = (16, 20, 24, 32, 48)


def icon(name: str, token: str = "text") -> QIcon:
    """Return an icon of the theme in use.

    Args:
        name: of a file under ``resources/icons``.
        token: which of the theme's colours.
    """
    return _tinted(name, theme.current.color(token).name())


@lru_cache(maxsize=256)
def _tinted(name: str, color: str) -> QIcon:
    svg = resources.text(f"icons/{name}.svg").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made
