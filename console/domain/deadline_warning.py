"""A warning that a deadline comes near, as it is shown once."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.agreement import Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWarning:
    """What is due to be said about one deadline of an open request.

    Args:
        deadline_id: of the stored deadline.
        clause: id of the clause or the section of the law.
        governing: whether it is the deadline that counts.
        due: as it stands now, aware.
        percents: all warnings that are due and were not given, for example after sleep.
    """

    deadline_id: int
    request_id: int
    client_id: int
    client: str
    number: str
    subject: str
    nature: Nature
    clause: str
    governing: bool
    due: datetime
    percents: tuple[int, ...]

    @property
    def percent(self) -> int:
        """The highest of them, the one to show."""
        return self.percents[-1]

    @property
    def is_overdue(self) -> bool:
        """Whether all the time is gone."""
        return self.percent == 100
