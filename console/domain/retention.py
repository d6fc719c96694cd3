"""How long personal data are kept, by the client's class, and what a rule would erase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from console.domain.client import RetentionClass
from console.domain.legal_time import add_months

USUAL_MONTHS: Final[Mapping[RetentionClass, int]] = {
    RetentionClass.SHORT: 12,
    RetentionClass.STANDARD: 36,
    RetentionClass.LONG: 120,
}
"""Months behind the end of a person's authority, or behind the closing of the last request."""
FEWEST_MONTHS: Final = 1
MOST_MONTHS: Final = 600


@dataclass(frozen=True, slots=True)
class Overdue:
    """A person whose data are kept for longer than the rule says.

    Args:
        contact_id: of the person.
        since: the day from which the rule counts.
        until: the last day of keeping.
    """

    contact_id: int
    name: str
    client: str
    since: date
    until: date


def keep_until(since: date, months: int) -> date:
    """Return the last day of keeping.

    Args:
        since: the day from which it counts.
        months: of the client's class.

    Source:
        Regulation (EU) 2016/679, art. 5(1)(e): no longer than is necessary for the purpose.
    """
    return add_months(since, months)
