"""Letters: the fonts that are embedded, and foreign text as it can be printed."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources

REGULAR: Final = "SourceSans3"
BOLD: Final = "SourceSans3-Bold"
ITALIC: Final = "SourceSans3-Italic"
_WORD_LENGTH: Final = 40
LONGEST: Final = 20_000
"""Characters of one text: seven pages are a text, more are an attack."""
NAME_LENGTH: Final = 600
"""Characters of a name where it cannot go on to the next page."""
_CELL_PADDING: Final = 9
_FACES: Final = {
    REGULAR: "SourceSans3-Regular.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    ITALIC: "SourceSans3-It.ttf",
}
_LONG_WORD: Final = re.compile(rf"\S{{{_WORD_LENGTH},}}")
_SUBSTITUTE: Final = "\N{WHITE SQUARE}"


@lru_cache(maxsize=1)
def register() -> frozenset[int]:
    """Register the fonts once; return the codes of the characters that they have."""
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
        for character in map(chr, register())
        if unicodedata.normalize("NFC", character) == character
        and not unicodedata.combining(character)
    )


def safe(value: object, length: int = LONGEST) -> str:
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
        return character if ord(character) in register() else " "
    if not character.isprintable():
        return ""
    return character if ord(character) in register() else _SUBSTITUTE


def _broken(match: re.Match[str]) -> str:
    word = match[0]
    return " ".join(word[i : i + _WORD_LENGTH] for i in range(0, len(word), _WORD_LENGTH))


def fitted(text: str, width: float) -> str:
    """Cut a text that would run out of its place at the foot, with an ellipsis.

    Args:
        text: safe to print.
        width: of the place, points.
    """
    room = width - _CELL_PADDING
    if pdfmetrics.stringWidth(text, REGULAR, 9) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if pdfmetrics.stringWidth(f"{text[:middle]}…", REGULAR, 9) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"
