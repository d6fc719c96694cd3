"""Which bill words mean: its number and the month that it is for, as people write of it."""

import re
from datetime import date
from typing import Final

from console.domain.kind_words import plain

_INVOICE: Final = re.compile(
    r"\b(?:vyuctovan|faktur|danov\w+ doklad|vs\b|invoice|bill)\w*"
    r"[\s:]*(?:c\.|cislo|no\.?|nr\.?|#)?[\s:]*((?=[\w/-]*\d{4})[\w/-]{5,24})"
)
_MONTH_OF_YEAR: Final = re.compile(r"(?<![\d.])(0?[1-9]|1[0-2])\s?[/.]\s?(20\d\d)\b")
_STEMS: Final = (
    r"led(?:en|n)|january",
    r"unor|february",
    r"brez|march",
    r"dub(?:en|n)|april",
    r"kvet|\bmay\b",
    r"cerv(?:en|n)(?!e?c)|june",
    r"cerven(?:ec|c)|july",
    r"srp(?:en|n)|august",
    r"zari|september",
    r"rij(?:en|n)|october",
    r"listopad|november",
    r"prosin|december",
)
_NAMED: Final = tuple(re.compile(rf"\b(?:{stem})\w*(?:\s+(20\d\d))?") for stem in _STEMS)


def invoice_in(text: str) -> str:
    """Return the number of the bill that a text is about, or nothing."""
    found = _INVOICE.search(plain(text))
    return found[1].strip("/-") if found else ""


def period_in(text: str, on: date) -> str:
    """Return the billing period that a text is about, as ``10/2026``, or nothing.

    Args:
        text: as somebody wrote it.
        on: the day on which it came; a month without a year is the last one before it.
    """
    said = plain(text)
    written = _MONTH_OF_YEAR.search(said)
    if written:
        return f"{int(written[1])}/{written[2]}"
    for month, pattern in enumerate(_NAMED, 1):
        found = pattern.search(said)
        if found:
            year = int(found[1]) if found[1] else on.year - (month > on.month)
            return f"{month}/{year}"
    return ""
