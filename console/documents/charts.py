"""Charts in vectors. Each says in its alternative text all that it shows."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Rect, String

from console.documents import base, lettering
from console.documents.grid import broken
from console.documents.tagging import Figure

_BAR: Final = 11
_STEP: Final = 17
_LABEL: Final = 170
_SIZE: Final = 9
_LEADING: Final = 10.5
_MOST_LINES: Final = 3
"""Of a label; what is longer stands whole in the tables."""
_ROOM_FOR_FIGURE: Final = 60


def bars(title: str, rows: Sequence[tuple[str, int, str]], colour: Any) -> Figure:
    """Return horizontal bars.

    Args:
        title: what is shown; begins the alternative text.
        rows: label, value and the value in words for each bar.
        colour: of the bars.
    """
    most = max((value for _label, value, _shown in rows), default=0) or 1
    drawing, places = _labelled([label for label, _value, _shown in rows])
    for y, (_label, value, shown) in zip(places, rows, strict=True):
        length = max(0.8, (base.WIDTH - _LABEL - _ROOM_FOR_FIGURE) * value / most)
        drawing.add(Rect(_LABEL, y, length, _BAR, fillColor=colour, strokeColor=None))
        drawing.add(String(_LABEL + length + 5, y + 2, shown, **_text()))
    return Figure(drawing, _words(title, rows), base.WIDTH, drawing.height)


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
    drawing, places = _labelled([label for label, _first, _second in rows])
    room = base.WIDTH - _LABEL - 90
    for y, (_label, first, second) in zip(places, rows, strict=True):
        length = room * first / ((first + second) or 1)
        drawing.add(Rect(_LABEL, y, length, _BAR, fillColor=colour, strokeColor=None))
        frame = {"fillColor": None, "strokeColor": base.INK, "strokeWidth": 0.6}
        drawing.add(Rect(_LABEL, y, room, _BAR, **frame))
        drawing.add(String(_LABEL + room + 6, y + 2, f"{first} / {first + second}", **_text()))
    named = [(f"{label}: {words[0]} {a}, {words[1]} {b}") for label, a, b in rows]
    said = lettering.safe(f"{title}: {'; '.join(named)}", 4000)
    return Figure(drawing, said, base.WIDTH, drawing.height)


def _labelled(labels: Sequence[str]) -> tuple[Drawing, list[float]]:
    """Return a drawing with a label for each bar, and how high each bar begins."""
    texts = [_lines(label) for label in labels]
    steps = [_STEP + _LEADING * (len(lines) - 1) for lines in texts]
    height = sum(steps) + 4
    drawing = Drawing(base.WIDTH, height, initialFontName=lettering.REGULAR)
    places = []
    for lines, step in zip(texts, steps, strict=True):
        height -= step
        middle = height + _LEADING * (len(lines) - 1) / 2
        places.append(middle)
        for place, line in _set(lines, middle):
            drawing.add(String(0, place, line, **_text()))
    return drawing, places


def _lines(label: str) -> list[str]:
    room = _LABEL - _SIZE
    lines = broken(lettering.safe(label), lettering.REGULAR, _SIZE, room)
    if len(lines) <= _MOST_LINES:
        return lines
    rest = " ".join(lines[_MOST_LINES - 1 :])
    return [*lines[: _MOST_LINES - 1], lettering.fitted(rest, _LABEL)]


def _set(lines: Sequence[str], middle: float) -> Iterator[tuple[float, str]]:
    """Yield each line with the place of its base, all around the bar's own line."""
    for index, line in enumerate(lines):
        yield middle + 2 + _LEADING * ((len(lines) - 1) / 2 - index), line


def _text() -> dict[str, Any]:
    return {"fontName": lettering.REGULAR, "fontSize": _SIZE, "fillColor": base.INK}


def _words(title: str, rows: Sequence[tuple[str, int, str]]) -> str:
    said = "; ".join(f"{label} {shown}" for label, _value, shown in rows)
    return lettering.safe(f"{title}: {said}", 4000)
