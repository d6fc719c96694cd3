"""What all documents share: fonts, styles, the page with its footer, and safe text.

A document takes one finished record and gives bytes; the same record gives the same bytes.
"""

import hashlib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepInFrame,
    PageTemplate,
    Paragraph,
    Spacer,
)

import resources
from console.documents.archive import ArchiveCanvas, Attachment, Meta
from console.documents.tagging import (
    Grid,
    Item,
    Look,
    TaggedHeading,
    TaggedList,
    TaggedParagraph,
    TaggedTable,
    artifact,
)
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
_COUNT: Final = "count-of-pages"
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


@lru_cache(maxsize=1)
def _characters() -> frozenset[str]:
    """Return the characters that print as they are, all of them composed."""
    return frozenset(
        character
        for character in map(chr, _fonts())
        if unicodedata.normalize("NFC", character) == character
        and not unicodedata.combining(character)
    )


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
    if not (text.isprintable() and _characters().issuperset(text)):
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
    subheading: ParagraphStyle
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
        ),
        subheading=ParagraphStyle(
            "subheading",
            body,
            fontName=BOLD,
            leading=14,
            spaceBefore=8,
            spaceAfter=3,
        ),
        body=body,
        small=ParagraphStyle("small", body, fontSize=8.5, leading=11, textColor=MUTED),
        cell=ParagraphStyle("cell", body, fontSize=9, leading=11.5),
        strong=ParagraphStyle("strong", body, fontName=BOLD),
    )


def paragraph(text: object, style: ParagraphStyle, role: str = "P") -> Paragraph:
    """Return foreign text as a paragraph; nothing in it is markup."""
    made = TaggedParagraph(escape(safe(text)), style)
    made.role = role
    return made


def prose(text: str) -> list[Flowable]:
    """Return a longer foreign text as paragraphs, one for each of its lines."""
    whole = text if len(text) <= _PROSE_LENGTH else f"{text[: _PROSE_LENGTH - 1]}…"
    return [
        TaggedParagraph(escape(safe(line, _PROSE_LENGTH)), styles().body)
        for line in whole.splitlines()
        if line.strip()
    ]


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    right: Sequence[int] = (),
    alarm: Sequence[int] = (),
    strong: Sequence[int] = (),
    heads: bool = False,
) -> Flowable:
    """Return a table of any length; texts take as many lines as they need.

    Args:
        header: repeated on every page.
        rows: cells.
        widths: parts of the page's width.
        right: columns of figures, set to the right.
        alarm: rows printed in the colour of alarm.
        strong: rows printed in bold.
        heads: whether the first column names its row.
    """
    return TaggedTable(
        Grid(
            header=[safe(cell) for cell in header],
            rows=[[safe(cell) for cell in row] for row in rows],
            widths=[width * WIDTH for width in widths],
            look=_look(),
            right=frozenset(right),
            alarm=frozenset(alarm),
            strong=frozenset(strong),
            heads=heads,
        )
    )


@lru_cache(maxsize=1)
def _look() -> Look:
    styles()
    return Look(REGULAR, BOLD, 9, 11.5, INK, ALARM, BAND, LINE)


def fitted(text: str, width: float) -> str:
    """Cut a text that would run out of its place at the foot, with an ellipsis."""
    room = width - _CELL_PADDING
    if pdfmetrics.stringWidth(text, REGULAR, 9) <= room:
        return text
    while text and pdfmetrics.stringWidth(f"{text}…", REGULAR, 9) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def facts(pairs: Sequence[tuple[str, object]]) -> Flowable:
    """Return labels and values in two columns; pairs without a value are left out."""
    items = [
        Item(_plain(label, styles().small), _plain(value, styles().cell))
        for label, value in pairs
        if str(value)
    ]
    return _in_two_columns(items, 0.3)


def points(texts: Sequence[str], columns: int = 1) -> Flowable:
    """Return short texts as points, in one column or in two that are read downwards."""
    items = [Item(None, _plain(f"• {text}", styles().cell)) for text in texts]
    return _in_two_columns(items, 0) if columns > 1 else TaggedList([items], WIDTH)


