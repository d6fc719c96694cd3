"""The day at a glance: what is late, due, owed, waited for, and what ends soon."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from console.domain.request import RequestSummary
from console.texts import N_, _


class Ending(StrEnum):
    """What comes to its end."""

    COMMITMENT = "commitment"
    AUTHORITY = "authority"

    @property
    def label(self) -> str:
        """What ends, in the language in use."""
        return _(_LABELS[self])


_LABELS: Final = {
    Ending.COMMITMENT: N_("commitment of {what} ends"),
    Ending.AUTHORITY: N_("authority of {what} ends"),
}


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that ends soon.

    Args:
        what: the number or the person.
        record_id: of the number or the contact.
        until: its last day.
    """

    ending: Ending
    what: str
    record_id: int
    client_id: int
    client: str
    until: date

    @property
    def said(self) -> str:
        """What ends, in the language in use."""
        return self.ending.label.format(what=self.what)


@dataclass(frozen=True, slots=True)
class Overview:
    """Open requests by what they want today, each list the most urgent first.

    Args:
        news_due: those whose client is owed news today or was before.
        chase: those where somebody is to be asked today, or a confirmation is wanted.
        expiring: what ends within a month.
    """

    overdue: list[RequestSummary] = field(default_factory=list)
    due_today: list[RequestSummary] = field(default_factory=list)
    news_due: list[RequestSummary] = field(default_factory=list)
    chase: list[RequestSummary] = field(default_factory=list)
    waiting: list[RequestSummary] = field(default_factory=list)
    recent: list[RequestSummary] = field(default_factory=list)
    expiring: list[Expiring] = field(default_factory=list)
    open_count: int = 0

    @property
    def to_do(self) -> list[int]:
        """Ids of the requests that want something today, in the order of doing them."""
        lists = (self.overdue, self.due_today, self.news_due, self.chase)
        return list(dict.fromkeys(request.id for one in lists for request in one))
