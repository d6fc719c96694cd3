"""Openings of a person's data, which some agreements want written down."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Access(ClientRecord):
    """One opening of a record by the operator's staff; never changed, never taken back.

    Args:
        at: when, aware UTC.
        actor: who opened it.
        noun: name of the table that the record is in.
        record_id: what was opened.
        request_id: the request that it was opened for, or None.
        reason: why a secret was revealed; empty for a plain opening.
    """

    at: datetime
    actor: str
    noun: str
    record_id: int
    request_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSummary:
    """An opening as lists show it.

    Args:
        title: name or number of what was opened.
        request: number of the request that it was for, or empty.
    """

    id: int
    client_id: int
    at: datetime
    actor: str
    noun: str
    record_id: int
    title: str
    request_id: int | None
    request: str
    reason: str
