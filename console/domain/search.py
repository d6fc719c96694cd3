"""What a search finds, whatever the noun."""

from dataclasses import dataclass
from typing import Final

NOUNS: Final = (
    "clients",
    "contacts",
    "lines",
    "sims",
    "requests",
    "entries",
    "orders",
    "tariffs",
    "agreements",
    "devices",
    "meetings",
    "documents",
)
"""Nouns that can be found, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found.

    Args:
        noun: one of NOUNS.
        id: id of the record.
        client_id: id of the client that it belongs to (of itself for a client).
        owner_id: id of the record to open: a SIM's line, an entry's request, else the id.
    """

    noun: str
    id: int
    client_id: int
    owner_id: int
    title: str
    detail: str
