"""What counting open requests anew would change, before anybody agrees to it."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.agreement import Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDeadline:
    """A deadline of one nature before and after; None where there is none. Times are UTC."""

    nature: Nature
    clause_before: str
    clause_after: str
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecalculationRow:
    """One open request whose deadlines would change.

    Args:
        version: of the request as it was seen.
        due_before: the governing deadline as it is stored, or None.
        due_after: the governing one afterwards, or None.
        moved: each deadline that changes.
    """

    request_id: int
    version: int
    number: str
    subject: str
    received: datetime
    due_before: datetime | None
    due_after: datetime | None
    moved: tuple[MovedDeadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculation:
    """All open requests of a client whose deadlines would change.

    Args:
        agreement_id: the version of the agreement that counts, or None.
        closures: the client's own closed days (ISO) that count.
    """

    client_id: int
    agreement_id: int | None
    closures: tuple[str, ...]
    rows: tuple[RecalculationRow, ...]
