"""Charts in vectors. Each says in its alternative text all that it shows."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Rect, String

from console.documents import base, lettering
from console.documents.tagging import Figure

_BAR: Final = 11
_STEP: Final = 17
_LABEL: Final = 170
_ROOM_FOR_FIGURE: Final = 60


def bars(title: str, rows: Sequence[tuple[str, int, str]], colour: Any) -> Figure:
    """Return horizontal bars.

    Args:
        title: what is shown; begins the alternative text.
        rows: label, value and the value in words for each bar.
        colour: of the bars.
    """
    most = max((value for _label, value, _shown in rows), default=0) or 1
    height = _STEP * len(rows) + 4
    drawing = Drawing(base.WIDTH, height, initialFontName=lettering.REGULAR)
    text = {"fontName": lettering.REGULAR, "fontSize": 9, "fillColor": base.INK}
    for index, (label, value, shown) in enumerate(rows):
        y = _STEP * (len(rows) - index - 1) + 4
        length = max(0.8, (base.WIDTH - _LABEL - _ROOM_FOR_FIGURE) * value / most)
        drawing.add(String(0, y + 2, lettering.fitted(lettering.safe(label), _LABEL), **text))
        drawing.add(Rect(_LABEL, y, length, _BAR, fillColor=colour, strokeColor=None))
        drawing.add(String(_LABEL + length + 5, y + 2, shown, **text))
    return Figure(drawing, _words(title, rows), base.WIDTH, height)


def shares(
    title: str, rows: Sequence[tuple[str, int, int]], words: tuple[str, str], colour: Any
) -> Figure:
    """Return bars of two parts: what was kept, and what was not.

    Args:
        title: what is shown; begins the alternative text.
        rows: label, first and second part of each bar.
        words: what the two parts are called.
        colour: of the first part; the second one is only framed, so that grey tells them apart.
    """
    height = _STEP * len(rows) + 4
    drawing = Drawing(base.WIDTH, height, initialFontName=lettering.REGULAR)
    text = {"fontName": lettering.REGULAR, "fontSize": 9, "fillColor": base.INK}
    room = base.WIDTH - _LABEL - 90
    for index, (label, first, second) in enumerate(rows):
        y = _STEP * (len(rows) - index - 1) + 4
        length = room * first / ((first + second) or 1)
        drawing.add(String(0, y + 2, lettering.fitted(lettering.safe(label), _LABEL), **text))
        drawing.add(Rect(_LABEL, y, length, _BAR, fillColor=colour, strokeColor=None))
        frame = {"fillColor": None, "strokeColor": base.INK, "strokeWidth": 0.6}
        drawing.add(Rect(_LABEL, y, room, _BAR, **frame))
        drawing.add(String(_LABEL + room + 6, y + 2, f"{first} / {first + second}", **text))
    named = [(f"{label}: {words[0]} {a}, {words[1]} {b}") for label, a, b in rows]
    return Figure(drawing, lettering.safe(f"{title}: {'; '.join(named)}", 4000), base.WIDTH, height)


def _words(title: str, rows: Sequence[tuple[str, int, str]]) -> str:
    said = "; ".join(f"{label} {shown}" for label, _value, shown in rows)
    return lettering.safe(f"{title}: {said}", 4000)
