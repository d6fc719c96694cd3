"""Records that are likely the same, and what one record of them would hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

NOUNS: Final = ("lines", "contacts", "sims", "clients")
"""Nouns whose duplicates are looked for."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One of the records that are likely the same.

    Args:
        title: what it is called.
        client: whose it is.
        values: its fields in words, by name; secrets are hidden.
    """

    id: int
    title: str
    client: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that are likely the same.

    Args:
        noun: one of NOUNS.
        why: what they have in common, in words.
        records: the oldest first, which is the one to keep unless the person says otherwise.
    """

    noun: str
    why: str
    records: Sequence[Duplicate]


@dataclass(frozen=True, slots=True)
class MergedField:
    """What a field of the one record would hold.

    Args:
        name: of the field.
        value: in words.
        noted: values of the others that differ, which go into the note.
    """

    name: str
    value: str
    noted: tuple[str, ...]
