"""What comes to its end: commitments, agreements, authorities, numbers, warranties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from console.texts import N_, _


class Ending(StrEnum):
    """What ends."""

    COMMITMENT = "commitment"
    AGREEMENT = "agreement"
    NOTICE = "notice"
    AUTHORITY = "authority"
    MANDATE = "mandate"
    NUMBER = "number"
    WARRANTY = "warranty"

    @property
    def label(self) -> str:
        """What ends, in the language in use."""
        return _(_LABELS[self])


_LABELS: Final = {
    Ending.COMMITMENT: N_("Commitment ends"),
    Ending.AGREEMENT: N_("Agreement ends"),
    Ending.NOTICE: N_("Last day for giving notice"),
    Ending.AUTHORITY: N_("Authority ends"),
    Ending.MANDATE: N_("Mandate ends"),
    Ending.NUMBER: N_("Number is lost"),
    Ending.WARRANTY: N_("Warranty ends"),
}
USUAL_LEADS: Final[Mapping[Ending, int]] = {
    Ending.COMMITMENT: 90,
    Ending.AGREEMENT: 180,
    Ending.NOTICE: 60,
    Ending.AUTHORITY: 30,
    Ending.MANDATE: 30,
    Ending.NUMBER: 14,
    Ending.WARRANTY: 30,
}
"""Days before the end from which it is told on the overview and by the calendar program."""
LONGEST_LEAD: Final = 730


@dataclass(frozen=True, slots=True)
class Expiring:
    """Something that ends.

    Args:
        what: the number, the person, the agreement or the device.
        noun: the table of the record to open.
        record_id: of that record.
        until: its last day.
        lead: days before that from which it is told.
    """

    ending: Ending
    what: str
    noun: str
    record_id: int
    client_id: int
    client: str
    until: date
    lead: int

    @property
    def told_from(self) -> date:
        """The first day on which it is told."""
        return self.until - timedelta(days=self.lead)
