"""One deadline, as it was counted: due time, explanation, warnings, ended periods."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from console.domain.agreement import Nature
from console.domain.explanation import Step
from console.domain.local_time import PRAGUE

WARNINGS: Final = (50, 75, 90, 100)
"""Per cent of the counted time at which a warning is given."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period that a resolution ended before the request was reopened; all aware."""

    start: datetime
    due: datetime
    resolved: datetime

    @property
    def is_met(self) -> bool:
        """Whether the resolution was in time."""
        return self.resolved.astimezone(UTC) <= self.due


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its explanation.

    Args:
        nature: soft, contractual or statutory.
        clause: id of the clause, or section of the law.
        start: when its clock started, aware.
        due: aware; resolved at or before it is in time.
        explanation: how it came about.
        ended: for a reopened request, the periods that its resolutions ended.
        warned_at: when so much of the counted time is gone as ``WARNINGS`` say; by the clock
            where empty.
        standing_since: when its clock stopped, where it stands still now; UTC.
    """

    nature: Nature
    clause: str
    start: datetime
    due: datetime
    explanation: tuple[Step, ...]
    ended: tuple[Cycle, ...] = ()
    warned_at: tuple[datetime, ...] = ()
    standing_since: datetime | None = None

    @property
    def first_met(self) -> bool | None:
        """For a reopened request, whether the first resolution was in time."""
        return self.ended[0].is_met if self.ended else None

    def is_met(self, resolved: datetime) -> bool:
        """Return whether a resolution at this moment is in time."""
        return resolved.astimezone(UTC) <= self.due

    def warning_at(self, percent: int) -> datetime:
        """Return the moment at which so much of the time is gone; one of ``WARNINGS``."""
        if self.warned_at:
            return self.warned_at[WARNINGS.index(percent)]
        start = self.start.astimezone(UTC)
        span = self.due.astimezone(UTC) - start
        return (start + span * percent / 100).astimezone(PRAGUE)

    def warnings_due(self, now: datetime, already: int = 0) -> tuple[int, ...]:
        """Return the warnings that are due and were not given, for example after sleep."""
        moment = now.astimezone(UTC)
        return tuple(p for p in WARNINGS if p > already and moment >= self.warning_at(p))
