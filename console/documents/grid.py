"""Tables that know what they mean: of any length, in linear time, with tagged cells."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from console.documents.archive import ArchiveCanvas
from console.documents.structure import HEADER_CELL, ROW_CELL, Element
from console.documents.tagging import artifact

_TALL: Final = 12
"""Lines of a row that is worth dividing where a page ends."""
_FEWEST: Final = 3
"""Lines of a divided row that stay on a page at least."""
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
            room = self.widths[column] - 2 * look.side
            cells.append(broken(text, font, look.size, room))
        return cells

    def height(self, cells: Sequence[Sequence[str]]) -> float:
        """Return the height of a row by the lines of its cells, points."""
        return self.room(max(map(len, cells), default=1))

    def room(self, lines: int) -> float:
        """Return the height of a row of so many lines, points."""
        return lines * self.look.leading + self.look.above + self.look.below

    def font(self, index: int) -> str:
        """Return the font of a row."""
        return self.look.bold if index in self.strong else self.look.regular


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place between two lines of a table: so many whole rows above it, and lines of the next."""

    row: int
    line: int = 0


_TOP: Final = Place(0)


@dataclass(slots=True)
class _Shared:
    """What all parts of one table know, so that nothing is measured twice.

    Args:
        key: of the element.
        lines: how many lines each row takes, as far as they are measured.
        laid: lines of rows that were measured and are not drawn yet.
        row: key of the row that goes on over a break of the page.
        cells: elements of that row.
    """

    key: object
    lines: "array[int]"
    laid: dict[int, list[list[str]]]
    row: object
    cells: list[Element]


class TaggedTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A table of any length: one element over all its pages, with its header on each.

    Only the first header belongs to the tree; the ones on later pages are artifacts. A tall row
    goes on over a break of the page and stays one row. Heights are computed once and rows are
    drawn straight from their texts, so that time is linear and memory small.
    """

    def __init__(
        self,
        grid: Grid,
        start: Place = _TOP,
        end: Place | None = None,
        shared: _Shared | None = None,
    ) -> None:
        super().__init__()
        self._grid = grid
        self._start = start
        self._end = Place(len(grid.rows)) if end is None else end
        self._shared = shared or _Shared(object(), array("L"), {}, object(), [])
        self._header = grid.height(grid.lines(grid.header, grid.look.bold, is_header=True))
        self.width = sum(grid.widths)
        self.height = 0.0

    def _part(self, start: Place, end: Place) -> "TaggedTable":
        return TaggedTable(self._grid, start, end, self._shared)

    def _lines(self, index: int) -> int:
        """Return how many lines a row takes."""
        grid, shared = self._grid, self._shared
        if index == len(shared.lines):
            cells = grid.lines(grid.rows[index], grid.font(index))
            shared.lines.append(max(map(len, cells), default=1))
            if len(shared.laid) < _KEPT_ROWS:
                shared.laid[index] = cells
        return shared.lines[index]

    def _slices(self) -> Iterator[tuple[int, int, int]]:
        """Yield each row of this part: its index, its first line, the one after its last line."""
        for index in range(self._start.row, self._end.row + bool(self._end.line)):
            first = self._start.line if index == self._start.row else 0
            last = self._end.line if index == self._end.row else self._lines(index)
            yield index, first, last

    def _fitting(self, height: float) -> tuple[Place, float]:
        """Return the place after the last line that fits, and the height until there."""
        used, look = self._header, self._grid.look
        for index, first, last in self._slices():
            taken = self._grid.room(last - first)
            if used + taken <= height + 1e-6:
                used += taken
                continue
            room = int((height - used - look.above - look.below) / look.leading)
            if self._lines(index) < _TALL or room < _FEWEST:
                return Place(index, first), used
            return Place(index, first + room), used + self._grid.room(room)
        return self._end, used

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Return the size; of a table that does not fit, only that it is higher."""
        fitting, used = self._fitting(height)
        self.height = used
        return self.width, used if fitting == self._end else height + 1

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Split between rows, or inside a tall one."""
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
        with structure.element("Table", self._shared.key):
            canvas.setFillColor(grid.look.ink)
            if self._start != _TOP:
                with artifact(canvas, "/Pagination"):
                    self._draw_header(canvas, tagged=False)
            else:
                with structure.element("TR"):
                    self._draw_header(canvas, tagged=True)
            top = self.height - self._header
            for index, first, last in self._slices():
                if (first, last) == (0, self._lines(index)):
                    structure.open("TR")
                    self._draw_row(canvas, index, top)
                    structure.close()
                else:
                    self._draw_part(canvas, index, top, slice(first, last))
                top -= grid.room(last - first)
        self._draw_rules(canvas)

    def _draw_band(self, canvas: ArchiveCanvas) -> None:
        with artifact(canvas):
            canvas.setFillColor(self._grid.look.band)
            bottom = self.height - self._header
            canvas.rect(0, bottom, self.width, self._header, stroke=0, fill=1)

    def _draw_rules(self, canvas: ArchiveCanvas) -> None:
        look, y = self._grid.look, self.height - self._header
        rules = [(0, y, self.width, y)]
        for _index, first, last in self._slices():
            y -= self._grid.room(last - first)
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
        cells = self._shared.laid.pop(index, None) or grid.lines(grid.rows[index], font)
        for column, lines in enumerate(cells):
            role, attributes = self._role(column)
            number = structure.cell(role, attributes, bool(lines[0]))
            if number >= 0:
                canvas.begin_content(role, number)
                self._draw_lines(canvas, column, lines, top, font)
                canvas.end_content()
        if index in grid.alarm:
            canvas.setFillColor(grid.look.ink)

    def _draw_part(self, canvas: ArchiveCanvas, index: int, top: float, lines: slice) -> None:
        """Draw a part of a row that goes on over a break of the page; each cell stays one."""
        grid, structure, shared = self._grid, canvas.structure, self._shared
        font = grid.font(index)
        cells = shared.laid.get(index) or grid.lines(grid.rows[index], font)
        canvas.setFillColor(grid.look.alarm if index in grid.alarm else grid.look.ink)
        if not lines.start:
            shared.row = object()
        structure.open("TR", shared.row)
        if not lines.start:
            shared.cells = [
                structure.begin_cell(*self._role(column)) for column in range(len(cells))
            ]
        for column, (cell, element) in enumerate(zip(cells, shared.cells, strict=True)):
            drawn = cell[lines]
            if any(drawn):
                canvas.begin_content(element.role, structure.content_of(element))
                self._draw_lines(canvas, column, drawn, top, font)
                canvas.end_content()
        structure.close()
        if lines.stop == self._lines(index):
            for element in shared.cells:
                structure.end_cell(element)
            shared.laid.pop(index, None)
        canvas.setFillColor(grid.look.ink)

    def _role(self, column: int) -> tuple[str, str]:
        """Return what a cell is, and its attributes."""
        return ("TH", ROW_CELL) if self._grid.heads and not column else ("TD", "")

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
