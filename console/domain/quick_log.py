"""One line for a whole request: ``blok 799 000 005``, ``tarif P300 799000010-799000021``."""

from dataclasses import dataclass
from typing import Final

from console.domain import phone
from console.domain.kind_words import kind_in, plain, without_kind
from console.domain.request import Kind

_JOINING: Final = frozenset({"a", "az", "do", "i", "na", "u", "and", "for", "to"})


@dataclass(frozen=True, slots=True)
class QuickLog:
    """What a line says.

    Args:
        kind: what is asked for, or None where no word says it.
        numbers: distinct, E.164, ranges filled.
        rest: words that are neither a number nor the kind, for example a tariff's code.
    """

    kind: Kind | None
    numbers: tuple[str, ...]
    rest: str


def parse(line: str) -> QuickLog:
    """Read a line as a person writes it on the phone.

    Args:
        line: words and numbers in any order.
    """
    numbers = tuple(phone.find_numbers(line))
    words = _without_numbers(line) if numbers else line
    kind = kind_in(words)
    rest = without_kind(words, kind) if kind is not None else words
    return QuickLog(kind, numbers, rest.strip(" ,;"))


def _without_numbers(line: str) -> str:
    """Cut the phone numbers out, with what joins them; a tariff's code stays."""
    left, end = [], 0
    for start, behind, _number in phone.places(line):
        left.append(line[end:start])
        end = behind
    words = " ".join([*left, line[end:]]).split()
    return " ".join(word for word in words if _says_something(word))


def _says_something(word: str) -> bool:
    return plain(word) not in _JOINING and any(letter.isalnum() for letter in word)
