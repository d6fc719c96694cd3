"""What a list of a noun is made of, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CLIENT: Final = "JOIN clients c ON c.id = t.client_id"


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of a noun, whose table has the alias ``t``.

    Args:
        record: the summary that a row becomes.
        joins: SQL of the tables beside ``t``.
        values: SQL of the fields that are no columns of ``t``.
        sorts: SQL of what it can be sorted by; each is an index, or a short list.
        filters: SQL of its filters, each with one parameter, over ``t`` alone.
        client: SQL of the client that a row belongs to; empty where it belongs to none.
        words: SQL of the text that a filter by words looks through; empty for nouns that the
            search knows.
    """

    record: type
    joins: str
    values: Mapping[str, str]
    sorts: Mapping[str, str]
    filters: Mapping[str, str] = field(default_factory=dict)
    client: str = "t.client_id"
    words: str = ""
