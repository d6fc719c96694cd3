"""The agreement of a client as it stands from a day on; its terms are in ``agreement``."""

from dataclasses import dataclass
from datetime import date

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementVersion(ClientRecord):
    """One version of a client's agreement. An amendment is another version, from its day.

    Args:
        key: key of the shipped agreement that it began as.
        valid_from: first day on which it is in force.
        terms: the whole terms as JSON, in the form of the shipped files.
        valid_until: the day on which the contract ends, or None where it does not.
        notice_months: months of notice before that end, or None where none is agreed.
    """

    key: str
    name: str
    valid_from: date
    terms: str
    valid_until: date | None = None
    notice_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure(ClientRecord):
    """A day on which the client's office is closed beside the public holidays."""

    day: date
    reason: str = ""
