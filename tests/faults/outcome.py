"""What came of a row of trials."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Outcome:
    """Counts of one kind of fault.

    Args:
        name: what was done.
        trials: how often.
        acknowledged: saves that had been acknowledged at the time of the fault, in all.
        lost: trials in which an acknowledged save was missing afterwards.
        broken: trials after which the workspace did not open or was not whole.
        notes: what went wrong, the first few.
    """

    name: str
    trials: int = 0
    acknowledged: int = 0
    lost: int = 0
    broken: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was lost or broken."""
        return self.trials > 0 and not self.lost and not self.broken

    def note(self, text: str) -> None:
        """Keep what went wrong."""
        if len(self.notes) < 5:
            self.notes.append(text)

    def to_json(self) -> dict[str, Any]:
        """Return the row as the command prints it."""
        return {**asdict(self), "ok": self.ok}
