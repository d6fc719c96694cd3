"""What an office does with paper: long names within the margins, a copier without colours."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from console import texts
from console.documents import letter
from console.domain.letterhead import Brand
from tests.documents import everything, pdf

LONG = ("Základní škola a mateřská škola Příšerně Žluťoučký Kůň, příspěvková organizace " * 3)[:200]
WORD = "Nejneobhospodařovávatelnějšími" * 7
SHORTENED = {
    "status-report": 4,
    "order-form": 3,
    "written-confirmation": 2,
    "complaint-record": 1,
    "complaint-reply": 1,
    "hand-over": 2,
}
"""Names beside a signature or in the letterhead, and lines of the page for the mayor: each of
them stands whole elsewhere in the document."""
MARGIN = 50
PAGE = (595.3, 841.9)
READABLE = 4.5
"""Contrast of text against paper. Source: WCAG 2.2, success criterion 1.4.3."""


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
@pytest.mark.parametrize("text", [LONG, WORD[:200]], ids=["words", "one-word"])
def test_name_of_two_hundred_characters_is_whole_and_in_the_margins(
    name: str, language: str, text: str
) -> None:
    content = everything.filled(name, language, text)
    assert pdf.squeezed(text) in pdf.squeezed(pdf.words(content))
    wide = [box for box in pdf.boxes(content) if box[0] < MARGIN or box[2] > PAGE[0] - MARGIN]
    assert wide == []
    assert [box for box in pdf.boxes(content) if box[1] < 0 or box[3] > PAGE[1]] == []


@pytest.mark.parametrize("name", everything.NAMES)
def test_long_text_is_whole_wherever_it_can_come_from(name: str) -> None:
    content = everything.filled(name, "en", f"ZAČÁTEK {'slovo ' * 330} KONEC")
    printed = pdf.squeezed(pdf.words(content))
    feet = int(pdf.info(content)["Pages"])
    cut = printed.count("ZAČÁTEK") - printed.count("KONEC")
    assert cut == feet + SHORTENED.get(name, 0)
    wide = [box for box in pdf.boxes(content) if box[0] < MARGIN or box[2] > PAGE[0] - MARGIN]
    assert wide == []
    assert [box for box in pdf.boxes(content) if box[3] > PAGE[1]] == []


def luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance of a colour. Source: WCAG 2.2."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def drawn(content: bytes) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield what is drawn, text or area, each with its colour."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in document.pages:
            colour: tuple[float, ...] = (0, 0, 0)
            kept: list[tuple[float, ...]] = []
            for step in pikepdf.parse_content_stream(page):
                operator, operands = str(step.operator), list(step.operands)
                if operator == "rg":
                    colour = tuple(map(float, operands))
                elif operator == "g":
                    colour = (float(operands[0]),) * 3
                elif operator == "q":
                    kept.append(colour)
                elif operator == "Q":
                    colour = kept.pop()
                elif operator in ("Tj", "TJ", "f", "f*", "B"):
                    yield ("text" if operator[0] == "T" else "area"), colour


@pytest.mark.parametrize("name", everything.NAMES)
def test_text_is_dark_enough_for_a_copier(name: str) -> None:
    colours = {colour for kind, colour in drawn(everything.made(name, "cs")) if kind == "text"}
    assert colours
    faint = [c for c in colours if 1.05 / (luminance(*c) + 0.05) < READABLE]
    assert faint == []


def test_kept_and_missed_differ_without_colours() -> None:
    areas = {c for kind, c in drawn(everything.made("status-report", "cs")) if kind == "area"}
    greys = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in areas]
    assert min(greys) < 0.5, "what was kept is dark; what was missed stays white in its frame"
    assert all(grey < 0.5 or grey > 0.9 for grey in greys)


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#00ff88", "#b3261e", "#000000"])
def test_any_colour_of_an_operator_is_seen_on_paper(colour: str) -> None:
    made: Any = letter.accent(Brand(colour=colour))
    assert 1.05 / (luminance(made.red, made.green, made.blue) + 0.05) >= 3
