"""Pieces of a page that know what they mean: headings, paragraphs, lists, figures.

They stand on Platypus and tell the canvas what they draw, so that documents need not. What is
drawn and means nothing (rules, bands, boxes) is marked as an artifact. Tables are in ``grid``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph

from console.documents.archive import ArchiveCanvas
from console.documents.structure import text_string


@contextmanager
def artifact(canvas: ArchiveCanvas, kind: str = "/Layout") -> Iterator[None]:
    """Draw something that means nothing."""
    canvas.begin_artifact(kind)
    yield
    canvas.end_content()


@contextmanager
def content(canvas: ArchiveCanvas, role: str) -> Iterator[None]:
    """Draw something that belongs to the element that is open."""
    canvas.begin_content(role, canvas.structure.content())
    yield
    canvas.end_content()


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph or a heading; over a page break it stays one."""

    role = "P"
    key: object = None

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split at a line; the parts stay one paragraph."""
        self.key = self.key or object()
        parts: list[Flowable] = super().split(width, height)
        for part in parts:
            part.role, part.key = self.role, self.key
        return parts

    def draw(self) -> None:
        """Draw the paragraph inside its element."""
        canvas = self.canv
        with canvas.structure.element(self.role, self.key), content(canvas, self.role):
            super().draw()


class TaggedHeading(TaggedParagraph):
    """A heading, which goes to the next page where too little would follow it on this one."""

    following = 64.0
    """Room that must be left below it; points."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size, too high where there is no room for what follows."""
        needed: tuple[float, float] = super().wrap(width, height)
        if needed[1] <= height < needed[1] + self.following:
            return needed[0], height + 1
        return needed

    def split(self, width: float, height: float) -> list[Flowable]:
        """Stay whole where that is what the page is too short for."""
        return super().split(width, height) if self.height > height else []


class Figure(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A drawing or a picture with what it says in words.

    Args:
        drawn: vectors, or a picture's bytes.
        alternative: the same in words.
        width: points.
        height: points.
    """

    def __init__(
        self, drawn: Drawing | ImageReader, alternative: str, width: float, height: float
    ) -> None:
        super().__init__()
        self._drawn = drawn
        self._alternative = alternative
        self.width = width
        self.height = height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the figure inside its element, which says where it is."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        right, top = canvas.absolutePosition(self.width, self.height)
        box = " ".join(f"{value:.2f}" for value in (left, bottom, right, top))
        attributes = (
            f"/Alt{text_string(self._alternative)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        )
        with canvas.structure.element("Figure", None, attributes), content(canvas, "Figure"):
            if isinstance(self._drawn, Drawing):
                renderPDF.draw(self._drawn, canvas, 0, 0)
            else:
                canvas.drawImage(self._drawn, 0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: a label, which may be missing, and a text.

    Args:
        key: of one that goes on after a break of the page.
    """

    label: Paragraph | None
    text: Paragraph
    key: object = None


class TaggedList(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A list in columns that are read downwards.

    Args:
        columns: items of each column.
        width: of the whole list, points.
        share: part of a column that labels take.
    """

    _GAP: Final = 8
    _BELOW: Final = 2.5
    _TALL: Final = 120
    """Height of an item that is worth dividing; points."""

    def __init__(self, columns: Sequence[Sequence[Item]], width: float, share: float = 0) -> None:
        super().__init__()
        self._columns = columns
        self._share = share
        self._key: object = object()
        self._heights: list[float] = []
        self.width = width
        self.height = 0.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size."""
        rows = max(map(len, self._columns))
        self._heights = [max(map(self._height_of, self._row(n))) for n in range(rows)]
        self.height = sum(self._heights)
        return self.width, self.height

    def _row(self, index: int) -> list[Item]:
        return [column[index] for column in self._columns if index < len(column)]

    def _rooms(self) -> tuple[float, float]:
        """Return the room for a label and for a text, points."""
        column = self.width / len(self._columns)
        return column * self._share, column * (1 - self._share)

    def _height_of(self, item: Item) -> float:
        label, text = self._rooms()
        heights = [item.text.wrap(text - self._GAP, 1e6)[1]]
        if item.label:
            heights.append(item.label.wrap(label - self._GAP, 1e6)[1])
        return float(max(heights)) + self._BELOW

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Split between rows, or inside a tall one; the parts stay one list."""
        fitting, used = 0, 0.0
        for row in self._heights:
            if used + row > height:
                break
            fitting, used = fitting + 1, used + row
        if fitting == len(self._heights):
            return [self]
        if divided := self._divided(fitting, height - used):
            (items,), (above, below) = self._columns, divided
            return [
                self._part([[*items[:fitting], above]]),
                self._part([[below, *items[fitting + 1 :]]]),
            ]
        if not fitting:
            return []
        cut = (slice(None, fitting), slice(fitting, None))
        return [self._part([column[part] for column in self._columns]) for part in cut]

    def _divided(self, index: int, height: float) -> tuple[Item, Item] | None:
        """Return the two parts of a tall item of the only column, or None where it stays whole."""
        if len(self._columns) > 1 or self._heights[index] < self._TALL:
            return None
        item = self._columns[0][index]
        parts = item.text.split(self._rooms()[1] - self._GAP, height - self._BELOW)
        if len(parts) != 2:
            return None
        key = item.key or object()
        return Item(item.label, parts[0], key), Item(None, parts[1], key)

    def _part(self, columns: Sequence[Sequence[Item]]) -> "TaggedList":
        part = TaggedList(columns, self.width, self._share)
        part._key = self._key
        return part

    def draw(self) -> None:
        """Draw the columns, one after another."""
        canvas = self.canv
        label, text = self._rooms()
        with canvas.structure.element("L", self._key):
            for number, column in enumerate(self._columns):
                x, y = number * (label + text), self.height
                for item, height in zip(column, self._heights, strict=False):
                    with canvas.structure.element("LI", item.key):
                        if item.label:
                            _draw_part(canvas, "Lbl", item.label, x, y)
                        _draw_part(canvas, "LBody", item.text, x + label, y, item.key)
                    y -= height


def _draw_part(
    canvas: ArchiveCanvas, role: str, text: Paragraph, x: float, top: float, key: object = None
) -> None:
    with canvas.structure.element(role, key), content(canvas, role):
        text.drawOn(canvas, x, top - text.height)
