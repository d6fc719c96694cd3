"""The day at a glance: what is late, due, owed, waited for, and what ends soon."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.expiry import Expiring
from console.domain.request import RequestSummary


@dataclass(frozen=True, slots=True)
class Overview:
    """Open requests by what they want today, each list the most urgent first.

    Args:
        news_due: those whose client is owed news today or was before.
        chase: those where somebody is to be asked today, or a confirmation is wanted.
        expiring: what ends soon, each kind from its own lead time on.
        counts: how many there are of what is too many to be listed whole, by the list's name.
    """

    overdue: list[RequestSummary] = field(default_factory=list)
    due_today: list[RequestSummary] = field(default_factory=list)
    news_due: list[RequestSummary] = field(default_factory=list)
    chase: list[RequestSummary] = field(default_factory=list)
    waiting: list[RequestSummary] = field(default_factory=list)
    recent: list[RequestSummary] = field(default_factory=list)
    expiring: list[Expiring] = field(default_factory=list)
    open_count: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """Return how many a list has, those that it does not show included."""
        return self.counts.get(name, len(getattr(self, name)))

    @property
    def to_do(self) -> list[int]:
        """Ids of the requests that want something today, in the order of doing them."""
        lists = (self.overdue, self.due_today, self.news_due, self.chase)
        return list(dict.fromkeys(request.id for one in lists for request in one))
