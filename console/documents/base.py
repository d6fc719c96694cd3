"""What all documents share: fonts, styles, the page with its footer, and safe text.

A document takes one finished record and gives bytes; the same record gives the same bytes.
"""

import hashlib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

import resources
from console.texts import _

REGULAR: Final = "SourceSans3"
BOLD: Final = "SourceSans3-Bold"
ITALIC: Final = "SourceSans3-Italic"
INK: Final = colors.HexColor("#1b2333")
MUTED: Final = colors.HexColor("#5b6475")
LINE: Final = colors.HexColor("#c9d0dc")
BAND: Final = colors.HexColor("#eef2f8")
ACCENT: Final = colors.HexColor("#2456c9")
ALARM: Final = colors.HexColor("#b3261e")
MARGIN: Final = 18 * mm
WIDTH: Final = A4[0] - 2 * MARGIN
HEIGHT: Final = A4[1] - 36 * mm
CHUNK_ROWS: Final = 500
_SMALLEST: Final = 1.6
"""A page that is so many times too long is not shrunk: it could not be read any more."""
_WORD_LENGTH: Final = 40
_CELL_LENGTH: Final = 600
_PROSE_LENGTH: Final = 20_000
_CELL_PADDING: Final = 9
_FACES: Final = {
    REGULAR: "SourceSans3-Regular.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    ITALIC: "SourceSans3-It.ttf",
}
_LONG_WORD: Final = re.compile(rf"\S{{{_WORD_LENGTH},}}")
_SUBSTITUTE: Final = "\N{WHITE SQUARE}"


@lru_cache(maxsize=1)
def _fonts() -> frozenset[int]:
    """Register the fonts once; return the characters that they have."""
    for name, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources.path(f"fonts/{file}"))))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )
    rl_config.canvas_basefontname = REGULAR
    return frozenset(pdfmetrics.getFont(REGULAR).face.charToGlyph)


def safe(value: object, length: int = _CELL_LENGTH) -> str:
    """Return foreign text as it can be printed.

    Control characters go, characters outside the font become a visible substitute, words
    without end get places to break at, and texts without end are cut with an ellipsis.

    Args:
        value: anything; what it is as text.
        length: characters at most.
    """
    text = str(value)
    if len(text) > length:
        text = f"{text[: length - 1]}…"
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_printable, unicodedata.normalize("NFC", text)))
    return _LONG_WORD.sub(_broken, text)


