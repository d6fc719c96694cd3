"""What all documents share: colours, styles, and the pieces that they are put together from.

A document takes one finished record and gives bytes; the same record gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepInFrame, KeepTogether, Paragraph, Spacer

from console.documents import lettering
from console.documents.grid import Grid, Look, TaggedTable
from console.documents.lettering import BOLD, LONGEST, REGULAR, safe
from console.documents.tagging import Item, TaggedHeading, TaggedList, TaggedParagraph

INK: Final = colors.HexColor("#1b2333")
MUTED: Final = colors.HexColor("#5b6475")
LINE: Final = colors.HexColor("#c9d0dc")
BAND: Final = colors.HexColor("#eef2f8")
ACCENT: Final = colors.HexColor("#2456c9")
ALARM: Final = colors.HexColor("#b3261e")
MARGIN: Final = 18 * mm
WIDTH: Final = A4[0] - 2 * MARGIN
HEIGHT: Final = A4[1] - 36 * mm
_SMALLEST: Final = 1.6
"""A page that is so many times too long is not shrunk: it could not be read any more."""
_SIDE_BY_SIDE: Final = 400
"""Characters; a longer text takes the whole width, where it may go on to the next page."""


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
    lettering.register()
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


def paragraph(
    text: object, style: ParagraphStyle, role: str = "P", length: int = LONGEST
) -> Paragraph:
    """Return foreign text as a paragraph; nothing in it is markup.

    Args:
        text: anything.
        style: of the paragraph.
        role: of PDF's standard roles.
        length: characters at most.
    """
    made = TaggedParagraph(escape(safe(text, length)), style)
    made.role = role
    return made


def prose(text: str) -> list[Flowable]:
    """Return a longer foreign text as paragraphs, one for each of its lines."""
    whole = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return [
        TaggedParagraph(escape(safe(line)), styles().body)
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


def table_or(
    sentence: str, header: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float]
) -> Flowable:
    """Return a table, or what is said where it has no rows."""
    return table(header, rows, widths) if rows else paragraph(sentence, styles().body)


@lru_cache(maxsize=1)
def _look() -> Look:
    styles()
    return Look(REGULAR, BOLD, 9, 11.5, INK, ALARM, BAND, LINE)


def facts(pairs: Sequence[tuple[str, object]]) -> Flowable:
    """Return labels and values in two columns; pairs without a value are left out."""
    said = [(label, value) for label, value in pairs if str(value)]
    items = [
        Item(_plain(label, styles().small), _plain(value, styles().cell)) for label, value in said
    ]
    if any(len(str(value)) > _SIDE_BY_SIDE for _label, value in said):
        return TaggedList([items], WIDTH, 0.15)
    return _in_two_columns(items, 0.3)


def points(texts: Sequence[str], columns: int = 1) -> Flowable:
    """Return texts as points, in one column or, where they are short, in two read downwards."""
    items = [Item(None, _plain(f"• {text}", styles().cell)) for text in texts]
    is_short = all(len(text) <= _SIDE_BY_SIDE for text in texts)
    return _in_two_columns(items, 0) if columns > 1 and is_short else TaggedList([items], WIDTH)


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


def together(story: list[Flowable]) -> Flowable:
    """Keep a story on one page; its headings need no room for what is kept with them anyway."""
    for flowable in story:
        if isinstance(flowable, TaggedHeading):
            flowable.following = 0.0
    return KeepTogether(story)


def on_one_page(story: list[Flowable]) -> list[Flowable]:
    """Shrink a story that is a little too long so that it fits one page."""
    if not HEIGHT < height_of(story) < _SMALLEST * HEIGHT:
        return story
    return [KeepInFrame(WIDTH, HEIGHT, story, mode="shrink")]


def height_of(story: Sequence[Flowable]) -> float:
    """Return the height of a story; points."""
    return float(
        sum(
            flowable.getSpaceBefore() + flowable.wrap(WIDTH, HEIGHT)[1] + flowable.getSpaceAfter()
            for flowable in story
        )
    )
