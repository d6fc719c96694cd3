"""How deadlines were kept in a period: by clause, with times to resolution and causes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from console.domain.agreement import Nature
from console.domain.request import Entry, EntryKind, RequestState
from console.domain.story import Story
from console.texts import N_, _

PERCENTILE: Final = 90


class Cause(StrEnum):
    """Why a deadline was missed."""

    AWAITING_OPERATOR = "awaiting-operator"
    AWAITING_CLIENT = "awaiting-client"
    OUR_DELAY = "our-delay"
    TECHNICAL_DIFFICULTIES = "technical-difficulties"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The cause in the language in use."""
        return _(_CAUSE_LABELS[self])


_CAUSE_LABELS: Final = {
    Cause.AWAITING_OPERATOR: N_("waited for the operator"),
    Cause.AWAITING_CLIENT: N_("waited for the client"),
    Cause.OUR_DELAY: N_("our delay"),
    Cause.TECHNICAL_DIFFICULTIES: N_("technical difficulties"),
    Cause.UNKNOWN: N_("cause unknown"),
}
_WAITING: Final = {
    RequestState.WAITING_OPERATOR.value: Cause.AWAITING_OPERATOR,
    RequestState.WAITING_CLIENT.value: Cause.AWAITING_CLIENT,
}


def likely_cause(
    received: datetime, entries: Sequence[Entry], story: Story, until: datetime
) -> Cause:
    """Return what took most of a request's time, as its story tells it.

    Args:
        received: when it came.
        entries: its story, in the order of time.
        story: the same as the deadlines need it.
        until: when it was resolved, or the moment of the report.
    """
    if story.exceptions:
        return Cause.TECHNICAL_DIFFICULTIES
    before = [entry for entry in entries if entry.at < until]
    if not before:
        return Cause.UNKNOWN
    spent: dict[Cause, timedelta] = {}
    cause, since = Cause.OUR_DELAY, received
    for step in (entry for entry in before if entry.kind is EntryKind.STEP):
        spent[cause] = spent.get(cause, timedelta()) + (step.at - since)
        cause, since = _WAITING.get(step.reference, Cause.OUR_DELAY), step.at
    spent[cause] = spent.get(cause, timedelta()) + (until - since)
    return max(spent, key=lambda found: spent[found])


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One period that a clause set to a request; all times are aware.

    Args:
        request: number of the request.
        start: when the request came, or was reopened.
        resolved: when it was resolved, or None while it is open.
        cause: why it was missed, where it was.
    """

    request: str
    nature: Nature
    clause: str
    start: datetime
    due: datetime
    resolved: datetime | None
    cause: Cause = Cause.UNKNOWN

    def is_counted(self, begin: datetime, end: datetime) -> bool:
        """Return whether it was due or resolved in a period; the end does not belong to it."""
        return begin <= self.due < end or (
            self.resolved is not None and begin <= self.resolved < end
        )

    def is_met(self, end: datetime) -> bool:
        """Return whether it was resolved in time, as known at the end of a period."""
        return self.resolved is not None and self.resolved < end and self.resolved <= self.due

    def is_open_overdue(self, end: datetime) -> bool:
        """Return whether it was overdue and still open at the end of a period."""
        return self.due < end and (self.resolved is None or self.resolved >= end)


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseCount:
    """How many deadlines were missed for one cause."""

    cause: Cause
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCompliance:
    """How one clause was kept.

    Args:
        reference: the clause in words.
        met: deadlines due or resolved in the period that were kept.
        missed: the other ones due or resolved in the period.
        open_overdue: overdue at the end of the period and still open, whenever due.
        median: of the time to resolution, or None where nothing was resolved.
        percentile_90: nine of ten were resolved within this time.
        causes: of the missed ones, the most frequent first.
    """

    nature: Nature
    clause: str
    reference: str
    met: int
    missed: int
    open_overdue: int
    median: timedelta | None
    percentile_90: timedelta | None
    causes: tuple[CauseCount, ...]

    @property
    def counted(self) -> int:
        """The denominator: deadlines due or resolved in the period."""
        return self.met + self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """How all clauses were kept from ``begin`` to ``end``, which does not belong to it."""

    begin: datetime
    end: datetime
    clauses: tuple[ClauseCompliance, ...]

    @property
    def binding(self) -> tuple[ClauseCompliance, ...]:
        """The clauses of contract and law, without our own targets."""
        return tuple(row for row in self.clauses if row.nature is not Nature.SOFT)

    @property
    def met(self) -> int:
        """Binding deadlines kept."""
        return sum(row.met for row in self.binding)

    @property
    def missed(self) -> int:
        """Binding deadlines missed."""
        return sum(row.missed for row in self.binding)

    @property
    def open_overdue(self) -> int:
        """Binding deadlines overdue and open at the end."""
        return sum(row.open_overdue for row in self.binding)


def compliance(
    cases: Iterable[Case], begin: datetime, end: datetime, references: Mapping[str, str]
) -> Compliance:
    """Count how deadlines were kept.

    Args:
        cases: periods of requests, also such as do not count.
        begin: first moment of the period, aware.
        end: first moment after it, aware.
        references: what each clause is called.
    """
    by_clause: dict[tuple[Nature, str], list[Case]] = {}
    for case in cases:
        if case.is_counted(begin, end) or case.is_open_overdue(end):
            by_clause.setdefault((case.nature, case.clause), []).append(case)
    order = (Nature.CONTRACTUAL, Nature.STATUTORY, Nature.SOFT)
    return Compliance(
        begin=begin,
        end=end,
        clauses=tuple(
            _row(nature, clause, references.get(clause, clause), found, begin, end)
            for (nature, clause), found in sorted(
                by_clause.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
            )
        ),
    )


def _row(
    nature: Nature,
    clause: str,
    reference: str,
    cases: Sequence[Case],
    begin: datetime,
    end: datetime,
) -> ClauseCompliance:
    counted = [case for case in cases if case.is_counted(begin, end)]
    missed = [case for case in counted if not case.is_met(end)]
    times = sorted(
        case.resolved - case.start for case in counted if case.resolved and case.resolved < end
    )
    causes = Counter(case.cause for case in missed)
    return ClauseCompliance(
        nature=nature,
        clause=clause,
        reference=reference,
        met=len(counted) - len(missed),
        missed=len(missed),
        open_overdue=sum(case.is_open_overdue(end) for case in cases),
        median=median(times) if times else None,
        percentile_90=percentile(times, PERCENTILE) if times else None,
        causes=tuple(CauseCount(cause=cause, count=n) for cause, n in causes.most_common()),
    )


def median(ordered: Sequence[timedelta]) -> timedelta:
    """Return the middle value, or the mean of the two in the middle.

    Args:
        ordered: values from the smallest to the greatest, at least one.
    """
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percentile(ordered: Sequence[timedelta], percent: int) -> timedelta:
    """Return the least value that so many per cent of the values do not exceed.

    Args:
        ordered: values from the smallest to the greatest, at least one.
        percent: 1 to 100.

    Source:
        The nearest-rank method: a value that occurred, nothing between two of them.
    """
    return ordered[max(1, ceil(percent * len(ordered) / 100)) - 1]
