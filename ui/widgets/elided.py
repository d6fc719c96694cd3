"""Texts that are longer than their room: broken, or cut with all of them in the tool tip."""

import re
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

_LONG_WORD: Final = re.compile(r"\S{22,}")
_PIECE: Final = 11
_NARROW: Final = 130
_BREAK: Final = "\u200b"
_FRACTION: Final = 2
"""Pixels that a line may be wider than its letters are said to be."""


def tool_tip(text: str) -> str:
    """Return foreign text for a tool tip: never markup, in as many lines as it needs."""
    from html import escape

    return f"<p>{escape(text)}</p>"


class WrappedLabel(QLabel):
    """Takes as many lines as it needs; a word too long for a line is broken, not waited for."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a text."""
        self._whole = text
        super().setText(_LONG_WORD.sub(_broken, text))
        self._fit()

    def clear(self) -> None:
        """Show nothing."""
        self.setText("")

    def text(self) -> str:
        """Return the text as it was given."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Take the height that the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the height that other letters ask for."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Take no more room than the lines need, and no less."""
        self.setMaximumHeight(max(1, self.heightForWidth(self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Get narrow, and longer by it."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), _NARROW), least.height())


def _broken(word: re.Match[str]) -> str:
    """Let a long word be broken every few letters."""
    return _BREAK.join(word[0][at : at + _PIECE] for at in range(0, len(word[0]), _PIECE))


class ElidedLabel(QLabel):
    """Takes some lines at most; what is cut off is in the tool tip.

    Args:
        text: plain.
        lines: that it takes at most.
        parent: as in Qt.
    """

    def __init__(self, text: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a text."""
        super().setText(text)
        self._fit()

    def shown_lines(self, width: int) -> list[str]:
        """Return the lines that fit a width."""
        text = " ".join(self.text().split())
        metrics = self.fontMetrics()
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        shown: list[str] = []
        while len(shown) < self._lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            is_last = len(shown) == self._lines - 1
            start, end = line.textStart(), line.textStart() + line.textLength()
            rest = text[start:] if is_last else text[start:end]
            shown.append(_cut(metrics, rest, width) if is_last else rest)
        layout.endLayout()
        return shown

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for one line, as far as it goes."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + _FRACTION
        return QSize(width, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Get narrow."""
        return QSize(_NARROW, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Take the height of the lines that fit the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the height of the lines where the letters change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Say the whole text in the tool tip where it is cut."""
        shown = self.shown_lines(self.width())
        self.setFixedHeight(max(1, len(shown)) * self.fontMetrics().lineSpacing())
        is_cut = "".join(shown).endswith("…")
        self.setToolTip(tool_tip(self.text()) if is_cut else "")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the lines that fit."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = self.fontMetrics()
        for number, line in enumerate(self.shown_lines(self.width())):
            painter.drawText(0, number * metrics.lineSpacing() + metrics.ascent(), line)
        painter.end()


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(1, width))


class ElidedButton(QPushButton):
    """Gets as narrow as its place; what is cut off is in the tool tip."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(tool_tip(text))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Get narrow."""
        return QSize(min(_NARROW, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it with as much of its text as there is room for."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(element, option, self).width()
        if not self.icon().isNull():
            room -= self.iconSize().width() + 8
        text = _cut(self.fontMetrics(), self.text(), room)
        option.text = text
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
