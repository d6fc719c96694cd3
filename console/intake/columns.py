"""Which column is what: the header row is found wherever it stands and matched by name.

Names are compared without accents, case and punctuation, against Czech and English synonyms.
The person sees the match and may correct it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from console import texts
from console.errors import KnownError
from console.intake.tables import RawTable
from console.intake.values import Normaliser, plain, written
from console.texts import _

_SEARCHED_ROWS: Final = 50
_SAMPLES: Final = 3
_HIDDEN: Final = "••••"
_EXACT: Final = 3
_BEGINS: Final = 2
_CONTAINS: Final = 1


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column can hold.

    Args:
        name: of the record's field.
        label: for the person, marked for translation.
        synonyms: how offices call it, without accents and in lower case.
        normaliser: turns its cells into values.
        refusing: codes for which the whole row is left out.
        is_key: whether a table without it makes no sense.
        is_secret: whether its cells must not be shown.
    """

    name: str
    label: str
    synonyms: tuple[str, ...]
    normaliser: Normaliser
    refusing: frozenset[str] = frozenset()
    is_key: bool = False
    is_secret: bool = False

    @property
    def shown(self) -> str:
        """The label in the language in use."""
        return _(self.label)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file and the field that it was matched with.

    Args:
        index: from 0.
        header: the text of its header.
        field: name of the field, or empty where it is left out.
        samples: a few of its cells, as written.
    """

    index: int
    header: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """The header row and the match of every column.

    Args:
        header_row: index of the row, from 0.
        columns: every column that has a header.
    """

    header_row: int
    columns: tuple[Column, ...]

    def with_field(self, index: int, field: str) -> "Mapping":
        """Return the mapping with one column corrected; the field leaves any other column."""
        return replace(
            self,
            columns=tuple(
                replace(column, field=field)
                if column.index == index
                else replace(column, field="")
                if field and column.field == field
                else column
                for column in self.columns
            ),
        )

    def index_of(self, field: str) -> int | None:
        """Return the column that holds a field, or None."""
        return next((c.index for c in self.columns if c.field == field), None)


def match(table: RawTable, fields: Sequence[Field]) -> Mapping:
    """Find the header row and match its columns.

    Raises:
        KnownError: ``table-no-header`` where no row names the columns.
    """
    best_row, best = -1, dict[int, str]()
    for number, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        matched = _match_row(row, fields)
        if len(matched) > len(best):
            best_row, best = number, matched
    keys = {field.name for field in fields if field.is_key}
    if not keys & set(best.values()) or len(best) < min(2, len(table.rows[best_row])):
        raise KnownError("table-no-header", columns=", ".join(f.shown for f in fields if f.is_key))
    secret = {field.name for field in fields if field.is_secret}
    return Mapping(best_row, _columns(table, best_row, best, secret))


def _columns(
    table: RawTable, header_row: int, matched: dict[int, str], secret: set[str]
) -> tuple[Column, ...]:
    following = table.rows[header_row + 1 : header_row + 1 + _SEARCHED_ROWS]
    return tuple(
        Column(
            index,
            header,
            matched.get(index, ""),
            (_HIDDEN,) if matched.get(index) in secret else _samples(following, index),
        )
        for index, cell in enumerate(table.rows[header_row])
        if (header := written(cell))
    )


def _samples(rows: Sequence[Sequence[Any]], index: int) -> tuple[str, ...]:
    filled = (written(row[index])[:40] for row in rows if index < len(row) and row[index] != "")
    return tuple(sample for sample, _unused in zip(filled, range(_SAMPLES), strict=False))


def _match_row(row: Sequence[Any], fields: Sequence[Field]) -> dict[int, str]:
    """Match each header with the field that fits best; the best pairs choose first."""
    pairs = [
        (score, len(header), index, field.name)
        for index, cell in enumerate(row)
        if isinstance(cell, str) and (header := _bare(cell)) and len(header) <= 60
        for field in fields
        if (score := _fit_of(header, field))
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[2]))
    matched: dict[int, str] = {}
    for _fit, _length, index, name in pairs:
        if index not in matched and name not in matched.values():
            matched[index] = name
    return matched


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", plain(text)).strip()


@lru_cache(maxsize=256)
def _names(label: str, synonyms: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a field is called: its synonyms, and its label in every language."""
    labels = []
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            labels.append(_bare(_(label)))
    return tuple(dict.fromkeys([*synonyms, *labels]))


def _fit_of(header: str, field: Field) -> int:
    """How well a header fits: 1000 and more for the same words, then by what they share."""
    best = 0
    for synonym in _names(field.label, field.synonyms):
        if header == synonym:
            best = max(best, _EXACT * 1000 + len(synonym))
        elif header.startswith(f"{synonym} "):
            best = max(best, _BEGINS * 1000 + len(synonym))
        elif f" {synonym} " in f" {header} ":
            best = max(best, _CONTAINS * 1000 + len(synonym))
    return best
