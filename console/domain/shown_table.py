"""A table as a page shows it, with its values before they became texts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What goes out where a page's table is written to a file.

    Args:
        name: of the file, without its ending.
        title: in the language in use.
        heads: of the columns.
        rows: one value for each head.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
