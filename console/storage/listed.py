"""What a list of a noun is made of, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final

CLIENT: Final = "JOIN clients c ON c.id = t.client_id"


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of a noun, whose table has the alias ``t``.

    Args:
        summary: the record that a row becomes: its file in the domain and its name. It is
            imported with the first page of the list, because the start shows few lists.
        joins: SQL of the tables beside ``t``.
        values: SQL of the fields that are no columns of ``t``.
        sorts: SQL of what it can be sorted by; each is an index, or a short list.
        filters: SQL of its filters, each with one parameter, over ``t`` alone.
        client: SQL of the client that a row belongs to; empty where it belongs to none.
        words: SQL of the text that a filter by words looks through; empty for nouns that the
            search knows.
    """

    summary: str
    joins: str
    values: Mapping[str, str]
    sorts: Mapping[str, str]
    filters: Mapping[str, str] = field(default_factory=dict)
    client: str = "t.client_id"
    words: str = ""

    @property
    def record(self) -> Any:
        """The type of the record that a row becomes."""
        file, name = self.summary.split(".")
        return getattr(import_module(f"console.domain.{file}"), name)
