"""Tables that know what they mean: of any length, in linear time, with tagged cells."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from console.documents.archive import ArchiveCanvas
from console.documents.structure import HEADER_CELL, ROW_CELL
from console.documents.tagging import artifact

_MOST_LINES: Final = 50
"""Lines in one cell; a row must fit on a page."""
_KEPT_ROWS: Final = 200
"""Rows whose lines are kept between measuring and drawing."""


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
