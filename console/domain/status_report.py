"""The month's status report of a client: the finished data, nothing left to compute."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Requests of one kind: how many were open, came, were closed and are open."""

    kind: str
    opening: int
    received: int
    closed: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """How many requests of the month are in one state at its end."""

    state: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """Deadlines by one clause that were due or resolved in the month."""

    clause: str
    met: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A request that is open at the month's end."""

    number: str
    subject: str
    state: str
    received: datetime
    due: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """A change of a number in the month."""

    day: date
    number: str
    holder: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRow:
    """Numbers on one tariff at the month's end; fees in CZK a month without VAT."""

    tariff: str
    lines: int
    fee: Decimal | None
    total: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """All that the report says.

    Args:
        number: of the document.
        month: its first day.
        lines: numbers in care at the month's end, by the word of their state.
    """

    number: str
    revision: int
    language: str
    client: str
    ico: str
    seat: str
    agreement: str
    month: date
    issued_at: datetime
    manager: str
    manager_email: str
    manager_phone: str
    operator: str
    kinds: tuple[KindRow, ...]
    states: tuple[StateRow, ...]
    clauses: tuple[ClauseRow, ...]
    open_points: tuple[OpenPoint, ...]
    changes: tuple[NumberChange, ...]
    tariffs: tuple[TariffRow, ...]
    lines: tuple[StateRow, ...]

    @property
    def received(self) -> int:
        """Requests received in the month."""
        return sum(row.received for row in self.kinds)

    @property
    def closed(self) -> int:
        """Requests closed in the month."""
        return sum(row.closed for row in self.kinds)

    @property
    def closing(self) -> int:
        """Requests open at the month's end."""
        return sum(row.closing for row in self.kinds)

    @property
    def met(self) -> int:
        """Deadlines kept."""
        return sum(row.met for row in self.clauses)

    @property
    def missed(self) -> int:
        """Deadlines missed."""
        return sum(row.missed for row in self.clauses)
