"""How other terms would have treated requests that came already."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.request import Channel, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRow:
    """One request under the terms that it had, and under the other ones; times are aware.

    Args:
        due_before: the governing deadline as it is stored, or None.
        due_after: the one that the other terms give, or None.
        met_before: whether it was kept; None where it is open and not due yet, or has none.
        met_after: the same for the other terms.
    """

    request_id: int
    number: str
    subject: str
    kind: Kind
    channel: Channel
    received: datetime
    resolved: datetime | None
    due_before: datetime | None
    due_after: datetime | None
    met_before: bool | None
    met_after: bool | None

    @property
    def is_moved(self) -> bool:
        """Whether the other terms give another deadline."""
        return self.due_before != self.due_after


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """All requests of a time under the terms that they had, and under other ones."""

    rows: tuple[WhatIfRow, ...]

    @property
    def moved(self) -> int:
        """Requests whose deadline the other terms move."""
        return sum(row.is_moved for row in self.rows)

    @property
    def met_before(self) -> int:
        """Requests that kept their deadline."""
        return sum(row.met_before is True for row in self.rows)

    @property
    def missed_before(self) -> int:
        """Requests that missed their deadline."""
        return sum(row.met_before is False for row in self.rows)

    @property
    def met_after(self) -> int:
        """Requests that would have kept the other deadline."""
        return sum(row.met_after is True for row in self.rows)

    @property
    def missed_after(self) -> int:
        """Requests that would have missed the other deadline."""
        return sum(row.met_after is False for row in self.rows)
