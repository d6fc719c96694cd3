"""The journal's records: which action changed which row, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What one action did: the unit of undo and of history.

    Args:
        action: stable word for what was done, for example ``log-request``.
        detail: what it was done to, for the person.
        undoes: the unit that this one takes back or brings back, or None.
    """

    id: int
    at: datetime
    actor: str
    device: int
    action: str
    detail: str
    undoes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One change of one row; ``changed`` maps a field to its values before and after."""

    id: int
    unit: Unit
    table: str
    row: int
    operation: str
    changed: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a service did, for whoever shows those records.

    Args:
        unit: id of the journal's unit; 0 where nothing changed.
        nouns: names of the tables that changed.
        result: the record that the action was about, or what it counted.
    """

    unit: int
    nouns: frozenset[str]
    result: object = None
