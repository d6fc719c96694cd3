"""What a deadline depends on: the request as it came, and what happened to it since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from console.domain.request import Channel, Kind

PAUSE_REASONS: Final = ("awaiting-client", "force-majeure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a deadline depends on, as it was when the request came.

    Args:
        count: distinct numbers.
        received: aware; the clock starts here.
        foreign_operator: whether a foreign operator must be asked.
        delivered_on: for complaints of a bill, the day on which it was delivered, or None.
    """

    kind: Kind
    channel: Channel
    count: int
    received: datetime
    foreign_operator: bool = False
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which a pausable clock stands still; ``end`` is None while it lasts."""

    reason: str
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Numbers were added: from ``at`` on there are ``count`` distinct ones."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedException:
    """A circumstance that the agreement lists, with the proof of it."""

    reason: str
    start: datetime
    end: datetime | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The request was resolved and opened again."""

    resolved: datetime
    reopened: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened to a request that its deadlines depend on."""

    pauses: tuple[Pause, ...] = ()
    additions: tuple[Addition, ...] = ()
    exceptions: tuple[RecordedException, ...] = ()
    reopenings: tuple[Reopened, ...] = ()
    notices: tuple[datetime, ...] = ()
    resolved: datetime | None = None