def _plain(text: object, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph that is part of something larger."""
    return Paragraph(escape(safe(text)), style)


def _in_two_columns(items: Sequence[Item], share: float) -> Flowable:
    if not items:
        return gap(0)
    half = (len(items) + 1) // 2
    return TaggedList([items[:half], items[half:]], WIDTH, share)


def title(text: str) -> Paragraph:
    """Return the document's title, the only heading of the first level."""
    return paragraph(text, styles().title, "H1")


def heading(text: str) -> Paragraph:
    """Return a heading of a section."""
    return _heading(text, styles().heading, "H2")


def subheading(text: str) -> Paragraph:
    """Return a heading inside a section."""
    return _heading(text, styles().subheading, "H3")


def _heading(text: str, style: ParagraphStyle, role: str) -> Paragraph:
    made = TaggedHeading(escape(safe(text)), style)
    made.role = role
    return made


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
class Paper:
    """What is said about a document beside its text.

    Args:
        title: of the document.
        language: ``cs`` or ``en``.
        number: of the document with its revision.
        client: name of the client.
        period: month or day.
        operator: who issues it.
        issued_at: aware.
        data: what it was made from, as JSON; goes into the file.
    """

    title: str
    language: str
    number: str
    client: str
    period: str
    operator: str = ""
    issued_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    data: str = ""


def fingerprint(data: str) -> str:
    """Return the first 16 hexadecimal digits of the data's SHA-256."""
    return hashlib.sha256(data.encode()).hexdigest()[:16]


def build(paper: Paper, story: list[Flowable]) -> bytes:
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
        initialFontName=REGULAR,
    )
    frame = Frame(MARGIN, 20 * mm, WIDTH, HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(story, canvasmaker=_canvas_maker(paper))
    return buffer.getvalue()


def _meta(paper: Paper) -> Meta:
    attached = Attachment(
        "data.json",
        "application/json",
        paper.data.encode(),
        _("The data that the document was made from"),
    )
    return Meta(
        title=safe(paper.title),
        author=safe(paper.operator or paper.client),
        language=paper.language,
        issued_at=paper.issued_at,
        attachments=(attached,) if paper.data else (),
    )


def _canvas_maker(paper: Paper) -> type[ArchiveCanvas]:
    class FootedCanvas(ArchiveCanvas):
        """Draws the foot of every page; the count of pages, known at the end, is one form."""

        def __init__(self, target: Any, **options: Any) -> None:
            kept = {name: options[name] for name in ("pagesize", "initialFontName")}
            super().__init__(target, _meta(paper), **kept)

        def showPage(self) -> None:  # noqa: N802  (reportlab's name)
            with artifact(self, "/Pagination/Subtype/Footer"):
                _draw_footer(self, paper)
            super().showPage()

        def save(self) -> None:
            self.beginForm(_COUNT, 0, -4, 60, 12)
            self.setFillColor(MUTED)
            self.setFont(REGULAR, 8)
            self.drawString(0, 0, str(self._pageNumber - 1))
            self.endForm()
            super().save()

    return FootedCanvas


def _draw_footer(canvas: ArchiveCanvas, paper: Paper) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 15 * mm, A4[0] - MARGIN, 15 * mm)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 8)
    left = f"{safe(paper.number)}  ·  {fitted(safe(paper.client), 230)}  ·  {paper.period}"
    canvas.drawString(MARGIN, 11 * mm, left)
    page = _("Page {page} of {pages}").format(page=canvas.getPageNumber(), pages="")
    left_edge = A4[0] - MARGIN - pdfmetrics.stringWidth(f"{page}0000", REGULAR, 8)
    canvas.drawString(left_edge, 11 * mm, page)
    canvas.saveState()
    canvas.translate(left_edge + pdfmetrics.stringWidth(page, REGULAR, 8), 11 * mm)
    canvas.doForm(_COUNT)
    canvas.restoreState()
    printed = _("Fingerprint {digits}").format(digits=fingerprint(paper.data))
    canvas.drawString(MARGIN, 7.5 * mm, printed)
