"""The month's status report of a client: the finished data, nothing left to compute."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from console.domain.letterhead import OWN_LOOK, Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Requests of one kind: how many were open, came, were closed, reopened and are open."""

    kind: str
    opening: int
    received: int
    closed: int
    closing: int
    reopened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """How many requests of the month are in one state at its end."""

    state: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """How many requests came by one channel in the month."""

    channel: str
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """Deadlines by one clause that were due or resolved in the month.

    Args:
        median_hours: time to resolution; None where nothing was resolved.
        percentile_90_hours: nine of ten were resolved within this time.
    """

    clause: str
    met: int
    missed: int
    median_hours: float | None = None
    percentile_90_hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A deadline of contract or law that was not kept.

    Args:
        resolved: when it was done after all, or None where it was still open.
        cause: in words.
    """

    number: str
    subject: str
    clause: str
    due: datetime
    resolved: datetime | None
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A request that is open at the month's end."""

    number: str
    subject: str
    state: str
    received: datetime
    due: datetime | None
    is_overdue: bool
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint that was open in the month."""

    number: str
    subject: str
    received: datetime
    state: str
    due: datetime | None
    resolved: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """What one cost centre costs in the month, CZK without VAT.

    Args:
        total: monthly fees; None where a fee is not known.
        billed: what was billed by the usage; None where usage is not known.
    """

    cost_centre: str
    lines: int
    total: Decimal | None
    billed: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A commitment that ends soon after the month."""

    number: str
    holder: str
    tariff: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the client is owed next month: a resolution or news."""

    number: str
    subject: str
    what: str
    due: datetime


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
    brand: Brand = OWN_LOOK
    channels: tuple[ChannelRow, ...] = ()
    misses: tuple[Miss, ...] = ()
    complaints: tuple[ComplaintRow, ...] = ()
    costs: tuple[CostRow, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def opening(self) -> int:
        """Requests open when the month began."""
        return sum(row.opening for row in self.kinds)

    @property
    def received(self) -> int:
        """Requests received in the month."""
        return sum(row.received for row in self.kinds)

    @property
    def closed(self) -> int:
        """Requests closed in the month."""
        return sum(row.closed for row in self.kinds)

    @property
    def reopened(self) -> int:
        """Requests that were closed and opened again in the month."""
        return sum(row.reopened for row in self.kinds)

    @property
    def closing(self) -> int:
        """Requests open at the month's end."""
        return sum(row.closing for row in self.kinds)

    @property
    def overdue(self) -> tuple[OpenPoint, ...]:
        """What was overdue and open at the month's end, the oldest deadline first."""
        late = [point for point in self.open_points if point.is_overdue and point.due]
        return tuple(sorted(late, key=lambda point: (point.due, point.number)))

    @property
    def met(self) -> int:
        """Deadlines kept."""
        return sum(row.met for row in self.clauses)

    @property
    def missed(self) -> int:
        """Deadlines missed."""
        return sum(row.missed for row in self.clauses)
