"""What two people changed at the same time, to be decided by a person; nothing of it is lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.record import ClientRecord


class Decision(StrEnum):
    """What was decided about a conflict."""

    OPEN = ""
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(ClientRecord):
    """One value that lost against another one, and is kept here.

    Args:
        noun: the table of the record.
        record_id: the record.
        field: its field; empty where it is about the whole record, which is here already.
        base: the value that both began with, as JSON.
        mine: the value here, as JSON.
        theirs: the value of the deputy, as JSON.
        by: who the deputy is.
        found_at: when it came back, aware UTC.
        decision: what was decided.
    """

    noun: str
    record_id: int
    field: str = ""
    base: str = "null"
    mine: str = "null"
    theirs: str = "null"
    by: str = ""
    found_at: datetime
    decision: Decision = Decision.OPEN
