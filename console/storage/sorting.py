"""Czech order of names as a key that the database can index, and words without diacritics."""

import unicodedata
from functools import lru_cache
from typing import Final

from console.storage.connection import Database

_LETTERS: Final = str.maketrans(
    {
        **dict(zip("áďéěíňóťúůýäöüľĺŕô", "adeeinotuuyaoullro", strict=True)),
        "č": "c\x7f",
        "ř": "r\x7f",
        "š": "s\x7f",
        "ž": "z\x7f",
    }
)
_CH: Final = "h\x7f"


@lru_cache(maxsize=65536)
def czech_key(text: str | None) -> str:
    """Return a key that sorts as Czech does.

    Č follows C, CH follows H, Ř follows R, Š follows S and Ž follows Z; long vowels count
    only where all else is the same.

    Args:
        text: a name.

    Returns:
        A text to compare byte by byte.

    Source:
        ČSN 97 6030, order of letters of the first level.
    """
    lower = (text or "").lower()
    if lower.isascii() and "ch" not in lower:
        return lower
    plain = lower.replace("ch", _CH).translate(_LETTERS)
    return plain if plain == lower else f"{plain}\x00{lower}"


def unaccented(text: str | None) -> str:
    """Return text in lower case without diacritics, as people search for it."""
    parts = unicodedata.normalize("NFD", text or "")
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def register(db: Database) -> None:
    """Give a connection the functions that indexes call; without them it cannot be checked."""
    db.conn.create_function("unaccented", 1, unaccented, deterministic=True)
    db.conn.create_function("czech_key", 1, czech_key, deterministic=True)
