"""Finding numbers and cards by their digits through plain indexes, before the full text is asked.

In a register of a million numbers the trigrams of digits stand in every row, so the full-text
index is slow just where an index of beginnings and one of tails answer at once.
"""

from collections.abc import Mapping
from typing import Final

from console.storage.connection import Database

TAIL: Final = 7
"""Digits that the indexes of tails hold; from so many on a tail is looked up in them."""

COLUMNS: Final[Mapping[str, str]] = {"lines": "msisdn", "sims": "iccid"}
"""The column of each noun that digits are looked up in."""

INDEXES: Final = tuple(
    f"{noun}_by_tail ON {noun}(substr({column}, -{TAIL}), id)" for noun, column in COLUMNS.items()
)


def find(db: Database, noun: str, digits: str, client_id: int, limit: int) -> list[int]:
    """Return the ids of the rows whose number begins or ends with digits.

    Args:
        db: the open database.
        noun: a key of COLUMNS.
        digits: nothing else; a Czech number without its country's code.
        client_id: only rows of this client, or 0 for all.
        limit: ids at most.

    Returns:
        Beginnings first, in the order of the numbers, then tails.
    """
    column = COLUMNS[noun]
    found: dict[int, None] = {}
    for beginning in _beginnings(noun, digits):
        condition = f"{column} >= ? AND {column} < ? ORDER BY {column}"
        found.update(_ids(db, noun, condition, [beginning, f"{beginning}:"], client_id, limit))
    if len(digits) >= TAIL and len(found) < limit:
        condition = f"substr({column}, -{TAIL}) = ? AND {column} LIKE ? ORDER BY id DESC"
        tail = [digits[-TAIL:], f"%{digits}"]
        found.update(_ids(db, noun, condition, tail, client_id, limit))
    return list(found)[:limit]


def _beginnings(noun: str, digits: str) -> tuple[str, ...]:
    return (f"+420{digits}", f"+{digits}") if noun == "lines" else (digits,)


def _ids(
    db: Database, noun: str, condition: str, values: list[str], client_id: int, limit: int
) -> dict[int, None]:
    client = "client_id = ? AND " if client_id else ""
    rows = db.conn.execute(
        f"SELECT id FROM {noun} WHERE deleted_at IS NULL AND {client}{condition} LIMIT ?",
        [*([client_id] if client_id else []), *values, limit],
    )
    return dict.fromkeys(row[0] for row in rows)
