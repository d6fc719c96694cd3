"""What a row of a file names by a word: a number, an order, another card."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.domain import phone
from console.intake.problems import KEPT, Problem
from console.intake.take_in import Row
from console.workspace import Workspace

NUMBERS_SQL: Final = "SELECT msisdn, id FROM lines"
_REFERENCES: Final = (
    ("msisdn", "line_id", NUMBERS_SQL, "line-unknown"),
    ("order", "order_id", "SELECT number, id FROM orders", "order-unknown"),
)
"""What a row names by a word: the field that refers to it, where it is found, what is said."""


def refer(
    workspace: Workspace, client_id: int, _known: Mapping[str, Any], rows: Sequence[Row]
) -> list[Problem]:
    """Turn the numbers and orders that rows name into what the fields refer to."""
    problems = []
    for name, field, select, code in _REFERENCES:
        named = [row for row in rows if name in row.values]
        here = by_word(workspace, client_id, select) if named else {}
        for row in named:
            word = row.values.pop(name) or ""
            row.values[field] = here.get(word)
            if word and word not in here:
                shown = phone.pretty(word) if name == "msisdn" else word
                problems.append(Problem(row.number, "", code, KEPT, shown))
    return problems


def by_word(workspace: Workspace, client_id: int, select: str) -> dict[str, int]:
    """Return the ids of what a client has, by the words that rows name it by."""
    found = workspace.store.db.conn.execute(
        f"{select} WHERE client_id = ? AND deleted_at IS NULL", (client_id,)
    )
    return dict(found.fetchall())
