"""What a deadline depends on: the request as it came, and what happened to it since.

Reads both from the stored request, its numbers and the entries of its story.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final, cast

from console.domain.request import (
    Channel,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.texts import N_

AWAITING_CLIENT: Final = "awaiting-client"
FORCE_MAJEURE: Final = "force-majeure"
PAUSE_REASONS: Final = (AWAITING_CLIENT, FORCE_MAJEURE)
TECHNICAL_DIFFICULTIES: Final = "technical-difficulties"
REOPENED: Final = "reopened"
"""What a step's reference says where it opens a closed request again."""

_REASON_LABELS: Final = {
    AWAITING_CLIENT: N_("awaiting the client"),
    FORCE_MAJEURE: N_("force majeure"),
    TECHNICAL_DIFFICULTIES: N_("technical difficulties"),
}


def reason_label(reason: str) -> str:
    """Return what a reason of a pause or an exception is called, marked for translation."""
    return _REASON_LABELS.get(reason, reason)


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
    """What happened to a request that its deadlines depend on.

    Args:
        resolved: when it was resolved last, or None where it is not.
        is_closed: whether it was resolved, cancelled or refused.
    """

    pauses: tuple[Pause, ...] = ()
    additions: tuple[Addition, ...] = ()
    exceptions: tuple[RecordedException, ...] = ()
    reopenings: tuple[Reopened, ...] = ()
    notices: tuple[datetime, ...] = ()
    resolved: datetime | None = None
    is_closed: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing happened that moves a deadline."""
        return not (self.pauses or self.additions or self.exceptions or self.reopenings)


def united(pauses: Sequence[Pause], now: datetime | None) -> tuple[Pause, ...]:
    """Return pauses in UTC with overlapping ones united; one that still lasts ends now.

    Raises:
        ValueError: for a reason that stops no clock.
    """
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.start.astimezone(UTC)):
        if pause.reason not in PAUSE_REASONS:
            raise ValueError(pause.reason)
        start = pause.start.astimezone(UTC)
        end = (pause.end or max(start, now or start)).astimezone(UTC)
        if merged and start <= cast("datetime", merged[-1].end):
            last = merged[-1]
            merged[-1] = replace(last, end=max(cast("datetime", last.end), end))
        else:
            merged.append(replace(pause, start=start, end=end))
    return tuple(merged)


def facts_of(request: Request, lines: Iterable[RequestLine]) -> Facts:
    """Return what a stored request was when it came; numbers added later do not count here."""
    asked = {line.msisdn for line in lines if line.added_at <= request.registered_at}
    return Facts(
        kind=request.kind,
        channel=request.channel,
        count=max(len(asked), request.asked_count or 0),
        received=request.received_at,
        foreign_operator=request.foreign_operator,
        delivered_on=request.delivered_on,
    )


def story_of(request: Request, lines: Iterable[RequestLine], entries: Sequence[Entry]) -> Story:
    """Return what happened to a stored request that its deadlines depend on.

    Args:
        request: as it is stored.
        lines: its numbers.
        entries: its story, in the order of time.
    """
    reader = _Reader()
    for entry in entries:
        reader.read(entry)
    return Story(
        pauses=tuple(reader.pauses),
        additions=_additions(request, lines),
        exceptions=tuple(reader.exceptions.values()),
        reopenings=tuple(reader.reopenings),
        notices=tuple(reader.notices),
        resolved=reader.resolved,
        is_closed=reader.is_closed,
    )


def _additions(request: Request, lines: Iterable[RequestLine]) -> tuple[Addition, ...]:
    ordered = sorted(lines, key=lambda line: line.added_at)
    numbers: set[str] = set()
    found = []
    for at, added in groupby(ordered, key=lambda line: line.added_at):
        known = len(numbers)
        numbers.update(line.msisdn for line in added)
        if at > request.registered_at and len(numbers) > known:
            found.append(Addition(at=at, count=len(numbers)))
    return tuple(found)


class _Reader:
    """Reads entries one by one; a later record of an exception replaces the earlier one."""

    def __init__(self) -> None:
        self.pauses: list[Pause] = []
        self.exceptions: dict[tuple[str, datetime], RecordedException] = {}
        self.reopenings: list[Reopened] = []
        self.notices: list[datetime] = []
        self.resolved: datetime | None = None
        self.is_closed = False

    def read(self, entry: Entry) -> None:
        """Take in what one entry means."""
        if entry.kind is EntryKind.PAUSE:
            self.pauses.append(Pause(reason=entry.reason, start=entry.at))
        elif entry.kind is EntryKind.RESUME:
            self._resume(entry.at, entry.reason)
        elif entry.kind is EntryKind.EXCEPTION:
            self.exceptions[entry.reason, entry.at] = RecordedException(
                reason=entry.reason, start=entry.at, end=entry.until, evidence=entry.text
            )
        elif entry.kind is EntryKind.NOTICE:
            self.notices.append(entry.at)
        elif entry.kind is EntryKind.STEP:
            self._step(entry)

    def _step(self, entry: Entry) -> None:
        if entry.reference == REOPENED:
            if self.resolved:
                self.reopenings.append(Reopened(resolved=self.resolved, reopened=entry.at))
            self.resolved = None
            self.is_closed = False
        elif not RequestState(entry.reference).is_open:
            for pause in [p for p in self.pauses if p.end is None]:
                self._resume(entry.at, pause.reason)
            self.is_closed = True
            if entry.reference == RequestState.RESOLVED:
                self.resolved = entry.at

    def _resume(self, at: datetime, reason: str) -> None:
        """End the last pause for a reason that still lasts; for any where none is named."""
        for index in reversed(range(len(self.pauses))):
            pause = self.pauses[index]
            if pause.end is None and reason in ("", pause.reason):
                self.pauses[index] = replace(pause, end=at)
                return