def _printable(character: str) -> str:
    if character.isspace():
        return character if ord(character) in _fonts() else " "
    if not character.isprintable():
        return ""
    return character if ord(character) in _fonts() else _SUBSTITUTE


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    return " ".join(word[i : i + _WORD_LENGTH] for i in range(0, len(word), _WORD_LENGTH))


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of all documents."""

    title: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    small: ParagraphStyle
    cell: ParagraphStyle
    strong: ParagraphStyle


@lru_cache(maxsize=1)
def styles() -> Styles:
    """Return the styles, with the fonts registered."""
    _fonts()
    body = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=13.5, textColor=INK)
    return Styles(
        title=ParagraphStyle("title", body, fontName=BOLD, fontSize=20, leading=25),
        heading=ParagraphStyle(
            "heading",
            body,
            fontName=BOLD,
            fontSize=12.5,
            leading=16,
            spaceBefore=12,
            spaceAfter=5,
            keepWithNext=1,
        ),
        body=body,
        small=ParagraphStyle("small", body, fontSize=8.5, leading=11, textColor=MUTED),
        cell=ParagraphStyle("cell", body, fontSize=9, leading=11.5),
        strong=ParagraphStyle("strong", body, fontName=BOLD),
    )


def paragraph(text: object, style: ParagraphStyle) -> Paragraph:
    """Return foreign text as a paragraph; nothing in it is markup."""
    return Paragraph(escape(safe(text)), style)


def prose(text: str) -> list[Flowable]:
    """Return a longer foreign text as paragraphs, one for each of its lines."""
    whole = text if len(text) <= _PROSE_LENGTH else f"{text[: _PROSE_LENGTH - 1]}…"
    return [
        Paragraph(escape(safe(line, _PROSE_LENGTH)), styles().body)
        for line in whole.splitlines()
        if line.strip()
    ]


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    right: Sequence[int] = (),
    wrap: Sequence[int] = (),
    alarm: Sequence[int] = (),
) -> list[Flowable]:
    """Return a table of any length, in chunks so that it stays linear.

    Args:
        header: repeated on every page.
        rows: cells; plain strings but for the columns that wrap.
        widths: parts of the page's width; they add up to 1.
        right: columns set to the right.
        wrap: columns whose text may take several lines.
        alarm: rows printed in the colour of alarm.
    """
    columns = [width * WIDTH for width in widths]
    drawn = [_row(row, columns, wrap, right) for row in rows]
    chunks = range(0, max(len(drawn), 1), CHUNK_ROWS)
    return [
        Table(
            [[safe(cell) for cell in header], *drawn[start : start + CHUNK_ROWS]],
            colWidths=columns,
            repeatRows=1,
            style=_table_style(right, [a - start for a in alarm if 0 <= a - start < CHUNK_ROWS]),
            hAlign="LEFT",
        )
        for start in chunks
    ]


def _row(
    row: Sequence[object], columns: Sequence[float], wrap: Sequence[int], right: Sequence[int]
) -> list[Any]:
    cells: list[Any] = []
    for index, cell in enumerate(row):
        if index in wrap:
            cells.append(paragraph(cell, styles().cell))
        elif index in right:
            cells.append(_figure(safe(cell), columns[index]))
        else:
            cells.append(fitted(safe(cell), columns[index]))
    return cells


def _figure(text: str, width: float) -> str | Paragraph:
    """Return a figure, smaller where it would run out of its cell: a cut one would be wrong."""
    drawn = pdfmetrics.stringWidth(text, REGULAR, 9)
    if drawn <= width - _CELL_PADDING:
        return text
    size = 9 * (width - _CELL_PADDING) / drawn
    style = ParagraphStyle("figure", styles().cell, fontSize=size, alignment=TA_RIGHT)
    return Paragraph(escape(text), style)


def fitted(text: str, width: float) -> str:
    """Cut a text that would run out of its cell, with an ellipsis."""
    room = width - _CELL_PADDING
    if pdfmetrics.stringWidth(text, REGULAR, 9) <= room:
        return text
    while text and pdfmetrics.stringWidth(f"{text}…", REGULAR, 9) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _table_style(right: Sequence[int], alarm: Sequence[int]) -> TableStyle:
    return TableStyle(
        [
            ("FONT", (0, 0), (-1, 0), BOLD, 9),
            ("FONT", (0, 1), (-1, -1), REGULAR, 9),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("BACKGROUND", (0, 0), (-1, 0), BAND),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            *(("ALIGN", (column, 0), (column, -1), "RIGHT") for column in right),
            *(("TEXTCOLOR", (0, row + 1), (-1, row + 1), ALARM) for row in alarm),
        ]
    )


def facts(pairs: Sequence[tuple[str, object]]) -> Flowable:
    """Return labels and values in two columns of pairs; pairs without a value are left out."""
    shown = [(label, value) for label, value in pairs if str(value)]
    if not shown:
        return gap(0)
    cells = [
        [paragraph(label, styles().small), paragraph(value, styles().cell)]
        for label, value in shown
    ]
    half = (len(cells) + 1) // 2
    rows = [
        [*cells[i], *(cells[i + half] if i + half < len(cells) else ["", ""])] for i in range(half)
    ]
    return Table(
        rows,
        colWidths=[WIDTH * part for part in (0.15, 0.35, 0.15, 0.35)],
        style=TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
            ]
        ),
        hAlign="LEFT",
    )


def two_columns(texts: Sequence[str]) -> Table:
    """Return short texts as points in two columns, read downwards."""
    points = [paragraph(f"• {text}", styles().cell) for text in texts]
    half = (len(points) + 1) // 2
    rows = [[points[i], points[i + half] if i + half < len(points) else ""] for i in range(half)]
    return Table(
        rows,
        colWidths=[WIDTH / 2, WIDTH / 2],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        ),
        hAlign="LEFT",
    )


def heading(text: str) -> Paragraph:
    """Return a heading of a section."""
    return paragraph(text, styles().heading)


def gap(height: float = 6) -> Spacer:
    """Return an empty space; points."""
    return Spacer(1, height)


def on_one_page(story: list[Flowable]) -> list[Flowable]:
    """Shrink a story that is a little too long so that it fits one page."""
    height = sum(
        flowable.getSpaceBefore() + flowable.wrap(WIDTH, HEIGHT)[1] + flowable.getSpaceAfter()
        for flowable in story
    )
    if not HEIGHT < height < _SMALLEST * HEIGHT:
        return story
    return [KeepInFrame(WIDTH, HEIGHT, story, mode="shrink")]


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page.

    Args:
        number: of the document with its revision.
        client: name of the client.
        period: month or day.
        fingerprint: of the data, so that paper can be held against the record.
    """

    number: str
    client: str
    period: str
    fingerprint: str


def fingerprint(data: str) -> str:
    """Return the first 16 hexadecimal digits of the data's SHA-256."""
    return hashlib.sha256(data.encode()).hexdigest()[:16]


def build(title: str, language: str, footer: Footer, story: list[Flowable]) -> bytes:
    """Lay the story out on A4 pages and return the PDF's bytes."""
    styles()
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=16 * mm,
        bottomMargin=20 * mm,
        title=safe(title),
        author=safe(footer.client),
        lang="cs-CZ" if language == "cs" else "en-GB",
        invariant=1,
        initialFontName=REGULAR,
    )
    frame = Frame(MARGIN, 20 * mm, WIDTH, HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(story, canvasmaker=_canvas_maker(footer))
    return buffer.getvalue()


def _canvas_maker(footer: Footer) -> type[Canvas]:
    class NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
        """Keeps the pages back until their count is known."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  (reportlab's name)
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, 1):
                self.__dict__.update(page)
                _draw_footer(self, footer, number, len(self._kept))
                super().showPage()
            super().save()

    return NumberedCanvas


def _draw_footer(canvas: Canvas, footer: Footer, page: int, pages: int) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 15 * mm, A4[0] - MARGIN, 15 * mm)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 8)
    left = f"{safe(footer.number)}  ·  {fitted(safe(footer.client), 230)}  ·  {footer.period}"
    canvas.drawString(MARGIN, 11 * mm, left)
    counted = _("Page {page} of {pages}").format(page=page, pages=pages)
    canvas.drawRightString(A4[0] - MARGIN, 11 * mm, counted)
    canvas.drawString(MARGIN, 7.5 * mm, _("Fingerprint {digits}").format(digits=footer.fingerprint))
