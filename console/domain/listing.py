"""How a list is asked for and answered, whatever the noun: sorted, filtered, page by page."""

from dataclasses import dataclass
from typing import Any

Key = tuple[Any, int]
"""Where a row stands in a sorted list: the value it is sorted by, and its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a list shows.

    Args:
        noun: whose list, a name of a table.
        sort: the column to sort by, one that the noun's list can be sorted by.
        client_id: only what belongs to this client; 0 for all.
        text: words that the rows must contain, as in the search; empty for all.
        filters: names of the noun's filters with their values.
        is_whole: whether words keep every row that has them, not only the newest ones; for
            tables that go out.
    """

    noun: str
    sort: str
    descending: bool = False
    client_id: int = 0
    text: str = ""
    filters: tuple[tuple[str, Any], ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list.

    Args:
        rows: summaries of the noun, in order.
        keys: where each of them stands.
        at_end: whether no row follows.
    """

    rows: list[Any]
    keys: list[Key]
    at_end: bool


@dataclass(frozen=True, slots=True)
class Anchors:
    """Places in a list at even distances, for the scroll bar.

    Args:
        keys: where every ``step``-th row stands.
        rest: rows after the last of them, or None where the list goes on.
    """

    keys: list[Key]
    rest: int | None
