"""Cells that hold one or several of our own words, in Czech or English, by word or by label."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from console import texts
from console.intake.values import Normaliser, Outcome, plain, written


def one_of(words: type[StrEnum]) -> Normaliser:
    """Return what takes one word; the enumeration's empty word stands for nothing."""

    def take(cell: Any) -> Outcome:
        text = plain(written(cell))
        if not text:
            return _nothing(words), ""
        word = _known(words).get(text)
        return (words(word), "") if word is not None else (_nothing(words), "word-value")

    return take


def also(normaliser: Normaliser, words: type[StrEnum]) -> Normaliser:
    """Return what takes cells as a normaliser does, and our own words where that one cannot."""

    def take(cell: Any) -> Outcome:
        outcome = normaliser(cell)
        word = _known(words).get(plain(written(cell))) if outcome[1] else None
        return outcome if word is None else (words(word), "")

    return take


def many_of(words: type[StrEnum]) -> Normaliser:
    """Return what takes several words, parted by commas; one that is unknown is left out."""

    def take(cell: Any) -> Outcome:
        parts = [part for piece in written(cell).split(",") if (part := plain(piece))]
        known = _known(words)
        found = tuple(sorted({known[part] for part in parts if part in known}))
        return found, "" if all(part in known for part in parts) else "words-value"

    return take


def _nothing(words: type[StrEnum]) -> Any:
    return words("") if any(word.value == "" for word in words) else None


@lru_cache(maxsize=32)
def _known(words: type[StrEnum]) -> Mapping[str, str]:
    """Return each word by its own spelling and by its labels in every language."""
    found = {plain(word.value): word.value for word in words if word.value}
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            labels = {plain(str(getattr(w, "label", ""))): w.value for w in words if w.value}
        found.update({label: word for label, word in labels.items() if label})
    return found
