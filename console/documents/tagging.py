"""Pieces of a page that know what they mean: headings, paragraphs, lists, tables, figures.

They stand on Platypus and tell the canvas what they draw, so that documents need not. What is
drawn and means nothing (rules, bands, boxes) is marked as an artifact.
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from console.documents.archive import ArchiveCanvas
from console.documents.structure import HEADER_CELL, ROW_CELL, text_string

_MOST_LINES: Final = 50
"""Lines in one cell; a row must fit on a page."""
_KEPT_ROWS: Final = 200
"""Rows whose lines are kept between measuring and drawing."""


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

    _FOLLOWING: Final = 64

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size, too high where there is no room for what follows."""
        needed: tuple[float, float] = super().wrap(width, height)
        if needed[1] <= height < needed[1] + self._FOLLOWING:
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
class Look:
    """How a table looks: fonts, sizes in points, colours."""

    regular: str
    bold: str
    size: float
    leading: float
    ink: Any
    alarm: Any
    band: Any
    line: Any
    side: float = 4
    above: float = 3
    below: float = 3.5


def broken(text: str, font: str, size: float, width: float) -> list[str]:
    """Break a text into lines at its spaces, and a word that is too long anywhere.

    Args:
        text: without line breaks.
        font: name of a registered font.
        size: points.
        width: room for each line, points.
    """
    if stringWidth(text, font, size) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    space = stringWidth(" ", font, size)
    for word in text.split(" "):
        taken = stringWidth(word, font, size)
        if line and used + space + taken <= width:
            line, used = f"{line} {word}", used + space + taken
            continue
        if line:
            lines.append(line)
        while taken > width and len(word) > 1:
            fits = _that_fit(word, font, size, width)
            lines.append(word[:fits])
            word = word[fits:]
            taken = stringWidth(word, font, size)
        line, used = word, taken
    lines.append(line)
    return lines


def _that_fit(word: str, font: str, size: float, width: float) -> int:
    """Return how many characters of a word fit, at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if stringWidth(word[:middle], font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class Grid:
    """The contents of a table.

    Args:
        header: cells of the first row.
        rows: cells of the others; texts that are safe to print.
        widths: of the columns, points.
        right: columns set to the right, whose texts are never broken but made smaller.
        alarm: rows in the colour of alarm.
        strong: rows in bold.
        heads: whether the first column names its row.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    look: Look
    right: Collection[int] = ()
    alarm: Collection[int] = ()
    strong: Collection[int] = ()
    heads: bool = False

    def lines(self, row: Sequence[str], font: str, is_header: bool = False) -> list[list[str]]:
        """Return the lines of each cell of a row."""
        look = self.look
        cells = []
        for column, text in enumerate(row):
            if (column in self.right and not is_header) or not text:
                cells.append([text])
                continue
            lines = broken(text, font, look.size, self.widths[column] - 2 * look.side)
            if len(lines) > _MOST_LINES:
                lines = [*lines[: _MOST_LINES - 1], "…"]
            cells.append(lines)
        return cells

    def height(self, cells: Sequence[Sequence[str]]) -> float:
        """Return the height of a row by the lines of its cells, points."""
        most = max(map(len, cells), default=1)
        return most * self.look.leading + self.look.above + self.look.below

    def font(self, index: int) -> str:
        """Return the font of a row."""
        return self.look.bold if index in self.strong else self.look.regular


class TaggedTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table of any length: one element over all its pages, with its header on each.

    Only the first header belongs to the tree; the ones on later pages are artifacts. Heights
    are computed once and rows are drawn straight from their texts, so that time is linear
    and memory small.
    """

    def __init__(self, grid: Grid, start: int = 0, end: int | None = None) -> None:
        super().__init__()
        self._grid = grid
        self._start = start
        self._end = len(grid.rows) if end is None else end
        self._key: object = object()
        self._header = grid.height(grid.lines(grid.header, grid.look.bold, is_header=True))
        self._heights = array("d")
        self._laid: dict[int, list[list[str]]] = {}
        self.width = sum(grid.widths)
        self.height = 0.0

    def _part(self, start: int, end: int) -> "TaggedTable":
        part = TaggedTable(self._grid, start, end)
        part._key = self._key
        part._heights, part._laid = self._heights, self._laid
        return part

    def _fitting(self, height: float) -> tuple[int, float]:
        """Return the row after the last one that fits, and the height until there."""
        used = self._header
        grid, heights = self._grid, self._heights
        for index in range(self._start, self._end):
            if index == len(heights):
                cells = grid.lines(grid.rows[index], grid.font(index))
                heights.append(grid.height(cells))
                if len(self._laid) < _KEPT_ROWS:
                    self._laid[index] = cells
            if used + heights[index] > height + 1e-6:
                return index, used
            used += heights[index]
        return self._end, used

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Return the size; of a table that does not fit, only that it is higher."""
        fitting, used = self._fitting(height)
        self.height = used
        return self.width, used if fitting == self._end else used + self._heights[fitting]

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Split between rows."""
        fitting, _used = self._fitting(height)
        if fitting == self._start:
            return []
        if fitting == self._end:
            return [self]
        return [self._part(self._start, fitting), self._part(fitting, self._end)]

    def draw(self) -> None:
        """Draw the rows that this part has."""
        canvas, structure, grid = self.canv, self.canv.structure, self._grid
        self._draw_band(canvas)
        with structure.element("Table", self._key):
            canvas.setFillColor(grid.look.ink)
            if self._start:
                with artifact(canvas, "/Pagination"):
                    self._draw_header(canvas, tagged=False)
            else:
                with structure.element("TR"):
                    self._draw_header(canvas, tagged=True)
            top = self.height - self._header
            for index in range(self._start, self._end):
                structure.open("TR")
                self._draw_row(canvas, index, top)
                structure.close()
                top -= self._heights[index]
        self._draw_rules(canvas)

    def _draw_band(self, canvas: ArchiveCanvas) -> None:
        with artifact(canvas):
            canvas.setFillColor(self._grid.look.band)
            bottom = self.height - self._header
            canvas.rect(0, bottom, self.width, self._header, stroke=0, fill=1)

    def _draw_rules(self, canvas: ArchiveCanvas) -> None:
        look, y = self._grid.look, self.height - self._header
        rules = [(0, y, self.width, y)]
        for index in range(self._start, self._end):
            y -= self._heights[index]
            rules.append((0, y, self.width, y))
        with artifact(canvas):
            canvas.setStrokeColor(look.line)
            canvas.setLineWidth(0.4)
            canvas.lines(rules)

    def _draw_header(self, canvas: ArchiveCanvas, tagged: bool) -> None:
        grid, look = self._grid, self._grid.look
        for column, lines in enumerate(grid.lines(grid.header, look.bold, is_header=True)):
            if not tagged:
                self._draw_lines(canvas, column, lines, self.height, look.bold)
                continue
            role = "TH" if lines[0] else "TD"
            attributes = HEADER_CELL if lines[0] else ""
            number = canvas.structure.cell(role, attributes, bool(lines[0]))
            if number >= 0:
                canvas.begin_content(role, number)
                self._draw_lines(canvas, column, lines, self.height, look.bold)
                canvas.end_content()

    def _draw_row(self, canvas: ArchiveCanvas, index: int, top: float) -> None:
        grid, structure = self._grid, canvas.structure
        font = grid.font(index)
        if index in grid.alarm:
            canvas.setFillColor(grid.look.alarm)
        cells = self._laid.pop(index, None) or grid.lines(grid.rows[index], font)
        for column, lines in enumerate(cells):
            head = grid.heads and column == 0
            role = "TH" if head else "TD"
            number = structure.cell(role, ROW_CELL if head else "", bool(lines[0]))
            if number >= 0:
                canvas.begin_content(role, number)
                self._draw_lines(canvas, column, lines, top, font)
                canvas.end_content()
        if index in grid.alarm:
            canvas.setFillColor(grid.look.ink)

    def _draw_lines(
        self, canvas: ArchiveCanvas, column: int, lines: list[str], top: float, font: str
    ) -> None:
        grid, look = self._grid, self._grid.look
        x = sum(grid.widths[:column]) + look.side
        y = top - look.above - look.size
        if column in grid.right:
            room = grid.widths[column] - 2 * look.side
            for line in lines:
                _draw_right(canvas, line, x, room, y, font, look.size)
                y -= look.leading
            return
        for line in lines:
            canvas.put(x, y, line, font, look.size)
            y -= look.leading


def _draw_right(
    canvas: ArchiveCanvas, text: str, x: float, room: float, y: float, font: str, size: float
) -> None:
    """Draw a figure to the right, smaller where it would run out of its cell."""
    drawn = stringWidth(text, font, size)
    if drawn > room:
        size, drawn = size * room / drawn, room
    canvas.put(x + room - drawn, y, text, font, size)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: a label, which may be missing, and a text."""

    label: Paragraph | None
    text: Paragraph


class TaggedList(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A list in columns that are read downwards.

    Args:
        columns: items of each column.
        width: of the whole list, points.
        share: part of a column that labels take.
    """

    _GAP: Final = 8
    _BELOW: Final = 2.5

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
        """Split between rows; the parts stay one list."""
        fitting, used = 0, 0.0
        for row in self._heights:
            if used + row > height:
                break
            fitting, used = fitting + 1, used + row
        if fitting in (0, len(self._heights)):
            return [self] if fitting else []
        cut = (slice(None, fitting), slice(fitting, None))
        return [self._part([column[part] for column in self._columns]) for part in cut]

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
                    with canvas.structure.element("LI"):
                        if item.label:
                            _draw_part(canvas, "Lbl", item.label, x, y)
                        _draw_part(canvas, "LBody", item.text, x + label, y)
                    y -= height


def _draw_part(canvas: ArchiveCanvas, role: str, text: Paragraph, x: float, top: float) -> None:
    with canvas.structure.element(role), content(canvas, role):
        text.drawOn(canvas, x, top - text.height)
